"""Timeline of all sorties as an SVG drawing: one row a UAV, one bar a sortie."""

import math
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from mcpp.clock import minutes
from mcpp.model import LegKind, Plan, Sortie
from mcpp.model.runs import leg_runs
from mcpp.report.colors import uav_color
from mcpp.report.render import render

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP, _BAR = 960, 120, 24, 34, 10, 20
_STEPS_S = (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


def tick_s(end_s: float) -> int:
    """Choose how far apart the marks of a time axis stand."""
    return next((step for step in _STEPS_S if end_s / step <= 10), _STEPS_S[-1])


def timeline_svg(plan: Plan) -> Markup:
    """Draw when each sortie takes off, surveys and lands; empty text where nothing flies."""
    if not plan.sorties:
        return Markup("")
    end_s = max(float(sortie.time_s[-1]) for sortie in plan.sorties)
    px_per_s = (_WIDTH - _LEFT - _RIGHT) / max(end_s, 1.0)
    step_s = tick_s(end_s)
    return render(
        "timeline.svg",
        width=_WIDTH,
        left=_LEFT,
        top=_TOP,
        bottom=_TOP + _ROW * len(plan.problem.vehicles),
        bar_height=_BAR,
        ticks=[
            {"x": _x(i * step_s, px_per_s), "words": minutes(i * step_s)}
            for i in range(math.floor(end_s / step_s) + 1)
        ],
        rows=[_row(plan, uav, px_per_s) for uav in range(len(plan.problem.vehicles))],
    )


def _x(time_s: float, px_per_s: float) -> float:
    return round(_LEFT + time_s * px_per_s, 1)


def _row(plan: Plan, uav: int, px_per_s: float) -> dict[str, Any]:
    vehicle, top = plan.problem.vehicles[uav], _TOP + _ROW * uav
    own = [sortie for sortie in plan.sorties if sortie.uav == uav]
    return {
        "name": vehicle.id,
        "color": uav_color(uav),
        "middle": top + _ROW // 2,
        "top": top + (_ROW - _BAR) // 2,
        "pauses": [_pause(a, b, vehicle.swap_s, px_per_s) for a, b in pairwise(own)],
        "bars": [_bar(sortie, px_per_s) for sortie in own],
    }


def _pause(before: Sortie, after: Sortie, swap_s: float, px_per_s: float) -> dict[str, Any]:
    """Time on the ground between two sorties: the battery swap, and a wait."""
    end_s, start_s = float(before.time_s[-1]), float(after.time_s[0])
    words = f"battery swap {minutes(min(swap_s, start_s - end_s))}"
    if start_s - end_s > swap_s + 0.05:
        words += f", then waits {minutes(start_s - end_s - swap_s)}"
    return {"x1": _x(end_s, px_per_s), "x2": _x(start_s, px_per_s), "words": words}


def _bar(sortie: Sortie, px_per_s: float) -> dict[str, Any]:
    start_s, end_s = float(sortie.time_s[0]), float(sortie.time_s[-1])

    def width(first_s: float, last_s: float, least: float) -> float:
        return round(max((last_s - first_s) * px_per_s, least), 1)

    surveys = [
        (float(sortie.time_s[first]), float(sortie.time_s[last]))
        for kind, first, last in leg_runs(sortie)
        if kind == LegKind.SURVEY
    ]
    return {
        "x": _x(start_s, px_per_s),
        "width": width(start_s, end_s, 1.0),
        "number": sortie.number,
        "words": f"sortie {sortie.number}: {minutes(start_s)} to {minutes(end_s)}",
        "surveys": [(_x(a, px_per_s), width(a, b, 0.3)) for a, b in surveys],
    }
