"""Fourth step: how the area is divided and flown; the planners' own parameters are folded away."""

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from gui import edits, engine
from gui.fields import Field, Kind
from gui.i18n import tr
from gui.panels.fold import Fold
from gui.panels.forms import FieldEdit, FieldForm, label
from gui.session import Session
from gui.settings import Settings

if TYPE_CHECKING:
    from planners.params import ParamInfo, Value


def planner_title(name: str) -> str:
    """Call a planner as a crew would; others by their names."""
    return {
        "auto": tr("Automatic (recommended)"),
        "best": tr("Improve until I stop it"),
        "darp-stc": tr("Connected regions, spanning trees (DARP)"),
        "regions": tr("A region for each UAV"),
        "tour": tr("One tour in pieces"),
        "corridor": tr("Lines along corridors"),
        "draft": tr("Quick draft"),
    }.get(name, name)


class PlannerPanel(QWidget):
    """Chooses the planner and sets its parameters."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._name = ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(label(tr("Planner"), "title"))
        self.box = QComboBox()
        self.box.setAccessibleName(tr("Planner"))
        self.box.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for name in engine.planner_names():
            self.box.addItem(planner_title(name), name)
        self.box.activated.connect(lambda _row: self._choose(self.box.currentData()))
        layout.addWidget(self.box)
        self.words = label("", "quiet", wrap=True)
        layout.addWidget(self.words)
        seed = Field(
            "seed",
            tr("Seed"),
            tr("The same mission and seed give the same plan."),
            "integer",
            high=2**31 - 1,
        )
        self.seed = FieldForm([seed], settings, lambda: session.mission, self._write_seed)
        self._params = QWidget()
        self.expert = Fold(
            tr("Expert parameters"),
            tr("For those who know the algorithms; the defaults are measured"),
            (self.seed, self._params),
        )
        layout.addWidget(self.expert)
        layout.addWidget(self.seed)
        self._grid = QGridLayout(self._params)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        layout.addWidget(self._params)
        layout.addStretch(1)
        self._edits: dict[str, tuple[FieldEdit, Any]] = {}
        session.mission_changed.connect(self.refresh)

    def _write_seed(self, field: Field, value: object) -> None:
        changed = edits.change_mission(self._session.mission, seed=value)
        self._session.edit(tr("Change {0}", field.title), changed)

    def _choose(self, name: str) -> None:
        changed = edits.change_planner(self._session.mission, name=name, params={})
        self._session.edit(tr("Choose planner {0}", planner_title(name)), changed)

    def _write(self, name: str, value: "Value | None", default: "Value") -> None:
        params = dict(self._session.mission.planner.params)
        params.pop(name, None)
        if value is not None and value != default:
            params[name] = value
        changed = edits.change_planner(self._session.mission, params=params)
        self._session.edit(tr("Change {0}", name), changed)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Show the choice as it is now. Parameters are looked up when they are first seen."""
        choice = self._session.mission.planner
        if self.box.findData(choice.name) < 0:
            self.box.addItem(planner_title(choice.name), choice.name)
        self.box.setCurrentIndex(self.box.findData(choice.name))
        self.seed.refresh()
        if not self.isVisible():
            return
        if choice.name != self._name:
            self._name = choice.name
            self._make_params()
        for name, (edit, default) in self._edits.items():
            edit.show_value(choice.params.get(name, default))

    def _make_params(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._edits = {}
        infos = engine.planner_params(self._name)
        self.words.setText(_planner_words(self._name))
        group = ""
        for info in infos:
            stage, _, _ = info.name.rpartition(".")
            if stage != group:
                group = stage
                head = label(" · ".join(stage.split(".")), "quiet")
                self._grid.addWidget(head, self._grid.rowCount(), 0, 1, 2)
            field = _param_field(info)
            edit = FieldEdit(field, self._settings)
            edit.edited.connect(
                lambda value, name=info.name, default=info.default: self._write(
                    name, value, default
                )
            )
            self._edits[info.name] = (edit, info.default)
            title = label(field.title if field.kind != "flag" else "")
            title.setToolTip(f"{info.name}: {info.help}")
            row = self._grid.rowCount()
            self._grid.addWidget(title, row, 0)
            self._grid.addWidget(edit, row, 1)
            if info.help:
                self._grid.addWidget(label(info.help, "quiet", wrap=True), row + 1, 0, 1, 2)


def _param_field(info: "ParamInfo") -> Field:
    low = info.minimum if info.minimum is not None else -1e9
    high = info.maximum if info.maximum is not None else 1e9
    title = info.name.rpartition(".")[2].replace("_", " ")
    if isinstance(info.default, bool):
        return Field(info.name, title, info.help, "flag")
    if isinstance(info.default, str):
        word: Kind = "choice" if info.choices else "text"
        return Field(info.name, title, info.help, word, choices=lambda: info.choices)
    number: Kind = "integer" if isinstance(info.default, int) else "number"
    return Field(info.name, title, info.help, number, low=low, high=high, sign=info.unit)


def _planner_words(name: str) -> str:
    return {
        "auto": tr(
            "Tries the planners that fit and takes the fastest plan that is safe. A good choice."
        ),
        "best": tr(
            "Goes on improving until stopped, or until its time is up: stop it by Cancel, which "
            "keeps the best plan."
        ),
        "darp-stc": tr("Fair connected regions (DARP), flown along spanning trees."),
        "regions": tr("Fair regions, each flown by lines or trees, whichever is faster."),
        "tour": tr("One tour cut into pieces of equal time; regions may interleave."),
        "corridor": tr("Parallel lines that follow corridors, divided along them."),
        "draft": tr("A rough plan within a second, for a first look."),
    }.get(name, "")
