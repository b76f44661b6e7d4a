"""Starts of those that are on the ground while a plan made anew is sent to a fleet."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from mcpp.errors import InputError
from mcpp.link.fly import FleetPilot

if TYPE_CHECKING:
    from mcpp.link.starting import Start

_NOW_S: Final = 0.5


def _ignore(_uav: str, _words: str) -> None:
    """Tell nobody."""


class GroundStarts:
    """Starts vehicles by a new plan when all in the air fly by it, and each holds its own mission.

    Vehicles in the air take their missions later than the plan has it. A start is kept later by as
    much, by the middle of what they are late.

    Parameters
    ----------
    tell
        Told of each vehicle in words.
    """

    def __init__(self, pilot: FleetPilot, tell: Callable[[str, str], None] = _ignore) -> None:
        self._pilot, self._tell = pilot, tell
        self._due_s: dict[str, float] = {}
        self._auto: set[str] = set()
        self._loading: set[str] = set()
        self._loaded: set[str] = set()
        self._settled: set[str] = set()
        self._blocked: list[str] = []
        self._shift_s: float | None = None
        self._by_word: dict[str, Start | None] = {}

    @property
    def waits(self) -> bool:
        """Whether starts are put off because somebody in the air has not taken its mission."""
        return bool(self._blocked and self._due_s)

    @property
    def by_word(self) -> frozenset[str]:
        """Who holds its next mission and starts on a word: somebody may be at its battery."""
        begun = {uav for uav, start in self._by_word.items() if start is not None and start.begun}
        return frozenset(self._by_word) - begun

    def add(self, uav: str, due_s: float) -> None:
        """Put off the start of a vehicle, to be kept at a time on the clock of the loop."""
        start = self._pilot.starts.of(uav)
        self._due_s[uav] = due_s
        waits = self._pilot.watcher.states[uav].armed  # by its own mission, not yet in the air
        if start is not None and (start.waits or start.called_off or waits):
            self._auto.add(uav)
        self._pilot.starts.put_off(uav)

    def loading(self, uav: str) -> None:
        """Take note that a vehicle is being loaded."""
        self._loading.add(uav)

    def loaded(self, uav: str) -> None:
        """Take note that a vehicle has been loaded."""
        self._loading.discard(uav)
        self._loaded.add(uav)
        self._settle()

    def drop(self, uav: str) -> None:
        """Let a vehicle that has not taken its mission stay on the ground."""
        self._due_s.pop(uav, None)

    def block(self, uav: str) -> None:
        """Keep all on the ground: one in the air has not taken its mission."""
        self._blocked.append(uav)
        for other in sorted(self._settled):
            start = self._pilot.starts.of(other)
            if start is not None and start.begun:
                self.drop(other)
            self._pilot.starts.put_off(other)
        self._settled.clear()
        self._settle()

    def air_is_done(self, late_s: Sequence[float], tolerance_s: float) -> None:
        """Take note that all in the air have been given their missions.

        Parameters
        ----------
        late_s
            How much later than planned each flies on.
        tolerance_s
            How early or late each may be by the plan.
        """
        least, most = min(late_s, default=0.0), max(late_s, default=0.0)
        self._shift_s = (least + most) / 2
        beside_s = (most - least) / 2
        if self._due_s and beside_s > tolerance_s:
            for uav in sorted(self._auto & set(self._due_s)):
                words = f"those in the air are up to {beside_s:.0f} s beside the times of its start"
                self._tell(uav, f"{words}, the plan allows {tolerance_s:.0f} s: say replan again")
        self._settle()

    def _settle(self) -> None:
        """Give those their times that nothing keeps on the ground any more."""
        if self._shift_s is None:
            return
        for uav in sorted(set(self._due_s) - self._loading - self._settled):
            self._settled.add(uav)
            if self._blocked:
                gone = ", ".join(self._blocked)
                words = f"{gone} has not taken its new mission: say replan, then send"
                self._tell(uav, f"waits on the ground: {words}")
            else:
                self._start(uav, self._due_s[uav] + self._shift_s)

    def _start(self, uav: str, due_s: float) -> None:
        left_s = due_s - self._pilot.watcher.loop.clock()
        when = f"in {left_s:.0f} s" if left_s > _NOW_S else "now"
        holds = "holds its new mission" if uav in self._loaded else "keeps its mission"
        if uav in self._auto:
            self._tell(uav, f"{holds} and starts {when}")
            self._pilot.starts.at(uav, due_s)
        elif self._pilot.launched_s is None:
            self._tell(uav, f"{holds}: by the new plan it starts {when}")
        elif not self._pilot.watcher.states[uav].armed:
            self._by_word[uav] = None
            self._tell(
                uav, f"{holds}: say 'start {uav}' when its battery is full and all are clear"
            )

    def start(self, uav: str) -> None:
        """Check a vehicle that waits for a word once more, and start it when its time has come.

        To be called in the thread that polls.

        Raises
        ------
        InputError
            When it waits for no word.
        """
        if uav not in self.by_word:
            names = ", ".join(sorted(self.by_word)) or "none"
            raise InputError(f"start {uav}: it waits for no word to start; those that do: {names}")
        before = self._by_word[uav]
        if before is not None and before.waits:
            raise InputError(f"start {uav}: it is about to start")
        due_s = self._due_s[uav] + (self._shift_s or 0.0)
        self._pilot.starts.begin(uav, due_s, check=True)
        self._by_word[uav] = self._pilot.starts.of(uav)
