"""A button that shows what few people need, and folds it away again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget


class Fold(QToolButton):
    """Shows and hides some widgets; they are hidden at first."""

    def __init__(self, title: str, tip: str, folded: tuple[QWidget, ...]) -> None:
        super().__init__()
        self._folded = folded
        self.setText(title)
        self.setToolTip(tip)
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.toggled.connect(self._unfold)
        self._unfold(False)

    def _unfold(self, on: bool) -> None:
        self.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        for widget in self._folded:
            widget.setVisible(on)
