"""Above what heights are kept: the launch points, or the ground of a file."""

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from gui import edits
from gui.engine_words import in_words
from gui.fields import Field, ground_fields
from gui.ground import Ground
from gui.i18n import tr
from gui.panels.area import ActionButton
from gui.panels.forms import FieldForm, Message, label
from gui.session import Session
from gui.settings import Settings


class GroundPanel(QWidget):
    """Shows which file of ground heights is used, with buttons that choose, load or remove it."""

    def __init__(
        self, session: Session, settings: Settings, ground: Ground, button: ActionButton
    ) -> None:
        super().__init__()
        self._session = session
        self._ground = ground
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(tr("Ground"), "title"))
        self.state = label("", "quiet", wrap=True)
        layout.addWidget(self.state)
        self.problem = Message("error")
        layout.addWidget(self.problem)
        row = QHBoxLayout()
        row.setSpacing(6)
        self.buttons = {name: button(f"map.ground_{name}") for name in ("file", "load", "remove")}
        for made in self.buttons.values():
            made.setProperty("framed", True)
            row.addWidget(made)
        row.addStretch(1)
        layout.addLayout(row)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(tr("Ground heights"))
        self.stop = QPushButton(tr("Stop"))
        self.stop.clicked.connect(ground.stop_loading)
        loading = QHBoxLayout()
        loading.addWidget(self.bar, 1)
        loading.addWidget(self.stop)
        layout.addLayout(loading)
        self.form = FieldForm(
            ground_fields(), settings, lambda: session.mission.flight, self._write
        )
        layout.addWidget(self.form)
        ground.changed.connect(self.refresh)
        ground.moved.connect(lambda part: self.bar.setValue(round(1000 * part)))
        session.mission_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the mission as it is now."""
        path, loading = self._ground.file, self._ground.loading
        self.problem.setText(in_words(self._ground.problem))
        if path is None:
            words = tr("No ground heights: all heights are above each launch point.")
        elif not path.is_file():
            words = path.name
            self.problem.setText(tr("{0}: the file is not there any more", path))
        else:
            words = tr("Heights are kept above the ground of {0}.", path.name)
        self.state.setText(words)
        self.state.setToolTip("" if path is None else str(path))
        self.bar.setVisible(loading)
        self.stop.setVisible(loading)
        if loading and self.bar.value() == self.bar.maximum():
            self.bar.reset()
        self.form.setVisible(path is not None)
        self.form.refresh()

    def _write(self, field: Field, value: object) -> None:
        changed = edits.change_flight(self._session.mission, **{field.key: value})
        self._session.edit(tr("Change {0}", field.title), changed)
