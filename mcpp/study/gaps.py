"""How far results of the benchmark are from the best known plans and from the bounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import mcpp
from mcpp.report.cells import Table
from mcpp.report.render import render
from mcpp.study.bench import BenchRow

HEAD = (
    "Instance",
    "Landed",
    "Best known",
    "To best known",
    "Bound",
    "To bound",
    "Coverage",
    "Effort",
)
_WIDEST_PERCENT, _WIDEST_PX = 20.0, 400.0
_LATER, _SOONER = "#D55E00", "#009E73"


@dataclass(frozen=True, slots=True)
class Gap:
    """A result beside what is known of its instance; None where nothing is known."""

    row: BenchRow
    best_s: float | None
    bound_s: float | None

    @property
    def to_best_percent(self) -> float | None:
        """How much later it lands than the best known plan, in percent."""
        return None if self.best_s is None else 100 * (self.row.finish_s / self.best_s - 1)

    @property
    def to_bound_percent(self) -> float | None:
        """How much later it lands than any plan can, in percent: the bound is not sharp."""
        return None if self.bound_s is None else 100 * (self.row.finish_s / self.bound_s - 1)


def gaps(rows: Sequence[BenchRow], known: Mapping[str, BenchRow]) -> list[Gap]:
    """Hold results against the best known ones; those without a plan have no gaps."""
    return [
        Gap(
            row,
            known[row.name].finish_s if row.name in known and not row.error else None,
            row.bound_finish_s or None,
        )
        for row in rows
    ]


def gap_cells(gap: Gap) -> tuple[str, ...]:
    """Write a gap as the cells under `HEAD`."""
    row = gap.row
    if row.error:
        return (row.name, row.error, *["-"] * (len(HEAD) - 2))

    def seconds(value: float | None) -> str:
        return "-" if value is None else f"{value:.0f} s"

    best, bound = gap.to_best_percent, gap.to_bound_percent
    return (
        row.name,
        seconds(row.finish_s) + ("" if row.safe else " (fails its check)"),
        seconds(gap.best_s),
        "new" if best is None else f"{best:+.2f} %",
        seconds(gap.bound_s),
        "-" if bound is None else f"{bound:+.0f} %",
        f"{row.coverage_percent:.2f} %",
        f"{row.effort:.1f}",
    )


def gaps_html(found: Sequence[Gap]) -> str:
    """Make a page of gaps; it needs no internet."""
    bars = [
        {
            "name": gap.row.name,
            "width": round(_WIDEST_PX * min(abs(percent), _WIDEST_PERCENT) / _WIDEST_PERCENT, 1),
            "color": _LATER if percent > 0 else _SOONER,
            "words": f"{percent:+.2f} %",
        }
        for gap in found
        if (percent := gap.to_best_percent) is not None
    ]
    planned = sum(not gap.row.error for gap in found)
    return render(
        "bench.html",
        title="Benchmark",
        facts=f"mcpp {mcpp.__version__}: {planned} of {len(found)} instances planned",
        rows=Table(HEAD, [gap_cells(gap) for gap in found]),
        bars=bars,
    )
