"""Plans safe, short, fairly divided coverage missions for a fleet of UAVs."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("mcpp-planner")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"
