"""A benchmark that anybody can rerun: best known results, and two versions compared."""

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import mcpp
from mcpp.api import plan
from mcpp.errors import InputError, McppError
from mcpp.io.plan import plan_to_json
from mcpp.io.text import dump_json, parse_json, read_text
from mcpp.study.instances import Instance

CALIBRATION_STEPS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchRow:
    """What one instance came to.

    Attributes
    ----------
    effort
        Processor time in units of a fixed loop on the same machine.
    plan_sha256
        Of the plan file: equal for equal plans.
    """

    name: str
    finish_s: float = 0.0
    length_m: float = 0.0
    coverage_percent: float = 0.0
    bound_finish_s: float = 0.0
    safe: bool = False
    effort: float = 0.0
    plan_sha256: str = ""
    error: str = ""


def calibration_s() -> float:
    """Processor time of a fixed mix of plain Python and numpy: the unit of `BenchRow.effort`."""
    began = time.process_time()
    total, values = 0, np.arange(1000.0)
    for i in range(CALIBRATION_STEPS):
        total = (total * 31 + i) % 1_000_003
        if i % 200 == 0:
            values = np.sqrt(values * values + total % 7)
    return time.process_time() - began


def _best_of_repeats(instance: Instance, repeats: int, unit_s: float) -> BenchRow:
    """Plan with as many seeds; the row holds the median of the landing times."""
    found: list[BenchRow] = []
    for seed in range(1, repeats + 1):
        began = time.process_time()
        try:
            finished = plan(replace(instance.mission, seed=seed))
        except McppError as error:
            return BenchRow(name=instance.name, error=str(error))
        fleet = finished.report.fleet
        found.append(
            BenchRow(
                name=instance.name,
                finish_s=fleet.finish_s,
                length_m=sum(uav.length_m for uav in finished.report.uavs),
                coverage_percent=fleet.coverage_percent,
                bound_finish_s=fleet.lower_bound_finish_s,
                safe=finished.report.safe,
                effort=(time.process_time() - began) / unit_s,
                plan_sha256=hashlib.sha256(plan_to_json(finished).encode()).hexdigest(),
            )
        )
    found.sort(key=lambda row: row.finish_s)
    return found[(len(found) - 1) // 2]


def run_bench(
    chosen: Sequence[Instance],
    *,
    repeats: int = 1,
    on_row: Callable[[BenchRow], Any] | None = None,
) -> tuple[BenchRow, ...]:
    """Plan each instance with `repeats` seeds; one process, so that processor times compare."""
    unit_s = calibration_s()
    rows = []
    for instance in chosen:
        row = _best_of_repeats(instance, repeats, unit_s)
        rows.append(row)
        if on_row is not None:
            on_row(row)
    return tuple(rows)


def bench_json(rows: Sequence[BenchRow]) -> str:
    """Return results as a file's text."""
    return dump_json({"version": mcpp.__version__, "rows": [asdict(row) for row in rows]})


def read_bench(path: Path) -> dict[str, BenchRow]:
    """Read results, by instance.

    Raises
    ------
    InputError
    """
    value = parse_json(read_text(path), str(path))
    try:
        rows = [BenchRow(**row) for row in value["rows"]]
    except (KeyError, TypeError):
        msg = f"{path}: it holds no results of 'mcpp bench'"
        raise InputError(msg) from None
    return {row.name: row for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """How an instance's landing time changed, in percent; losses are positive."""

    name: str
    before: BenchRow
    after: BenchRow

    @property
    def finish_percent(self) -> float:
        """Change of the landing time."""
        if self.after.error or not self.after.safe:
            return float("inf")
        return 100 * (self.after.finish_s / self.before.finish_s - 1)


def differences(
    before: Mapping[str, BenchRow], after: Mapping[str, BenchRow]
) -> Iterator[Difference]:
    """Compare the instances that both hold."""
    for name, row in before.items():
        if name in after and not row.error:
            yield Difference(name=name, before=row, after=after[name])


def with_better(known: Mapping[str, BenchRow], rows: Sequence[BenchRow]) -> dict[str, BenchRow]:
    """Return the best known results with those that beat them put in their place."""
    best = dict(known)
    for row in rows:
        before = best.get(row.name)
        if not row.error and row.safe and (before is None or row.finish_s < before.finish_s - 0.05):
            best[row.name] = row
    return {name: best[name] for name in sorted(best)}


def best_known_json(best: Mapping[str, BenchRow]) -> str:
    """Return the table of best known results as a file's text; times of machines are left out."""
    rows = [asdict(replace(row, effort=0.0)) for row in best.values()]
    return json.dumps({"rows": rows}, indent=1) + "\n"
