"""Plans safe, short, fairly divided coverage missions for a fleet of UAVs."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    __version__: str

DISTRIBUTION = "mcpp-planner"
"""Name of the package that is installed."""


def __getattr__(name: str) -> str:
    """Look the version up when it is asked for: reading it is a tenth of a short command."""
    if name != "__version__":
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(DISTRIBUTION)
    except PackageNotFoundError:  # a checkout that was never installed
        return "0+unknown"
