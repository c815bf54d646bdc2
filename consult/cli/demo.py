"""Commands for the demo."""

import click

from consult.cli.database import upgrade_database
from consult.cli.output import fail, in_app, json_option, say
from consult.demo.loader import is_empty, load_demo


@click.group()
def demo() -> None:
    """Load the invented working group, its rounds and its answers."""


@demo.command(epilog="Example: INSTANCE=/tmp/try consult demo load")
@json_option
@in_app
def load(*, as_json: bool) -> None:
    """Load the demo into an empty database."""
    upgrade_database()
    if not is_empty():
        fail("The database is not empty; the demo goes into an empty one only.")
    load_demo()
    say("The demo is loaded.", {"loaded": True}, as_json=as_json)
