"""The planner's process: reads requests from standard input, answers on standard output.

Each line is a JSON object. A request has ``id``, ``kind`` (``plan`` or ``draft``) and ``mission``;
the answers carry its ``id`` and ``event``: ``progress`` (stage, fraction), then one of ``result``
(``file``, where the plan was written, for `gui.engine.unpack_plan`), ``refused`` (message). A
cancelled run needs no answer: its process is ended. A run that shall end early, and answer with the
best plan so far, finds a file ``stop-ID`` in the folder for results.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any, TextIO

from gui import engine
from mcpp.errors import McppError
from mcpp.planner import NullObserver

PROGRESS_EVERY_S = 0.05
LOOK_EVERY_S = 0.1
"""How often a run looks for the file that ends it."""


def stop_file(directory: Path, request: int) -> Path:
    """Where the file lies that ends a run early."""
    return directory / f"stop-{request}"


class LineObserver(NullObserver):
    """Tells the progress as lines, not too many of them; looks for the file that ends the run."""

    def __init__(self, out: TextIO, request: int, stop: Path) -> None:
        self._out = out
        self._request = request
        self._stop = stop
        self._stopped = False
        self._looked_at = 0.0
        self._told_at = 0.0
        self._stage = ""

    def on_progress(self, stage: str, fraction: float) -> None:
        now = time.monotonic()
        if stage == self._stage and now - self._told_at < PROGRESS_EVERY_S and fraction < 1:
            return
        self._told_at, self._stage = now, stage
        tell(self._out, self._request, "progress", stage=stage, fraction=round(fraction, 4))

    def should_stop(self) -> bool:
        now = time.monotonic()
        if now - self._looked_at > LOOK_EVERY_S:
            self._looked_at = now
            if self._stop.exists():  # never unset: several threads ask
                self._stopped = True
        return self._stopped


def tell(out: TextIO, request: int, event: str, **values: Any) -> None:
    """Write one line."""
    out.write(json.dumps({"id": request, "event": event, **values}) + "\n")
    out.flush()


def answer(out: TextIO, request: dict[str, Any], directory: Path) -> None:
    """Plan what a request asks for."""
    from mcpp import api
    from mcpp.io.mission import mission_from_json

    number = int(request["id"])
    run = api.draft if request["kind"] == "draft" else api.plan
    observer = LineObserver(out, number, stop_file(directory, number))
    try:
        plan = run(mission_from_json(request["mission"]), observer)
    except McppError as error:
        tell(out, number, "refused", message=str(error))
        return
    file = directory / f"plan-{os.getpid()}-{number}.pickle"
    file.write_bytes(engine.pack_plan(plan))
    tell(out, number, "result", file=str(file))


def main(arguments: list[str]) -> None:
    """Answer requests until standard input ends.

    Parameters
    ----------
    arguments
        The folder for results.
    """
    directory = Path(arguments[0])
    # What a library prints must not come between the lines.
    out, sys.stdout = sys.stdout, sys.stderr
    from mcpp import api  # the compilers and tables that it loads are then warm

    del api
    tell(out, 0, "ready")
    for line in sys.stdin:
        answer(out, json.loads(line), directory)


if __name__ == "__main__":
    main(sys.argv[1:])
