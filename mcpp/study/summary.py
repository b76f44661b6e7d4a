"""The summary page of many plans: what came out by setting, and what failed."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from mcpp.report.cells import Table
from mcpp.report.render import render
from mcpp.study.batch import BatchRow

_MOST_REASONS = 50


def _histogram(values: Sequence[float], title: str, unit: str) -> dict[str, Any]:
    """Count how often values fall into twelve equal parts of their span; places in the picture."""
    low, high = min(values), max(values)
    if high - low < 1e-6 * max(abs(high), 1.0):  # alike but for rounding
        low, high = low - 0.5, high + 0.5
    counts, edges = np.histogram(np.asarray(values, dtype=float), bins=12, range=(low, high))
    top = max(int(counts.max()), 1)
    return {
        "title": title,
        "least": f"{edges[0]:.4g} {unit}",
        "most": f"{edges[-1]:.4g} {unit}",
        "bars": [
            {
                "x": 40 + 40 * i,
                "y": round(140 - 120 * n / top, 1),
                "height": round(120 * n / top, 1),
                "words": f"{low:.4g} to {high:.4g} {unit}: {n}",
            }
            for i, (n, (low, high)) in enumerate(zip(counts.tolist(), pairwise(edges), strict=True))
        ],
    }


def _by_setting(good: Sequence[BatchRow]) -> Table:
    groups: defaultdict[tuple[str, str, int], list[BatchRow]] = defaultdict(list)
    for row in good:
        groups[(row.settings, row.planner, row.uavs)].append(row)
    lines = [
        [
            settings or "as given",
            planner,
            str(uavs),
            str(len(rows)),
            f"{np.median([row.finish_s for row in rows]):.0f} s",
            f"{np.median([row.coverage_percent for row in rows]):.2f} %",
            f"{np.median([1000 * row.length_m / row.area_m2 for row in rows]):.2f} m",
            f"{np.median([row.cpu_s for row in rows]):.2f} s",
        ]
        for (settings, planner, uavs), rows in sorted(groups.items())
    ]
    heads = (
        "Settings", "Planner", "UAVs", "Plans", "Landed (median)", "Coverage",
        "Length per 1000 m²", "Processor time",
    )  # fmt: skip
    return Table(heads, lines, text_columns=2)


def summary_html(rows: Sequence[BatchRow]) -> str:
    """Make the page; it needs no internet."""
    good = [row for row in rows if not row.error]
    failed = Counter(row.error for row in rows if row.error)
    unsafe = sum(not row.safe for row in good)
    histograms = []
    if good:
        histograms = [
            _histogram([row.finish_s for row in good], "Last landing", "s"),
            _histogram([row.coverage_percent for row in good], "Coverage", "%"),
        ]
    reasons = [[error, str(n)] for error, n in failed.most_common(_MOST_REASONS)]
    return render(
        "batch.html",
        title="Many missions",
        facts=f"{len(rows)} missions: {len(good)} plans, {sum(failed.values())} without a plan, "
        f"{unsafe} that fail their check",
        settings=_by_setting(good) if good else None,
        histograms=histograms,
        failures=Table(("Why", "How often"), reasons) if reasons else None,
    )
