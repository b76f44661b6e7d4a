"""`mcpp bench`: named instances beside the best known results, and two versions compared."""

from pathlib import Path

import click
from rich.progress import Progress
from rich.table import Table

from mcpp.cli.options import output_option
from mcpp.cli.tables import plain_table
from mcpp.cli.terminal import terminal
from mcpp.errors import McppError
from mcpp.io.atomic import write_text_atomic
from mcpp.resources import asset
from mcpp.study.bench import (
    Difference,
    bench_json,
    best_known_json,
    differences,
    read_bench,
    run_bench,
    with_better,
)
from mcpp.study.gaps import HEAD, Gap, gap_cells, gaps, gaps_html
from mcpp.study.instances import instances


def _compared(found: list[Difference]) -> Table:
    table = plain_table("instance", "landed before", "after", "change", "effort")
    for each in found:
        effort = "-"
        if each.before.effort > 0 and each.after.effort > 0:
            effort = f"x{each.after.effort / each.before.effort:.2f}"
        table.add_row(
            each.name,
            f"{each.before.finish_s:.0f} s",
            each.after.error or f"{each.after.finish_s:.0f} s",
            f"{each.finish_percent:+.2f} %",
            effort,
        )
    return table


def _results(found: list[Gap]) -> Table:
    table = plain_table(*(word.lower() for word in HEAD))
    for gap in found:
        table.add_row(*gap_cells(gap))
    return table


def _refuse_losses(found: list[Difference], allowed_percent: float | None) -> None:
    if allowed_percent is None:
        return
    lost = [each for each in found if each.finish_percent > allowed_percent]
    if lost:
        words = ", ".join(f"{each.name} {each.finish_percent:+.2f} %" for each in lost)
        msg = f"landing later than allowed ({allowed_percent:g} %): {words}"
        raise McppError(msg)


@click.command("bench")
@click.option("--short", is_flag=True, help="Only the small set that CI runs.")
@click.option(
    "--areas",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of further areas (.geojson), each for 1, 3 and 5 UAVs.",
)
@click.option("--only", metavar="TEXT", help="Only instances whose name holds TEXT.")
@click.option("--repeats", type=click.IntRange(1, 100), default=1, help="Seeds for each; median.")
@click.option(
    "--compare",
    nargs=2,
    type=click.Path(path_type=Path, exists=True),
    metavar="A B",
    help="Compare two files of results and plan nothing.",
)
@click.option(
    "--fail-over",
    type=float,
    metavar="PERCENT",
    help="Exit with 1 where an instance lands later by more than this.",
)
@click.option(
    "--update-best", type=click.Path(path_type=Path), help="Table of best known results to improve."
)
@click.option(
    "--page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for a page of the gaps (HTML).",
)
@output_option("File for the results (JSON).")
@click.pass_obj
def bench_command(
    obj: dict[str, bool],
    short: bool,
    areas: Path | None,
    only: str | None,
    repeats: int,
    compare: tuple[Path, Path] | None,
    fail_over: float | None,
    update_best: Path | None,
    page: Path | None,
    output: Path | None,
) -> None:
    """Plan named instances and show how far each is from the best known plan and from its bound.

    Effort is processor time in units of a fixed loop, so that machines compare roughly; nothing
    fails because of it.
    """
    console = terminal()
    if compare is not None:
        found = list(differences(read_bench(compare[0]), read_bench(compare[1])))
        console.print(_compared(found))
        _refuse_losses(found, fail_over)
        return
    known = read_bench(asset("best_known.json"))
    chosen = [
        each
        for each in instances(areas)
        if (each.short or not short) and (only is None or only in each.name)
    ]
    if not chosen:
        msg = f"--only: no instance has {only!r} in its name"
        raise McppError(msg)
    with Progress(console=terminal(stderr=True), disable=obj["quiet"]) as progress:
        task = progress.add_task("instances", total=len(chosen))
        rows = run_bench(chosen, repeats=repeats, on_row=lambda _: progress.advance(task))
    found_gaps = gaps(rows, known)
    console.print(_results(found_gaps))
    if page is not None:
        write_text_atomic(page, gaps_html(found_gaps))
    if output is not None:
        write_text_atomic(output, bench_json(rows))
    if update_best is not None:
        write_text_atomic(update_best, best_known_json(with_better(known, rows)))
    _refuse_losses(list(differences(known, {row.name: row for row in rows})), fail_over)
