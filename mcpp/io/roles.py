"""What each shape of a file is for: what it says itself, what the user says, where it lies.

The nearest word counts: the shape's own role, then its other attributes, its name, its folder, its
layer, its file. A word for something to keep away from goes before one for ground at the same
level. A polygon inside another, without a word, is a hole of it. What says nothing is ground when
it is a polygon, and is not used when it is a line or a point.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

import numpy as np
import shapely

from mcpp.errors import InputError
from mcpp.io.conditions import Condition
from mcpp.io.shapes import (
    MOST_AT_ONCE,
    MOST_SHAPES,
    Imported,
    Role,
    Shape,
    check_count,
)
from mcpp.io.words import plain, says_area, says_corridor, says_crew, says_launch, says_zone

_ROLE_KEYS = ("role", "mcpp role")
_TYPE_KEYS = ("type", "kind", "class", "category", "zone type", "feature type", "fclass", "usage")
_YES = {"true", "yes", "y", "ja", "oui", "si", "1", "1.0"}
_NO = {"false", "no", "n", "nein", "non", "0", "0.0", ""}
_WAYS = ("power", "aerialway", "highway", "railway")
_TALL = ("power", "man made", "aerialway", "aeroway", "military")
_LINE_WORDS = (
    "road",
    "street",
    "railway",
    "strasse",
    "bahn",
    "route",
    "carretera",
    "cable",
    "wire",
)
NO_WORD = "it says nothing else"
TWICE = "it stands there twice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the user says the shapes are for.

    A pattern such as ``Field*`` is held against the name of a shape, its folder, its layer and its
    file; ``crop=wh*`` against an attribute. Case does not count.

    Attributes
    ----------
    areas, corridors, zones, launch, crew, unused
        Patterns for each role. With `areas`, no other polygon is ground.
    lines_are_corridors
        Lines that nobody said anything of are ground along them; so are all open lines of a file
        without a polygon, whatever they are called. Closed ones are so only where all are closed.
    layers
        Read these layers alone.
    where
        Read only shapes whose attributes meet all these conditions.
    """

    areas: tuple[str, ...] = ()
    corridors: tuple[str, ...] = ()
    zones: tuple[str, ...] = ()
    launch: tuple[str, ...] = ()
    crew: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    where: tuple[Condition, ...] = ()
    lines_are_corridors: bool = False

    @property
    def most(self) -> int:
        """How many shapes a file may hold: those of a register are cut down by a choice."""
        return MOST_SHAPES if self.layers or self.where else MOST_AT_ONCE


def _alike(pattern: str, text: str) -> bool:
    return fnmatchcase(text.casefold(), pattern.casefold())


def _places(shape: Shape) -> list[str]:
    folders = shape.folder.split("/") if shape.folder else []
    return [shape.name, shape.folder, *folders, shape.layer, shape.file]


def matches(shape: Shape, pattern: str) -> bool:
    """Whether a pattern means this shape."""
    key, equals, wanted = pattern.partition("=")
    if equals:
        return any(
            _alike(wanted, str(value))
            for name, value in shape.properties.items()
            if name.casefold() == key.strip().casefold()
        )
    return any(_alike(pattern, place) for place in _places(shape) if place)


def selected(imported: Imported, choice: Choice) -> Imported:
    """Keep the shapes of the layers and attributes that the user asks for.

    Raises
    ------
    InputError
        When nothing is left.
    """
    shapes = imported.shapes
    if choice.layers:
        shapes = tuple(
            s for s in shapes if any(_alike(p, s.layer or s.file) for p in choice.layers)
        )
        _refuse_none(imported, shapes, f"--layer {choice.layers[0]!r}", "layer")
    if choice.where:
        shapes = tuple(s for s in shapes if all(c.holds(s.properties) for c in choice.where))
        if not shapes:
            keys = sorted({key for s in imported.shapes for key in s.properties})
            msg = (
                f"--where {choice.where[0].text!r}: no shape meets it; the attributes are "
                f"{_listed(keys)}"
            )
            raise InputError(msg)
    return replace(imported, shapes=shapes)


def _listed(names: Iterable[str], most: int = 8) -> str:
    names = list(names)
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(repr(name) for name in names[:most]) + more or "none"


def _refuse_none(
    imported: Imported, found: Sequence[Shape], option: str, what: str = "shape, folder, layer"
) -> None:
    if found:
        return
    if what == "layer":
        names = dict.fromkeys(s.layer or s.file for s in imported.shapes)
    else:
        names = dict.fromkeys(p for s in imported.shapes for p in _places(s) if p)
    msg = f"{option}: there is no such {what} in {imported.name}; there are {_listed(names)}"
    raise InputError(msg)


def _flag(value: object) -> bool | None:
    text = str(value).strip().casefold()
    return True if text in _YES else False if text in _NO else None


def _own_role(shape: Shape) -> tuple[Role, str] | None:
    for key, value in shape.properties.items():
        if plain(key) not in _ROLE_KEYS or value in (None, ""):
            continue
        said = str(value)
        if plain(said) == "unused":
            return "unused", f"its {key} is {said!r}"
        if says_corridor(said) and _fits(shape, "corridor"):
            return "corridor", f"its {key} is {said!r}"
        found = _of_words(said, shape, hole=True)
        if found is None and (says_area(said) or says_launch(said)):
            wanted = "a polygon" if says_area(said) else "a point"
            msg = f"shape {shape.title!r}: {key} {said!r} with a {shape.kind}: {wanted} is needed"
            raise InputError(msg)
        if found is None:
            msg = (
                f"shape {shape.title!r}: {key}: {said!r} is no role: use area, corridor, no_fly, "
                "start, crew or unused, or say what it is by --areas, --corridors, --zones, "
                "--launch, --crew or --unused"
            )
            raise InputError(msg)
        return found, f"its {key} is {said!r}"
    return None


def _of_words(text: str, shape: Shape, *, hole: bool) -> Role | None:
    if says_zone(text, hole=hole):
        return "zone"
    if shape.kind == "polygon" and says_crew(text):
        return "crew"
    if says_area(text):
        return "area" if shape.kind == "polygon" else None
    if shape.kind == "point" and says_launch(text):
        return "launch"
    if shape.kind == "line" and any(f" {word} " in f" {plain(text)} " for word in _LINE_WORDS):
        return "zone"
    return None


def _by_attributes(shape: Shape) -> tuple[Role, str] | None:
    said: list[tuple[Role, str]] = []
    for key, value in shape.properties.items():
        role = None if value is None else _of_attribute(plain(key), value, shape)
        if role is not None:
            said.append((role, f"its {key} is {str(value)!r}"))
    return min(said, key=lambda one: one[0] != "zone", default=None)


def _of_attribute(key: str, value: object, shape: Shape) -> Role | None:
    """Read one attribute: a flag, a tag of OpenStreetMap, or a type in words."""
    flag, words = _flag(value), plain(str(value))
    if flag is False:
        return "zone" if key == "inclusion" else None
    if flag is True and key == "inclusion":
        return "area"
    if flag is True and says_zone(key, hole=True):
        return "zone"
    way = (shape.kind == "line" or shape.walked) and key in _WAYS
    thing = flag is None and (key == "building" or key in _TALL)
    if way or thing or (key == "natural" and words in {"tree", "tree row"}):
        return "zone"
    return _of_words(str(value), shape, hole=True) if key in _TYPE_KEYS else None


def _by_place(shape: Shape) -> tuple[Role, str] | None:
    if shape.name:
        role = _of_words(shape.name, shape, hole=True)
        if role is not None:
            return role, "its name says so"
    levels = [("folder", part) for part in reversed(shape.folder.split("/"))]
    for level, text in [*levels, ("layer", shape.layer), ("file", shape.file)]:
        # a file called "fields and obstacles" says nothing about any one shape
        if says_zone(text) and not says_area(text):
            return "zone", f"its {level} {text!r} says so"
        if says_area(text) and not says_zone(text) and shape.kind == "polygon" and level != "file":
            return "area", f"its {level} {text!r} says so"
        if says_launch(text) and shape.kind == "point" and level != "file":
            return "launch", f"its {level} {text!r} says so"
    return None


def _said(shape: Shape) -> tuple[Role, str] | None:
    return _own_role(shape) or _by_attributes(shape) or _by_place(shape)


_OPTIONS: tuple[tuple[Role, str], ...] = (
    ("unused", "unused"),
    ("launch", "launch"),
    ("crew", "crew"),
    ("zone", "zones"),
    ("corridor", "corridors"),
    ("area", "areas"),
)


def _by_user(imported: Imported, choice: Choice) -> dict[int, tuple[Role, str]]:
    told: dict[int, tuple[Role, str]] = {}
    for role, field in _OPTIONS:
        for pattern in getattr(choice, field):
            option = f"--{field} {pattern!r}"
            hits = [i for i, s in enumerate(imported.shapes) if matches(s, pattern)]
            _refuse_none(imported, [imported.shapes[i] for i in hits], option)
            fitting = [i for i in hits if _fits(imported.shapes[i], role)]
            if not fitting:
                kind = imported.shapes[hits[0]].kind
                msg = f"{option}: {imported.shapes[hits[0]].title!r} is a {kind}: {_WANTED[role]}"
                raise InputError(msg)
            told |= {i: (role, f"by {option}") for i in fitting if i not in told}
    return told


_WANTED = {
    "area": "an area is a polygon, or a line that closes",
    "launch": "a launch point is a point",
    "corridor": "a corridor is a line",
    "crew": "ground where the crew can stand is a polygon",
}


def _fits(shape: Shape, role: Role) -> bool:
    if role == "corridor":
        return shape.kind == "line" or shape.walked
    return (role not in {"area", "crew"} or shape.kind == "polygon") and (
        role != "launch" or shape.kind == "point"
    )


def propose(imported: Imported, choice: Choice | None = None) -> Imported:
    """Give every shape its role, and say why.

    Raises
    ------
    InputError
        For a role that is none, or a pattern that means nothing.
    """
    choice = choice or Choice()
    check_count(imported.name, len(imported.shapes), MOST_AT_ONCE)
    told = _by_user(imported, choice)
    lines = _lines_along(imported.shapes) if choice.lines_are_corridors else set()
    alone = all(i in lines or s.kind != "polygon" or s.flaw for i, s in enumerate(imported.shapes))
    shapes, silent = [], []
    for i, shape in enumerate(imported.shapes):
        found = told.get(i) or _unless_chosen(_said(shape), choice)
        heard = found is not None and (shape.walked or not alone)
        if i in lines and i not in told and not heard:
            found = _own_role(shape) or ("corridor", "by --corridor-width")
        if shape.flaw:
            found = _flawed(shape, found)
        elif found is None:
            silent.append(i)
        role, why = found or ("unused", NO_WORD)
        shapes.append(replace(shape, role=role, why=why))
    _drop_repeated(shapes)
    _place_silent(shapes, [i for i in silent if shapes[i].why == NO_WORD], only=bool(choice.areas))
    return replace(imported, shapes=tuple(shapes))


def _lines_along(shapes: Sequence[Shape]) -> set[int]:
    """Choose the lines that may be corridors: the open ones, or the closed where all are closed."""
    drawn = {i: s for i, s in enumerate(shapes) if s.kind == "line" or s.walked}
    return {i for i, s in drawn.items() if not s.walked} or set(drawn)


def _unless_chosen(found: tuple[Role, str] | None, choice: Choice) -> tuple[Role, str] | None:
    """Forget an area or a launch point that is not among those the user chose."""
    if found and (
        (choice.areas and found[0] == "area") or (choice.launch and found[0] == "launch")
    ):
        return None
    return found


def _flawed(shape: Shape, found: tuple[Role, str] | None) -> tuple[Role, str]:
    if found and found[0] == "zone":
        msg = (
            f"shape {shape.title!r} is to be kept away from ({found[1]}) and can not be read: "
            f"{shape.flaw}: mend it, or leave it out by --unused"
        )
        raise InputError(msg)
    return "unused", shape.flaw


def _drop_repeated(shapes: list[Shape]) -> None:
    """Use a shape once that stands in the file twice with the same role."""
    seen: set[tuple[bytes, Role, str]] = set()
    for i, shape in enumerate(shapes):
        if shape.flaw:
            continue
        rounded = shapely.transform(shape.geometry, lambda xy: np.round(xy, 9))
        outline = shapely.to_wkb(shapely.normalize(rounded))
        key = (outline, shape.role, shape.name if shape.kind == "point" else "")
        if key in seen:
            shapes[i] = replace(shape, role="unused", why=TWICE)
        seen.add(key)


def _place_silent(shapes: list[Shape], silent: list[int], *, only: bool) -> None:
    """Read polygons without a word by where they lie: ground, or a hole in ground."""
    drawn = [i for i in silent if shapes[i].kind == "polygon" and not shapes[i].walked]
    grounds = [i for i, shape in enumerate(shapes) if shape.role == "area"]
    walked = [i for i in silent if shapes[i].kind == "polygon" and shapes[i].walked]
    if not (drawn or grounds or only):
        drawn = walked
    holders = grounds if only else [*grounds, *drawn]
    inside = _containers([shapes[i] for i in drawn], [shapes[i] for i in holders])
    for i, around in zip(drawn, inside, strict=True):
        around = [holders[j] for j in around if holders[j] != i]
        if len(around) % 2:
            nearest = min(around, key=lambda j: shapes[j].geometry.area)
            why = f"it lies inside {shapes[nearest].title!r} and {NO_WORD}"
            shapes[i] = replace(shapes[i], role="hole", why=why)
        elif not only:
            shapes[i] = replace(shapes[i], role="area", why=f"a polygon, and {NO_WORD}")


_INSIDE = 0.999
"""So much of a polygon lies in another that holds it: corners on the border are rounded."""


def _containers(inner: list[Shape], outer: list[Shape]) -> list[list[int]]:
    """List, for each polygon, the larger ones that hold it, by number."""
    if not inner or not outer:
        return [[] for _ in inner]
    small = np.array([shapely.make_valid(shape.geometry) for shape in inner], object)
    large = np.array(
        [shapely.make_valid(shapely.Polygon(s.geometry.exterior)) for s in outer], object
    )
    pairs = shapely.STRtree(large).query(small, predicate="intersects")
    bigger = shapely.area(large[pairs[1]]) > shapely.area(small[pairs[0]])
    pairs = pairs[:, bigger]
    shared = shapely.area(shapely.intersection(small[pairs[0]], large[pairs[1]]))
    held = shared >= _INSIDE * shapely.area(small[pairs[0]])
    found: list[list[int]] = [[] for _ in inner]
    for i, j in pairs[:, held].T:
        found[int(i)].append(int(j))
    return found
