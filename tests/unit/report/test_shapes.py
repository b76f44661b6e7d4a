"""Areas and zones by name in the report."""

from dataclasses import replace

from mcpp.api import draft
from mcpp.report.html import report_html
from mcpp.report.shapes import shapes_table


def test_names_heights_and_reasons_stand_in_the_report(small_mission):
    barn, mast = small_mission.no_fly_zones
    zones = (
        replace(barn, waived="agreed <b>", times="MON 08:00-16:00"),
        replace(mast, ceiling_m=20.0),
        replace(mast, name="TMA", floor_m=300.0),
    )
    part = replace(small_mission.area[0], name="North & West")
    flight = replace(small_mission.flight, fly_over_zones=True)
    plan = draft(replace(small_mission, area=(part,), no_fly_zones=zones, flight=flight))
    page = report_html(plan)
    assert "Areas and zones" in page
    for words in (
        '<td>North &amp; West</td><td>area</td><td>surveyed</td><td class="n">12.00 ha</td>',
        "<td>no-fly zone; MON 08:00-16:00</td><td>waived: agreed &lt;b&gt;</td>",
        "<td>mast</td><td>no-fly zone from the ground to 20 m</td><td>flown over</td>",
        "<td>TMA</td><td>no-fly zone from 300 m up</td><td>above all flights</td>",
    ):
        assert words in page


def test_an_area_without_a_name_and_zones_needs_no_table(plain_mission):
    assert shapes_table(draft(plain_mission)) is None
