"""Times in words, and times of day."""

from datetime import datetime

from mcpp.errors import InputError, shown


def time_of_day(text: str, where: str = "--at") -> datetime:
    """Read a moment with its offset from UTC, as in ``2026-05-01T09:00+02:00``.

    Parameters
    ----------
    where
        Name of the field, for the message.

    Raises
    ------
    InputError
        When it is none, or its offset is missing: the same plan means the same everywhere.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1950 <= moment.year <= 2100:
        msg = (
            f"{where}: {shown(text)}: give date, time and offset from UTC, as in "
            "2026-05-01T09:00+02:00, or with Z for UTC"
        )
        raise InputError(msg)
    return moment


def minutes(time_s: float) -> str:
    """Write a time as ``m:ss``, or ``h:mm:ss`` from an hour on."""
    rest, seconds = divmod(round(time_s), 60)
    hours, whole = divmod(rest, 60)
    return f"{hours}:{whole:02d}:{seconds:02d}" if hours else f"{whole}:{seconds:02d}"
