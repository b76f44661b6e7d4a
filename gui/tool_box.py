"""The tools of the map, and which of them is in hand."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal

from gui.map.draw_tools import (
    CircleTool,
    DatumTool,
    MeasureTool,
    PolygonTool,
    RectangleTool,
    UavTool,
)
from gui.map.line_tools import CorridorTool, FacadeTool
from gui.map.panel import MapPanel
from gui.map.select_tool import SelectTool
from gui.session import Session

if TYPE_CHECKING:
    from gui.map.tools import Tool


class ToolBox(QObject):
    """Holds one tool of each kind.

    Signals
    -------
    taken
        Another tool is in hand.
    finished
        The tool of this name has done its work; selecting is in hand again.
    """

    taken = Signal(str)
    finished = Signal(str)
    menu_wanted = Signal(QPoint)
    insert_wanted = Signal()

    def __init__(self, session: Session, map_panel: MapPanel) -> None:
        super().__init__(map_panel)
        self._map = map_panel
        parts = (session, map_panel.view, map_panel.mission_layer)
        self.select = SelectTool(*parts)
        self.select.insert_wanted.connect(self.insert_wanted)
        self.tools: dict[str, Tool] = {
            "select": self.select,
            "area": PolygonTool(*parts, "area"),
            "area_rectangle": RectangleTool(*parts, "area"),
            "area_circle": CircleTool(*parts, "area"),
            "corridor": CorridorTool(*parts),
            "orbit": CircleTool(*parts, "orbit"),
            "perimeter": PolygonTool(*parts, "perimeter"),
            "facade": FacadeTool(*parts),
            "crew": PolygonTool(*parts, "crew"),
            "crew_rectangle": RectangleTool(*parts, "crew"),
            "crew_circle": CircleTool(*parts, "crew"),
            "zone": PolygonTool(*parts, "zone"),
            "zone_rectangle": RectangleTool(*parts, "zone"),
            "zone_circle": CircleTool(*parts, "zone"),
            "uav": UavTool(*parts),
            "datum": DatumTool(*parts),
            "measure": MeasureTool(*parts),
        }
        self.name = "select"
        for tool in self.tools.values():
            tool.hint_changed.connect(map_panel.say)
            tool.done.connect(self._end)
            tool.menu_wanted.connect(self.menu_wanted)

    def take(self, name: str) -> None:
        """Give the mouse another meaning."""
        self.name = name
        self._map.say("")
        self._map.view.set_tool(self.tools[name])
        self._map.view.setFocus()
        self.taken.emit(name)

    def _end(self) -> None:
        last = self.name
        self.take("select")
        self.finished.emit(last)
