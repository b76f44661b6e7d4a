"""The state file: where each UAV is, as JSON, field by field `FleetState`."""

from pathlib import Path
from typing import Any

from mcpp.io.text import parse_json, read_text
from mcpp.io.validation import adapter, validated
from mcpp.replan.state import FleetState


def read_state(path: str | Path) -> FleetState:
    """Read a state file; ``-`` is standard input.

    Raises
    ------
    InputError
    """
    state: FleetState = validated(FleetState, parse_json(read_text(path), str(path)), str(path))
    return state


def state_schema() -> dict[str, Any]:
    """Return the JSON schema of the state file."""
    schema = adapter(FleetState).json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "mcpp fleet state",
        **{key: value for key, value in schema.items() if key != "title"},
    }
