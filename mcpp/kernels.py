"""Compiled functions: made when first called, and kept on disk as long as no kernel changes.

numba's own cache looks at the file of a function alone, and so runs old machine code after an edit
of another function that it calls. Here all compiled code lies in a folder named by the contents of
every kernel source and by numba's version: an edit or an upgrade starts a new folder. Where no
folder can be written, nothing is kept.

numba itself is imported when the first kernel is called, so that what plans nothing starts fast.
"""

import functools
import hashlib
import logging
import os
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import FunctionType
from typing import Any, TypeVar, cast

_log = logging.getLogger(__name__)
_lock = threading.RLock()
_ROOM = Path(__file__).parent
_SOURCES = (_ROOM, _ROOM.parent / "planners")
_KEPT_S = 30 * 86_400.0
"""Machine code of sources that were not run for so long is removed."""

F = TypeVar("F", bound=Callable[..., Any])


@functools.cache
def sources_digest() -> str:
    """Digest of all that machine code follows from: sources, and the versions of what compiles."""
    digest = hashlib.sha256(f"{version('numba')} {sys.version}".encode())
    files = sorted(path for folder in _SOURCES for path in folder.rglob("*.py"))
    for path in files:
        text = path.read_bytes()
        if b"@kernel" in text:
            digest.update(path.name.encode() + b"\0" + text)
    if not files:  # a frozen app ships no sources: its program is what changes
        digest.update(str(Path(sys.executable).stat()).encode())
    return digest.hexdigest()[:20]


def _cache_home() -> Path:
    """Folder for what can be made again, by each system's custom."""
    own = os.environ.get("NUMBA_CACHE_DIR")
    if own:
        return Path(own)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "mcpp"


def _remove_old(home: Path, kept: Path) -> None:
    for folder in home.glob("kernels-*"):
        if folder != kept and time.time() - folder.stat().st_mtime > _KEPT_S:
            shutil.rmtree(folder, ignore_errors=True)


@functools.cache
def cache_folder() -> Path | None:
    """Folder that holds the machine code of these sources, or None where none can be written."""
    try:
        home = _cache_home()
        folder = home / f"kernels-{sources_digest()}"
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
        os.utime(folder)
        _remove_old(home, folder)
    except (OSError, RuntimeError) as error:  # RuntimeError: there is no home
        _log.info("compiled code is not kept: %s", error)
        return None
    return folder


def first_run() -> bool:
    """Tell whether kernels have still to be compiled on this machine."""
    folder = cache_folder()
    return folder is None or next(folder.rglob("*.nbi"), None) is None


class Kernel:
    """A function that is compiled when it is first called."""

    def __init__(self, function: Callable[..., Any]) -> None:
        functools.update_wrapper(self, function)
        self._function = function
        self._compiled: Callable[..., Any] | None = None

    def __call__(self, *arguments: Any) -> Any:
        compiled = self._compiled
        if compiled is None:
            compiled = self.compiled()
        return compiled(*arguments)

    def compiled(self) -> Callable[..., Any]:
        """Return numba's function, made once, and those of the kernels that it calls."""
        with _lock:
            if self._compiled is None:
                self._compiled = _compile(_with_compiled_calls(self._function))
            return self._compiled


def _with_compiled_calls(function: Callable[..., Any]) -> FunctionType:
    """Copy a function so that the kernels that it names are numba's functions."""
    plain = cast("FunctionType", function)
    names = plain.__globals__
    called = {
        name: names[name].compiled()
        for name in plain.__code__.co_names
        if isinstance(names.get(name), Kernel)
    }
    copy = FunctionType(plain.__code__, {**names, **called}, plain.__name__, plain.__defaults__)
    return cast("FunctionType", functools.update_wrapper(copy, plain))


def _compile(function: FunctionType) -> Callable[..., Any]:
    import numba  # a third of a second that `mcpp info` need not spend

    folder = cache_folder()
    config: Any = numba.config
    before = config.CACHE_DIR
    config.CACHE_DIR = "" if folder is None else str(folder)
    try:
        return cast(
            "Callable[..., Any]", numba.njit(cache=folder is not None, nogil=True)(function)
        )
    finally:
        config.CACHE_DIR = before


def kernel(function: F) -> F:
    """Declare a kernel: plain arrays and numbers in and out, no Python objects, no keywords.

    With NUMBA_DISABLE_JIT set it stays what it is, to be stepped through and covered by tests.
    """
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in {"", "0"}:
        return function
    return cast("F", Kernel(function))
