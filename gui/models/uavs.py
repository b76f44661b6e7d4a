"""The fleet as a table: one row a UAV, one column a value, wrong values kept and marked."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from gui import edits, engine
from gui.fields import Field, uav_fields
from gui.i18n import tr
from gui.session import Session
from gui.settings import Settings
from gui.theme import uav_colour
from mcpp.errors import InputError

Index = QModelIndex | QPersistentModelIndex
WRONG = QColor("#c0392b")


class UavsModel(QAbstractTableModel):
    """Reads and edits the session's fleet."""

    def __init__(self, session: Session, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self.fields: list[Field] = uav_fields(lambda: session.mission)
        self._rows = len(session.mission.uavs)
        self._wrong: dict[tuple[str, str], tuple[str, str]] = {}
        session.mission_changed.connect(self._refresh)
        session.mission_opened.connect(self._forget)
        settings.units_changed.connect(self._reset)

    def _reset(self) -> None:
        self.beginResetModel()
        self._rows = len(self._session.mission.uavs)
        self.endResetModel()

    def _forget(self) -> None:
        self._wrong = {}
        self._reset()

    def _refresh(self) -> None:
        rows = len(self._session.mission.uavs)
        if rows != self._rows:
            self._reset()
        elif rows:
            last = self.index(rows - 1, len(self.fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._rows

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.fields)

    def column(self, key: str) -> int:
        """Find the column of a value."""
        return next(i for i, field in enumerate(self.fields) if field.key == key)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DecorationRole:
                return uav_colour(section)
            return section + 1 if role == Qt.ItemDataRole.DisplayRole else None
        field = self.fields[section]
        if role == Qt.ItemDataRole.DisplayRole:
            unit = field.unit(self._settings.units)
            return f"{field.title} [{unit}]" if unit else field.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{field.help} {field.limits(self._settings.units)}".strip()
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._session.mission.uavs):
            return None
        uav = self._session.mission.uavs[index.row()]
        field = self.fields[index.column()]
        wrong = self._wrong.get((uav.id, field.key))
        value = getattr(uav, field.key)
        if role == Qt.ItemDataRole.EditRole:
            if field.kind == "choice" and not wrong:
                return value or ""
            return wrong[0] if wrong else field.show(value, self._settings.units)
        if role == Qt.ItemDataRole.DisplayRole:
            if wrong:
                return wrong[0]
            return field.empty if value is None else field.show(value, self._settings.units)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor("#ffffff") if wrong else QColor("#7a8794") if value is None else None
        if role == Qt.ItemDataRole.BackgroundRole:
            return WRONG if wrong else None
        if role == Qt.ItemDataRole.ToolTipRole:
            limits = field.limits(self._settings.units)
            return wrong[1] if wrong else f"{field.help} {limits}".strip()
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        uav = self._session.mission.uavs[index.row()]
        field = self.fields[index.column()]
        try:
            parsed = field.parse(str(value), self._settings.units)
            if field.key == "id" and any(
                other.id == parsed for other in self._session.mission.uavs if other is not uav
            ):
                raise InputError(tr("{0}: another UAV has this name", parsed))  # noqa: TRY301
        except InputError as error:
            self._wrong[(uav.id, field.key)] = (str(value), str(error))
            self.dataChanged.emit(index, index)
            return True
        self._wrong.pop((uav.id, field.key), None)
        changed = edits.change_uav(self._session.mission, index.row(), **{field.key: parsed})
        changed = engine.with_equipment(changed, index.row(), field.key)
        self._session.edit(tr("Change {0}", field.title), changed)
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    @property
    def wrong_values(self) -> list[str]:
        """What is wrong with values that were typed, in words."""
        return [message for _, message in self._wrong.values()]
