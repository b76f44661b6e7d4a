"""What the installation needs, as its own metadata says."""

from importlib.metadata import PackageNotFoundError, requires, version

from packaging.requirements import Requirement

from mcpp import DISTRIBUTION
from mcpp.errors import McppError


def needed(extra: str = "") -> tuple[Requirement, ...]:
    """List the packages that mcpp needs, or those that one of its extras adds.

    Empty for a checkout that was never installed.
    """
    try:
        lines = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return ()
    found = [Requirement(line) for line in lines]
    if extra:
        return tuple(
            need
            for need in found
            if need.marker and not need.marker.evaluate() and need.marker.evaluate({"extra": extra})
        )
    return tuple(need for need in found if need.marker is None or need.marker.evaluate())


def wrong(need: Requirement) -> str:
    """Say what is wrong with an installed package; empty when nothing is."""
    try:
        found = version(need.name)
    except PackageNotFoundError:
        return f"{need.name} is missing"
    if not need.specifier.contains(found, prereleases=True):
        return f"{need.name} {found} is not {need.specifier}"
    return ""


def check_installed() -> None:
    """Refuse to begin where a package is missing that is needed only at the end.

    Raises
    ------
    McppError
        Naming the packages, and what would help.
    """
    faults = [fault for need in needed() if (fault := wrong(need))]
    if faults:
        msg = f"{'; '.join(faults)}: install {DISTRIBUTION} again, or look at 'mcpp doctor'"
        raise McppError(msg)
