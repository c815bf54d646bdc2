"""The command that prints the matrix of themes and actors."""

import click

from consult.cli.coding import find_round
from consult.cli.output import in_app, json_option, say
from consult.domain.analysis.queries import counting
from consult.domain.analysis.shown_matrix import show_matrix
from consult.domain.analysis.small_groups import UNPROTECTED
from consult.domain.analysis.tables import matrix_csv, matrix_data, matrix_text
from consult.domain.analysis.types import ColumnsBy, CountUnit


@click.command(epilog="Example: consult matrix --round my-round --unit submissions --csv")
@click.option("--round", "slug", required=True, help="Short name of the round.")
@click.option(
    "--unit",
    type=click.Choice([unit.value for unit in CountUnit]),
    default=CountUnit.SUBMISSIONS.value,
    show_default=True,
    help="What is counted.",
)
@click.option(
    "--by",
    type=click.Choice([by.value for by in ColumnsBy]),
    default=ColumnsBy.TYPE.value,
    show_default=True,
    help="Columns: kinds of actor, or groups of them.",
)
@click.option(
    "--all-numbers",
    is_flag=True,
    help="Show also numbers of few persons. Such a table must not leave the desk.",
)
@click.option("--csv", "as_csv", is_flag=True, help="Print a CSV table.")
@json_option
@in_app
def matrix(
    *, slug: str, unit: str, by: str, all_numbers: bool, as_csv: bool, as_json: bool
) -> None:
    """Count themes by kind of actor. Every number is a distinct count of the unit."""
    round_ = find_round(slug)
    counted = counting.matrix(round_.id, unit=CountUnit(unit), by=ColumnsBy(by))
    found = show_matrix(counted, UNPROTECTED if all_numbers else round_.small_groups)
    if as_csv and not as_json:
        click.echo(matrix_csv(found, locale="en"), nl=False)
        return
    say(matrix_text(found, locale="en"), matrix_data(found), as_json=as_json)
