"""The command `mcpp`: a group whose commands load when they are called."""

import logging
import sys
from importlib import import_module
from typing import Any

import click
from click.shell_completion import CompletionItem

from mcpp import DISTRIBUTION
from mcpp.cli.commands import COMMANDS
from mcpp.errors import Cancelled, McppError

CANCELLED_STATUS = 130


def _heard(ctx: click.Context, option: click.Parameter, value: int) -> None:
    """Set how much is said; the options may stand before the command, or after it."""
    said = ctx.ensure_object(dict)
    said[option.name] = max(value, said.get(option.name, 0))
    quiet, verbose = bool(said.get("quiet")), said.get("verbose", 0)
    said["quiet"] = quiet
    level = logging.ERROR if quiet else max(logging.WARNING - 10 * verbose, logging.DEBUG)
    logging.basicConfig(
        level=level, stream=sys.stderr, format="%(levelname)s: %(message)s", force=True
    )
    if level == logging.DEBUG:
        for library in ("numba", "matplotlib", "rasterio"):  # they say more than anybody can read
            logging.getLogger(library).setLevel(logging.WARNING)


def _verbose_option() -> click.Option:
    return click.Option(
        ["-v", "--verbose"],
        count=True,
        expose_value=False,
        callback=_heard,
        help="Say more on stderr; twice for everything.",
    )


def _quiet_option() -> click.Option:
    return click.Option(
        ["-q", "--quiet"],
        is_flag=True,
        expose_value=False,
        callback=_heard,
        help="No progress bars; only errors on stderr.",
    )


class LazyGroup(click.Group):
    """Imports a command when it is asked for, and tells our errors in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        listed = COMMANDS.get(cmd_name)
        if listed is None:
            return None
        module, _, attribute = listed.place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        if not any(option.name == "verbose" for option in command.params):
            command.params += [_verbose_option(), _quiet_option()]
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them, which takes seconds."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.words) for name, listed in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete names of commands without loading them, and options."""
        named = [
            CompletionItem(name, help=listed.words)
            for name, listed in COMMANDS.items()
            if name.startswith(incomplete)
        ]
        return named + click.Command.shell_complete(self, ctx, incomplete)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (Cancelled, KeyboardInterrupt):
            click.echo("mcpp: stopped; nothing was written", err=True)
            ctx.exit(CANCELLED_STATUS)
        except McppError as error:
            click.echo(f"mcpp: error: {error}", err=True)
            ctx.exit(1)
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output has gone: nothing is left to be said
            ctx.exit(1)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=DISTRIBUTION, prog_name="mcpp")
def cli() -> None:
    """Plan safe, short, fairly divided coverage missions for a fleet of UAVs."""


cli.params += [_verbose_option(), _quiet_option()]


def main() -> None:
    """Run the command line."""
    cli(prog_name="mcpp")


if __name__ == "__main__":
    main()
