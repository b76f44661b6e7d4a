"""A mission that takes its ground heights from a file."""

from dataclasses import replace
from pathlib import Path

from mcpp.model import Mission


def with_terrain(mission: Mission, path: Path) -> Mission:
    """Let a mission take its ground heights from a file, found from wherever mcpp is called."""
    return replace(mission, flight=replace(mission.flight, terrain=str(path.resolve())))
