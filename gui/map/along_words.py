"""What is drawn as a line or a place, in words: corridors and structures."""

from gui.i18n import tr
from gui.map import geometry
from gui.units import UnitSystem, length_text
from mcpp.model import Corridor, Structure


def along_title(along: Corridor | Structure, index: int) -> str:
    """Name the kind of a corridor or structure, and which one of its list it is."""
    if isinstance(along, Corridor):
        return tr("Corridor {0}", index + 1)
    titles = {
        "orbit": tr("Orbit {0}", index + 1),
        "perimeter": tr("Perimeter {0}", index + 1),
        "facade": tr("Facade {0}", index + 1),
    }
    return titles[along.kind]


def along_text(along: Corridor | Structure, units: UnitSystem, *, named: bool = True) -> str:
    """Write its length and width, or its radius; its name before them if it is `named`."""
    line = along.line_lon_lat_deg
    if isinstance(along, Corridor):
        width = tr("{0} wide", length_text(along.width_m, units))
        text = f"{length_text(geometry.length_m(line), units)}  ·  {width}"
    elif along.kind == "orbit":
        text = f"{tr('radius')} {length_text(along.radius_m, units)}"
    elif along.kind == "perimeter":
        text = length_text(geometry.perimeter_m(line), units)
    else:
        text = length_text(geometry.length_m(line), units)
    return f"{along.name}  ·  {text}" if named and along.name else text
