"""The error tree of mcpp.

Every error that a user can cause or mend is an `McppError` whose message is one line: it names the
field, the value and what would be right. A front end prints it and exits with a non-zero status.

::

    McppError
     ├─ InputError(ValueError)          a field of the mission is wrong
     │   └─ GeometryError               a shape is wrong
     ├─ UnknownPlannerError(LookupError)
     ├─ InfeasibleError                 right input that no plan can meet; carries its witness
     │   └─ NoWayError                  no legal way between two places
     ├─ UnsafePlanError                 a finished plan failed `mcpp.check.report`
     ├─ ExportError
     ├─ LinkError                       a vehicle or a server refused, or was silent
     └─ Cancelled
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

_LONGEST_WORD = 200
_LEAST_ALIKE = 0.4
_AS_ALIKE = 0.05
_MOST_MEANT = 4
_LONG = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")


def one_line(text: str) -> str:
    """Make text safe to show: one line, no control or direction marks, no endless words.

    Files name things: a right-to-left override would turn a message round on the screen, and a
    number of thousands of digits would fill it.
    """
    shown_text = "".join(
        c
        if unicodedata.category(c) not in {"Cc", "Cf", "Zl", "Zp", "Cs", "Co"}
        else f"\\u{ord(c):04x}"
        for c in " ".join(text.splitlines())
    )
    return _LONG.sub(lambda long: f"{long[0][:60]}...({len(long[0])} characters)", shown_text)


def shown(value: object, most: int = 60) -> str:
    """Quote a value from a file for a message, cut where it is long."""
    text = repr(value) if not isinstance(value, str) or len(value) <= most else repr(value[:most])
    return text if len(text) <= most + 2 else text[: most - 1] + "..."


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Ask for the names that a wrong one may stand for, the likeliest first; "" where none is near.

    They hold all words of it, or else are spelled much like it; upper and lower case are the same.
    """
    names = list(known)
    words = re.split(r"[\W_]+", name.casefold())
    holds = len(name.strip()) > 1  # a letter is in most names
    meant = [one for one in names if holds and all(w in one.casefold() for w in words)]
    if not meant:
        alike = [SequenceMatcher(None, one.casefold(), name.casefold()).ratio() for one in names]
        least = max(_LEAST_ALIKE, max(alike, default=0.0) - _AS_ALIKE)
        rows = sorted(zip(alike, names, strict=True), key=lambda row: -row[0])
        meant = [one for ratio, one in rows if ratio >= least]
    if not meant:
        return ""
    shown_names = [repr(one) for one in meant[:_MOST_MEANT]]
    if len(meant) > _MOST_MEANT:
        shown_names.append(f"one of {len(meant) - _MOST_MEANT} more")
    *first, last = shown_names
    return f"did you mean {', '.join(first)} or {last}?" if first else f"did you mean {last}?"


class McppError(Exception):
    """Root of all errors of mcpp; its message is one line that a terminal can show."""

    def __init__(self, message: str = "") -> None:
        super().__init__(one_line(message))


class InputError(McppError, ValueError):
    """A field of the input is wrong."""


class GeometryError(InputError):
    """A shape of the input is wrong: crossing edges, no area, out of range.

    Parameters
    ----------
    message
        One line.
    repaired
        A shape that would be accepted in its place, or None. It is offered, never used in silence.
    """

    def __init__(self, message: str, *, repaired: object = None) -> None:
        super().__init__(message)
        self.repaired = repaired


class UnknownPlannerError(McppError, LookupError):
    """No planner has the asked name."""


class InfeasibleError(McppError):
    """No plan can meet the request.

    Parameters
    ----------
    message
        One line that says why.
    witness
        Indices of the UAVs or cells that prove it.
    """

    def __init__(self, message: str, *, witness: Sequence[int] = ()) -> None:
        super().__init__(message)
        self.witness = tuple(witness)


class NoWayError(InfeasibleError):
    """No legal way leads from one place to another.

    Parameters
    ----------
    ends_m
        Both places, in metres of the local frame that few users have: see `mcpp.pipeline`.
    """

    def __init__(
        self,
        message: str,
        *,
        ends_m: tuple[tuple[float, float], tuple[float, float]],
        witness: Sequence[int] = (),
    ) -> None:
        super().__init__(message, witness=witness)
        self.ends_m = ends_m


class UnsafePlanError(McppError):
    """A plan failed its independent check and was not exported."""


class ExportError(McppError):
    """A plan can not be written in the asked form."""


class LinkError(McppError):
    """A vehicle or a server refused a transfer or did not answer."""


class Cancelled(McppError):
    """The user stopped the run."""
