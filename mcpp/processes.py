"""Processes and threads of our own: how they are started, and how many."""

import os
import sys
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
MODULE_OPTION = "--module"
THREADS_VARIABLE = "MCPP_THREADS"


def own_command(module: str, *arguments: str) -> list[str]:
    """Return the command that runs one of our modules, whatever the working folder holds.

    Without ``-P`` Python would run a ``gui.py`` or ``planners.py`` that lies there. A packed app is
    its own Python, and takes the module as an option.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, MODULE_OPTION, module, *arguments]
    return [sys.executable, "-P", "-m", module, *arguments]


def own_environment() -> dict[str, str]:
    """Return the environment in which `own_command` finds a checkout that is not installed."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}


def forget_working_folder() -> None:
    """Take the working folder, which ``python -m`` puts first, out of where modules are looked for.

    It stays where our own packages lie in it.
    """
    if not sys.flags.safe_path and sys.path and Path(sys.path[0]).resolve() == Path.cwd() != _ROOT:
        del sys.path[0]


def thread_count() -> int:
    """How many threads this process may use: its cores, or what `share_cores` left it."""
    own = os.environ.get(THREADS_VARIABLE, "")
    if own.isdigit() and int(own) > 0:
        return int(own)
    return core_count()


def core_count() -> int:
    """How many cores this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1


def share_cores(processes: int) -> None:
    """Leave this process its part of the cores, as one of several that work at the same time."""
    os.environ[THREADS_VARIABLE] = str(max(1, core_count() // max(processes, 1)))
