"""A page about a flight: map of views, figures, gaps, findings. It needs no internet."""

from collections.abc import Iterator

from shapely.geometry import Polygon

from mcpp.after.result import Basis, Gap, Spread, UavFlown, Verification
from mcpp.report.cells import Named, Table
from mcpp.report.render import render
from mcpp.report.tables import by_level
from mcpp.report.views_map import ViewsPicture, draw_views_map
from mcpp.report.views_png import views_keys

_MOST_ROWS = 40


def gap_polygon_m(basis: Basis, gap: Gap) -> Polygon:
    """Polygon of a gap in metres of the local frame."""
    frame = basis.setting.frame
    return Polygon(
        frame.to_m(gap.ring_lon_lat_deg), [frame.to_m(hole) for hole in gap.holes_lon_lat_deg]
    )


def views_picture(found: Verification) -> ViewsPicture:
    """Make what the map shows of a verification."""
    basis = found.basis
    names = basis.gathered.names
    photos = {
        name: basis.taken.xy_m[basis.taken.uav == i]
        for i, name in enumerate(names)
        if (basis.taken.uav == i).any()
    }
    return ViewsPicture(
        frame=basis.setting.frame,
        area=basis.setting.target,
        views=basis.views,
        short=basis.short,
        gaps=[(gap_polygon_m(basis, gap), _gap_words(gap)) for gap in found.gaps],
        photos_m=photos,
    )


def _gap_words(gap: Gap) -> str:
    return (
        f"gap {gap.number}: {gap.area_m2:,.0f} m2, {gap.least_views} photos of {gap.wanted_views}"
    )


def verification_html(found: Verification) -> str:
    """Write the page. Same flight, same text."""
    badge, badge_words = ("good", "complete") if found.complete else ("error", "not complete")
    return render(
        "verification.html",
        title=f"{found.basis.setting.mission.name or 'Area'}: what was flown",
        map=draw_views_map(views_picture(found)),
        badge=badge,
        badge_words=badge_words,
        facts=[("promised", found.promised)],
        cards=list(_cards(found)),
        uavs=_uavs_with_photos(found),
        keys=views_keys(found.basis.views, short="too few"),
        uav_table=_uav_table(found),
        findings=by_level(found.findings),
        gaps=_gap_table(found),
        lines=_line_table(found),
        unused=_unused_table(found),
    )


def _uavs_with_photos(found: Verification) -> list[Named]:
    taken = found.basis.taken.uav
    names = found.basis.gathered.names
    return [Named(i, name) for i, name in enumerate(names) if (taken == i).any()]


def _cards(found: Verification) -> Iterator[tuple[str, str, str]]:
    views, fleet = found.views, found.fleet
    yield "Area", f"{found.area_m2 / 10_000:,.1f} ha", f"{found.area_m2:,.0f} m²"
    yield "Gaps", f"{len(found.gaps)}", f"{found.gaps_m2:,.0f} m², {views.short_percent:.2f} %"
    planned = f"planned {views.planned_mean:.1f}" if views.planned_mean else "no plan"
    yield "Photos on a point", f"{views.mean:.1f}", planned
    yield "Photos", f"{fleet.photos:,}", f"{fleet.usable:,} usable"
    if fleet.planned:
        yield "Missing", f"{fleet.missing:,}", f"of {fleet.planned:,} planned"
    yield "Frontlap", _percent(fleet.frontlap), "worst 5 % " + _percent(fleet.frontlap, worst=True)
    yield "Sidelap", _percent(fleet.sidelap), "worst 5 % " + _percent(fleet.sidelap, worst=True)


def _percent(value: Spread | None, *, worst: bool = False) -> str:
    if value is None:
        return "unknown"
    return f"{100 * (value.worst_5_percent if worst else value.median):.0f} %"


def _spread(value: Spread | None, form: str) -> str:
    return "-" if value is None else f"{value.median:{form}} ({value.worst_5_percent:{form}})"


def _uav_table(found: Verification) -> Table:
    head = ("UAV", "Photos", "Missing", "Lines left out", "Gimbal off", "Off line, m",
            "Above line, m", "Blur, px")  # fmt: skip

    def cells(name: str | Named, uav: UavFlown) -> tuple[str | Named, ...]:
        return (
            name,
            f"{uav.photos:,}",
            f"{uav.missing:,} of {uav.planned:,}" if uav.planned else "-",
            f"{uav.lines_left_out} of {uav.lines}" if uav.lines else "-",
            str(uav.tilted),
            _spread(uav.off_line_m, ".1f"),
            _spread(uav.rise_m, "+.1f"),
            _spread(uav.blur_px, ".2f"),
        )

    rows = [cells(Named(i, uav.id), uav) for i, uav in enumerate(found.uavs)]
    return Table(head, [*rows, cells("fleet", found.fleet)])


def _gap_table(found: Verification) -> Table | None:
    if not found.gaps:
        return None
    rows = [
        (
            str(gap.number),
            f"{gap.area_m2:,.0f} m²",
            str(gap.least_views),
            str(gap.wanted_views),
            f"{gap.lon_lat_deg[0]:.6f}, {gap.lon_lat_deg[1]:.6f}",
        )
        for gap in found.gaps[:_MOST_ROWS]
    ]
    return Table(("Gap", "Size", "Photos, least", "Wanted", "Longitude, latitude"), rows)


def _line_table(found: Verification) -> Table | None:
    if not found.lines:
        return None
    rows = [
        (line.uav, str(line.sortie), str(line.line),
         f"{line.missing} of {line.planned}")
        for line in sorted(found.lines, key=lambda one: -one.missing)[:_MOST_ROWS]
    ]  # fmt: skip
    return Table(("UAV", "Sortie", "Line", "Photos missing"), rows)


def _unused_table(found: Verification) -> Table | None:
    if not found.unused:
        return None
    rows = [(one.name, one.reason) for one in found.unused[:_MOST_ROWS]]
    return Table(("File", "Why"), rows, text_columns=2)
