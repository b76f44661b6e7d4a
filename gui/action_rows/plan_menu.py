"""Actions of the menus Plan and Fly."""

from typing import TYPE_CHECKING

from gui.actions import ActionRow
from gui.i18n import tr

if TYPE_CHECKING:
    from gui.fleet_link import Order
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
            w.plans.toggle_drafts,
            checked=lambda: planning.drafts_wanted,
        ),
        ActionRow(
            "plan.compare",
            tr("Compare &planners"),
            tr("Plan with each planner, one after the other, and keep all results"),
            w.plans.compare_planners,
            enabled=ready,
        ),
        ActionRow(
            "plan.side_by_side",
            tr("&Two plans side by side…"),
            tr("Look at two of the plans so far together, with their maps and figures"),
            w.plans.show_side_by_side,
            "Ctrl+T",
            enabled=lambda: len(w.session.results) > 1,
        ),
    ]


def fly_rows(w: "MainWindow") -> list[ActionRow]:
    """List what is done with vehicles: the orders have keys of their own."""
    flight = w.flight

    def order(name: "Order", title: str, tip: str, keys: str, icon: str) -> ActionRow:
        words = {"pause": tr("Pause all"), "return": tr("Recall all"), "resume": tr("Resume all")}
        return ActionRow(
            f"fly.{'recall' if name == 'return' else name}_all",
            title,
            tip,
            lambda: w.orders.give(name),
            keys,
            icon,
            enabled=lambda: flight.watching,
            short=words[name],
        )

    return [
        ActionRow(
            "fly.panel",
            tr("&Fly panel"),
            tr("Connect, upload, watch"),
            w.plans.show_fly,
            "Ctrl+L",
            "fly",
            short=tr("Fly"),
        ),
        ActionRow(
            "fly.check",
            tr("&Check photos…"),
            tr("After landing: hold photos and logs against the plan, and plan what is missing"),
            w.plans.check_photos,
            "Ctrl+J",
            enabled=lambda: w.session.finished is not None or flight.plan is not None,
            short=tr("Check photos"),
        ),
        order("pause", tr("&Pause all"), tr("All vehicles wait where they are"), "F8", "pause"),
        order("return", tr("&Recall all"), tr("All vehicles come home and land"), "F9", "recall"),
        order("resume", tr("R&esume all"), tr("All vehicles go on"), "Shift+F8", "play"),
    ]
