"""The study's curves as a picture."""

import io
from collections.abc import Sequence

from mcpp.study.sizes import StudyRow, fastest, knee


def study_png(rows: Sequence[StudyRow]) -> bytes:
    """Plot time and cost over the fleet's size; PNG."""
    from matplotlib.figure import Figure  # 0.4 s: only for those who plot

    good = [row for row in rows if not row.error]
    sizes = [row.uavs for row in good]
    figure = Figure(figsize=(7, 4.2), layout="constrained")
    time_axes = figure.subplots()
    time_axes.plot(
        sizes, [row.finish_s / 60 for row in good], "o-", color="#0072B2", label="flying"
    )
    time_axes.plot(
        sizes,
        [row.total_s / 60 for row in good],
        "s-",
        color="#D55E00",
        label="deploying and flying",
    )
    for row, word in ((knee(rows), "knee"), (fastest(rows), "fastest in all")):
        if row is not None:
            value = row.finish_s if word == "knee" else row.total_s
            time_axes.annotate(
                f"{word}: {row.uavs}",
                (row.uavs, value / 60),
                xytext=(8, 14),
                textcoords="offset points",
                arrowprops={"arrowstyle": "->"},
            )
    time_axes.set(xlabel="UAVs", ylabel="minutes", ylim=(0, None))
    time_axes.grid(visible=True, alpha=0.3)
    cost_axes = time_axes.twinx()
    cost_axes.plot(sizes, [row.cost for row in good], "^--", color="#009E73", label="cost")
    cost_axes.set(ylabel="cost of flight and swaps", ylim=(0, None))
    lines = [*time_axes.get_lines(), *cost_axes.get_lines()]
    time_axes.legend(lines, [str(line.get_label()) for line in lines], loc="upper right")
    stream = io.BytesIO()
    # no date or version in the file: same rows, same bytes
    figure.savefig(stream, format="png", dpi=130, metadata={"Software": None})
    return stream.getvalue()
