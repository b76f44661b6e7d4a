"""Launch points beside each other for UAVs that share one."""

from dataclasses import replace

from mcpp.model import Mission, as_given


def with_spots(mission: Mission, *, apart: bool) -> Mission:
    """Give UAVs that share a launch or landing point spots of their own, or put all back.

    Raises
    ------
    McppError
        When the mission can not be planned yet.
    """
    from mcpp.problem.spots import with_launch_spots

    flight = replace(mission.flight, launch_spots="apart" if apart else "given")
    changed = replace(mission, flight=flight)
    return with_launch_spots(changed) if apart else as_given(changed)
