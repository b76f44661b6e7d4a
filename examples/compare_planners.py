"""Plan one mission file with several planners, and compare when the last UAV lands.

Run it with ``python examples/compare_planners.py MISSION [PLANNER ...]``.
"""

import sys
from dataclasses import replace

from mcpp.api import plan, read_source
from mcpp.errors import InfeasibleError
from mcpp.model import Mission, PlannerChoice


def landing_times_s(mission: Mission, planners: list[str]) -> dict[str, float | str]:
    """Give each planner's landing time, or why it has no plan."""
    found: dict[str, float | str] = {}
    for name in planners:
        try:
            finished = plan(replace(mission, planner=PlannerChoice(name=name)))
        except InfeasibleError as error:
            found[name] = str(error)
            continue
        found[name] = finished.report.fleet.finish_s
    return found


def main(path: str, planners: list[str]) -> None:
    """Print one line a planner."""
    for name, landed in landing_times_s(read_source(path), planners).items():
        print(f"{name:10}", landed if isinstance(landed, str) else f"lands after {landed:.0f} s")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:] or ["draft", "darp-stc"])
