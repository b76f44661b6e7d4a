"""First step: the area, the no-fly zones, and where the crew can stand."""

from typing import Protocol

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QListView,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui import edits
from gui.fields import (
    Field,
    corridor_fields,
    crew_fields,
    mission_fields,
    structure_fields,
    zone_fields,
)
from gui.i18n import tr
from gui.models.shapes import ShapesModel
from gui.panels.forms import FieldForm, label
from gui.session import Session
from gui.settings import Settings
from mcpp.model import AreaPart, CircleZone, Corridor, NoFlyZone, Structure

MOST_ROWS = 6
"""Longer lists of shapes are scrolled."""


class ActionButton(Protocol):
    """Makes a button of an action of the table, by its id, under a text of its own."""

    def __call__(self, name: str, text: str = "") -> QToolButton:
        """Make it."""
        ...


class AreaPanel(QWidget):
    """Lists what is drawn, draws more, and edits the values of what is selected."""

    def __init__(self, session: Session, settings: Settings, button: ActionButton) -> None:
        super().__init__()
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(label(tr("Area to survey"), "title"))
        self.buttons: dict[str, QToolButton] = {}
        layout.addLayout(self._row(button, "area"))
        layout.addWidget(label(tr("Corridors and structures"), "title"))
        layout.addLayout(self._along_buttons(button))
        layout.addWidget(label(tr("No-fly zones"), "title"))
        layout.addLayout(self._row(button, "zone"))
        layout.addWidget(label(tr("Ground for the crew"), "title"))
        layout.addLayout(self._row(button, "crew"))
        self.model = ShapesModel(session, settings, self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setIconSize(QSize(12, 12))
        self.list.setUniformItemSizes(True)
        self.list.setSpacing(1)
        self.list.setAccessibleName(tr("Shapes"))
        self.list.selectionModel().currentChanged.connect(self._on_chosen)
        layout.addWidget(self.list)
        row = QHBoxLayout()
        for action in ("edit.coordinates", "edit.delete", "file.import"):
            row.addWidget(button(action))
        layout.addLayout(row)
        self.empty = label(
            tr("Nothing is drawn yet. Draw the area, import a file, or drop one on the map."),
            "quiet",
            wrap=True,
        )
        layout.addWidget(self.empty)
        self.forms = {
            circle: FieldForm(zone_fields(circle=circle), settings, self._zone, self._write_zone)
            for circle in (False, True)
        }
        for form in self.forms.values():
            layout.addWidget(form)
        self.crew = FieldForm(crew_fields(), settings, self._chosen_crew, self._write_crew)
        layout.addWidget(self.crew)
        self.corridor = FieldForm(
            corridor_fields(), settings, self._chosen_corridor, self._write_along
        )
        self.structure = FieldForm(
            structure_fields(), settings, self._chosen_structure, self._write_along
        )
        layout.addWidget(self.corridor)
        layout.addWidget(self.structure)
        layout.addWidget(label(tr("Flight lines"), "title"))
        self.form = FieldForm(mission_fields(), settings, lambda: session.mission, self._write)
        layout.addWidget(self.form)
        layout.addStretch(1)
        session.mission_changed.connect(self.refresh)
        session.selection_changed.connect(self.refresh)
        self.refresh()

    def _row(self, button: ActionButton, what: str) -> QGridLayout:
        """Make the three buttons that draw an area, a zone or ground for the crew."""
        row = QGridLayout()
        row.setSpacing(4)
        kinds = (
            (f"draw.{what}", tr("Polygon")),
            (f"draw.{what}_rectangle", tr("Rectangle")),
            (f"draw.{what}_circle", tr("Circle")),
        )
        for column, (action, text) in enumerate(kinds):
            made = self._framed(button, action, text)
            made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            row.addWidget(made, 0, column)
            row.setColumnStretch(column, 1)
        return row

    def _along_buttons(self, button: ActionButton) -> QGridLayout:
        """Make the buttons that draw corridors and structures."""
        grid = QGridLayout()
        grid.setSpacing(4)
        for number, kind in enumerate(("corridor", "orbit", "perimeter", "facade")):
            grid.addWidget(self._framed(button, f"draw.{kind}"), number // 2, number % 2)
            grid.setColumnStretch(number % 2, 1)
        return grid

    def _framed(self, button: ActionButton, action: str, text: str = "") -> QToolButton:
        """Make a button that draws, as wide as there is room."""
        made = self.buttons[action] = button(action, text)
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        made.setProperty("framed", True)
        return made

    def _on_chosen(self, current: QModelIndex) -> None:
        if current.isValid():
            ref = self.model.refs[current.row()]
            chosen = self._session.selection
            if chosen is None or chosen.whole() != ref:
                self._session.select(ref)

    def _zone(self) -> NoFlyZone | None:
        chosen = self._session.selection
        if chosen is None or chosen.kind != "zone":
            return None
        return self._session.mission.no_fly_zones[chosen.index]

    def _write_zone(self, field: Field, value: object) -> None:
        chosen = self._session.selection
        if chosen is not None:
            words = "" if value is None and field.key == "name" else value
            changed = edits.change_zone(self._session.mission, chosen.index, **{field.key: words})
            self._session.edit(tr("Change {0}", field.title), changed)

    def _chosen_crew(self) -> AreaPart | None:
        chosen = self._session.selection
        if chosen is None or chosen.kind != "crew":
            return None
        return self._session.mission.crew_area[chosen.index]

    def _write_crew(self, field: Field, value: object) -> None:
        chosen = self._session.selection
        if chosen is not None and chosen.kind == "crew":
            changed = edits.change_crew(
                self._session.mission, chosen.index, **{field.key: value or ""}
            )
            self._session.edit(tr("Change {0}", field.title), changed)

    def _chosen_corridor(self) -> Corridor | None:
        chosen = self._session.selection
        if chosen is None or chosen.kind != "corridor":
            return None
        return self._session.mission.corridors[chosen.index]

    def _chosen_structure(self) -> Structure | None:
        chosen = self._session.selection
        if chosen is None or chosen.kind != "structure":
            return None
        return self._session.mission.structures[chosen.index]

    def _write_along(self, field: Field, value: object) -> None:
        chosen = self._session.selection
        if chosen is not None:
            words = "" if value is None and field.key == "name" else value
            changed = edits.change_along(self._session.mission, chosen, **{field.key: words})
            self._session.edit(tr("Change {0}", field.title), changed)

    def _write(self, field: Field, value: object) -> None:
        changed = edits.change_mission(self._session.mission, **{field.key: value})
        self._session.edit(tr("Change {0}", field.title), changed)

    def refresh(self) -> None:
        """Show the mission as it is now."""
        zone = self._zone()
        for circle, form in self.forms.items():
            form.setVisible(zone is not None and isinstance(zone, CircleZone) is circle)
            if form.isVisibleTo(self):
                form.refresh()
        self.crew.setVisible(self._chosen_crew() is not None)
        self.crew.refresh()
        self.corridor.setVisible(self._chosen_corridor() is not None)
        self.corridor.refresh()
        structure = self._chosen_structure()
        self.structure.setVisible(structure is not None)
        self.structure.refresh()
        if structure is not None:
            self.structure.show_row("radius_m", on=structure.kind == "orbit")
            self.structure.show_row("side", on=structure.kind == "facade")
        self.form.refresh()
        self.empty.setVisible(not self.model.refs)
        self.list.setVisible(bool(self.model.refs))
        rows = min(len(self.model.refs), MOST_ROWS)
        self.list.setFixedHeight(rows * (self.list.sizeHintForRow(0) + 2) + 6)
        chosen = self._session.selection
        selection = self.list.selectionModel()
        if chosen is not None and chosen.whole() in self.model.refs:
            row = self.model.refs.index(chosen.whole())
            flag = selection.SelectionFlag.ClearAndSelect
            selection.setCurrentIndex(self.model.index(row), flag)
        else:
            selection.clear()
