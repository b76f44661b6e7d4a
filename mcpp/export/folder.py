"""The folder of a plan: plan.json, a mission file of each kind per sortie, routes and report."""

import json
import os
import re
from pathlib import Path

from mcpp.errors import ExportError, UnsafePlanError
from mcpp.export.readme import own_files, to_text
from mcpp.export.registry import render, together
from mcpp.io.atomic import refuse_existing, write_many_atomic
from mcpp.io.plan import plan_to_json
from mcpp.model import Plan

FORMATS = ("geojson", "report")
"""What every plan's folder holds of the whole plan beside plan.json and README.txt.

Each flight is there in its aircraft's own format; `mcpp export` writes the others.
"""
README = "README.txt"
_FLIGHT_FILE = re.compile(r"^    ([\w.-]+\.(?:kmz|csv|zip))(?::|$)", re.MULTILINE)


def refuse_unsafe(plan: Plan) -> None:
    """Refuse a plan that failed its check.

    Raises
    ------
    UnsafePlanError
        Naming the first error and the number of others.
    """
    errors = [finding for finding in plan.report.findings if finding.level == "error"]
    if errors:
        first = errors[0]
        named = not first.uav or first.message.startswith(f"{first.uav}: ")
        who = "" if named else f"{first.uav}: "
        more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
        msg = f"the plan failed its check and is not exported: {who}{first.message}{more}"
        raise UnsafePlanError(msg)


def output_contents(plan: Plan) -> dict[str, str | bytes]:
    """Make the contents of every file of the folder, by name.

    Raises
    ------
    UnsafePlanError
        When the plan failed its check.
    ExportError
        When an autopilot could not take a mission.
    """
    refuse_unsafe(plan)
    flights = own_files(plan)
    readme = to_text(plan, {i: list(files) for i, files in flights.items()})
    whole: dict[str, str | bytes] = {"plan.json": plan_to_json(plan), README: readme}
    return together([whole, *(render(plan, name) for name in FORMATS), *flights.values()])


def _is_ours(path: Path) -> bool:
    """Whether a .plan was written by mcpp: nobody else's may be removed."""
    try:
        document = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(document, dict) and "mcpp" in document


def _stale(folder: Path, names: set[str]) -> list[Path]:
    """List mission files of an earlier plan of ours that this one does not write again."""
    plans = [path for path in folder.glob("*.plan") if _is_ours(path)]
    texts = [text for path in plans if (text := path.with_suffix(".waypoints")).is_file()]
    told = [path for name in _told_of(folder) if (path := folder / name).is_file()]
    return sorted({path for path in (*plans, *texts, *told) if path.name not in names})


def _told_of(folder: Path) -> list[str]:
    """List the flights that a README.txt of ours names, of apps whose files can not be marked."""
    try:
        text = (folder / README).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return []
    return _FLIGHT_FILE.findall(text) if (folder / "plan.json").is_file() else []


def refuse_folder(folder: str | Path, *, overwrite: bool = False) -> None:
    """Refuse a folder that a plan could not be written to, before the work of making one.

    Raises
    ------
    ExportError
        When it is a file, lies in one, may not be written to, or holds a plan already.
    """
    folder = Path(folder)
    there = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not there.is_dir():
        msg = f"{there}: it is a file: give a folder"
        raise ExportError(msg)
    if not os.access(there, os.W_OK | os.X_OK):
        msg = f"{there}: it may not be written to: give another folder"
        raise ExportError(msg)
    ours = [folder / "plan.json", *_stale(folder, set())]
    refuse_existing(ours, overwrite=overwrite, instead="another folder")


def write_outputs(plan: Plan, folder: str | Path, *, overwrite: bool = False) -> tuple[Path, ...]:
    """Write all files of a plan, or none.

    With `overwrite`, mission files of an earlier plan in the same folder are removed, so that
    nobody flies them by mistake.

    Raises
    ------
    UnsafePlanError
        When the plan failed its check.
    ExportError
        When files are there already, or can not be written.
    """
    folder = Path(folder)
    contents = output_contents(plan)
    paths = {folder / name: text for name, text in contents.items()}
    refuse_folder(folder, overwrite=overwrite)
    stale = _stale(folder, set(contents))
    refuse_existing([*paths, *stale], overwrite=overwrite, instead="another folder")
    write_many_atomic(paths)
    for path in stale:
        path.unlink(missing_ok=True)
    return tuple(paths)
