"""Launch points: left open for mcpp to choose, and those that it chose."""

from typing import TYPE_CHECKING

from gui.i18n import tr
from gui.launch_edits import chosen_starts, with_starts

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
        changed = with_starts(session.mission, dict.fromkeys(range(len(session.mission.uavs))))
        session.edit(tr("Let mcpp choose the launch points"), changed)

    def has_chosen(self) -> bool:
        """Whether a plan that fits the mission has launch points that mcpp chose."""
        return self.w.session.finished is not None and bool(chosen_starts(self.w.session))

    def keep_chosen(self) -> None:
        """Give UAVs the launch points that mcpp chose for the shown plan."""
        session = self.w.session
        changed = with_starts(session.mission, chosen_starts(session))
        session.edit(tr("Keep the chosen launch points"), changed)

    def tell_of_crew(self) -> None:
        """Say what ground for the crew that was just drawn does."""
        uavs = self.w.session.mission.uavs
        if uavs and all(uav.start_lon_lat_deg is not None for uav in uavs):
            self.w.tell(
                tr("All launch points are given: leave some open, and they are chosen there.")
            )
        else:
            self.w.tell(tr("Launch points that are left open are chosen there."))
