"""`mcpp batch`: many missions times a grid of parameters, over processes or a cluster."""

from importlib.util import find_spec
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from mcpp.cli.terminal import terminal
from mcpp.errors import InputError, McppError
from mcpp.io.atomic import write_text_atomic
from mcpp.study.batch import run_batch
from mcpp.study.jobs import Grid, check_setting, jobs_of
from mcpp.study.summary import summary_html


class GridType(click.ParamType[tuple[str, tuple[str, ...]]]):
    """Values of a parameter as ``NAME=V1,V2``."""

    name = "NAME=V1,V2"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, tuple[str, ...]]:
        key, equals, text = str(value).partition("=")
        values = tuple(part.strip() for part in text.split(",") if part.strip())
        if not (key and equals and values):
            self.fail(f"{value!r} is not NAME=V1,V2, as in uavs=1,2,4", param, ctx)
        return key.strip(), values


def _grid(given: tuple[tuple[str, tuple[str, ...]], ...]) -> Grid:
    for name, _ in given:
        check_setting(name)
        if sum(name == other for other, _ in given) > 1:
            msg = f"--grid: {name} is given twice: list all its values in one"
            raise InputError(msg)
    return Grid(values=dict(given))


@click.command("batch")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder for the results."
)
@click.option(
    "--grid",
    "grids",
    multiple=True,
    type=GridType(),
    help="Values to try of a parameter, as uavs=1,2,4 or sidelap=0.6,0.7; all combinations.",
)
@click.option("--workers", type=int, help="Processes; one per core without it.")
@click.option(
    "--scheduler", metavar="HOST:PORT", help="A Dask scheduler in place of own processes."
)
@click.pass_obj
def batch_command(
    obj: dict[str, bool],
    sources: tuple[Path, ...],
    output: Path,
    grids: tuple[tuple[str, tuple[str, ...]], ...],
    workers: int | None,
    scheduler: str | None,
) -> None:
    """Plan all SOURCES: files, folders of files, and tables (.csv with a column 'source').

    Further columns of a table, and the grid, set values by name: uavs, planner, planner.PARAMETER,
    and every value of the mission, its flight settings and its UAVs. Results are rows of Parquet
    files and summary.html. A run that was stopped goes on where it was: give the same folder.
    """
    if find_spec("pyarrow") is None:
        msg = "pyarrow is not installed: pip install 'mcpp-planner[study]'"
        raise McppError(msg)
    jobs = list(jobs_of(sources, _grid(grids)))
    if not jobs:
        msg = "sources: they hold no mission and no area"
        raise InputError(msg)
    columns = (*Progress.get_default_columns()[:1], BarColumn(), MofNCompleteColumn())
    bar = Progress(
        *columns, TimeRemainingColumn(), console=terminal(stderr=True), disable=obj["quiet"]
    )
    with bar as progress:
        task = progress.add_task("missions", total=len(jobs))
        rows = run_batch(
            jobs,
            output,
            workers=workers,
            scheduler=scheduler,
            on_row=lambda _: progress.advance(task),
        )
    page = output / "summary.html"
    write_text_atomic(page, summary_html(rows))
    failed = sum(bool(row.error) for row in rows)
    click.echo(f"{len(rows)} rows, {failed} without a plan; the summary is {page}")
