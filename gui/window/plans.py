"""Drafts, comparisons of planners, and what is done with finished plans."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from gui import edits, engine
from gui.i18n import tr
from mcpp.model import Plan

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class PlanActions:
    """Does it for one window."""

    def __init__(self, window: "MainWindow") -> None:
        self.w = window
        self.compare_queue: list[str] = []
        self._comparing = False
        self._compared_from = 0

    def toggle_drafts(self) -> None:
        """Draft while the mission changes, or not."""
        self.w.planning.drafts_wanted = not self.w.planning.drafts_wanted
        self.w.planning.draft()

    def compare_planners(self) -> None:
        """Plan with each planner in turn; the results stand side by side."""
        # "best" goes on for minutes with the plans of the others
        self.compare_queue = engine.compared_planners(self.w.session.mission)
        self._comparing = True
        self._compared_from = len(self.w.session.results)
        self.w.planning.was_cancelled = False
        self.go_on_comparing(running=False)

    def go_on_comparing(self, running: bool) -> None:
        """Plan with the next planner of the comparison; at its end, show the fastest safe plan."""
        if running or not self._comparing:
            return
        if not self.compare_queue and not self.w.planning.was_cancelled:
            self._comparing = False
            self._show_fastest()
            return
        if self.w.planning.was_cancelled:
            self._comparing, self.compare_queue = False, []
            return
        name = self.compare_queue.pop(0)
        changed = edits.change_planner(self.w.session.mission, name=name, params={})
        self.w.session.edit(tr("Choose planner {0}", name), changed, merge="compare")
        self.w.planning.plan()

    def _show_fastest(self) -> None:
        found = [r for r in self.w.session.results[self._compared_from :] if r.plan.report.safe]
        if found:
            best = min(found, key=lambda result: result.plan.report.fleet.finish_s)
            words = tr("Choose planner {0}", best.mission.planner.name)
            self.w.session.edit(words, best.mission, merge="compare")

    def show_side_by_side(self) -> None:
        """Show two plans beside each other."""
        from gui.panels.compare import CompareDialog

        dialog = CompareDialog(self.w.session.results, self.w.settings, self.w.theme, self.w)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def check_photos(self) -> None:
        """Hold the photos of a flight against its plan."""
        from gui.panels.check_photos import CheckPhotosDialog

        finished = self.w.session.finished
        plan = self.w.flight.plan or (None if finished is None else finished.plan)
        if plan is None:
            return
        dialog = CheckPhotosDialog(plan, self.w.settings, self.w)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.place_wanted.connect(self.w.session.place_wanted)
        dialog.planned.connect(lambda found: self.show_new_plan(found.plan))
        dialog.show()

    def show_new_plan(self, plan: Plan) -> None:
        """Show a plan that was made of another one, with its own mission, as a step."""
        self.w.session.edit(tr("Plan the rest"), plan.mission)
        self.w.session.add_result(plan.mission, plan)
        self.w.docks.bring("result")
        self.w.map.fit()

    def show_fly(self) -> None:
        """Show the panel that connects, uploads and watches."""
        if self.w.tool_name == "select":
            self.w.map.say("")
        self.w.docks.bring("fly")
