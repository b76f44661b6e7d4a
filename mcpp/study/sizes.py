"""How many UAVs? The marginal-utility study of arXiv 2201.07030, for any mission.

For each fleet size: finishing time, time to deploy, battery swaps and cost. Fleets are made of the
mission's own UAVs, in turn; the UAVs that a fleet has beyond these are copies of them, and launch
from the same places.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

import numpy as np

from mcpp.api import plan
from mcpp.errors import InfeasibleError, InputError
from mcpp.model import Mission, Plan, Uav
from mcpp.processes import core_count
from mcpp.study.runner import work_on


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyCosts:
    """What deploying, flying and swapping cost.

    The times to deploy are the paper's (5 minutes and 3 for each UAV), and so is the price of
    flight, 0.017228 EUR a minute.

    Raises
    ------
    InputError
        When one is below 0 or no number.
    """

    setup_s: float = 300.0
    setup_per_uav_s: float = 180.0
    per_flight_hour: float = 1.03368
    per_swap: float = 0.0

    def __post_init__(self) -> None:
        for name, value in asdict(self).items():
            if not (math.isfinite(value) and value >= 0):
                msg = f"{name}: {value:g}: give a number from 0 on"
                raise InputError(msg)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyRow:
    """Figures of one fleet size; `error` says why there are none."""

    uavs: int
    finish_s: float = 0.0
    deploy_s: float = 0.0
    flight_s: float = 0.0
    swaps: int = 0
    cost: float = 0.0
    coverage_percent: float = 0.0
    error: str = ""

    @property
    def total_s(self) -> float:
        """Time from arrival at the field to the last landing."""
        return self.deploy_s + self.finish_s


def fleet_of(mission: Mission, count: int) -> Mission:
    """Give the mission a fleet of so many UAVs: its own in turn, shares left to capability.

    Raises
    ------
    InputError
    """
    if count < 1:
        msg = f"--uavs: {count}: give 1 or more"
        raise InputError(msg)
    fleet: list[Uav] = []
    for i in range(count):
        model = mission.uavs[i % len(mission.uavs)]
        if i < len(mission.uavs):
            fleet.append(replace(model, share=None))
        else:
            number = i // len(mission.uavs) + 1
            fleet.append(replace(model, id=f"{model.id}-{number}", share=None, system_id=None))
    return replace(mission, uavs=tuple(fleet))


def row_of(finished: Plan, costs: StudyCosts) -> StudyRow:
    """Take a plan's figures for the study."""
    count = len(finished.mission.uavs)
    flight_s = float(sum(s.time_s[-1] - s.time_s[0] for s in finished.sorties))
    swaps = sum(max(figures.sorties - 1, 0) for figures in finished.report.uavs)
    return StudyRow(
        uavs=count,
        finish_s=finished.report.fleet.finish_s,
        deploy_s=costs.setup_s + costs.setup_per_uav_s * count,
        flight_s=flight_s,
        swaps=swaps,
        cost=costs.per_flight_hour * flight_s / 3600 + costs.per_swap * swaps,
        coverage_percent=finished.report.fleet.coverage_percent,
    )


@dataclass(frozen=True, slots=True)
class _Task:
    mission: Mission
    count: int
    costs: StudyCosts


def _study_one(task: _Task) -> StudyRow:
    try:
        return row_of(plan(fleet_of(task.mission, task.count)), task.costs)
    except InfeasibleError as error:
        return StudyRow(uavs=task.count, error=str(error))


def study(
    mission: Mission,
    counts: Sequence[int],
    costs: StudyCosts,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    on_row: Callable[[StudyRow], None] | None = None,
) -> tuple[StudyRow, ...]:
    """Plan the mission with fleets of each size, over several processes.

    Parameters
    ----------
    workers
        Number of processes; None takes one per core. The rows do not depend on it.
    scheduler
        Address of a Dask scheduler in place of processes of this machine.
    on_row
        Called as each row is done, in any order.

    Returns
    -------
    Rows in the order of `counts`.

    Raises
    ------
    InputError
        When the mission itself is wrong.
    """
    if not mission.uavs:
        msg = "uavs: there is none: list at least one, as the model of the fleet"
        raise InputError(msg)
    tasks = [_Task(mission, count, costs) for count in counts]
    done: dict[int, StudyRow] = {}
    processes = min(core_count(), len(tasks)) if workers is None else workers
    for task, row in work_on(_study_one, tasks, workers=processes, scheduler=scheduler):
        if on_row is not None:
            on_row(row)
        done[task.count] = row
    return tuple(done[count] for count in counts)


def knee(rows: Sequence[StudyRow]) -> StudyRow | None:
    """Find the fleet beyond which further UAVs bring little.

    It is the point of the curve that lies farthest below its chord: Satopaa et al., *Finding a
    "kneedle" in a haystack* (2011), for finishing time over fleet size.
    """
    good = [row for row in rows if not row.error]
    if len(good) < 3:
        return None
    x = np.array([row.uavs for row in good], dtype=float)
    y = np.array([row.finish_s for row in good])
    if np.ptp(y) <= 0:
        return good[0]
    below = 1 - (x - x[0]) / (x[-1] - x[0]) - (y - y.min()) / np.ptp(y)
    return good[int(np.argmax(below))]


def fastest(rows: Sequence[StudyRow]) -> StudyRow | None:
    """Find the fleet with the least time in all, deployment included; the smallest of equals."""
    good = [row for row in rows if not row.error]
    return min(good, key=lambda row: (row.total_s, row.uavs), default=None)
