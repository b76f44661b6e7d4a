"""Parameter files as ground stations read them: ArduPilot's .param and QGroundControl's .params.

Formats: ``NAME,VALUE`` lines with ``#`` comments (Mission Planner, MAVProxy); five columns parted
by tabs, vehicle, component, name, value, MAV_PARAM_TYPE (QGroundControl).
"""

from collections.abc import Mapping

from mcpp.link.commands import Param
from mcpp.link.wire import dialect
from mcpp.model import Autopilot

_WHOLE = frozenset(range(int(dialect.MAV_PARAM_TYPE_UINT8), int(dialect.MAV_PARAM_TYPE_REAL32)))


def param_file_name(uav: str, autopilot: Autopilot) -> str:
    """Name of the file of one vehicle."""
    return f"{uav}.params" if autopilot == "px4" else f"{uav}.param"


def param_file_text(
    params: Mapping[str, Param], autopilot: Autopilot, *, system_id: int = 1, why: str = ""
) -> str:
    """Write parameters in the form of the autopilot's ground stations."""
    head = f"# {why}\n" if why else ""
    rows = sorted(params.items())
    if autopilot != "px4":
        return head + "".join(f"{name},{_number(param)}\n" for name, param in rows)
    head += "# Vehicle-Id Component-Id Name Value Type\n"
    return head + "".join(
        f"{system_id}\t1\t{name}\t{_number(param)}\t{param.type}\n" for name, param in rows
    )


def _number(param: Param) -> str:
    return f"{round(param.value)}" if param.type in _WHOLE else f"{param.value:.9g}"
