"""Former values of parameters that mcpp changed, kept in a file so that a command restores them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mcpp.errors import InputError
from mcpp.io.atomic import write_text_atomic
from mcpp.io.text import dump_json
from mcpp.link.commands import Param

Kept = dict[str, dict[str, Param]]
"""Parameters by name, by UAV id."""


def read_kept(path: Path) -> Kept:
    """Read the file; nothing where there is none.

    Raises
    ------
    InputError
        When it is no such file.
    """
    try:
        document: Any = json.loads(path.read_text(encoding="utf-8"))
        return {
            uav: {name: Param(float(p["value"]), int(p["type"])) for name, p in params.items()}
            for uav, params in document["parameters_before"].items()
        }
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"{path}: no file of former parameter values: {error}"
        raise InputError(msg) from error


def keep_values(path: Path, before: Mapping[str, Mapping[str, Param]]) -> None:
    """Add former values to the file; a value that is kept already is older and stays.

    Raises
    ------
    InputError
        When the file is there and is no such file.
    ExportError
        When it can not be written.
    """
    kept = read_kept(path)
    for uav, params in before.items():
        kept[uav] = dict(params) | kept.get(uav, {})
    _write(path, kept)


def drop_values(path: Path, uavs: Mapping[str, object]) -> None:
    """Forget the values of UAVs that have been restored; the last takes the file with it."""
    kept = {uav: params for uav, params in read_kept(path).items() if uav not in uavs}
    if kept:
        _write(path, kept)
    else:
        path.unlink(missing_ok=True)


def _write(path: Path, kept: Kept) -> None:
    document = {
        uav: {name: {"value": p.value, "type": p.type} for name, p in sorted(params.items())}
        for uav, params in sorted(kept.items())
    }
    write_text_atomic(path, dump_json({"parameters_before": document}))
