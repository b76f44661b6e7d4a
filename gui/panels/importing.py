"""What a file of shapes holds, and what each of them is for: asked before anything is taken."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui import engine
from gui.i18n import tr
from gui.panels.forms import label, polish
from gui.units import HECTARE_M2, UnitSystem, area_text
from mcpp.errors import McppError

if TYPE_CHECKING:
    from mcpp.io.shapes import Imported, Kind, Role, Shape
    from mcpp.model import Mission

MOST_ROWS = 500
"""Of a parcel register no more are asked about one by one; the others keep what was proposed."""
ROLES: "dict[Kind, tuple[Role, ...]]" = {
    "polygon": ("area", "hole", "zone", "crew", "unused"),
    "line": ("zone", "corridor", "unused"),
    "point": ("launch", "zone", "unused"),
}


def role_words(role: str) -> str:
    """Name a role."""
    return {
        "area": tr("Area to survey"),
        "hole": tr("Hole in the area"),
        "corridor": tr("Corridor to survey along"),
        "zone": tr("Obstacle, no-fly zone"),
        "launch": tr("Launch point"),
        "crew": tr("Ground for the crew"),
        "unused": tr("Leave out"),
    }[role]


class ImportDialog(QDialog):
    """Lists the shapes of a file with the roles that they seem to have; each can be changed.

    Attributes
    ----------
    mission
        What becomes of them; None while that is no mission.
    """

    def __init__(self, found: "Imported", units: UnitSystem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found = found
        self._units = units
        self.mission: Mission | None = None
        self.setWindowTitle(tr("Import {0}", found.name))
        self.resize(720, 460)
        layout = QVBoxLayout(self)
        layout.addWidget(label(tr("What is what in this file?"), "title"))
        self.table = QTableWidget(0, 4)
        self.table.setAccessibleName(tr("Shapes"))
        self.table.setHorizontalHeaderLabels([tr("Name"), tr("Shape"), tr("Use as"), tr("Because")])
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.boxes: list[QComboBox] = []
        for shape in found.shapes[:MOST_ROWS]:
            self._add(shape)
        self.table.resizeColumnsToContents()
        layout.addWidget(self.table, 1)
        form = QFormLayout()
        self.width_m = QDoubleSpinBox()
        self.width_m.setRange(1, 2000)
        self.width_m.setValue(20.0)
        self.width_m.setSuffix(" m")
        self.width_m.setAccessibleName(tr("Width of obstacles and corridors drawn as lines"))
        self.width_m.valueChanged.connect(self._check)
        form.addRow(tr("Width of obstacles and corridors drawn as lines"), self.width_m)
        layout.addLayout(form)
        self.state = label("", "quiet", wrap=True)
        layout.addWidget(self.state)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.go = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.go.setText(tr("Import"))
        self.go.setProperty("accent", True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout.addWidget(self.buttons)
        self._check()

    def _add(self, shape: "Shape") -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, words in (
            (0, shape.title),
            (1, self._shape_words(shape)),
            (3, shape.flaw or shape.why),
        ):
            item = QTableWidgetItem(words)
            item.setToolTip(words)
            self.table.setItem(row, column, item)
        box = QComboBox()
        box.setAccessibleName(tr("Use {0} as", shape.title))
        for role in ROLES[shape.kind]:
            box.addItem(role_words(role), role)
        box.setCurrentIndex(max(box.findData(shape.role), 0))
        box.setEnabled(not shape.flaw)
        box.currentIndexChanged.connect(self._check)
        self.boxes.append(box)
        self.table.setCellWidget(row, 2, box)

    def _shape_words(self, shape: "Shape") -> str:
        if shape.kind == "polygon":
            from mcpp.io.missions import area_ha

            return area_text(area_ha(shape) * HECTARE_M2, self._units)
        return tr("line") if shape.kind == "line" else tr("point")

    def _check(self) -> None:
        """See what becomes of the shapes with the roles of now, and say it."""
        from mcpp.io.importing import with_roles

        asked = [box.currentData() for box in self.boxes]
        others = [shape.role for shape in self._found.shapes[MOST_ROWS:]]
        try:
            self.mission = engine.mission_of(
                with_roles(self._found, [*asked, *others]), self.width_m.value()
            )
        except McppError as error:
            self.mission = None
            self._say(str(error), "error")
            return
        words = tr(
            "Areas: {0}, obstacles: {1}, launch points: {2}",
            len(self.mission.area) + len(self.mission.corridors),
            len(self.mission.no_fly_zones),
            len(self.mission.uavs),
        )
        if self.mission.crew_area:
            words += f", {tr('ground for the crew: {0}', len(self.mission.crew_area))}"
        self._say(words, "good")

    def _say(self, words: str, role: str) -> None:
        self.state.setText(words)
        self.state.setProperty("role", role)
        polish(self.state)
        self.go.setEnabled(self.mission is not None)
