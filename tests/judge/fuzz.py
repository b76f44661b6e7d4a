"""Fuzzes mcpp for a while: ``python -m tests.judge.fuzz --seconds 60``; see `make fuzz`.

A worker process with limits of memory and time plans drawn missions and judges what is written;
reads damaged files; checks plans with one number changed and a digest made anew; and speaks with
vehicles that say anything (`tests.judge.radio`). Whatever is
neither written and judged right nor refused in one line is printed with its seed, and the exit
status is 1.
"""

import argparse
import contextlib
import io
import json
import multiprocessing
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.judge.damage import file_of, tampered
from tests.judge.missions import mission_of
from tests.judge.radio import radio_case
from tests.judge.verdict import judge

MOST_WORDS = 400
KINDS = ("mission", "file", "plan", "link")
MEMORY_BYTES = 6 << 30
LIMIT_S = {"mission": 240, "file": 30, "plan": 60, "link": 30}
"""Beyond so many seconds of the processor a case counts as one that hangs."""


def refusal(message: str) -> str:
    """The class of a refusal: its words without names and numbers."""
    words = re.sub(r"'[^']*'|\"[^\"]*\"", "'..'", message)
    words = re.sub(r"/\S+/", "", words)
    return re.sub(r"[-+]?\d[\d.,eE+-]*", "#", words)[:110]


def plan_case(seed: int, room: Path) -> tuple[str, str, str]:
    """Plan a drawn mission, write it, judge what was written."""
    from mcpp.api import plan, read_source, write_outputs

    kind, value = mission_of(seed)
    source, folder = room / "mission.json", room / "out"
    source.write_text(json.dumps(value), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    write_outputs(plan(read_source(source)), folder)
    faults = judge(folder)
    return kind, "fault" if faults else "written", "; ".join(faults[:3])


def file_case(seed: int, room: Path) -> tuple[str, str, str]:
    """Read a damaged file as a mission or a plan."""
    from mcpp.api import read_plan, read_source, recheck

    kind, name, data = file_of(seed, (room / "plan.json").read_text(encoding="utf-8"))
    path = room / name
    path.write_bytes(data)
    if kind == "plan":
        report = recheck(read_plan(path)).report
        return kind, "refused" if not report.safe else "read", "check"
    read_source(path, uavs=1, scan_distance_m=20.0)
    return kind, "read", ""


def tamper_case(seed: int, room: Path) -> tuple[str, str, str]:
    """Check a plan with a number changed; one that passes is judged as it would be flown."""
    from mcpp.api import read_plan, recheck, write_outputs

    kind, value = tampered(json.loads((room / "plan.json").read_text(encoding="utf-8")), seed)
    path, folder = room / "tampered.json", room / "tampered"
    path.write_text(json.dumps(value), encoding="utf-8")
    found = recheck(read_plan(path))
    if not found.report.safe:
        first = next(f for f in found.report.findings if f.level == "error")
        return kind, "refused", refusal(first.message)
    shutil.rmtree(folder, ignore_errors=True)
    write_outputs(found, folder)
    faults = judge(folder)
    return kind, "fault" if faults else "harmless", "; ".join(faults[:3])


def link_case(seed: int, room: Path) -> tuple[str, str, str]:
    """Speak with a vehicle that says anything."""
    del room
    kind, end, words = radio_case(seed)
    if end == "refused" and ("\n" in words or len(words) > MOST_WORDS):
        return kind, "fault", f"a refusal of {len(words)} characters"
    return kind, end, refusal(words) if end == "refused" else words


CASES = {"mission": plan_case, "file": file_case, "plan": tamper_case, "link": link_case}


def work(pipe: Connection, room: Path) -> None:
    """Take cases until told to end."""
    from mcpp.errors import McppError

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    warnings.simplefilter("error")
    while True:
        task = pipe.recv()
        if task is None:
            return
        what, seed = task
        begin_s = time.process_time()
        noise = io.StringIO()
        try:
            with contextlib.redirect_stdout(noise), contextlib.redirect_stderr(noise):
                kind, end, words = CASES[what](seed, room)
        except McppError as error:
            kind, end, words = what, "refused", refusal(str(error))
            if "\n" in str(error) or len(str(error)) > MOST_WORDS:
                end, words = "fault", f"a refusal of {len(str(error))} characters"
        except Exception as error:
            kind, end, words = what, "fault", f"{type(error).__name__}: {str(error)[:200]}"
        if noise.getvalue().strip():
            end, words = "fault", f"noise: {noise.getvalue()[:200]}"
        pipe.send((kind, end, words, time.process_time() - begin_s))


class Worker:
    """A process that is ended and begun again when a case hangs or kills it."""

    def __init__(self, room: Path) -> None:
        self._room = room
        self._begin()

    def _begin(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, self._room), daemon=True)
        self._process.start()
        theirs.close()

    def ask(self, what: str, seed: int) -> tuple[str, str, str, float]:
        """Run one case; a wall-clock limit four times that of the processor ends it."""
        self._pipe.send((what, seed))
        try:
            if self._pipe.poll(4 * LIMIT_S[what]):
                answer: tuple[str, str, str, float] = self._pipe.recv()
                return answer
            end = "it hangs"
        except EOFError:
            end = "its process died"
        self._process.kill()
        self._process.join()
        self._begin()
        return what, "fault", end, 0.0

    def end(self) -> None:
        """Let the process end."""
        with contextlib.suppress(OSError):
            self._pipe.send(None)
        self._process.join(5)


def model_plan(room: Path) -> None:
    """Write the plan that is damaged and tampered with."""
    from mcpp.api import plan, read_source, write_outputs

    ring = [[22.5, 39.6], [22.503, 39.6], [22.503, 39.602], [22.5, 39.602]]
    value = {
        "version": 1,
        "area": [{"outer_lon_lat_deg": ring}],
        "uavs": [
            {"id": "a", "start_lon_lat_deg": [22.5002, 39.5995]},
            {"id": "b", "start_lon_lat_deg": [22.5028, 39.6002]},
        ],
        "no_fly_zones": [
            {"center_lon_lat_deg": [22.5015, 39.601], "radius_m": 10, "buffer_m": 3, "name": "mast"}
        ],
        "scan_distance_m": 40,
        "planner": {"name": "draft"},
    }
    source = room / "model.json"
    source.write_text(json.dumps(value), encoding="utf-8")
    paths = write_outputs(plan(read_source(source)), room / "model")
    shutil.copy(next(path for path in paths if path.name == "plan.json"), room / "plan.json")


def turns(seed: int) -> Iterator[tuple[str, int]]:
    """Cases without an end: for each mission a few files and plans."""
    while True:
        yield "mission", seed
        for k in range(4):
            yield "file", 4 * seed + k
            yield "plan", 4 * seed + k
            yield "link", 4 * seed + k
        seed += 1


def main() -> int:
    """Fuzz until the time is up; print counts by kind, and every fault with its seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=KINDS)
    options = parser.parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    classes: Counter[tuple[str, str]] = Counter()
    faults: list[str] = []
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory() as name:
        room = Path(name)
        model_plan(room)
        worker = Worker(room)
        until_s = time.monotonic() + options.seconds
        for what, seed in turns(options.seed):
            if time.monotonic() > until_s:
                break
            if options.only not in {None, what}:
                continue
            kind, end, words, took_s = worker.ask(what, seed)
            if took_s > LIMIT_S[what]:
                end, words = "fault", f"{took_s:.0f} s of the processor"
            counts[what, end] += 1
            if end == "refused":
                classes[what, words] += 1
            if end == "fault":
                faults.append(f"{what} seed {seed} ({kind}): {words}")
                print(faults[-1], flush=True)  # noqa: T201
        worker.end()
    report(options.seed, counts, classes, faults)
    return 1 if faults else 0


def report(seed: int, counts: Counter[Any], classes: Counter[Any], faults: list[str]) -> None:
    """Print what was tried and how it ended."""
    lines = [f"seeds from {seed} on"]
    for what in KINDS:
        own = {end: n for (kind, end), n in sorted(counts.items()) if kind == what}
        lines.append(f"{what}: {sum(own.values())} tried, {own}")
    lines += [f"{n:6d} {what}: {words}" for (what, words), n in classes.most_common()]
    lines.append(f"{len(faults)} faults")
    print("\n".join(lines))  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
