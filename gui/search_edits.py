"""Changes of how a mission searches, as pure functions from the old mission to the new one."""

from dataclasses import replace
from typing import Any

from mcpp.model import Mission, PatternKind, SearchPattern


def has_radius(kind: PatternKind) -> bool:
    """Whether a search pattern goes out from its datum; the others search the whole area."""
    return kind in {"expanding-square", "sector"}


def change_search(mission: Mission, **values: Any) -> Mission:
    """Change fields of the search pattern; one of no kind is none."""
    before = mission.search
    if before is None:
        search = SearchPattern(**values) if values.get("kind") else None
    else:
        search = replace(before, **values) if values.get("kind", before.kind) else None
    if search is not None and not has_radius(search.kind):
        search = replace(search, radius_m=None)
    return replace(mission, search=search)


def change_likely(mission: Mission, **values: Any) -> Mission:
    """Change fields of the probability map, where there is one."""
    if mission.probability is None:
        return mission
    return replace(mission, probability=replace(mission.probability, **values))
