"""The vehicle's side of the mission protocol: takes and gives mission, fence and rally lists.

Source: mavlink-devguide, `services/mission`; how each autopilot plays it is its `Personality`.
Knows nothing of sockets: messages and the time go in, messages come out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from mcpp.link.personality import Personality
from mcpp.link.wire import Message, dialect
from mcpp.link.words import FENCE, MISSION, RALLY

_KINDS: Final = (MISSION, FENCE, RALLY)
_ALL_KINDS: Final = 255


@dataclass(slots=True)
class _Taking:
    """An upload under way."""

    kind: int
    count: int
    partner: tuple[int, int]
    items: list[Message] = field(default_factory=list)
    last_heard_s: float = 0.0
    last_asked_s: float = 0.0
    requests: int = 0


class MissionServer:
    """Holds the lists of one vehicle.

    Parameters
    ----------
    personality
        Whose rules it follows.
    home
        Gives the home item of a vehicle that keeps one.
    in_auto
        Whether the mission is being flown: ArduPilot refuses to clear it then.
    started_s
        When the vehicle booted.
    """

    def __init__(
        self,
        personality: Personality,
        home: Callable[[], Message],
        *,
        in_auto: Callable[[], bool] = lambda: False,
        started_s: float = 0.0,
    ) -> None:
        self.personality = personality
        self.lists: dict[int, list[Message]] = {kind: [] for kind in _KINDS}
        self.changes = 0  # counts completed uploads and clears of the mission
        self._home = home
        self._in_auto = in_auto
        self._started_s = started_s
        self._taking: _Taking | None = None
        self._last_taken: tuple[int, int] | None = None  # kind and count of the last upload

    def receive(self, message: Message, now_s: float) -> list[Message]:
        """Answer one message of the protocol that is addressed to this vehicle."""
        partner = (message.get_srcSystem(), message.get_srcComponent())
        match message.get_type():
            case "MISSION_COUNT":
                return list(self._on_count(message, partner, now_s))
            case "MISSION_ITEM_INT":
                return list(self._on_item(message, partner, now_s))
            case "MISSION_REQUEST_LIST":
                kind = message.mission_type
                if kind not in _KINDS:
                    return [self._ack(partner, kind, dialect.MAV_MISSION_UNSUPPORTED)]
                return [
                    dialect.MAVLink_mission_count_message(
                        *partner, len(self._shown(kind)), mission_type=kind
                    )
                ]
            case "MISSION_REQUEST_INT" | "MISSION_REQUEST":
                return list(self._on_request(message, partner))
            case "MISSION_CLEAR_ALL":
                return list(self._on_clear(message, partner))
            case "MISSION_ACK" if message.type == dialect.MAV_MISSION_OPERATION_CANCELLED:
                if self.personality.atomic:  # ArduPilot does not listen to it
                    self._taking = None
        return []

    def tick(self, now_s: float) -> list[Message]:
        """Ask again, or give up, when the ground station is silent."""
        taking, rules = self._taking, self.personality
        if taking is None:
            return []
        if now_s - taking.last_heard_s >= rules.give_up_s:
            self._taking = None
            code = dialect.MAV_MISSION_OPERATION_CANCELLED
            return [self._ack(taking.partner, taking.kind, code)] if rules.says_cancelled else []
        if now_s - taking.last_asked_s >= rules.ask_again_s:
            return [self._ask(taking, now_s)]
        return []

    def _on_count(
        self, message: Message, partner: tuple[int, int], now_s: float
    ) -> Iterator[Message]:
        kind, rules = message.mission_type, self.personality
        if kind not in _KINDS:
            yield self._ack(partner, kind, dialect.MAV_MISSION_UNSUPPORTED)
            return
        if now_s - self._started_s < rules.boot_s:
            yield self._ack(partner, kind, dialect.MAV_MISSION_NO_SPACE)
            return
        taking = self._taking
        if taking is not None and taking.partner != partner:
            yield self._ack(partner, kind, rules.busy)
            return
        if message.count > rules.most[kind]:
            if kind == MISSION:
                yield status(f"Only {rules.most[kind]} items are supported")
            yield self._ack(partner, kind, rules.over_count)
            return
        self._taking = _Taking(kind, message.count, partner, last_heard_s=now_s)
        if message.count == 0:
            yield from self._finish(self._taking)
            return
        if not rules.atomic:
            del self.lists[kind][message.count :]
        yield self._ask(self._taking, now_s)

    def _on_item(
        self, message: Message, partner: tuple[int, int], now_s: float
    ) -> Iterator[Message]:
        kind, taking, rules = message.mission_type, self._taking, self.personality
        if taking is None or taking.kind != kind:
            repeated_last = self._last_taken == (kind, message.seq + 1)
            if rules.atomic and repeated_last:  # our last word was lost: say it again
                yield self._ack(partner, kind, dialect.MAV_MISSION_ACCEPTED)
            else:
                yield self._ack(partner, kind, dialect.MAV_MISSION_ERROR)
            return
        if taking.partner != partner:
            yield self._ack(partner, kind, rules.busy)
            return
        taking.last_heard_s = now_s
        if message.seq != len(taking.items):
            if not rules.atomic:
                yield self._ack(partner, kind, dialect.MAV_MISSION_INVALID_SEQUENCE)
            elif message.seq > len(taking.items):
                yield self._ask(taking, now_s)
            return
        code = rules.check_item(message)
        if code != dialect.MAV_MISSION_ACCEPTED:
            self._taking = None
            yield self._ack(partner, kind, code)
            return
        taking.items.append(rules.stored(message))
        if not rules.atomic:
            self.lists[kind][message.seq : message.seq + 1] = [taking.items[-1]]
        if len(taking.items) < taking.count:
            yield self._ask(taking, now_s)
        else:
            yield from self._finish(taking)

    def _finish(self, taking: _Taking) -> Iterator[Message]:
        self._taking = None
        code = self.personality.check_list(taking.kind, taking.items)
        if code == dialect.MAV_MISSION_ACCEPTED:
            self.lists[taking.kind] = list(taking.items)
            self._last_taken = (taking.kind, taking.count)
            self.changes += taking.kind == MISSION
        elif not self.personality.atomic:
            self.lists[taking.kind] = []
        yield self._ack(taking.partner, taking.kind, code)

    def _on_request(self, message: Message, partner: tuple[int, int]) -> Iterator[Message]:
        kind = message.mission_type
        items = self._shown(kind) if kind in _KINDS else []
        if message.seq >= len(items):
            yield self._ack(partner, kind, dialect.MAV_MISSION_INVALID_SEQUENCE)
            return
        item = items[message.seq]
        item.target_system, item.target_component = partner
        item.seq = message.seq
        yield item

    def _on_clear(self, message: Message, partner: tuple[int, int]) -> Iterator[Message]:
        kind, rules = message.mission_type, self.personality
        if kind not in (*_KINDS, _ALL_KINDS):
            yield self._ack(partner, kind, dialect.MAV_MISSION_UNSUPPORTED)
            return
        flying = kind in (MISSION, _ALL_KINDS) and self._in_auto() and not rules.atomic
        busy = rules.atomic and self._taking is not None
        if flying or busy:
            yield self._ack(partner, kind, dialect.MAV_MISSION_ERROR)
            return
        self._taking = None
        for each in _KINDS if kind == _ALL_KINDS else (kind,):
            self.lists[each] = []
            self.changes += each == MISSION
        yield self._ack(partner, kind, dialect.MAV_MISSION_ACCEPTED)

    def _shown(self, kind: int) -> list[Message]:
        items = self.lists[kind]
        if kind == MISSION and self.personality.keeps_home and items:
            return [self._home(), *items[1:]]
        return items

    def _ask(self, taking: _Taking, now_s: float) -> Message:
        rules = self.personality
        taking.last_asked_s = now_s
        taking.requests += 1
        old_form = not rules.asks_int or taking.requests % rules.float_every == 0
        make = (
            dialect.MAVLink_mission_request_message
            if old_form
            else dialect.MAVLink_mission_request_int_message
        )
        return make(*taking.partner, len(taking.items), mission_type=taking.kind)

    @staticmethod
    def _ack(partner: tuple[int, int], kind: int, code: int) -> Message:
        return dialect.MAVLink_mission_ack_message(*partner, code, mission_type=kind)


def status(text: str, severity: int = dialect.MAV_SEVERITY_INFO) -> Message:
    """Make a STATUSTEXT; what is longer than its 50 bytes is cut."""
    return dialect.MAVLink_statustext_message(severity, text.encode()[:50])
