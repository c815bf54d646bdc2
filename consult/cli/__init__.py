"""The ``consult`` command: thin commands over the same services as the pages."""

import click

from consult.cli.audit import audit
from consult.cli.coding import codebook, coding
from consult.cli.database import migrate
from consult.cli.demo import demo
from consult.cli.disclosure import disclosure
from consult.cli.documents import document
from consult.cli.incoming_mail import import_mail
from consult.cli.matrix import matrix
from consult.cli.meetings import meeting
from consult.cli.organisations import organisation, person
from consult.cli.rounds import rounds
from consult.cli.search import search
from consult.cli.serve import serve, worker
from consult.cli.snapshots import snapshot
from consult.cli.submissions import submission
from consult.cli.tables import import_table


@click.group(epilog="Settings are read from CONSULT_* in the environment; see docs/operate.md.")
@click.version_option(package_name=None, version="0.1.0", prog_name="consult")
def main() -> None:
    """Ask people what they think, listen, and show what came of it."""


for command in (
    audit,
    codebook,
    coding,
    demo,
    disclosure,
    document,
    matrix,
    meeting,
    migrate,
    organisation,
    person,
    rounds,
    search,
    serve,
    snapshot,
    submission,
    worker,
):
    main.add_command(command)
submission.add_command(import_mail)
submission.add_command(import_table)
