"""What a vehicle says in words, as status texts and events, and what of it tells why it fails."""

import re
from collections.abc import Callable
from typing import Final

from mcpp.errors import one_line
from mcpp.link.chunks import Chunks
from mcpp.link.events import VehicleEvent
from mcpp.link.px4_events import event_id
from mcpp.link.wire import Message, dialect

_WORST_TOLD: Final = dialect.MAV_SEVERITY_NOTICE  # larger numbers are only for information
_WORDS_KEPT: Final = 2
_REFUSING_WORDS: Final = re.compile(
    r"\barm|preflight|refus|denied|reject|infeasible", re.IGNORECASE
)
_FENCE_WORDS: Final = re.compile(r"fence.*(breach|violat|exceed)", re.IGNORECASE)
_TWIN_S: Final = 2.0
# Checks that PX4 tells as information alone, though it arms for none of them.
_BLOCKING: Final = frozenset(
    map(
        event_id,
        ("check_modes_cannot_takeoff", "check_system_safety_button", "check_modes_mission",
         "check_modes_home_position", "check_estimator_missing_data"),
    )
)  # fmt: skip


def tells_of_breach(text: str) -> bool:
    """Whether a status text says that the vehicle is outside its fence."""
    return bool(_FENCE_WORDS.search(text))


class Told:
    """Keeps what a vehicle has said.

    PX4 tells much twice, as a status text that ends in a tab and as an event: the event is told
    where it says more.

    Parameters
    ----------
    tell
        Called with words that the crew should read.

    Attributes
    ----------
    failure
        Its last words on what went wrong.
    checks
        What its own checks before arming complain of, as last reported.
    """

    def __init__(self, tell: Callable[[str], None], clock: Callable[[], float]) -> None:
        self.failure = ""
        self.checks: tuple[str, ...] = ()
        self._tell = tell
        self._clock = clock
        self._chunks = Chunks()
        self._report: list[str] = []
        self._twins: list[float] = []

    def take_text(self, message: Message) -> str:
        """Take note of a STATUSTEXT; its words, empty while pieces of them are still to come."""
        whole = self._chunks.whole(message)
        text = one_line(whole.strip())
        if not text:
            return ""
        if whole.endswith("\t"):
            self._twins.append(self._clock())
        if message.severity <= _WORST_TOLD:
            self._tell(text)
        if message.severity <= dialect.MAV_SEVERITY_WARNING or _REFUSING_WORDS.search(text):
            self._add_failure(text)
        return text

    def take_event(self, event: VehicleEvent) -> None:
        """Take note of an event."""
        if event.begins_checks:
            self._report = []
        elif event.ends_checks:
            self.checks = tuple(dict.fromkeys(self._report))
        elif event.check:
            self._take_check(event)
        else:
            self._take_other(event)

    def _take_check(self, event: VehicleEvent) -> None:
        blocks = event.severity <= dialect.MAV_SEVERITY_ERROR or event.number in _BLOCKING
        if not blocks:
            return
        words = str(event)
        if words not in self.checks and words not in self._report:
            self._tell(words)
        self._report.append(words)
        self._add_failure(words)

    def _take_other(self, event: VehicleEvent) -> None:
        twin = self._has_twin()
        if event.severity > _WORST_TOLD or (twin and not event.says_more):
            return
        self._tell(str(event))
        if event.severity <= dialect.MAV_SEVERITY_WARNING and event.words is not None:
            self._add_failure(event.words)

    def _has_twin(self) -> bool:
        """Whether a status text has said the same just now; each stands for one event."""
        now_s = self._clock()
        self._twins = [at_s for at_s in self._twins if now_s - at_s <= _TWIN_S]
        return bool(self._twins and self._twins.pop(0) is not None)

    def _add_failure(self, text: str) -> None:
        """Keep the last of its words on what went wrong, each once."""
        told = [words for words in self.failure.split("; ") if words and words != text]
        self.failure = "; ".join([*told[-_WORDS_KEPT:], text])
