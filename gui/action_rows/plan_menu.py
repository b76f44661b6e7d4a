"""Actions of the menus Plan and Fly."""

from typing import TYPE_CHECKING

from gui.actions import ActionRow
from gui.i18n import tr

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def plan_rows(w: "MainWindow") -> list[ActionRow]:
    """List what is done with plans."""
    planning = w.planning

    def ready() -> bool:
        return not planning.running and not planning.obstacle()

    return [
        ActionRow(
            "plan.run",
            tr("&Plan"),
            tr("Make the plan"),
            planning.plan,
            "F5",
            "plan",
            enabled=ready,
            short=tr("Plan"),
        ),
        ActionRow(
            "plan.cancel",
            tr("&Cancel"),
            tr("Stop planning"),
            planning.cancel,
            "Ctrl+.",
            "cancel",
            enabled=lambda: planning.running,
        ),
        ActionRow(
            "plan.draft",
            tr("&Live draft"),
            tr("Draft the plan while the mission changes"),
            w.do.toggle_drafts,
            checked=lambda: planning.drafts_wanted,
        ),
        ActionRow(
            "plan.compare",
            tr("Compare &planners"),
            tr("Plan with each planner, one after the other, and keep all results"),
            w.do.compare_planners,
            enabled=ready,
        ),
        ActionRow(
            "fly.panel",
            tr("&Fly panel"),
            tr("Connect, upload, watch"),
            w.do.show_fly,
            "Ctrl+L",
            "fly",
            short=tr("Fly"),
        ),
    ]
