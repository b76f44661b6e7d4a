"""What to do next, in words, for someone who sees the program for the first time."""

from gui.i18n import tr
from gui.planning import Planning
from gui.session import Session


def next_step(session: Session, planning: Planning) -> str:
    """Say what comes next; empty where nothing does, or where the user has done it before.

    The way from an area to a plan and its export is told once: from the second plan of a mission
    on there are no more words over the map.
    """
    mission = session.mission
    if not mission.has_work or planning.obstacle_of_outlines():
        return planning.obstacle_of_outlines()
    if not mission.uavs:
        zones = "" if mission.no_fly_zones else tr("Draw no-fly zones if there are any.")
        step = tr("Next: press UAVs at the top, then click where each takes off.")
        if mission.crew_area:
            step = tr("Next: add UAVs in the step Fleet: they take off where the crew can stand.")
        return f"{zones} {step}".strip()
    if planning.running or planning.refusal or len(session.results) > 1:
        return ""  # a refusal says itself, over the button, what is to be mended
    shown = session.finished
    if shown is None:
        return "" if session.results else tr("Next: press Plan at the lower left.")
    if not shown.plan.report.safe:
        return ""
    return tr("The plan is ready. Next: press Export at the top, or Fly.")
