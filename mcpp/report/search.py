"""The curve of a search as an SVG drawing: how likely it has been found by when."""

from markupsafe import Markup

from mcpp.clock import minutes
from mcpp.ground.detection import random_pod, regular_pod
from mcpp.model import Alternative, Plan, SearchFigures
from mcpp.report.cells import Table
from mcpp.report.render import render
from mcpp.report.timeline import tick_s

_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 960, 300, 56, 24, 12, 34


def curve_svg(plan: Plan) -> Markup:
    """Draw how likely it has been found by when, under the bound that no plan can beat."""
    figures = plan.report.search
    if figures is None or not figures.time_s or figures.time_s[-1] <= 0:
        return Markup("")
    end_s = figures.time_s[-1]
    across = (_WIDTH - _LEFT - _RIGHT) / end_s
    high = _HEIGHT - _TOP - _BOTTOM

    def x(time_s: float) -> float:
        return round(_LEFT + time_s * across, 1)

    def y(probability: float) -> float:
        return round(_TOP + high * (1 - probability), 1)

    def line(values: tuple[float, ...]) -> str:
        return " ".join(f"{x(t)},{y(p)}" for t, p in zip(figures.time_s, values, strict=False))

    step_s = tick_s(end_s)
    return render(
        "curve.svg",
        width=_WIDTH,
        height=_HEIGHT,
        left=_LEFT,
        right=_WIDTH - _RIGHT,
        top=_TOP,
        bottom=_TOP + high,
        marks=[{"y": y(p / 100), "words": f"{p} %"} for p in range(0, 101, 25)],
        ticks=[
            {"x": x(i * step_s), "words": minutes(i * step_s)}
            for i in range(int(end_s // step_s) + 1)
        ],
        bound=line(figures.bound_probability),
        found=line(figures.probability),
        mean=x(figures.mean_s),
        mean_words=minutes(figures.mean_s),
    )


def without_map(plan: Plan) -> Alternative | None:
    """Find what the same plan would be without its map; None where it was not tried."""
    found = [a for a in plan.solution.alternatives if a.under_curve is not None]
    return found[0] if found else None


def search_rows(plan: Plan, figures: SearchFigures) -> list[tuple[str, str]]:
    """List the figures of a search, for the report and the terminal."""
    factor = figures.coverage_factor
    rows = [
        ("found by the end", f"{100 * figures.found:.1f} %"),
        ("expected time, if found", minutes(figures.mean_s)),
        ("half of it found by", minutes(figures.half_s)),
        ("no plan finds in less than", minutes(figures.bound_mean_s)),
        (
            "mean of the curve",
            f"{figures.under_curve:.3f}, at most {figures.bound_under_curve:.3f}",
        ),
        ("in the ground searched", f"{100 * figures.contained:.1f} % of the probability"),
        (
            "coverage factor W / S",
            (
                f"{factor:.2f}: {100 * regular_pod(factor):.0f} % by IAMSAR's ideal curve, "
                f"{100 * random_pod(factor):.0f} % at random"
            ),
        ),
    ]
    plain = without_map(plan)
    if plain is not None and plain.found_mean_s is not None and not plain.chosen:
        rows.insert(3, ("without the map", minutes(plain.found_mean_s)))
    return rows


def search_table(plan: Plan) -> Table | None:
    """Lay out the figures of a search; None where nothing is searched for."""
    figures = plan.report.search
    return None if figures is None else Table(("Search", ""), search_rows(plan, figures), 2)
