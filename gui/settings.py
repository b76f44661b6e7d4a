"""What is remembered from one start to the next."""

from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from gui.units import UnitSystem
from mcpp.model import LonLat

MOST_RECENT = 8
_T = TypeVar("_T", str, bool, float, int)


class Settings(QObject):
    """Typed access to a `QSettings`.

    Parameters
    ----------
    path
        An ini file; None is the user's own.
    """

    units_changed = Signal()
    theme_changed = Signal()
    recent_changed = Signal()

    def __init__(self, path: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if path is None:
            self._store = QSettings(
                QSettings.Format.IniFormat, QSettings.Scope.UserScope, "mcpp", "mcpp-gui"
            )
        else:
            self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def get(self, key: str, default: _T) -> _T:
        """Read a value of the type of `default`; the default where there is none that fits."""
        raw: Any = self._store.value(key, default)
        try:
            if isinstance(default, bool):
                return type(default)(raw in {True, "true"})
            found: _T = type(default)(raw)
        except (TypeError, ValueError):
            return default
        return found

    def put(self, key: str, value: str | bool | float) -> None:
        """Remember a value."""
        self._store.setValue(key, value)

    def get_bytes(self, key: str) -> QByteArray:
        """Read a state as Qt saves it; empty where there is none."""
        raw = self._store.value(key)
        return raw if isinstance(raw, QByteArray) else QByteArray()

    def put_bytes(self, key: str, value: QByteArray) -> None:
        """Remember a state as Qt saves it."""
        self._store.setValue(key, value)

    def sync(self) -> None:
        """Write to the disk now."""
        self._store.sync()

    @property
    def units(self) -> UnitSystem:
        """Metric or imperial."""
        imperial = self.get("units", "metric") == "imperial"
        return UnitSystem.IMPERIAL if imperial else UnitSystem.METRIC

    @units.setter
    def units(self, system: UnitSystem) -> None:
        self.put("units", system.value)
        self.units_changed.emit()

    @property
    def theme(self) -> str:
        """``light``, ``dark``, ``contrast`` or ``system``."""
        return self.get("theme", "system")

    @theme.setter
    def theme(self, name: str) -> None:
        self.put("theme", name)
        self.theme_changed.emit()

    @property
    def field_mode(self) -> bool:
        """Whether buttons and handles are large enough for gloves."""
        return self.get("field_mode", False)

    @field_mode.setter
    def field_mode(self, on: bool) -> None:
        self.put("field_mode", on)
        self.theme_changed.emit()

    @property
    def place(self) -> tuple[LonLat, float]:
        """Middle of the map and zoom, as last seen; at first the whole of Europe and Africa."""
        return (
            (self.get("place/lon", 15.0), self.get("place/lat", 30.0)),
            self.get("place/zoom", 3.0),
        )

    @place.setter
    def place(self, value: tuple[LonLat, float]) -> None:
        (lon, lat), zoom = value
        self.put("place/lon", lon)
        self.put("place/lat", lat)
        self.put("place/zoom", zoom)

    @property
    def map_files(self) -> list[Path]:
        """The user's own map files that are shown, the lowest first."""
        raw = self._store.value("map/files", [])
        names = [raw] if isinstance(raw, str) else raw if isinstance(raw, list) else []
        return [Path(name) for name in names]

    @map_files.setter
    def map_files(self, paths: list[Path]) -> None:
        self._store.setValue("map/files", [str(path) for path in paths])

    @property
    def recent(self) -> list[Path]:
        """Files that were opened last and still exist, the newest first."""
        raw = self._store.value("recent", [])
        names = [raw] if isinstance(raw, str) else raw if isinstance(raw, list) else []
        return [Path(name) for name in names if Path(name).is_file()]

    def add_recent(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        names = [str(path), *(str(old) for old in self.recent if old != path)]
        self._store.setValue("recent", names[:MOST_RECENT])
        self.recent_changed.emit()
