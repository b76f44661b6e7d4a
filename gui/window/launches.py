"""Launch points: left open for mcpp to choose, and those that it chose."""

from typing import TYPE_CHECKING

from gui import engine
from gui.i18n import tr
from gui.launch_edits import chosen_starts, with_chosen, with_open_starts
from mcpp.errors import McppError

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class LaunchActions:
    """Does it for one window's mission."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window

    def has_given(self) -> bool:
        """Whether a UAV has a launch point."""
        return any(uav.start_lon_lat_deg is not None for uav in self.w.session.mission.uavs)

    def leave_open(self) -> None:
        """Take the launch points of all UAVs away; a landing point of their own stays."""
        session = self.w.session
        session.edit(tr("Let mcpp choose the launch points"), with_open_starts(session.mission))

    def has_chosen(self) -> bool:
        """Whether a plan that fits the mission has launch points that mcpp chose."""
        return self.w.session.finished is not None and bool(chosen_starts(self.w.session))

    def keep_chosen(self) -> None:
        """Give UAVs the launch points that mcpp chose for the shown plan."""
        session = self.w.session
        session.edit(tr("Keep the chosen launch points"), with_chosen(session))

    def may_spread(self) -> bool:
        """Whether there are launch points that could be shared, or that are apart already."""
        given = [uav for uav in self.w.session.mission.uavs if uav.start_lon_lat_deg is not None]
        return len(given) > 1 or self.are_apart()

    def are_apart(self) -> bool:
        """Whether UAVs that share a launch point get spots of their own."""
        return self.w.session.mission.flight.launch_spots == "apart"

    def spread(self) -> None:
        """Give UAVs that share a launch point spots of their own, or put all back."""
        session, apart = self.w.session, not self.are_apart()
        try:
            changed = engine.with_spots(session.mission, apart=apart)
        except McppError as error:
            self.w.words.show_problem(str(error))
            return
        if apart and changed.uavs == session.mission.uavs:
            self.w.tell(tr("No UAVs share a launch point."))
            return
        words = tr("Give launch points of their own") if apart else tr("Launch points as given")
        session.edit(words, changed)

    def tell_of_crew(self) -> None:
        """Say what ground for the crew that was just drawn does."""
        uavs = self.w.session.mission.uavs
        if uavs and all(uav.start_lon_lat_deg is not None for uav in uavs):
            self.w.tell(
                tr("All launch points are given: leave some open, and they are chosen there.")
            )
        else:
            self.w.tell(tr("Launch points that are left open are chosen there."))
