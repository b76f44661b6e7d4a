"""A simulated fleet on this computer, and the places where a vehicle may be reached."""

from collections.abc import Mapping

from mcpp.link.fleet import LinkChoice, all_system_ids, fleet_links
from mcpp.link.simulate import SimulatedFleet, simulated_vehicles
from mcpp.model import Plan

SIM_SPEEDUP = 10.0
FIRST_SIM_PORT = 14650
SERIAL_BAUD = 57600
USUAL_LINKS = ("udp:127.0.0.1:14550", "udp:0.0.0.0:14550", "tcp:127.0.0.1:5760")
"""Ground stations and simulators on this computer, a radio in the network, ArduPilot's SITL."""


def link_choices() -> tuple[str, ...]:
    """List the serial ports that are there now, then the usual addresses in a network."""
    try:
        from serial.tools.list_ports import comports
    except ImportError:  # pyserial comes with an extra
        return USUAL_LINKS
    ports = sorted(port.device for port in comports())
    return (*(f"serial:{port}:{SERIAL_BAUD}" for port in ports), *USUAL_LINKS)


def simulated_links(plan: Plan) -> dict[str, str]:
    """Give each UAV a link on this computer."""
    return {
        uav.id: f"udp:127.0.0.1:{FIRST_SIM_PORT + index}"
        for index, uav in enumerate(plan.mission.uavs)
    }


def start_simulation(plan: Plan, links: Mapping[str, str], sortie: int) -> SimulatedFleet:
    """Start a simulated fleet at the other ends of the links.

    Raises
    ------
    McppError
    """
    choices: dict[str, LinkChoice] = fleet_links(plan, links)
    vehicles = simulated_vehicles(
        plan, sortie=sortie, speedup=SIM_SPEEDUP, system_ids=all_system_ids(choices)
    )
    addresses = {uav: choice.address for uav, choice in choices.items()}
    return SimulatedFleet(vehicles, addresses).__enter__()


def stop_simulation(fleet: SimulatedFleet) -> None:
    """End a simulated fleet."""
    fleet.__exit__(None, None, None)
