"""Timeline of all sorties as an SVG drawing: one row a UAV, one bar a sortie."""

import html
import math
from itertools import pairwise

from mcpp.clock import minutes
from mcpp.model import LegKind, Plan, Sortie
from mcpp.model.runs import leg_runs
from mcpp.report.colors import uav_color

_WIDTH, _LEFT, _RIGHT, _ROW, _TOP, _BAR = 960, 120, 24, 34, 10, 20
_STEPS_S = (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)


def _tick_s(end_s: float) -> int:
    return next((step for step in _STEPS_S if end_s / step <= 10), _STEPS_S[-1])


def timeline_svg(plan: Plan) -> str:
    """Draw when each sortie takes off, surveys and lands; empty text where nothing flies."""
    if not plan.sorties:
        return ""
    end_s = max(float(sortie.time_s[-1]) for sortie in plan.sorties)
    scale = (_WIDTH - _LEFT - _RIGHT) / max(end_s, 1.0)
    vehicles = plan.problem.vehicles
    bottom = _TOP + _ROW * len(vehicles)
    parts = [
        f'<svg class="timeline" viewBox="0 0 {_WIDTH} {bottom + 26}" role="img">',
        "<title>Timeline of the sorties</title>",
    ]
    step_s = _tick_s(end_s)
    for i in range(math.floor(end_s / step_s) + 1):
        x = _LEFT + i * step_s * scale
        parts.append(f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{bottom}" class="tick"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{bottom + 16}" class="axis">{minutes(i * step_s)}</text>'
        )
    for uav, vehicle in enumerate(vehicles):
        y = _TOP + _ROW * uav
        parts.append(
            f'<text x="{_LEFT - 10}" y="{y + _ROW / 2 + 4:.1f}" class="row">'
            f"{html.escape(_short(vehicle.id))}</text>"
        )
        own = [sortie for sortie in plan.sorties if sortie.uav == uav]
        for before, after in pairwise(own):
            parts += _pause(before, after, vehicle.swap_s, y + _ROW / 2, scale)
        for sortie in own:
            parts += _bar(sortie, vehicle.id, y + (_ROW - _BAR) / 2, scale)
    parts.append("</svg>")
    return "\n".join(parts)


def _short(name: str) -> str:
    return name if len(name) <= 15 else name[:14] + "…"


def _pause(before: Sortie, after: Sortie, swap_s: float, y: float, scale: float) -> list[str]:
    """Draw the time on the ground between two sorties: the battery swap, and a wait."""
    end, start = float(before.time_s[-1]), float(after.time_s[0])
    a, b = _LEFT + end * scale, _LEFT + start * scale
    words = f"battery swap {minutes(min(swap_s, start - end))}"
    if start - end > swap_s + 0.05:
        words += f", then waits {minutes(start - end - swap_s)}"
    parts = [
        f"<g><title>{html.escape(words)}</title>",
        f'<line x1="{a:.1f}" x2="{b:.1f}" y1="{y:.1f}" y2="{y:.1f}" class="pause"/>',
    ]
    if b - a > 44:
        middle = (a + b) / 2
        parts.append(f'<text x="{middle:.1f}" y="{y - 5:.1f}" class="swap">swap</text>')
    return [*parts, "</g>"]


def _bar(sortie: Sortie, name: str, y: float, scale: float) -> list[str]:
    color = uav_color(sortie.uav)
    start, end = float(sortie.time_s[0]), float(sortie.time_s[-1])
    x, width = _LEFT + start * scale, max((end - start) * scale, 1.0)
    words = f"{name}, sortie {sortie.number}: {minutes(start)} to {minutes(end)}"
    shape = f'height="{_BAR}" rx="4" fill="{color}" fill-opacity="0.28"'
    parts = [
        f"<g><title>{html.escape(words)}</title>",
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" {shape}/>',
    ]
    for kind, first, last in leg_runs(sortie):
        if kind == LegKind.SURVEY:
            a = _LEFT + float(sortie.time_s[first]) * scale
            b = _LEFT + float(sortie.time_s[last]) * scale
            parts.append(
                f'<rect x="{a:.1f}" y="{y + 3:.1f}" width="{max(b - a, 0.3):.1f}"'
                f' height="{_BAR - 6}" fill="{color}"/>'
            )
    if width > 34:
        parts.append(f'<text x="{x + 6:.1f}" y="{y - 2:.1f}" class="number">{sortie.number}</text>')
    parts.append("</g>")
    return parts
