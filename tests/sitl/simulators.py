"""The vehicles that the flight tests fly: mcpp's doubles always, real simulators where named.

``MCPP_ARDUCOPTER`` and ``MCPP_ARDUPLANE`` name the programs that ArduPilot's build makes
(``build/sitl/bin/arducopter``), ``MCPP_PX4`` the build folder of PX4's ``px4_sitl`` target, which
is flown with its built-in simulation (SIH). Nothing is fetched or built.
"""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from mcpp.link.simulate import SimulatedFleet, simulated_vehicles
from mcpp.model import AircraftKind, Autopilot, Plan
from tests.link_doubles import free_port

SPEEDUP = 5
_ARDUPILOT_PORT = 5760
_PX4_PORT = 14550


@dataclass(frozen=True)
class Vehicle:
    """One kind of vehicle to fly; `variable` names the simulator's program, "" is the double."""

    name: str
    autopilot: Autopilot
    kind: AircraftKind
    variable: str = ""


VEHICLES = (
    Vehicle("double-arducopter", "ardupilot", "multirotor"),
    Vehicle("double-px4", "px4", "multirotor"),
    Vehicle("double-arduplane", "ardupilot", "fixed-wing"),
    Vehicle("arducopter", "ardupilot", "multirotor", "MCPP_ARDUCOPTER"),
    Vehicle("arduplane", "ardupilot", "fixed-wing", "MCPP_ARDUPLANE"),
    Vehicle("px4", "px4", "multirotor", "MCPP_PX4"),
)


@contextmanager
def running(vehicle: Vehicle, plan: Plan, folder: Path, *, as_shipped: bool) -> Iterator[str]:
    """Run a vehicle at the start of a plan's first UAV; gives its link."""
    if not vehicle.variable:
        name = plan.mission.uavs[0].id
        link = f"udp:127.0.0.1:{free_port()}"
        made = simulated_vehicles(plan, speedup=60.0, system_ids={name: 1}, as_shipped=as_shipped)
        with SimulatedFleet(made[:1], {name: link}):
            yield link
        return
    program = os.environ.get(vehicle.variable)
    if not program:
        pytest.skip(f"{vehicle.variable} names no simulator: set it to fly {vehicle.name}")
    if not Path(program).exists():
        pytest.skip(f"{vehicle.variable}: there is no {program}")
    lon, lat = plan.mission.uavs[0].start_lon_lat_deg or (0.0, 0.0)
    command, settings, link = _command(vehicle, Path(program), lon, lat)
    with (folder / f"{vehicle.name}.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | settings, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            time.sleep(5)  # it boots, and opens its port
            yield link
        finally:
            process.terminate()
            process.wait(20)


def _command(
    vehicle: Vehicle, program: Path, lon: float, lat: float
) -> tuple[list[str], dict[str, str], str]:
    if vehicle.autopilot == "px4":
        settings = {
            "PX4_SIM_MODEL": "sihsim_quadx",
            "PX4_SIM_SPEED_FACTOR": str(SPEEDUP),
            "PX4_HOME_LAT": str(lat),
            "PX4_HOME_LON": str(lon),
            "PX4_HOME_ALT": "400",
        }
        command = [str(program / "bin" / "px4"), "-d", str(program / "etc")]
        return command, settings, f"udp:127.0.0.1:{_PX4_PORT}"
    plane = vehicle.kind == "fixed-wing"
    command = [str(program), "--model", "plane" if plane else "quad", "--wipe"]
    command += ["--speedup", str(SPEEDUP), "--home", f"{lat},{lon},400,0"]
    kind = "plane" if plane else "copter"
    for above in program.resolve().parents:
        defaults = above / "Tools" / "autotest" / "default_params" / f"{kind}.parm"
        if defaults.is_file():
            command += ["--defaults", str(defaults)]
            break
    return command, {}, f"tcp:127.0.0.1:{_ARDUPILOT_PORT}"
