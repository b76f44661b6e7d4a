"""Vehicles that say anything: damaged, repeated, forged and drawn MAVLink, on a clock of its own.

The vehicle is the double of an autopilot (`tests.link_doubles`); what it sends passes through a
radio that changes bytes (which their checksum tells), repeats, cuts and joins frames, and through a
forger, who packs messages of any kind with any values, rightly signed off. However it goes, an
upload, a download and a watch end, in the time that their patience allows, with a result in words;
and an upload that says "verified" over a radio without a forger has brought all that was meant.
"""

import json
import math
from random import Random
from typing import Any

from mcpp.link.download import compare_fleet, download_fleet, items_value
from mcpp.link.fly import ORDERS
from mcpp.link.parameters import check_parameters
from mcpp.link.upload import VehicleLoad, upload_fleet
from mcpp.link.watch import FleetWatcher, Watched
from mcpp.link.wire import Codec, dialect
from mcpp.link.words import FENCE, MISSION, RALLY
from tests.link_doubles import (
    AUTOPILOTS,
    Craft,
    Radio,
    Sim,
    World,
    craft,
    holds_all_of,
    link_to,
    load,
)
from tests.link_field import Field

KINDS = ("upload", "download", "watch", "params", "fly", "vehicle")
LONGEST_S = 1200.0
"""Of the vehicle's clock, for a transfer: attempts times retries times reply, of three lists."""
WATCHED_S = 40.0
LIKELY = (
    "HEARTBEAT", "MISSION_COUNT", "MISSION_ITEM_INT", "MISSION_ITEM", "MISSION_REQUEST",
    "MISSION_REQUEST_INT", "MISSION_ACK", "MISSION_CURRENT", "MISSION_ITEM_REACHED", "COMMAND_ACK",
    "GLOBAL_POSITION_INT", "GPS_RAW_INT", "SYS_STATUS", "STATUSTEXT", "EXTENDED_SYS_STATE",
    "FENCE_STATUS", "CAMERA_FEEDBACK", "CAMERA_IMAGE_CAPTURED", "PARAM_VALUE", "AUTOPILOT_VERSION",
    "RADIO_STATUS", "CAMERA_INFORMATION",
)  # fmt: skip
_WIDTH = {"int8_t": 7, "uint8_t": 8, "int16_t": 15, "uint16_t": 16, "int32_t": 31, "uint32_t": 32,
          "int64_t": 63, "uint64_t": 64}  # fmt: skip


def _value(random: Random, kind: str, length: int) -> Any:
    """Draw a value of a field, odd ones more often than chance would."""
    if kind == "char":
        return bytes(random.choice(b"\x00\n\x1b aZ%{\xff\xc3") for _ in range(max(length, 1)))
    if length:
        return [_value(random, kind, 0) for _ in range(length)]
    if kind in {"float", "double"}:
        return random.choice([0.0, -1.0, math.nan, math.inf, -math.inf, random.gauss(0, 1e5)])
    bits = _WIDTH[kind]
    low, high = (-(2**bits), 2**bits - 1) if kind.startswith("int") else (0, 2**bits - 1)
    few = random.randint(0, min(high, 12))
    return random.choice([0, 1, few, few, low, high, random.randint(low, high)])


def drawn_message(random: Random) -> Any:
    """Draw a message of any kind, with any values that its fields can hold."""
    if random.random() < 0.8:
        number = dialect.__dict__[f"MAVLINK_MSG_ID_{random.choice(LIKELY)}"]
    else:
        number = random.choice([n for n in sorted(dialect.mavlink_map) if n >= 0])
    kind = dialect.mavlink_map[number]
    lengths = dict(zip(kind.ordered_fieldnames, kind.array_lengths, strict=True))
    types = zip(kind.fieldnames, kind.fieldtypes, strict=True)
    return _made(kind, {name: _value(random, of, lengths[name]) for name, of in types})


def _made(kind: Any, values: dict[str, Any]) -> Any:
    """Make a message of values, texts and the arguments of events as bytes."""
    for name, value in values.items():
        if isinstance(value, str):
            values[name] = value.encode()
        elif name == "arguments":
            values[name] = bytes(value)
    return kind(**values)


def changed_message(random: Random, message: Any) -> Any:
    """Change one field of a message to anything that it can hold."""
    kind = type(message)
    lengths = dict(zip(kind.ordered_fieldnames, kind.array_lengths, strict=True))
    values = {name: getattr(message, name) for name in kind.fieldnames}
    at = random.randrange(len(kind.fieldnames))
    name = kind.fieldnames[at]
    values[name] = _value(random, kind.fieldtypes[at], lengths[name])
    return _made(kind, values)


def torn(random: Random, frame: bytes) -> bytes:
    """Damage a frame as radios do, or join noise to it."""
    out, how = bytearray(frame), random.randrange(5)
    if how == 0:
        out[random.randrange(len(out))] ^= 1 << random.randrange(8)
    elif how == 1:
        del out[random.randrange(len(out)) :]
    elif how == 2:
        out = bytearray(random.randbytes(random.randint(1, 40))) + out
    elif how == 3:
        at = random.randrange(len(out) + 1)
        out[at:at] = random.choice([b"\xfd", b"\xfe", b"\xfd\xff\x01", b"\xfe\xff", frame])
    else:
        del out[: random.randrange(len(out))]
    return bytes(out)


class Rogue:
    """Stands between a vehicle and its radio: tears frames, changes and forges messages."""

    def __init__(
        self, vehicle: Craft | Sim, random: Random, *, tears: float, forges: float
    ) -> None:
        self._vehicle, self._random = vehicle, random
        self._tears, self._forges = tears, forges
        self._carry = vehicle.wire.from_vehicle
        self._codec = Codec(vehicle.system, 1)
        vehicle.wire.from_vehicle = self.send  # type: ignore[method-assign]
        if forges:
            vehicle.world.at(0.2, self.forge)

    def send(self, data: bytes) -> None:
        """Take a frame of the vehicle."""
        random, frame = self._random, data
        if random.random() < self._forges:
            for message in Codec(1, 1).decode(frame):
                frame = self._codec.encode(changed_message(random, message))
        self._carry(torn(random, frame) if random.random() < self._tears else frame)

    def forge(self) -> None:
        """Send messages that no vehicle would, now and then."""
        for _ in range(self._random.randint(1, 4)):
            self._carry(self._codec.encode(drawn_message(self._random)))
        self._vehicle.world.at(self._random.choice([0.02, 0.2, 2.0]), self.forge)


def radio_case(seed: int) -> tuple[str, str, str]:
    """Run one transfer, flight or watch: its kind, how it ended, and words."""
    random = Random(seed)
    kind, autopilot = random.choice(KINDS), random.choice(AUTOPILOTS)
    if kind == "vehicle":
        return kind, *_deafened(random, autopilot)
    if kind == "fly":
        return kind, *_flown(random, autopilot)
    radio = Radio(
        drop=random.choice([0.0, 0.1, 0.4]),
        repeat=random.choice([0.0, 0.2]),
        delay_s=random.choice([0.0, 0.3, 2.0]),
        reorder=random.choice([0.0, 0.3]),
    )
    world = World(seed)
    forges, tears = random.choice([0.0, 0.05, 0.5]), random.choice([0.0, 0.05, 0.3])
    if kind == "params":
        sim = Sim(world, autopilot, radio=radio, name="a")
        Rogue(sim, random, tears=tears, forges=forges)
        what = load(autopilot, system=random.choice([1, None]))
        (check,) = check_parameters([what], {"a": link_to(sim)}, loop=world.loop())
        if world.now_s > LONGEST_S:
            return kind, "fault", f"{world.now_s:.0f} s for parameters"
        return kind, "refused" if check.reason else "read", check.reason
    vehicle = craft(autopilot, world=world, radio=radio)
    if random.random() < 0.2:
        vehicle.die_after = random.randint(0, 40)
    Rogue(vehicle, random, tears=tears, forges=forges)
    what = load(autopilot, points=random.choice([1, 3, 40]), system=random.choice([1, None]))
    if kind == "watch":
        return kind, *_watched(vehicle, what)
    end, words = (_uploaded if kind == "upload" else _downloaded)(vehicle, what, forged=forges > 0)
    if world.now_s > LONGEST_S:
        end, words = "fault", f"{world.now_s:.0f} s for a {kind}"
    return kind, end, words


def _uploaded(vehicle: Craft, what: VehicleLoad, *, forged: bool) -> tuple[str, str]:
    (result,) = upload_fleet([what], {"a": link_to(vehicle)}, loop=vehicle.world.loop())
    if result.verified and not forged and not holds_all_of(vehicle, what):
        return "fault", "it is said to be verified, and is not there"
    return ("written", "") if result.verified else ("refused", str(result))


def _downloaded(vehicle: Craft, what: VehicleLoad, *, forged: bool) -> tuple[str, str]:
    (found,) = download_fleet(
        {"a": link_to(vehicle)}, {"a": what.system_id}, loop=vehicle.world.loop()
    )
    (found_again,) = compare_fleet([what], [found]).values() if found.known else ((),)
    for part in (MISSION, FENCE, RALLY):
        json.dumps(items_value(found.items(part)), allow_nan=forged)
    empty = not (found.mission or found.fence or found.rally)
    if found.known and not forged and not empty:
        return "fault", f"it has read {len(found_again)} differences from an empty vehicle"
    return ("read", "") if found.known else ("refused", found.reason)


def _deafened(random: Random, autopilot: str) -> tuple[str, str]:
    """Speak nonsense to a simulated vehicle; it goes on, and is heard."""
    world = World(random.randrange(1000))
    sim = Sim(world, autopilot, name="a", speedup=random.choice([1.0, 10.0]))
    ground, heard = Codec(), Codec()
    for _ in range(random.randint(5, 120)):
        frame = ground.encode(drawn_message(random))
        sim.wire.write(torn(random, frame) if random.random() < 0.2 else frame, None)
        world.wait([], random.choice([0.0, 0.05, 1.0]))
    sim.wire.inbox.clear()
    world.wait([], 5.0)
    world.wait([], 5.0)
    beats = [m for data in sim.wire.inbox for m in heard.decode(data)]
    alive = any(message.get_type() == "HEARTBEAT" for message in beats)
    return ("flown", "") if alive else ("fault", "the simulated vehicle is not heard any more")


def _flown(random: Random, autopilot: str) -> tuple[str, str]:
    """Launch, order about and watch a flight of which half of what is heard is untrue."""
    field = Field(Sim(World(random.randrange(1000)), autopilot, speedup=10.0, name="a"), points=4)
    field.launch()
    Rogue(
        field.sims["a"], random, tears=random.choice([0.0, 0.3]), forges=random.choice([0.0, 0.5])
    )
    for _ in range(random.randint(1, 5)):
        field.wait(random.uniform(0.0, 8.0))
        field.pilot.order(random.choice(ORDERS), field.on_done)
    field.wait(30.0)
    odd = [event.text for event in field.events if not event.text.isprintable()]
    odd += [words for _, words in field.done if not words.isprintable()]
    return ("fault", f"it says {odd[0]!r}") if odd else ("flown", "")


def _watched(vehicle: Craft, what: VehicleLoad) -> tuple[str, str]:
    """Watch for a while; every state and event has to be fit to show."""
    told: list[str] = []
    watcher = FleetWatcher(
        [
            Watched(
                uav="a", link=link_to(vehicle), system_id=what.system_id, mission=what.mission,
                start_lon_lat_deg=what.expected.start_lon_lat_deg, planned_s=300.0,
            )
        ],
        on_state=lambda state: told.append(str(state)),
        on_event=lambda event: told.append(event.text),
        loop=vehicle.world.loop(),
    )  # fmt: skip
    watcher.run(lambda: vehicle.world.now_s > WATCHED_S)
    state = watcher.states["a"]
    if not 0.0 <= state.link_percent <= 100.0 or not 0.0 <= state.flown <= 1.0:
        return "fault", f"link {state.link_percent} %, flown {state.flown}"
    odd = [text for text in told if not text.isprintable()]
    return ("fault", f"it says {odd[0]!r}") if odd else ("watched", "")
