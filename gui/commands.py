"""Undoable steps: each swaps one immutable mission for another."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

if TYPE_CHECKING:
    from gui.session import Session
    from mcpp.model import Mission


class MissionEdit(QUndoCommand):
    """Swap the session's mission for another.

    Parameters
    ----------
    merge
        Steps with the same text that is not None are one step, such as all moves of a drag.
    """

    def __init__(
        self, session: "Session", mission: "Mission", text: str, *, merge: str | None = None
    ) -> None:
        super().__init__(text)
        self._session = session
        self._before = session.mission
        self.after = mission
        self.merge = merge

    def redo(self) -> None:
        self._session.show_mission(self.after)

    def undo(self) -> None:
        self._session.show_mission(self._before)

    def id(self) -> int:
        return -1 if self.merge is None else 1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, MissionEdit) or other.merge != self.merge:
            return False
        self.after = other.after
        return True
