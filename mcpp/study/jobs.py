"""Many missions times a grid of parameters: what is to be planned, each with a key of its own."""

import csv
import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from mcpp.errors import InputError, McppError
from mcpp.io.mission import mission_from_json, mission_to_json, mission_value
from mcpp.io.source import read_source
from mcpp.model import FlightSettings, Mission, Uav
from mcpp.study.sizes import fleet_of

_READ_FROM = ("source",)
_UAV = {item.name for item in fields(Uav)}
_FLIGHT = {item.name for item in fields(FlightSettings)}
_MISSION = {"scan_distance_m", "coverage_percent", "seed", "overshoot_m", "border_buffer_m"}
_SUFFIXES = {".json", ".geojson", ".kml", ".kmz", ".gpkg", ".shp", ".zip"}
Setting = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One plan that is wanted.

    Attributes
    ----------
    source
        File of the mission or the area.
    settings
        Names and values of the table's row and of the grid, in order.
    """

    source: str
    settings: tuple[Setting, ...] = ()

    def mission(self) -> Mission:
        """Read the source and set what is set.

        Raises
        ------
        McppError
        """
        given = dict(self.settings)
        count = given.pop("uavs", None)
        spacing = given.get("scan_distance_m")
        mission = read_source(
            Path(self.source),
            uavs=None if count is None else _whole("uavs", count),
            scan_distance_m=None if spacing is None else _number("scan_distance_m", spacing),
        )
        if count is not None and len(mission.uavs) != _whole("uavs", count):
            mission = fleet_of(mission, _whole("uavs", count))
        return _changed(mission, given, self.source)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Values to try of each parameter, all combinations."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def combinations(self) -> Iterator[tuple[Setting, ...]]:
        """Give each combination, the last parameter changing fastest."""
        for chosen in itertools.product(*self.values.values()):
            yield tuple(zip(self.values, chosen, strict=True))


def known_settings() -> tuple[str, ...]:
    """List the names that a table's column or the grid may have."""
    return ("uavs", "planner", *sorted(_MISSION), *sorted(_FLIGHT), *sorted(_UAV - {"id"}))


def check_setting(name: str) -> None:
    """Refuse a name that sets nothing.

    Raises
    ------
    InputError
    """
    if name not in known_settings() and not name.startswith("planner."):
        msg = f"{name}: nothing has that name: known are {', '.join(known_settings()[:6])}, ..."
        raise InputError(f"{msg} and planner.PARAMETER (see 'mcpp planners')")


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        msg = f"{name}: {text!r} is not a number"
        raise InputError(msg) from None


def _whole(name: str, text: str) -> int:
    number = _number(name, text)
    if not number.is_integer() or number < 1:
        msg = f"{name}: {text!r}: give a whole number from 1 on"
        raise InputError(msg)
    return int(number)


def _value(text: str) -> Any:
    """Read a number, a truth value or a word."""
    if text in {"true", "false"}:
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _changed(mission: Mission, given: Mapping[str, str], source: str) -> Mission:
    """Set values by name, by way of the mission file's own rules."""
    value = mission_value(mission)
    for name, text in given.items():
        check_setting(name)
        setting = _value(text)
        if name == "planner":
            value["planner"] = {"name": text, "params": {}}
        elif name.startswith("planner."):
            value["planner"]["params"][name.removeprefix("planner.")] = setting
        elif name in _MISSION:
            value[name] = setting
        elif name in _FLIGHT:
            value["flight"][name] = setting
        else:
            for uav in value["uavs"]:
                uav[name] = setting
    return mission_from_json(value, source)


def key_of(mission: Mission) -> str:
    """Name a mission by its contents: the same plan is never made twice."""
    return hashlib.sha256(mission_to_json(mission).encode()).hexdigest()[:32]


def _table_rows(path: Path) -> Iterator[Job]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        names = reader.fieldnames or []
        if "source" not in names:
            msg = f"{path}: it has no column 'source' with the file of each mission"
            raise InputError(msg)
        for name in names:
            if name not in _READ_FROM:
                check_setting(name)
        for row in reader:
            settings = tuple((n, row[n].strip()) for n in names if n not in _READ_FROM and row[n])
            yield Job(source=str(path.parent / row["source"]), settings=settings)


def jobs_of(sources: Sequence[Path], grid: Grid) -> Iterator[Job]:
    """List what is to be planned: files, the files of folders, and the rows of tables (.csv).

    Raises
    ------
    InputError
        When a source is missing or a table is wrong.
    """
    for source in sources:
        if source.is_dir():
            found = (p for p in sorted(source.rglob("*")) if p.suffix.lower() in _SUFFIXES)
            jobs: Iterator[Job] = (Job(source=str(path)) for path in found)
        elif not source.exists():
            msg = f"{source}: there is no such file or folder"
            raise InputError(msg)
        elif source.suffix.lower() == ".csv":
            jobs = _table_rows(source)
        else:
            jobs = iter([Job(source=str(source))])
        for job in jobs:
            for chosen in grid.combinations():
                yield replace(job, settings=(*job.settings, *chosen))


def prepared(job: Job) -> tuple[str, Mission | None, str]:
    """Read a job's mission: its key, the mission, and else why there is none."""
    try:
        mission = job.mission()
    except McppError as error:
        text = repr((job.source, job.settings)).encode()
        return hashlib.sha256(text).hexdigest()[:32], None, str(error)
    return key_of(mission), mission, ""
