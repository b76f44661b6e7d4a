"""`make bench`: every figure that README and the notes give, measured here and now.

The published areas lie beside the checkout; without them the sample alone is measured. Name parts
to run only these: ``python -m tests.benchmarks.run paths speed``.
"""

import sys
from collections.abc import Callable

from rich.console import Console

from tests.benchmarks import fleets, mapping, paths, scale, speed, stopping, study
from tests.benchmarks.areas import SHARED, areas

console = Console(width=120)


def _desktop_app() -> None:
    from tests.benchmarks import gui  # only here: Qt is an extra

    gui.all_figures(console)


def _parts() -> dict[str, list[Callable[[], None]]]:
    known = areas()
    return {
        "mapping": [
            lambda: mapping.beside_plain_sweeps(known, console),
            lambda: mapping.promises(known, console),
            lambda: mapping.published_cases(console),
        ],
        "paths": [
            lambda: paths.full_coverage(known, console),
            lambda: paths.at_the_papers_coverage(known, console),
            lambda: paths.spanning_trees(known, console),
        ],
        "fleets": [
            lambda: fleets.finishing_together(known, console),
            lambda: fleets.mixed_fleets(known, console),
        ],
        "study": [lambda: study.marginal_utility(console)],
        "speed": [
            lambda: speed.placement_search(known, console),
            lambda: speed.division(console),
            lambda: speed.whole_plans(known, console),
            lambda: speed.whole_process(known, console),
        ],
        "scale": [
            lambda: scale.largest_division(console),
            lambda: scale.time_over_size(console),
        ],
        "stops": [lambda: stopping.stops_heard(console)],
        "gui": [_desktop_app],
    }


def main() -> None:
    """Run the named parts, or all."""
    parts = _parts()
    wanted = sys.argv[1:] or list(parts)
    unknown = [name for name in wanted if name not in parts]
    if unknown:
        sys.exit(f"no part {unknown[0]!r}: there are {', '.join(parts)}")
    if not SHARED.is_dir():
        console.print("the published areas are not here: measuring the sample alone")
    for name in wanted:
        for measure in parts[name]:
            measure()


if __name__ == "__main__":
    main()
