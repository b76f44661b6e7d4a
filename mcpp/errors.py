"""The error tree of mcpp.

Every error that a user can cause or mend is an `McppError` whose message is one line: it names the
field, the value and what would be right. A front end prints it and exits with a non-zero status.

::

    McppError
     ├─ InputError(ValueError)          a field of the mission is wrong
     │   └─ GeometryError               a shape is wrong
     ├─ UnknownPlannerError(LookupError)
     ├─ InfeasibleError                 right input that no plan can meet; carries its witness
     ├─ UnsafePlanError                 a finished plan failed `mcpp.check.report`
     ├─ ExportError
     ├─ LinkError                       a vehicle refused, or was silent
     └─ Cancelled
"""

from collections.abc import Sequence


class McppError(Exception):
    """Root of all errors of mcpp."""


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


class UnsafePlanError(McppError):
    """A plan failed its independent check and was not exported."""


class ExportError(McppError):
    """A plan can not be written in the asked form."""


class LinkError(McppError):
    """A vehicle refused a transfer or did not answer."""


class Cancelled(McppError):
    """The user stopped the run."""
