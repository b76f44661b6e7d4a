"""What lines and photos keep, as words for tables: of several values the worst comes first."""

from mcpp.model import KeptFigures, Spread


def line_words(kept: KeptFigures) -> list[str]:
    """Write the distance to the next line (most, p95, median) and the ground too far from all."""
    line, far = kept.next_line, kept.too_far_percent
    return [
        "-" if line is None else f"{line.most_m:.1f} / {line.p95_m:.1f} / {line.median_m:.1f} m",
        "-" if far is None else f"{far:.2f} %",
    ]


def photo_words(kept: KeptFigures) -> list[str]:
    """Write sidelap, frontlap (least, p5, median), views, ground with too few, photos and GSD."""
    views = kept.views
    return [
        _laps(kept.sidelap),
        _laps(kept.frontlap),
        "-" if views is None else f"{views.least} / {views.p1} / {views.p5} / {views.median}",
        "-" if views is None else f"{views.short_percent:.1f} %",
        str(kept.photos) if kept.photos else "-",
        "-" if kept.gsd_m is None else f"{100 * kept.gsd_m:.1f} cm",
    ]


def _laps(lap: Spread | None) -> str:
    if lap is None:
        return "-"
    return " / ".join(f"{100 * part:.0f}" for part in (lap.least, lap.p5, lap.median)) + " %"
