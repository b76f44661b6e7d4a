"""PX4's events: told once, in words, lost ones asked for; and why a vehicle does not arm."""

import struct
from typing import Any

import pytest
from pymavlink.generator.mavcrc import x25crc

from mcpp.link.chunks import pieces
from mcpp.link.events import EventReader, VehicleEvent
from mcpp.link.messages import ARGUMENT_BYTES, DEFINITIONS
from mcpp.link.px4_events import event_id, is_check, sentence_of
from mcpp.link.sim_events import EventLog
from mcpp.link.told import Told
from mcpp.link.wire import Codec, dialect
from tests.link_doubles import Radio, Sim, World
from tests.link_field import Field


@pytest.mark.parametrize("defined", DEFINITIONS, ids=lambda defined: defined.name)
def test_the_extra_byte_of_each_checksum_follows_from_its_fields(defined: Any) -> None:
    crc = x25crc()
    crc.accumulate_str(defined.name + " ")
    for kind, name in defined.fields[: defined.base]:
        crc.accumulate_str(kind + " ")
        crc.accumulate_str(name + " ")
        if name == "arguments":
            crc.accumulate(bytes([ARGUMENT_BYTES]))
    assert (crc.crc & 0xFF) ^ (crc.crc >> 8) == defined.crc_extra


def test_messages_of_our_own_come_back_as_they_went() -> None:
    vehicle, ground = Codec(1, 1), Codec()
    event = dialect.MAVLink_event_message(7, 8, 9, 10, 11, 3, b"\x01\x00\x02")
    current = dialect.MAVLink_mission_current_message(3, total=40, mission_id=0xDEADBEEF)
    told, here = ground.decode(vehicle.encode(event) + vehicle.encode(current))
    assert (told.id, told.sequence, told.log_levels) == (7, 9, 3)
    assert told.arguments == b"\x01\x00\x02"
    assert (here.seq, here.total, here.mission_id) == (3, 40, 0xDEADBEEF)
    # an autopilot that knows no ids sends fewer bytes
    short = vehicle.encode(dialect.MAVLink_mission_current_message(3, total=40))
    assert ground.decode(short)[0].mission_id == 0


def test_numbers_of_events_are_hashes_of_their_names() -> None:
    # FNV-1a of 32 bits as its authors publish it: "foobar" is bf9cf968; PX4 keeps 24 bits of it
    assert event_id("foobar") == 1 << 24 | 0x9CF968
    assert event_id("") == 1 << 24 | 0x9DC5 | 0x1C0000


def test_events_are_told_in_words_with_their_arguments() -> None:
    failsafe = event_id("commander_failsafe_enter")
    assert sentence_of(failsafe, struct.pack("<IBB", 0, 6, 2)) == (
        "failsafe, ground station lost: return"
    )
    held = event_id("commander_failsafe_enter_hold")
    assert sentence_of(held, struct.pack("<IBHB", 0, 7, 5, 3)) == (
        "failsafe, low battery: landing in 5 s"
    )
    far = event_id("navigator_mis_first_wp_too_far")
    assert "12000 m away, 10000 m allowed" in (
        sentence_of(far, struct.pack("<II", 12000, 10000)) or ""
    )
    low = event_id("navigator_mis_takeoff_too_low")
    assert "3.0 m" in (sentence_of(low, struct.pack("<f", 3.0)) or "")
    newer = sentence_of(failsafe, struct.pack("<IBB", 0, 99, 99))
    assert newer == "failsafe, 99: 99"
    assert sentence_of(event_id("nobody_knows"), b"") is None
    assert is_check(event_id("check_battery_low"))
    assert not is_check(failsafe)
    assert str(VehicleEvent(5, 3, None)) == (
        "event 5 of PX4, severity error: its words are not known here"
    )


class Listener:
    """A reader at a port that only notes what is sent."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self.sent: list[Any] = []
        self.told: list[int] = []
        self.target = (1, 1)
        self.reader = EventReader(self, lambda event: self.told.append(event.number))  # type: ignore[arg-type]

    def now(self) -> float:
        return self.now_s

    def send(self, message: Any) -> None:
        self.sent.append(message)

    def hear(self, *messages: Any) -> None:
        for message in messages:
            self.reader.take(message)


def test_events_are_told_once_in_order_and_lost_ones_asked_for() -> None:
    log, listener = EventLog(), Listener()
    first, second, third, fourth = (log.tell(number, 4) for number in (11, 12, 13, 14))
    listener.hear(first, first, third, fourth)
    assert listener.told == [11]
    (asked,) = listener.sent
    assert (asked.first_sequence, asked.last_sequence) == (second.sequence, second.sequence)
    listener.hear(fourth, second, third, second)
    assert listener.told == [11, 12, 13, 14]
    listener.now_s = 5.0
    log.tell(15, 4)
    listener.hear(log.sequence())  # the last of all was lost
    assert (listener.sent[-1].first_sequence, listener.sent[-1].last_sequence) == (5, 5)


def test_events_that_are_kept_no_more_are_passed_over() -> None:
    log, listener = EventLog(), Listener()
    listener.hear(log.tell(1, 4))
    events = [log.tell(number, 4) for number in range(2, 60)]
    listener.hear(events[-1])
    (asked,) = listener.sent
    (error,) = list(log.answer(dialect.MAVLink_request_event_message(
        asked.first_sequence, asked.last_sequence, 1, 1)))  # fmt: skip
    assert error.get_type() == "RESPONSE_EVENT_ERROR"
    listener.hear(error, *events[-20:])
    assert listener.told == [1, *range(40, 60)]


def test_a_vehicle_that_answers_no_request_still_tells_its_later_events() -> None:
    log, listener = EventLog(), Listener()
    listener.hear(log.tell(1, 4))
    log.tell(2, 4)
    for number in range(3, 12):
        listener.now_s += 1.0
        listener.hear(log.tell(number, 4))
    assert listener.told[-1] == 11
    assert 2 not in listener.told


def test_running_numbers_begin_anew_after_their_last_and_after_a_boot() -> None:
    log, listener = EventLog(), Listener()
    log._sequence = 65_534
    listener.hear(*(log.tell(number, 4) for number in (1, 2, 3)))
    assert listener.told == [1, 2, 3]
    listener.hear(dialect.MAVLink_current_event_sequence_message(0, 1), EventLog().tell(9, 4))
    assert listener.told == [1, 2, 3, 9]


def test_a_status_text_and_its_event_are_told_once_unless_the_event_says_more() -> None:
    words: list[str] = []
    told = Told(words.append, lambda: 0.0)
    text = dialect.MAVLink_statustext_message(2, b"Something is wrong\t")
    told.take_text(text)
    told.take_event(VehicleEvent(5, 2, None))
    assert words == ["Something is wrong"]
    told.take_event(VehicleEvent(6, 2, None))  # this one had no text
    told.take_text(text)
    failsafe = event_id("commander_failsafe_enter")
    told.take_event(VehicleEvent(failsafe, 2, "failsafe, low battery: return"))
    told.take_event(VehicleEvent(8, 8, None))  # for programs
    assert words[1:] == [
        "event 6 of PX4, severity critical: its words are not known here",
        "Something is wrong",
        "failsafe, low battery: return",
    ]


def test_long_texts_are_told_whole() -> None:
    words: list[str] = []
    told = Told(words.append, lambda: 0.0)
    text = "Arming denied: Resolve system health failures first, and then look at the manual"
    for piece in pieces(text, 2, 77):
        told.take_text(piece)
    _, second = pieces(text, 2, 78)
    told.take_text(second)
    fifty = "x" * 50
    for piece in pieces(fifty, 2, 79):  # its last piece is empty
        told.take_text(piece)
    assert words == [text, "..." + text[50:], fifty]


@pytest.mark.parametrize("drop", [0.0, 0.3])
def test_a_refused_arming_of_px4_is_told_with_the_check_that_fails(drop: float) -> None:
    field = Field(Sim(World(), "px4", radio=Radio(drop=drop)))
    assert all(result.passed for result in field.pilot.preflight())
    field.sims["u1"].flight.used_s = 0.9 * field.sims["u1"].flight.endurance_s
    field.pilot.launch(field.on_done)
    field.poll(lambda: field.done)
    ((_, problem),) = field.done
    assert problem.startswith("arming:")
    assert "battery low" in problem


def test_a_check_that_fails_is_named_before_the_start() -> None:
    for autopilot, words in (("px4", "battery low"), ("ardupilot", "PreArm: Battery low")):
        field = Field(Sim(World(), autopilot))
        field.sims["u1"].flight.used_s = 0.9 * field.sims["u1"].flight.endurance_s
        field.wait(2.0)
        (result,) = field.pilot.preflight()
        (problem,) = [p for p in result.problems if p.startswith("its own pre-arm check fails: ")]
        assert words in problem
