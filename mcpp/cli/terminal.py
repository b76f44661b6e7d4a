"""The terminal that commands write to."""

from rich.console import Console


def terminal(*, stderr: bool = False) -> Console:
    """Make a console on which names stand as they are: ``:car:`` in one is no picture of a car."""
    return Console(stderr=stderr, emoji=False)
