"""The summary page of many plans: what came out by setting, and what failed."""

import html
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from mcpp.study.batch import BatchRow

_STYLE = (
    "body{font:15px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:right;"
    "border-bottom:1px solid #ccc}td:first-child,th:first-child{text-align:left}"
)


def _histogram_svg(values: Sequence[float], title: str, unit: str) -> str:
    """Draw how often values fall into twelve equal parts of their span."""
    counts, edges = np.histogram(np.asarray(values, dtype=float), bins=12)
    top = max(int(counts.max()), 1)
    bars = "".join(
        f'<rect x="{40 + 40 * i}" y="{140 - 120 * n / top:.1f}" width="38" '
        f'height="{120 * n / top:.1f}" fill="#0072B2"><title>{low:.4g} to {high:.4g} {unit}: {n}'
        "</title></rect>"
        for i, (n, (low, high)) in enumerate(zip(counts.tolist(), pairwise(edges), strict=True))
    )
    ends = (
        f'<text x="40" y="158">{edges[0]:.4g} {unit}</text>'
        f'<text x="520" y="158" text-anchor="end">{edges[-1]:.4g} {unit}</text>'
    )
    return (
        f"<h2>{html.escape(title)}</h2>"
        f'<svg viewBox="0 0 540 165" width="540" font-size="12" role="img">{bars}{ends}</svg>'
    )


def _table(heads: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{html.escape(word)}</th>" for word in heads)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(word)}</td>" for word in line) + "</tr>"
        for line in lines
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def _by_setting(good: Sequence[BatchRow]) -> str:
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
        "settings", "planner", "UAVs", "plans", "landed (median)", "coverage",
        "length per 1000 m2", "processor time",
    )  # fmt: skip
    return _table(heads, lines)


def summary_html(rows: Sequence[BatchRow]) -> str:
    """Make the page; it needs no internet."""
    good = [row for row in rows if not row.error]
    failed = Counter(row.error for row in rows if row.error)
    unsafe = sum(not row.safe for row in good)
    counts = f"{len(good)} plans, {sum(failed.values())} without a plan"
    parts = [f"<p>{len(rows)} missions: {counts}, {unsafe} that fail their check.</p>"]
    if good:
        parts.append(_by_setting(good))
        parts.append(_histogram_svg([row.finish_s for row in good], "Last landing", "s"))
        parts.append(_histogram_svg([row.coverage_percent for row in good], "Coverage", "%"))
    if failed:
        parts.append("<h2>Without a plan</h2>")
        parts.append(_table(("why", "how often"), [[e, str(n)] for e, n in failed.most_common(50)]))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>mcpp batch</title>'
        f"<style>{_STYLE}</style><h1>Many missions</h1>{''.join(parts)}</html>\n"
    )
