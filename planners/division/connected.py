"""Division of one connected graph, with what there is to say about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.model import IntArray
from mcpp.planner import Observer, report_progress
from planners.division.candidates import Candidate, Part, Search, cells_away
from planners.division.chokes import sizes_proof
from planners.division.graph import keep_main_parts

if TYPE_CHECKING:
    from planners.division.params import DarpParams


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Result:
    """Labels 0 .. n - 1 of the cells of a `Part`, and how they came about."""

    labels: IntArray
    targets: IntArray
    iterations: int
    border_before: int
    border_after: int
    notes: tuple[str, ...] = ()


def divide_connected(
    part: Part,
    params: "DarpParams",
    *,
    rng: np.random.Generator,
    observer: Observer,
    warm: IntArray | None = None,
) -> Result:
    """Divide a connected graph into connected regions of the wanted sizes.

    Raises
    ------
    InfeasibleError
        ``params.hold_starts`` and the starts can not all be held.
    Cancelled
        When the observer asks to stop.
    """
    n, k = len(part.targets), len(part.nb)
    if n == 1:
        return Result(
            labels=np.zeros(k, np.int32),
            targets=part.targets,
            iterations=0,
            border_before=0,
            border_after=0,
        )
    search = Search(part, params, rng, observer)
    candidates = []
    if warm is not None:
        candidates.append(search.mend(_warmed(part, search, warm), search.pinned))
    if not any(found.exact for found in candidates):
        candidates += search.first_draws()
    if not any(found.exact for found in candidates):
        search.restarted(candidates)
    found = search.best(candidates)
    report_progress(observer, "divide", 1.0)
    return Result(
        labels=found.labels,
        targets=found.targets,
        iterations=found.iterations,
        border_before=found.border_before,
        border_after=found.border_after,
        notes=_notes(part, params, search, found),
    )


def _warmed(part: Part, search: Search, warm: IntArray) -> Candidate:
    """Make an earlier division connected around the starts that it holds."""
    n = len(part.targets)
    seeds = search.seeds.copy()
    for i in range(n):
        if warm[seeds[i]] != i:
            seeds[i] = np.flatnonzero(warm == i)[0]
    labels, _ = keep_main_parts(warm, part.nb, seeds)
    return Candidate(labels, 0, part.targets)


def _notes(part: Part, params: "DarpParams", search: Search, found: Candidate) -> tuple[str, ...]:
    """Say what is not as wished, or refuse it.

    Raises
    ------
    InfeasibleError
        Starts must be held and are not; or sizes are more than one cell off, which a choke proves
        to be inevitable, and must not be.
    """
    n = len(part.targets)
    sizes = np.bincount(found.labels, minlength=n).astype(np.int32)
    off = sizes - found.targets
    astray = np.flatnonzero(part.at_home & (found.labels[part.starts] != np.arange(n))).tolist()
    if part.alone and part.uneven(sizes) and not params.allow_uneven:
        _refuse_sizes(part)
    if params.hold_starts and (astray or off.any()):
        _refuse_starts(part, search, astray or np.flatnonzero(off).tolist())
    notes = [
        f"UAV {part.uavs[i]}: its region has {sizes[i]} cells, {found.targets[i]} were wanted"
        for i in np.flatnonzero(off)
    ]
    notes += [
        f"UAV {part.uavs[i]}: its region does not hold its start, "
        f"it lies {cells_away(part, found.labels, i):.1f} cells away"
        for i in astray
    ]
    return tuple(notes)


def _names(part: Part, regions: Sequence[int]) -> tuple[list[int], str]:
    uavs = [int(part.uavs[i]) for i in regions]
    return uavs, ", ".join(str(uav) for uav in uavs)


def _place(part: Part, cell: int) -> str:
    return f"the choke at column {part.cells[cell, 0]}, row {part.cells[cell, 1]} of the grid"


def _refuse_sizes(part: Part) -> None:
    proof = sizes_proof(part.nb, part.least)
    if proof is not None:
        uavs, names = _names(part, proof.regions)
        msg = (
            f"shares of UAVs {names} can not be met by connected regions: only one region can pass "
            f"{_place(part, proof.cell)}; use other shares or fewer UAVs"
        )
        raise InfeasibleError(msg, witness=uavs)


def _refuse_starts(part: Part, search: Search, regions: list[int]) -> None:
    proof = search.proof()
    uavs, names = _names(part, proof.regions if proof else regions)
    if proof:
        why = f"only one region can pass {_place(part, proof.cell)}"
    elif not search.held.all():
        why = "starts share a cell, or are not on the grid"
    else:
        why = "the search found none"
    msg = f"no division of these shares holds the starts of UAVs {names}: {why}; move the starts"
    raise InfeasibleError(msg, witness=uavs)
