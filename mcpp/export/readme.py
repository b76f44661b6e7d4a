"""README.txt of a plan's folder: each UAV's files in the order of flying, and how to load them."""

import textwrap
from collections.abc import Iterator

from mcpp.export.app_route import returns_home
from mcpp.export.app_words import CREW_WORDS, FORMATS, app_of, file_app_of, timer_s
from mcpp.export.registry import sortie_files
from mcpp.export.targets import app_limits
from mcpp.model import Plan, Sortie
from mcpp.report.launches import spot_words

_WIDTH = 78


def to_text(plan: Plan, files: dict[int, list[str]]) -> str:
    """Write the text.

    Parameters
    ----------
    files
        For each sortie, by its place in the plan, the names of its files.
    """
    title = plan.mission.name or "mission"
    lines = [title, "=" * min(len(title), _WIDTH), ""]
    lines += _wrapped(
        "Look at report.html first: it holds the map, the times and what the check found."
    )
    for uav, vehicle in enumerate(plan.problem.vehicles):
        flights = [i for i, sortie in enumerate(plan.sorties) if sortie.uav == uav]
        if not flights:
            continue
        app = app_of(plan.mission, uav)
        lines += ["", f"{vehicle.id} ({plan.mission.uavs[uav].aircraft})", ""]
        lines += _wrapped(CREW_WORDS[app])
        lines += [f"  {line}" for line in _wrapped(spot_words(plan, uav))]
        for i in flights:
            lines += _flight(plan, plan.sorties[i], files[i])
    return "\n".join(lines) + "\n"


def own_files(plan: Plan) -> dict[int, dict[str, str | bytes]]:
    """Write each sortie in its aircraft's own formats, by its place in the plan.

    Raises
    ------
    ExportError
    """
    found: dict[int, dict[str, str | bytes]] = {}
    for i, sortie in enumerate(plan.sorties):
        found[i] = {}
        for name in FORMATS[app_of(plan.mission, sortie.uav)]:
            found[i] |= sortie_files(plan, sortie, name)
    return found


def _flight(plan: Plan, sortie: Sortie, files: list[str]) -> Iterator[str]:
    vehicle, app = plan.problem.vehicles[sortie.uav], app_of(plan.mission, sortie.uav)
    begins_s, takes_s = sortie.time_s[0], sortie.time_s[-1] - sortie.time_s[0]
    yield ""
    yield (
        f"  Flight {sortie.number}: takes off {begins_s / 60:.1f} min after the start of the "
        f"mission, {takes_s / 60:.1f} min long, one battery"
    )
    home = returns_home(sortie)
    ends = "returns and lands" if home else "lands at its landing point"
    if app == "litchi":  # its files do not say it
        ends += f" (Finish Action: {'Return to Home' if home else 'Land'})"
    no_action = " (Finish Action: None)" if app == "litchi" else ""
    several = app != "mavlink" and len(files) > 1
    for number, file in enumerate(files, start=1):
        if not several:
            yield f"    {file}: {ends}" if app != "mavlink" else f"    {file}"
        elif number < len(files):
            yield f"    {file}: ends hovering{no_action}; then load the next part"
        else:
            yield f"    {file}: goes on from there, and {ends}"
    if several:
        yield "    The parts are one flight on one battery: do not land between them."
    file_app, seconds = file_app_of(plan.mission, sortie.uav), timer_s(vehicle)
    if file_app and not app_limits(file_app).photos_by_distance and seconds is not None:
        yield f"    Photos: start the app's timer at {seconds} s before the first line, by hand."


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH)
