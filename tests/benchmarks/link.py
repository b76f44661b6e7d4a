"""Processor time of the ground's side of a fast link: ``python -m tests.benchmarks.link``.

A process of its own sends what 20 vehicles on PX4's onboard link would, 1 MB/s each, over UDP on
loopback; the loop watches them.
"""

import multiprocessing
import socket
import sys
import time
from multiprocessing.synchronize import Event

from mcpp.link.watch import FleetWatcher, Watched
from mcpp.link.wire import Codec, dialect
from tests.link_doubles import free_port

VEHICLES = 20
BYTES_A_SECOND = 1_000_000
SECONDS = 8.0
_DATAGRAM = 1300


def datagrams(system: int) -> list[bytes]:
    """Telemetry of one vehicle as it comes on a fast link, with a heartbeat now and then."""
    codec = Codec(system, 1)
    fast = (
        dialect.MAVLink_attitude_quaternion_message(5, 0.5, 0.5, 0.5, 0.5, 0.1, 0.1, 0.1),
        dialect.MAVLink_highres_imu_message(1, *[0.5] * 13, 63),
        dialect.MAVLink_local_position_ned_message(1, *[0.5] * 6),
        dialect.MAVLink_servo_output_raw_message(1, 0, *[1500] * 8),
        dialect.MAVLink_odometry_message(
            1, 0, 1, 0.1, 0.2, 0.3, [0.5] * 4, *[0.1] * 6, [0.1] * 21, [0.2] * 21
        ),
    )
    slow = (
        dialect.MAVLink_heartbeat_message(2, 12, 128, 0, 4, 3),
        dialect.MAVLink_global_position_int_message(1, 474000000, 85500000, 0, 60_000, 1, 1, 0, 0),
    )
    out = []
    for number in range(BYTES_A_SECOND // _DATAGRAM):
        data = b"".join(codec.encode(m) for m in slow) if number % 80 == 0 else b""
        while len(data) < _DATAGRAM:
            data += codec.encode(fast[len(data) % len(fast)])
        out.append(data)
    return out


def send(ports: list[int], stop: Event) -> None:
    """Send everything, evenly in time, until told to stop."""
    out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    every = [datagrams(system) for system in range(1, len(ports) + 1)]
    count = min(map(len, every))
    began_s, number = time.monotonic(), 0
    while not stop.is_set():
        for data, port in zip(every, ports, strict=True):
            out.sendto(data[number % count], ("127.0.0.1", port))
        number += 1
        ahead_s = began_s + number / count - time.monotonic()
        if ahead_s > 0:
            time.sleep(ahead_s)


def main() -> int:
    """Measure, and print the figures."""
    ports = [free_port() for _ in range(VEHICLES)]
    fleet = [Watched(uav=f"u{i}", link=f"udp:127.0.0.1:{p}") for i, p in enumerate(ports)]
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    watcher = FleetWatcher(fleet)
    sender = context.Process(target=send, args=(ports, stop))
    sender.start()
    try:
        while not all(state.connected for state in watcher.states.values()):
            watcher.poll()
        before = [port.frames for port in watcher.loop.ports.values()]
        cpu_s, wall_s = time.process_time(), time.monotonic()
        while time.monotonic() < wall_s + SECONDS:
            watcher.poll()
        cpu_s, wall_s = time.process_time() - cpu_s, time.monotonic() - wall_s
        after = [port.frames for port in watcher.loop.ports.values()]
    finally:
        stop.set()
        sender.join()
        watcher.close()
    heard, missed = (sum(a[k] - b[k] for a, b in zip(after, before, strict=True)) for k in (0, 1))
    sys.stdout.write(
        f"{VEHICLES} vehicles: {heard / wall_s:,.0f} frames/s heard, "
        f"{100 * missed / (heard + missed):.2f} % lost, {100 * cpu_s / wall_s:.0f} % of a core\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
