"""What keys do to what is selected on the map: choose shapes and corners, nudge them."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

if TYPE_CHECKING:
    from gui.map.select_tool import SelectTool

NUDGE_PX = 2
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def take_key(tool: "SelectTool", event: QKeyEvent) -> bool:
    """Take a key of the selecting tool; False leaves it to the map."""
    key, selected = Qt.Key(event.key()), tool.session.selection
    if key in {Qt.Key.Key_N, Qt.Key.Key_P} and not event.modifiers():
        _next_shape(tool, 1 if key == Qt.Key.Key_N else -1)
        return True
    if selected is None:
        return False
    if key == Qt.Key.Key_I and not event.modifiers():
        tool.insert_wanted.emit()
        return True
    if key == Qt.Key.Key_Escape:
        tool.session.select(None if selected.vertex is None else selected.whole())
        return True
    if key in {Qt.Key.Key_Comma, Qt.Key.Key_Period} and tool.handles.circle(selected) is None:
        corners = len(tool.layer.rings[selected.whole()])
        step = 1 if key == Qt.Key.Key_Period else -1
        now = -1 if selected.vertex is None else selected.vertex
        if selected.kind != "uav" and corners:
            tool.session.select(replace(selected, vertex=(now + step) % corners))
        return True
    if key in _STEPS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
        right, down = _STEPS[key]
        far = 10 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        tool.nudge(selected, QPointF(right, down) * NUDGE_PX * far)
        return True
    return False


def _next_shape(tool: "SelectTool", step: int) -> None:
    refs = list(tool.layer.rings)
    if refs:
        selected = tool.session.selection
        at = refs.index(selected.whole()) if selected and selected.whole() in refs else -step
        tool.session.select(refs[(at + step) % len(refs)])
