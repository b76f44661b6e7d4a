"""A dialog to type or paste exact coordinates, one corner a line."""

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gui.i18n import tr
from gui.map import geometry
from gui.map.mercator import Projection
from gui.panels.forms import label
from gui.units import UnitSystem, area_text, length_text, lon_lat_text, parse_lon_lat
from mcpp.errors import InputError
from mcpp.model import LonLat, Ring


def parse_places(text: str, least: int, *, as_line: bool = False) -> Ring:
    """Read a place from each line that is not empty; outlines are opened, a line may go round.

    Raises
    ------
    InputError
        Naming the line.
    """
    places: list[LonLat] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            places.append(parse_lon_lat(line))
        except ValueError:
            words = tr("no place on Earth; latitude, longitude as in 40.9302, 24.4090")
            raise InputError(tr("Line {0}: {1}", number, words)) from None
    if not as_line and len(places) > 1 and places[0] == places[-1]:
        places.pop()
    if len(places) < least:
        raise InputError(tr("{0} places are needed, {1} are there", least, len(places)))
    return tuple(places)


class CoordinatesDialog(QDialog):
    """Edits the corners of a shape as text; tells at once what is wrong."""

    def __init__(
        self,
        ring: Ring,
        least: int,
        units: UnitSystem,
        parent: QWidget | None = None,
        *,
        line: bool = False,
    ) -> None:
        super().__init__(parent)
        self._least = least
        self._line = line
        self._units = units
        self.ring: Ring = ring
        self.setWindowTitle(tr("Coordinates"))
        self.resize(420, 420)
        layout = QVBoxLayout(self)
        words = tr(
            "One corner a line: latitude, longitude (WGS84). Letters N, S, E, W may be used."
        )
        layout.addWidget(label(words, "quiet", wrap=True))
        self.text = QPlainTextEdit("\n".join(lon_lat_text(place) for place in ring))
        self.text.setAccessibleName(tr("Coordinates"))
        self.text.textChanged.connect(self._check)
        layout.addWidget(self.text, 1)
        self.state = label("", "quiet", wrap=True)
        layout.addWidget(self.state)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        self._check()

    def _check(self) -> None:
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        try:
            self.ring = parse_places(self.text.toPlainText(), self._least, as_line=self._line)
        except InputError as error:
            self.state.setText(str(error))
            ok.setEnabled(False)
            return
        ok.setEnabled(True)
        words = ""
        if self._line:
            words = f"{len(self.ring)} · {length_text(geometry.length_m(self.ring), self._units)}"
        elif self._least > 1:
            points = Projection(self.ring[0][0]).to_map(self.ring)
            words = f"{len(self.ring)} · {area_text(geometry.area_m2(self.ring), self._units)}"
            if geometry.crossing_edges(points):
                words = tr("The outline crosses itself")
        self.state.setText(words)
