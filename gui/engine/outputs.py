"""What is written of a plan: mission files, folders, reports, and what targets make of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from mcpp.errors import ExportError, McppError
from mcpp.model import IntArray, Mission, Plan, Sortie

if TYPE_CHECKING:
    from mcpp.export.targets import FileApp, Target

TARGETS: "tuple[Target | FileApp, ...]" = (
    *("ardupilot", "px4", "generic", "portable"),
    *("dji-pilot", "dji-fly", "litchi", "potensic"),
)


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A format that a user can choose."""

    name: str
    title: str
    suffix: str


def export_formats() -> list[ExportFormat]:
    """List the formats of single files."""
    from mcpp.export import registry

    return [
        ExportFormat(form.name, form.title, form.suffix)
        for form in (registry.get(name) for name in registry.names())
    ]


def lint_words(plan: Plan, target: "Target | FileApp | None") -> list[str]:
    """List what a target would refuse or read otherwise; None is each UAV's own one."""
    from mcpp.export.plan_lint import lint_plan

    return lint_plan(plan, target)


def item_numbers(plan: Plan, sortie: Sortie) -> IntArray:
    """Find the numbers of the mission items that legs lead to, as the autopilot counts them.

    Returns
    -------
    IntArray
        Shape (n - 1,): -1 for a leg that ends at no item, as those of a wing's circles.
    """
    from mcpp.export.items import flight_items, rounded_lon_lat_deg
    from mcpp.ground.frame import LocalFrame

    frame = LocalFrame(plan.origin_lon_lat_deg)
    first = 1 if plan.problem.vehicles[sortie.uav].autopilot == "ardupilot" else 0  # its home row
    items = flight_items(plan, sortie)
    places = [(item.lon_deg, item.lat_deg, item.alt_m) for item in items]
    numbers = np.full(len(sortie.kind), -1, dtype=np.int32)
    after = 0
    for leg, xyz_m in enumerate(sortie.xyz_m[1:].tolist()):
        place = (*rounded_lon_lat_deg(frame, xyz_m), round(xyz_m[2], 2))
        if place in places[after:]:
            after = places.index(place, after) + 1
            numbers[leg] = after - 1 + first
    if len(numbers):
        numbers[-1] = len(items) - 1 + first  # the landing, whatever it is called
    return numbers


def export_everything(plan: Plan, directory: Path, *, overwrite: bool) -> list[Path]:
    """Write the whole folder of a plan, with its report.

    Raises
    ------
    McppError
    """
    from mcpp.export.folder import write_outputs

    return list(write_outputs(plan, directory, overwrite=overwrite))


def export_formats_to(
    plan: Plan,
    names: Sequence[str],
    directory: Path,
    *,
    overwrite: bool,
    written: Sequence[Path] = (),
) -> list[Path]:
    """Write files of some formats, all or none, but those that are written already.

    Raises
    ------
    McppError
    """
    from mcpp.export.folder import refuse_unsafe
    from mcpp.export.registry import render
    from mcpp.io.atomic import write_many_atomic

    refuse_unsafe(plan)
    texts = {directory / file: text for name in names for file, text in render(plan, name).items()}
    texts = {path: text for path, text in texts.items() if path not in written}
    there = [path.name for path in texts if path.exists()]
    if there and not overwrite:
        message = f"{there[0]}: it is already there"
        raise ExportError(message)
    write_many_atomic(texts)
    return list(texts)


def report_html(plan: Plan) -> str:
    """Make the report that a browser opens without internet.

    Raises
    ------
    McppError
    """
    from mcpp.report.html import report_html as make

    return make(plan)


def path_words(mission: Mission) -> dict[str, str]:
    """Tell by UAV which can not be given its flights, or only with trouble, before planning."""
    from mcpp.export.app_words import path_words as words

    try:
        return dict(words(mission))
    except McppError:  # an aircraft that is not known: told where it is typed
        return {}


def speaks_mavlink(mission: Mission, uav: int) -> bool:
    """Whether a UAV takes missions over MAVLink; those of an app take files alone."""
    from mcpp.export.app_words import app_of

    return app_of(mission, uav) == "mavlink"
