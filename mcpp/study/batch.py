"""Plans many missions, a row of results each; what was planned before a stop is not done again.

Results stand in Parquet files of some rows each, written whole or not at all, so that a kill at any
moment loses no row that was told.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from mcpp.api import plan
from mcpp.errors import ExportError, McppError
from mcpp.model import Plan
from mcpp.study.jobs import Job, prepared
from mcpp.study.runner import work_on

ROWS_A_FILE = 256
LONGEST_WAIT_S = 5.0
"""A row waits at most so long for its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """What came of one job; `error` says why there is no plan."""

    key: str
    source: str
    settings: str
    planner: str = ""
    uavs: int = 0
    area_m2: float = 0.0
    finish_s: float = 0.0
    length_m: float = 0.0
    coverage_percent: float = 0.0
    sorties: int = 0
    safe: bool = False
    cpu_s: float = 0.0
    error: str = ""


def _row_of(finished: Plan, key: str, job: Job, cpu_s: float) -> BatchRow:
    report = finished.report
    return BatchRow(
        key=key,
        source=job.source,
        settings=_settings(job),
        planner=finished.mission.planner.name,
        uavs=len(finished.mission.uavs),
        area_m2=float(finished.problem.target.area),
        finish_s=report.fleet.finish_s,
        length_m=sum(uav.length_m for uav in report.uavs),
        coverage_percent=report.fleet.coverage_percent,
        sorties=len(finished.sorties),
        safe=report.safe,
        cpu_s=cpu_s,
    )


def _settings(job: Job) -> str:
    return " ".join(f"{name}={value}" for name, value in job.settings)


def planned_row(task: tuple[str, Job]) -> BatchRow:
    """Plan one job; whatever goes wrong becomes a row that says so."""
    key, job = task
    began = time.process_time()
    try:
        mission = job.mission()
        finished = plan(mission)
    except McppError as error:
        words = str(error)
    except Exception as error:  # one bad mission of thousands must not end the others
        words = f"internal error: {type(error).__name__}: {error}"
    else:
        return _row_of(finished, key, job, time.process_time() - began)
    return BatchRow(key=key, source=job.source, settings=_settings(job), error=words)


class Results:
    """Rows in a folder, in Parquet files that are only ever added.

    Raises
    ------
    ExportError
        When the folder can not be written.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: list[BatchRow] = []
        self._since_s = time.monotonic()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = f"{folder}: it can not be made: {error.strerror}"
            raise ExportError(msg) from error
        self._number = len(self._files())

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("rows-*.parquet"))

    def rows(self) -> list[BatchRow]:
        """Read all rows that are there, by key."""
        import pyarrow.parquet as pq  # with pyarrow: a third of a second

        names = {item.name for item in fields(BatchRow)}
        found = {
            row["key"]: BatchRow(**{name: row[name] for name in names})
            for path in self._files()
            for row in pq.read_table(path).to_pylist()
        }
        return [found[key] for key in sorted(found)]

    def keys(self) -> set[str]:
        """List what needs no planning."""
        import pyarrow.parquet as pq

        return {
            key
            for path in self._files()
            for key in pq.read_table(path, columns=["key"])["key"].to_pylist()
        }

    def add(self, row: BatchRow) -> None:
        """Take a row; it is on disk within `LONGEST_WAIT_S` of work."""
        self._waiting.append(row)
        waited_s = time.monotonic() - self._since_s
        if len(self._waiting) >= ROWS_A_FILE or waited_s >= LONGEST_WAIT_S:
            self.write()

    def write(self) -> None:
        """Write the rows that wait."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        self._since_s = time.monotonic()
        if not self._waiting:
            return
        path = self._folder / f"rows-{self._number:06d}.parquet"
        part = path.with_suffix(".part")
        pq.write_table(pa.Table.from_pylist([asdict(row) for row in self._waiting]), part)
        part.replace(path)
        self._number += 1
        self._waiting = []


def _tasks(jobs: Iterable[Job], done: set[str]) -> Iterator[tuple[str, Job]]:
    for job in jobs:
        key, _, _ = prepared(job)
        if key not in done:
            done.add(key)
            yield key, job


def run_batch(
    jobs: Iterable[Job],
    folder: Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    on_row: Callable[[BatchRow], Any] | None = None,
) -> list[BatchRow]:
    """Plan all jobs that have no row in the folder yet.

    Parameters
    ----------
    workers, scheduler
        As for `mcpp.study.runner.work_on`.
    on_row
        Called as each row is there, in any order.

    Returns
    -------
    All rows of the folder, in the order of their keys.

    Raises
    ------
    ExportError, InputError
    """
    results = Results(folder)
    tasks = _tasks(jobs, results.keys())
    try:
        for _, row in work_on(planned_row, tasks, workers=workers, scheduler=scheduler):
            results.add(row)
            if on_row is not None:
                on_row(row)
    finally:
        results.write()
    return results.rows()
