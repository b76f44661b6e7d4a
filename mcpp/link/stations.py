"""Other ground stations on the link of a vehicle."""

from typing import Final

from mcpp.link.channel import Port
from mcpp.link.wire import GROUND_COMPONENT, GROUND_SYSTEM

Station = tuple[int, int]
"""System and component."""

_GONE_AFTER_S: Final = 10.0


def others_heard(port: Port) -> tuple[Station, ...]:
    """Other ground stations that were heard lately where a vehicle is heard."""
    now_s = port.now()
    heard = port.channel.stations.items()
    return tuple(sorted(who for who, at_s in heard if now_s - at_s <= _GONE_AFTER_S))


def station_words(station: Station) -> str:
    """Say that another ground station is there, and what that can mean."""
    system, component = station
    if station == (GROUND_SYSTEM, GROUND_COMPONENT):
        return (
            "another ground station has our own ids (system 255, component 190) on this link: the"
            " vehicle can not tell its transfers from ours; give it another system id"
        )
    return f"another ground station (system {system}, component {component}) is on this link"


def others_words(port: Port) -> str:
    """Say in an error who else may have had a hand in it; an empty text where nobody is heard."""
    heard = others_heard(port)
    if not heard:
        return ""
    names = ", ".join(f"system {system}" for system, _ in heard)
    return f" (another ground station is heard on this link: {names})"
