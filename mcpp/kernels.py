"""Compiled functions: made when first called, and kept on disk as long as they stay the same.

numba's own cache looks at the date of a function's file alone, and so runs old machine code after
an edit of another function that it calls. Here the machine code of a kernel lies in a folder named
by a digest of its bytecode, of the values of the globals that it names, and of the kernels that it
calls: an edit compiles anew what it changes, and nothing else. Where no folder can be written,
nothing is kept.

numba itself is imported when the first kernel is called, so that what plans nothing starts fast;
what needs a single value calls a kernel as Python runs it (`plain`).
"""

import functools
import hashlib
import logging
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, TypeVar, cast

import numpy as np

from mcpp.cache import cache_home

_log = logging.getLogger(__name__)
_lock = threading.RLock()
_KEPT_S = 30 * 86_400.0
"""Machine code that was not run for so long is removed."""

F = TypeVar("F", bound=Callable[..., Any])


def _remove_old(folder: Path) -> None:
    for kernel_folder in folder.iterdir():
        if time.time() - kernel_folder.stat().st_mtime > _KEPT_S:
            shutil.rmtree(kernel_folder, ignore_errors=True)


@functools.cache
def cache_folder() -> Path | None:
    """Folder that holds the machine code of this Python and numba, or None where none can be."""
    from importlib.metadata import version  # with all that reads mails: 15 ms

    try:
        python = f"{sys.implementation.name}{sys.version_info.major}{sys.version_info.minor}"
        folder = cache_home() / f"kernels-{python}-numba{version('numba')}"
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            _log.info("compiled code is not kept: %s can not be written", folder)
            return None
        _remove_old(folder)
    except (OSError, RuntimeError) as error:  # RuntimeError: there is no home
        _log.info("compiled code is not kept: %s", error)
        return None
    return folder


def first_run() -> bool:
    """Tell whether no kernel was ever compiled on this machine."""
    folder = cache_folder()
    return folder is None or next(folder.glob("*/__pycache__/*.nbi"), None) is None


def _names_in(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _names_in(const)


def _code_parts(code: CodeType, doc: str | None) -> Iterator[bytes]:
    """List what the bytecode says, without lines, files and the docstring."""
    yield code.co_code
    yield repr((code.co_names, code.co_varnames, code.co_argcount)).encode()
    for const in code.co_consts:
        if isinstance(const, CodeType):
            yield from _code_parts(const, None)
        elif const != doc:
            yield repr((type(const).__name__, const)).encode()


def _value_bytes(value: Any) -> bytes:
    """Return what a global's value adds to the machine code."""
    if isinstance(value, Kernel):
        return value.digest().encode()
    if isinstance(value, np.ndarray):
        return repr((value.dtype.str, value.shape)).encode() + value.tobytes()
    if isinstance(value, ModuleType):
        return value.__name__.encode()
    if isinstance(value, tuple):
        return b"(" + b",".join(_value_bytes(item) for item in value) + b")"
    if isinstance(value, (bool, int, float, str, np.generic)):
        return repr((type(value).__name__, value)).encode()
    return f"{value.__module__}.{value.__qualname__}".encode()  # a type or a plain function


class Kernel:
    """A function that is compiled when it is first called."""

    def __init__(self, function: Callable[..., Any]) -> None:
        functools.update_wrapper(self, function)
        self._function = cast("FunctionType", function)
        self.name = self._function.__name__
        self._compiled: Callable[..., Any] | None = None
        self._plain: FunctionType | None = None
        self._digest = ""

    def __call__(self, *arguments: Any) -> Any:
        compiled = self._compiled
        if compiled is None:
            compiled = self.compiled()
        return compiled(*arguments)

    def digest(self) -> str:
        """Digest of all that the machine code follows from, but for numba and the processor."""
        if not self._digest:
            function, names = self._function, self._function.__globals__
            digest = hashlib.sha256(function.__qualname__.encode())
            for part in _code_parts(function.__code__, function.__doc__):
                digest.update(part + b"\0")
            for name in sorted(set(_names_in(function.__code__))):
                if name in names:
                    digest.update(name.encode() + b"=" + _value_bytes(names[name]) + b"\0")
            self._digest = digest.hexdigest()[:24]
        return self._digest

    def compiled(self) -> Callable[..., Any]:
        """Return numba's function, made once, and those of the kernels that it calls."""
        with _lock:
            if self._compiled is None:
                self._compiled = _compile(self)
            return self._compiled

    def plain(self) -> Callable[..., Any]:
        """Return the function as Python runs it, which calls other kernels so too."""
        if self._plain is None:
            called = {name: other.plain() for name, other in self._called()}
            self._plain = self._copy(self._function.__code__, called)
        return self._plain

    def placed(self, beside: Path | None) -> FunctionType:
        """Copy the function so that it calls compiled kernels, and seems to stand in a file."""
        code = self._function.__code__
        file = str(beside) if beside else code.co_filename
        called = {name: other.compiled() for name, other in self._called()}
        return self._copy(code.replace(co_filename=file, co_firstlineno=1), called)

    def _called(self) -> Iterator[tuple[str, "Kernel"]]:
        names = self._function.__globals__
        for name in set(_names_in(self._function.__code__)):
            if isinstance(names.get(name), Kernel):
                yield name, names[name]

    def _copy(self, code: CodeType, called: dict[str, Callable[..., Any]]) -> FunctionType:
        own = self._function
        names = {**own.__globals__, **called}
        copy = FunctionType(code, names, own.__name__, own.__defaults__)
        return cast("FunctionType", functools.update_wrapper(copy, own))


def _stand_in(own: Kernel) -> Path | None:
    """Return a file beside which numba keeps the machine code; its date never changes."""
    home = cache_folder()
    if home is None:
        return None
    folder = home / f"{own.name}-{own.digest()}"
    path = folder / "kernel.py"
    try:
        folder.mkdir(exist_ok=True)
        os.utime(folder)
        if not path.exists():
            with path.open("x") as file:
                file.write(f"# beside this: machine code of {own.__module__}.{own.name}\n")
    except FileExistsError:  # another process was as fast
        return path
    except OSError as error:
        _log.info("compiled code is not kept: %s", error)
        return None
    return path


def _compile(own: Kernel) -> Callable[..., Any]:
    import numba  # a third of a second that `mcpp info` need not spend

    beside = _stand_in(own)
    compiler = numba.njit(cache=beside is not None, nogil=True)
    return cast("Callable[..., Any]", compiler(own.placed(beside)))


def kernel(function: F) -> F:
    """Declare a kernel: plain arrays and numbers in and out, no Python objects, no keywords.

    With NUMBA_DISABLE_JIT set it stays what it is, to be stepped through and covered by tests;
    whole numbers wrap around as those of compiled code do.
    """
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in {"", "0"}:
        return np.errstate(over="ignore")(function)
    return cast("F", Kernel(function))


def plain(function: F) -> F:
    """Take a kernel as Python runs it, for a few calls that are not worth loading the compiler.

    A kernel that is used so gives the same bits both ways, which its tests hold. What differs
    between Python and compiled code: `math.hypot` (take `np.hypot`), and powers.
    """
    return cast("F", function.plain()) if isinstance(function, Kernel) else function
