"""Second step: the fleet, as a table and a form."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from gui import edits, engine
from gui.edits import ShapeRef
from gui.engine_words import in_words
from gui.fields import Field, uav_fields
from gui.i18n import tr
from gui.models.delegates import ChoiceDelegate
from gui.models.uavs import UavsModel
from gui.panels.area import ActionButton
from gui.panels.forms import FieldForm, SearchBox, label, polish
from gui.session import Session
from gui.settings import Settings
from mcpp.model import Uav

ROW_PX, HEAD_PX = 28, 46
"""Height of a row, and of the head with the bar that moves the columns."""
MOST_ROWS = 7


class FleetPanel(QWidget):
    """Adds UAVs from presets, lists them, and edits their values."""

    def __init__(self, session: Session, settings: Settings, button: ActionButton) -> None:
        super().__init__()
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(label(tr("Fleet"), "title"))
        layout.addLayout(self._make_adder())
        row = QHBoxLayout()
        for action, text in (("draw.uav", tr("Place on map")), ("edit.delete", tr("Delete"))):
            made = button(action, text)
            made.setProperty("framed", True)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            row.addWidget(made)
        row.addStretch(1)
        layout.addLayout(row)
        self.model = UavsModel(session, settings, self)
        self.table = self._make_table()
        layout.addWidget(self.table)
        self.launches = label(tr("Launch points"), "title")
        layout.addWidget(self.launches)
        self.crew = label("", "quiet", wrap=True)
        layout.addWidget(self.crew)
        layout.addLayout(self._launch_buttons(button))
        self.title = label("", "quiet", wrap=True)
        layout.addWidget(self.title)
        self.path = label("", "warning", wrap=True)
        layout.addWidget(self.path)
        self.form = FieldForm(uav_fields(lambda: session.mission), settings, self._uav, self._write)
        layout.addWidget(self.form)
        layout.addStretch(1)
        session.mission_changed.connect(self.refresh)
        session.selection_changed.connect(self.refresh)
        self.refresh()

    def _make_adder(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.presets = SearchBox()
        for name in engine.aircraft_names():
            self.presets.addItem(engine.readable(name), name)
        self.presets.setCurrentIndex(self.presets.findData(Uav(id="").aircraft))
        self.presets.setAccessibleName(tr("Aircraft preset"))
        self.presets.setToolTip(tr("Preset for UAVs that are added"))
        self.presets.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.presets.setMinimumContentsLength(12)
        self.adder = QPushButton(tr("Add UAV"))
        self.adder.setToolTip(tr("Add a UAV of this kind; place it on the map, or let mcpp choose"))
        self.adder.clicked.connect(self.add)
        row.addWidget(self.presets, 1)
        row.addWidget(self.adder)
        return row

    def _launch_buttons(self, button: ActionButton) -> QHBoxLayout:
        """Make the buttons for the launch points of the whole fleet."""
        names = ("edit.starts_open", "edit.starts_keep", "edit.starts_apart")
        self.launch_buttons = {name: button(name) for name in names}
        row = QHBoxLayout()
        row.setSpacing(4)
        for made in self.launch_buttons.values():
            made.setProperty("framed", True)
            row.addWidget(made)
        row.addStretch(1)
        return row

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setItemDelegate(ChoiceDelegate(self.model, table))
        table.setAccessibleName(tr("Fleet"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)  # Tab goes on to the form, arrows move in the table
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.verticalHeader().setDefaultSectionSize(ROW_PX)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column in range(self.model.columnCount()):
            table.setColumnWidth(column, 92 if column in {0, 3, 4, 5} else 130)
        table.setColumnWidth(0, 72)
        table.selectionModel().currentRowChanged.connect(self._on_chosen)
        return table

    def add(self) -> None:
        """Add a UAV of the chosen preset, without a launch point."""
        preset = Uav(id="", aircraft=self.presets.currentData())
        last = self._session.mission.uavs[-1:]
        like = last[0] if last and last[0].aircraft == preset.aircraft else preset
        changed = edits.add_uav(self._session.mission, None, like)
        changed = engine.with_its_camera(changed, len(changed.uavs) - 1)
        self._session.edit(tr("Add UAV"), changed)
        self._session.select(ShapeRef("uav", len(changed.uavs) - 1))

    def _on_chosen(self, current: QModelIndex) -> None:
        if current.isValid():
            self._session.select(ShapeRef("uav", current.row()))

    def _row(self) -> int | None:
        chosen = self._session.selection
        return chosen.index if chosen is not None and chosen.kind == "uav" else None

    def _uav(self) -> Uav | None:
        row = self._row()
        return None if row is None else self._session.mission.uavs[row]

    def _write(self, field: Field, value: object) -> None:
        row = self._row()
        if row is not None:
            if field.key == "id":  # the table knows whether the name is taken
                self.model.setData(self.model.index(row, self.model.column("id")), value)
                return
            changed = edits.change_uav(self._session.mission, row, **{field.key: value})
            changed = engine.with_equipment(changed, row, field.key)
            self._session.edit(tr("Change {0}", field.title), changed)

    def _say(self, words: str, role: str) -> None:
        self.title.setText(words)
        if self.title.property("role") != role:
            self.title.setProperty("role", role)
            polish(self.title)

    def _say_where(self) -> None:
        """Say which launch points are chosen on the ground for the crew, where there is any."""
        mission = self._session.mission
        left = [uav.id for uav in mission.uavs if uav.start_lon_lat_deg is None]
        words = tr("All launch points are given: none is chosen on the ground for the crew.")
        if left:
            words = tr("mcpp chooses on the ground for the crew where these launch:")
            words += f" {', '.join(left)}"
        self.crew.setText(words)
        self.crew.setVisible(bool(mission.crew_area and mission.uavs))
        for made in (self.launches, *self.launch_buttons.values()):
            made.setVisible(bool(mission.uavs))

    def refresh(self) -> None:
        """Show the fleet as it is now."""
        uav, row = self._uav(), self._row()
        self._say_where()
        rows = len(self._session.mission.uavs)
        self.table.setVisible(rows > 0)
        self.table.setFixedHeight(min(rows, MOST_ROWS) * ROW_PX + HEAD_PX)
        if uav is None or row is None:
            self._say(
                tr("Select a UAV here or on the map to edit its values.")
                if rows
                else tr(
                    "No UAV yet. Place them on the map, or add them and let mcpp choose where."
                ),
                "quiet",
            )
            self.form.setVisible(False)
            self.path.setVisible(False)
            self.table.selectionModel().clear()
            return
        told = engine.path_words(self._session.mission).get(uav.id, "")
        self.path.setText(in_words(told))
        self.path.setVisible(bool(told))
        self._say(uav.id, "title")
        self.form.setVisible(True)
        self.form.refresh(engine.uav_defaults(self._session.mission, uav))
        if self.table.currentIndex().row() != row:
            flags = QItemSelectionModel.SelectionFlag
            self.table.selectionModel().setCurrentIndex(
                self.model.index(row, 0), flags.ClearAndSelect | flags.Rows
            )
