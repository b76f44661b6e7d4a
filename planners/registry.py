"""The planners by name: built in, and those that other packages offer.

A package offers a planner through the entry-point group ``mcpp.planners``: the name is the
planner's, the object a function that takes no argument and returns it. A planner with a dataclass
field ``params`` can be configured by the user.
"""

from dataclasses import is_dataclass, replace
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

from mcpp.errors import InputError, UnknownPlannerError, did_you_mean
from mcpp.model import PlannerChoice
from mcpp.planner import Planner
from planners.params import configured

if TYPE_CHECKING:
    from collections.abc import Callable

GROUP = "mcpp.planners"
_BUILT_IN = {
    "auto": "planners.auto:AutoPlanner",
    "darp-stc": "planners.darp_stc:DarpStcPlanner",
    "regions": "planners.regions:RegionsPlanner",
    "tour": "planners.tour:TourPlanner",
    "corridor": "planners.corridor:CorridorPlanner",
    "draft": "planners.draft:DraftPlanner",
    "best": "planners.best:BestPlanner",
}


@cache
def _offered() -> dict[str, Any]:
    return {point.name: point for point in entry_points(group=GROUP)}


def names() -> tuple[str, ...]:
    """List the planners, built-in ones first."""
    return (*_BUILT_IN, *sorted(set(_offered()) - set(_BUILT_IN)))


def _plug_in(point: EntryPoint) -> Planner:
    """Make another package's planner.

    Raises
    ------
    UnknownPlannerError
        When it can not be loaded, whatever went wrong in it.
    """
    try:
        planner: Planner = point.load()()
    except Exception as error:  # its code is not ours: anything may be raised
        package = point.dist.name if point.dist else "an unknown package"
        msg = (
            f"planner.name: {point.name!r} of {package} can not be loaded "
            f"({type(error).__name__}: {error}): mend or uninstall that package"
        )
        raise UnknownPlannerError(msg) from error
    return planner


def get(name: str) -> Planner:
    """Make a planner with its default parameters.

    Raises
    ------
    UnknownPlannerError
        With the nearest name; or when a planner of another package can not be loaded.
    """
    if name in _BUILT_IN:
        module, _, attribute = _BUILT_IN[name].partition(":")
        make: Callable[[], Planner] = getattr(import_module(module), attribute)
        return make()
    if name in _offered():
        return _plug_in(_offered()[name])
    hint = did_you_mean(name, names()) or f"known: {', '.join(names())}"
    msg = f"planner.name: {name!r} is unknown; {hint}"
    raise UnknownPlannerError(msg)


def choose(choice: PlannerChoice) -> Planner:
    """Make the planner that a mission asks for, with its parameters.

    Raises
    ------
    UnknownPlannerError, InputError
    """
    planner = get(choice.name)
    params = getattr(planner, "params", None)
    if params is None:
        if choice.params:
            msg = f"planner.params: planner {choice.name!r} has none"
            raise InputError(msg)
        return planner
    changed = configured(params, choice.params)
    if not is_dataclass(planner) or isinstance(planner, type):
        return planner
    return replace(planner, params=changed)
