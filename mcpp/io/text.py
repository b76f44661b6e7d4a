"""Reading text and JSON, with errors that say where."""

import json
import sys
from pathlib import Path
from typing import Any

from mcpp.errors import InputError


def read_text(path: str | Path) -> str:
    """Read a UTF-8 text file; ``-`` is standard input.

    Raises
    ------
    InputError
        When it can not be read.
    """
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        msg = f"{path}: there is no such file"
        raise InputError(msg) from None
    except UnicodeDecodeError as error:
        msg = f"{path}: byte {error.start} is not UTF-8 text"
        raise InputError(msg) from None
    except OSError as error:
        msg = f"{path}: it can not be read: {error.strerror}"
        raise InputError(msg) from None


def parse_json(text: str, name: str) -> Any:
    """Parse JSON text; `name` stands in the message.

    Raises
    ------
    InputError
        With line and column.
    """
    if not text.strip():
        msg = f"{name}: the file is empty: give a mission, an area in GeoJSON or a plan"
        raise InputError(msg)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        msg = f"{name}: not JSON: line {error.lineno}, column {error.colno}: {error.msg}"
        raise InputError(msg) from None
    except RecursionError:
        msg = f"{name}: not a mission: it is nested too deep"
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
