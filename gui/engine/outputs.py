"""What is written of a plan: mission files, folders, reports, and what targets make of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mcpp.errors import ExportError
from mcpp.model import Plan

if TYPE_CHECKING:
    from mcpp.export.targets import Target

TARGETS: "tuple[Target, ...]" = ("ardupilot", "px4", "generic", "portable")


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


def lint_words(plan: Plan, target: "Target | None") -> list[str]:
    """List what a target would refuse or read otherwise; None is each UAV's own autopilot."""
    from mcpp.export.lint import lint_plan

    return lint_plan(plan, target)


def export_everything(plan: Plan, directory: Path, *, overwrite: bool) -> list[Path]:
    """Write the whole folder of a plan, with its report.

    Raises
    ------
    McppError
    """
    from mcpp.export.folder import write_outputs

    return list(write_outputs(plan, directory, overwrite=overwrite))


def export_formats_to(
    plan: Plan, names: Sequence[str], directory: Path, *, overwrite: bool
) -> list[Path]:
    """Write files of some formats, all or none.

    Raises
    ------
    McppError
    """
    from mcpp.export.folder import refuse_unsafe
    from mcpp.export.registry import render
    from mcpp.io.atomic import write_many_atomic

    refuse_unsafe(plan)
    texts = {directory / file: text for name in names for file, text in render(plan, name).items()}
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
