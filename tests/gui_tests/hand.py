"""A hand on the map of the whole window: it clicks, drags and types."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

MIDDLE = (16.0, 48.0)
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


class MapHand:
    """Places are counted in pixels from the middle of the map."""

    def __init__(self, window):
        self.window = window
        self.view = window.map.view
        self.port = self.view.viewport()
        self.session = window.session
        window.planning.drafts_wanted = False
        window.hide_welcome()
        self.view.go_to(MIDDLE, 16.0)

    def at(self, dx, dy):
        return self.port.rect().center() + QPoint(dx, dy)

    def place(self, dx, dy):
        return self.view.place_at(QPointF(self.at(dx, dy)))

    def click(self, dx, dy, keys=NONE):
        QTest.mouseMove(self.port, self.at(dx, dy))
        QTest.mouseClick(self.port, LEFT, keys, self.at(dx, dy))

    def drag(self, start, *stops):
        QTest.mousePress(self.port, LEFT, NONE, self.at(*start))
        for stop in stops:
            QTest.mouseMove(self.port, self.at(*stop))
        QTest.mouseRelease(self.port, LEFT, NONE, self.at(*stops[-1]))

    def key(self, key, keys=NONE):
        QTest.keyClick(self.view, key, keys)
