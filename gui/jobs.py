"""Planner runs in child processes: plans that can be cancelled, drafts that follow the hand.

A process is kept warm, so that a request does not wait for imports. To cancel is to end it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTemporaryDir, QTimer, Signal

from gui import engine
from gui.worker import stop_file
from mcpp.model import Mission
from mcpp.processes import own_command, own_environment

COMMAND = tuple(own_command("gui.worker"))
DRAFT_DELAY_MS = 30
LINE_END = b"\n"


@dataclass(frozen=True, slots=True, eq=False)
class Request:
    """What was asked of a worker."""

    number: int
    kind: str
    mission: Mission


class Worker(QObject):
    """One warm process, with at most one request at a time.

    Signals
    -------
    progress
        Stage, fraction.
    finished
        Mission, plan.
    refused
        One line that says why there is no plan.
    """

    progress = Signal(str, float)
    finished = Signal(object, object)
    refused = Signal(str)
    idle = Signal()

    def __init__(self, command: Sequence[str] = COMMAND, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = list(command)
        self._directory = QTemporaryDir()
        self._process: QProcess | None = None
        self._request: Request | None = None
        self._number = 0
        self._buffer = b""
        self._errors = b""

    @property
    def busy(self) -> bool:
        """Whether a request is being worked on."""
        return self._request is not None

    def warm_up(self) -> None:
        """Start the process, so that the first request finds it ready."""
        if self._process is None:
            self._start()

    def ask(self, kind: str, mission: Mission) -> None:
        """Send a request. The worker must not be busy."""
        self.warm_up()
        self._number += 1
        self._request = Request(self._number, kind, mission)
        value = json.loads(engine.unchecked_mission_json(mission))
        line = json.dumps({"id": self._number, "kind": kind, "mission": value})
        if self._process is not None:
            self._process.write(line.encode() + LINE_END)

    def stop(self) -> None:
        """Have the run end soon, with the best plan so far."""
        if self._request is not None:
            stop_file(Path(self._directory.path()), self._request.number).touch()

    def cancel(self) -> None:
        """End the run at once; the next process is started for the next request."""
        if self._request is None:
            return
        self._request = None
        self._end()
        self.idle.emit()
        QTimer.singleShot(0, self, self.warm_up)

    def close(self) -> None:
        """End the process for good."""
        self._request = None
        self._end()

    def _start(self) -> None:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONPATH", own_environment()["PYTHONPATH"])
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._on_end)
        process.errorOccurred.connect(self._on_failure)
        self._buffer = self._errors = b""
        self._process = process
        process.start(self._command[0], [*self._command[1:], self._directory.path()])

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for signal in (
            process.readyReadStandardOutput,
            process.readyReadStandardError,
            process.finished,
            process.errorOccurred,
        ):
            signal.disconnect()
        if process.state() == QProcess.ProcessState.NotRunning:
            process.deleteLater()
            return
        process.finished.connect(process.deleteLater)
        process.kill()
        process.waitForFinished(150)

    def _read_errors(self) -> None:
        if self._process is not None:
            text = self._errors + bytes(self._process.readAllStandardError().data())
            self._errors = text[-4000:]

    def _read(self) -> None:
        if self._process is None:
            return
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(LINE_END)
        for line in lines:
            self._take(json.loads(line))

    def _take(self, answer: dict[str, object]) -> None:
        request = self._request
        if request is None or answer["id"] != request.number:
            return
        if answer["event"] == "progress":
            self.progress.emit(str(answer["stage"]), float(str(answer["fraction"])))
            return
        self._request = None
        if answer["event"] == "result":
            self._deliver(request, Path(str(answer["file"])))
        else:
            self.refused.emit(str(answer["message"]))
        if not self.busy:
            self.idle.emit()

    def _deliver(self, request: Request, file: Path) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            self.refused.emit(str(error))
            return
        file.unlink()
        self.finished.emit(request.mission, engine.unpack_plan(data))

    def _on_failure(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._on_end()

    def _on_end(self) -> None:
        """Tell that the process ended by itself: out of memory, say."""
        last = self._errors.decode(errors="replace").strip().splitlines()
        self._end()
        request, self._request = self._request, None
        if request is not None:
            reason = last[-1] if last else "no reason was given"
            self.refused.emit(f"The planner's process ended before it was done: {reason}")
            self.idle.emit()


class DraftRunner(QObject):
    """Asks for drafts while the mission changes; of many requests only the newest counts.

    Signals
    -------
    drafted
        Mission, plan.
    failed
        Why there is no draft.
    """

    drafted = Signal(object, object)
    failed = Signal(str)

    def __init__(self, command: Sequence[str] = COMMAND, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worker = Worker(command, self)
        self.worker.finished.connect(self.drafted)
        self.worker.refused.connect(self.failed)
        self.worker.idle.connect(self._next)
        self._wanted: Mission | None = None
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DRAFT_DELAY_MS)
        self._delay.timeout.connect(self._next)

    def want(self, mission: Mission | None) -> None:
        """Draft this mission next, and forget what was wanted before."""
        self._wanted = mission
        if not self._delay.isActive():
            self._delay.start()

    def _next(self) -> None:
        if self._wanted is not None and not self.worker.busy:
            mission, self._wanted = self._wanted, None
            self.worker.ask("draft", mission)

    def close(self) -> None:
        """End the process for good."""
        self._wanted = None
        self._delay.stop()
        self.worker.close()
