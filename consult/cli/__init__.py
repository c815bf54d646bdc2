"""The ``consult`` command: thin commands over the same services as the pages."""

import click

from consult.cli.coding import codebook, coding
from consult.cli.database import migrate
from consult.cli.documents import document
from consult.cli.matrix import matrix


@click.group(epilog="Settings are read from CONSULT_* in the environment; see docs/operate.md.")
@click.version_option(package_name=None, version="0.1.0", prog_name="consult")
def main() -> None:
    """Ask people what they think, listen, and show what came of it."""


main.add_command(migrate)
main.add_command(codebook)
main.add_command(coding)
main.add_command(document)
main.add_command(matrix)
