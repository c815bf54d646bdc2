"""Commands for the database."""

import click
from flask_migrate import upgrade

from consult.cli.output import in_app, json_option, say
from consult.db import transaction
from consult.domain.analysis.service import bring_up_to_date
from consult.domain.coding.service.dividing import mark_unmarked


@click.command(epilog="Example: consult migrate")
@json_option
@in_app
def migrate(*, as_json: bool) -> None:
    """Bring the database's tables up to date."""
    upgrade_database()
    say("The database is up to date.", {"migrated": True}, as_json=as_json)


def upgrade_database() -> None:
    """Run every migration that has not been run yet, quietly, and index what is not indexed.

    A migration knows no stems and no fingerprints: what older releases stored without them, or
    stemmed otherwise, is done here.
    """
    upgrade()
    with transaction():
        mark_unmarked()
        bring_up_to_date()
