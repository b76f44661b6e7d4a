"""Reading text and JSON, with errors that say where."""

import json
import sys
from pathlib import Path
from typing import Any

from mcpp.errors import InputError
from mcpp.io.guard import MOST_TEXT_BYTES, read_bytes


def read_text(path: str | Path) -> str:
    """Read a UTF-8 text file; ``-`` is standard input.

    Raises
    ------
    InputError
        When it can not be read, is no plain file, or is too large.
    """
    if str(path) == "-":
        data = sys.stdin.buffer.read(MOST_TEXT_BYTES + 1)
        if len(data) > MOST_TEXT_BYTES:
            msg = f"-: at most {MOST_TEXT_BYTES / 2**20:.0f} MB are read"
            raise InputError(msg)
    else:
        data = read_bytes(path)
    return decoded(data, str(path))


def decoded(data: bytes, name: str) -> str:
    """Decode UTF-8, with or without its mark.

    Raises
    ------
    InputError
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        msg = f"{name}: byte {error.start} is not UTF-8 text"
        raise InputError(msg) from None


class _TwiceError(ValueError):
    """A key that stands twice in one object."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(next(key for key in keys if keys.count(key) > 1))
    return value


def parse_json(text: str, name: str) -> Any:
    """Parse JSON text; `name` stands in the message.

    Raises
    ------
    InputError
        With line and column; also for a key that stands twice in one object, of which a reader
        that keeps the last would drop the first in silence.
    """
    if not text.strip():
        msg = f"{name}: the file is empty: give a mission, an area in GeoJSON or a plan"
        raise InputError(msg)
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        msg = f"{name}: not JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        raise InputError(msg) from None
    except RecursionError:
        msg = f"{name}: not a mission: it is nested too deep"
        raise InputError(msg) from None
    except _TwiceError as error:
        msg = f"{name}: the key {error.args[0]!r} stands twice in one object: keep one of them"
        raise InputError(msg) from None
    except ValueError:  # Python takes no whole number of thousands of digits
        msg = f"{name}: not a mission: it holds a number that is too long"
        raise InputError(msg) from None


def dump_json(value: Any) -> str:
    """Write JSON the one way that all our files have: same value, same bytes.

    Raises
    ------
    ValueError
        For NaN or infinity.
    """
    return json.dumps(value, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
