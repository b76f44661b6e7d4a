"""Reading photos and logs of a flight, and planning what is missing, in a thread of its own."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.slow import Slow

if TYPE_CHECKING:
    from mcpp.after.result import Verification
    from mcpp.model import Plan


def check_photos(plan: "Plan", paths: Sequence[Path], parent: QObject) -> Slow:
    """Hold photos and logs against a plan."""

    def call(observer: Slow) -> object:
        from mcpp.after.verify import verify

        return verify(plan, paths, observer=observer)

    return Slow(call, parent)


def plan_gaps(found: "Verification", parent: QObject) -> Slow:
    """Plan only what a flight has left."""

    def call(observer: Slow) -> object:
        from mcpp.after.refly import refly

        return refly(found, observer=observer)

    return Slow(call, parent)
