"""What is seen of a fleet: bars and a live table on stderr, events on stdout."""

import time
from collections.abc import Callable, Sequence
from typing import Self

import click
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn
from rich.table import Table

from mcpp.cli.terminal import terminal
from mcpp.link.preflight import Preflight
from mcpp.link.state import Event, VehicleState

_COLUMNS = ("UAV", "mode", "state", "item", "flown", "height", "battery", "link", "time", "ends")


def clock_text(seconds: float | None) -> str:
    """Minutes and seconds, as in ``12:05``."""
    if seconds is None:
        return "-"
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def _row(state: VehicleState) -> tuple[str, ...]:
    if not state.mode:
        return (state.uav, "no heartbeat yet", *["-"] * (len(_COLUMNS) - 2))
    where = "finished" if state.finished else "armed" if state.armed else "disarmed"
    if not state.connected:
        where = "LINK LOST"
    elif state.fence_breached:
        where = "OUTSIDE FENCE"
    elif state.mission_changed:
        where = "OTHER MISSION"
    ends = clock_text(state.predicted_s)
    if state.planned_s is not None:
        ends += f" of {clock_text(state.planned_s)}"
    return (
        state.uav,
        state.mode,
        where,
        "-" if state.item is None else f"{state.item}/{state.items or '?'}",
        f"{100 * state.flown:.0f} %",
        "-" if state.height_m is None else f"{state.height_m:.0f} m",
        "-" if state.battery_percent is None else f"{state.battery_percent} %",
        f"{state.link_percent:.0f} %",
        clock_text(state.elapsed_s),
        ends,
    )


class TransferBars:
    """One progress bar per vehicle on stderr; a context and a `TransferObserver`."""

    def __init__(self, should_stop: Callable[[], bool], *, quiet: bool) -> None:
        self.should_stop = should_stop
        self._progress = Progress(
            TextColumn("{task.description:<12}"),
            BarColumn(bar_width=32),
            MofNCompleteColumn(),
            TextColumn("{task.fields[stage]}"),
            console=terminal(stderr=True),
            disable=quiet,
        )
        self._bars: dict[str, TaskID] = {}

    def on_transfer(self, uav: str, stage: str, done: int, total: int) -> None:
        if uav not in self._bars:
            self._bars[uav] = self._progress.add_task(uav, total=total, stage=stage)
        self._progress.update(self._bars[uav], completed=done, total=total, stage=stage)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()


class FleetDisplay:
    """The table, as callbacks for `FleetWatcher`; a context."""

    def __init__(self, *, quiet: bool) -> None:
        self._console = terminal(stderr=True)
        self._live = Live(console=self._console, refresh_per_second=4, auto_refresh=False)
        self._shown = not quiet and self._console.is_terminal
        self._states: dict[str, VehicleState] = {}
        self._began_s = time.monotonic()

    def on_state(self, state: VehicleState) -> None:
        """Take a vehicle's state into the table."""
        self._states[state.uav] = state
        if self._shown and self._live.is_started and state.uav == next(reversed(self._states)):
            table = Table(*_COLUMNS)
            for each in self._states.values():
                table.add_row(*_row(each))
            self._live.update(table, refresh=True)

    def on_event(self, event: Event) -> None:
        """Print an event as a line of stdout."""
        text = event.text if event.kind == "message" else f"{event.kind}: {event.text}"
        self.note(event.uav, text)

    def note(self, uav: str, text: str) -> None:
        """Print a line about a vehicle, with the time since the display began."""
        click.echo(f"{clock_text(time.monotonic() - self._began_s)} {uav}: {text}")

    def __enter__(self) -> Self:
        if self._shown:
            self._live.start()
        return self

    def __exit__(self, *error: object) -> None:
        if self._shown:
            self._live.stop()


def print_preflight(checked: Sequence[Preflight]) -> None:
    """Say what each vehicle's check found."""
    for result in checked:
        kind = "simulated" if result.simulated else "may be real"
        notes = "".join(f" ({note})" for note in result.notes)
        if result.passed:
            click.echo(f"{result.uav}: ready, {kind}{notes}")
        for problem in result.problems:
            click.echo(f"{result.uav}: NOT ready: {problem}", err=True)
