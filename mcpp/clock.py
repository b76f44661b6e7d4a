"""Times in words."""


def minutes(time_s: float) -> str:
    """Write a time as ``m:ss``, or ``h:mm:ss`` from an hour on."""
    rest, seconds = divmod(round(time_s), 60)
    hours, whole = divmod(rest, 60)
    return f"{hours}:{whole:02d}:{seconds:02d}" if hours else f"{whole}:{seconds:02d}"
