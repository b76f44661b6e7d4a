"""A rough plan at once, for a preview while the mission is still being drawn."""

from dataclasses import dataclass, field, replace

import numpy as np

from mcpp.model import Problem, Solution
from mcpp.planner import Observer
from planners.corridor import CorridorParams, CorridorPlanner
from planners.division.params import DarpParams
from planners.fleet.single import CoverParams
from planners.regions import RegionsParams, RegionsPlanner
from planners.sweep.tour import SweepParams

_QUICK = RegionsParams(
    cover=CoverParams(sweep=SweepParams(effort="draft")),
    darp=DarpParams(method="growth"),
    cells_per_uav=80,
    draft_rounds=0,
    rounds=0,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPlanner:
    """Regions and tours in a fraction of a second, not yet polished."""

    name: str = "draft"
    params: RegionsParams = field(default_factory=lambda: _QUICK)

    def unsupported(self, problem: Problem) -> str | None:
        """Tell why the problem can not be taken, or None."""
        return None

    def plan(self, problem: Problem, *, rng: np.random.Generator, observer: Observer) -> Solution:
        """Plan quickly.

        Raises
        ------
        InfeasibleError, Cancelled
        """
        along = CorridorPlanner(params=CorridorParams(rounds=0))
        straight = RegionsPlanner(params=self.params)
        planner = straight if along.unsupported(problem) else along
        return replace(planner.plan(problem, rng=rng, observer=observer), planner=self.name)
