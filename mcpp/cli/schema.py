"""`mcpp schema`: the JSON schema of the mission file."""

import click

from mcpp.io.mission import mission_schema
from mcpp.io.text import dump_json


@click.command("schema")
def schema_command() -> None:
    """Print the JSON schema of the mission file."""
    click.echo(dump_json(mission_schema()), nl=False)
