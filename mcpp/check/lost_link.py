"""What the plan says beforehand of a lost radio link: where the autopilot's own return leads."""

from collections.abc import Iterator

from mcpp.flight.lost_link import lost_link
from mcpp.ground.frame import LocalFrame
from mcpp.model import Finding, Plan


def lost_link_findings(plan: Plan) -> Iterator[Finding]:
    """Name the UAVs whose straight return would cross a no-fly zone: code ``lost-link``.

    A warning where it does so in spite of the rally points that go with the mission.
    """
    frame = LocalFrame(plan.origin_lon_lat_deg)
    for index, vehicle in enumerate(plan.problem.vehicles):
        found = lost_link(plan, index)
        if not found.crossing_before:
            continue
        if not found.crossing:
            yield Finding(
                level="note",
                code="lost-link",
                message=(
                    f"{vehicle.id}: a straight return by radio loss would cross a no-fly zone from "
                    f"{100 * found.crossing_before:.0f} % of its way: rally points go with the "
                    "mission, where it lands instead"
                ),
                uav=vehicle.id,
            )
            continue
        place = None
        if found.place_m is not None:
            lon, lat = frame.to_deg(found.place_m)
            place = (float(lon), float(lat))
        yield Finding(
            level="warning",
            code="lost-link",
            message=(
                f"{vehicle.id}: a straight return by radio loss would cross a no-fly zone from "
                f"{100 * found.crossing:.0f} % of its way: have it hold or land instead, or move "
                "its start"
            ),
            uav=vehicle.id,
            lon_lat_deg=place,
        )
