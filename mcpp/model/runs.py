"""Runs of like legs in a flight."""

from itertools import pairwise

import numpy as np

from mcpp.model.plan import LegKind, Sortie


def leg_runs(sortie: Sortie) -> list[tuple[LegKind, int, int]]:
    """Cut a sortie where the kind of leg changes: kind, first point, last point."""
    cuts = np.flatnonzero(np.diff(sortie.kind)) + 1
    edges = [0, *cuts.tolist(), len(sortie.kind)]
    return [(LegKind(int(sortie.kind[a])), a, b) for a, b in pairwise(edges)]
