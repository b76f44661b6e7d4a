"""What photos are held against, as a file: a plan of ours, or anything that tells an area."""

from dataclasses import replace
from pathlib import Path

from mcpp.io.plan import is_plan, plan_from_json
from mcpp.io.source import read_source
from mcpp.io.text import parse_json, read_text
from mcpp.model import Mission, Plan


def read_plan_or_area(path: Path, terrain: str | None = None) -> Plan | Mission:
    """Read a plan where the file is one, else the area that it tells.

    Parameters
    ----------
    terrain
        File of ground heights, in place of the one that the mission names.

    Raises
    ------
    InputError
    """
    found: Plan | Mission | None = None
    if path.suffix.lower() == ".json":
        value = parse_json(read_text(path), str(path))
        if is_plan(value):
            found = plan_from_json(value, str(path))
    if found is None:
        found = read_source(path, scan_distance_m=1.0)  # lines are of no account here
    if terrain is None:
        return found
    mission = found.mission if isinstance(found, Plan) else found
    mission = replace(mission, flight=replace(mission.flight, terrain=terrain))
    return replace(found, mission=mission) if isinstance(found, Plan) else mission
