"""`mcpp schema`: the JSON schemas of the files that a user writes."""

import click

from mcpp.io.mission import mission_schema
from mcpp.io.text import dump_json
from mcpp.replan.file import state_schema


@click.command("schema")
@click.option("--state", "of_state", is_flag=True, help="Of the state that 'mcpp replan' reads.")
def schema_command(*, of_state: bool) -> None:
    """Print the JSON schema of the mission file."""
    click.echo(dump_json(state_schema() if of_state else mission_schema()), nl=False)
