"""What the packed app runs: the command line, the window without arguments, or one of our modules.

``mcpp`` with no argument opens the desktop app; ``mcpp --module NAME ...`` runs a module of ours,
which is how the app starts its own child processes where there is no Python (`mcpp.processes`).
"""

import multiprocessing
import runpy
import sys

from mcpp.processes import MODULE_OPTION


def main() -> None:
    """Run what is asked for."""
    multiprocessing.freeze_support()
    if sys.argv[1:2] == [MODULE_OPTION]:
        sys.argv = sys.argv[2:]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        return
    if len(sys.argv) == 1:
        from gui.__main__ import main as window

        sys.exit(window())
    from mcpp.cli.main import main as command

    command()


if __name__ == "__main__":
    main()
