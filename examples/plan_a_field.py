"""Plan a field with a pond for two UAVs, look at the figures, and move one launch point.

Run it with ``python examples/plan_a_field.py [FOLDER]``.
"""

import sys
from dataclasses import replace
from pathlib import Path

from mcpp.api import plan, write_outputs
from mcpp.model import AreaPart, Mission, Plan, PlannerChoice, PolygonZone, Uav

FIELD = ((22.500, 39.600), (22.506, 39.600), (22.506, 39.604), (22.500, 39.604))
POND = ((22.502, 39.601), (22.503, 39.601), (22.503, 39.602), (22.502, 39.602))


def field_mission() -> Mission:
    """Return a mission as the mission file would hold it."""
    return Mission(
        name="Field with a pond",
        area=(AreaPart(outer_lon_lat_deg=FIELD),),
        no_fly_zones=(PolygonZone(name="pond", outer_lon_lat_deg=POND, buffer_m=5.0),),
        uavs=(
            Uav(id="west", start_lon_lat_deg=(22.5005, 39.6005)),
            Uav(id="east", start_lon_lat_deg=(22.5055, 39.6005), speed_m_s=8.0),
        ),
        scan_distance_m=40.0,
        planner=PlannerChoice(name="draft"),
    )


def with_launch(mission: Mission, uav_id: str, lon_lat_deg: tuple[float, float]) -> Mission:
    """Missions are frozen: a change is a new mission."""
    uavs = tuple(
        replace(uav, start_lon_lat_deg=lon_lat_deg) if uav.id == uav_id else uav
        for uav in mission.uavs
    )
    return replace(mission, uavs=uavs)


def figures(finished: Plan) -> list[str]:
    """Say in a line for each UAV what it flies."""
    return [
        f"{uav.id}: {uav.length_m:.0f} m in {uav.flight_time_s / 60:.1f} min"
        for uav in finished.report.uavs
    ]


def main(folder: Path) -> None:
    """Plan twice, and write the second plan."""
    mission = field_mission()
    print("as given", *figures(plan(mission)), sep="\n  ")
    moved = plan(with_launch(mission, "west", (22.5005, 39.6035)))
    print("west from the north", *figures(moved), sep="\n  ")
    print(f"{len(write_outputs(moved, folder))} files in {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/field"))
