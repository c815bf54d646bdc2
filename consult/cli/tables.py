"""The command for tables of answers."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from flask import current_app

from consult.cli.output import fail, fail_with_problems, in_app, json_option, say
from consult.cli.submissions import find_round, read_file, read_kind
from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.intake.errors import AlreadyRegistered, IntakeError
from consult.domain.intake.explaining import ROUND_REFUSALS
from consult.domain.intake.service.tabling import (
    begin_table,
    check_table,
    discard_table,
    register_table,
    sheet_of,
)
from consult.domain.intake.table_queries import number_range
from consult.domain.intake.tables.types import (
    FAULT_TEXTS,
    LEFT_OUT_COLUMN,
    NOTICE_TEXTS,
    CheckedTable,
)
from consult.domain.intake.tables.wording import explain_table
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.intake.models import TableImport
    from consult.domain.intake.tables.types import Sheet
    from consult.domain.organisations.types import ActorType
    from consult.domain.rounds.models import Round


@click.command(
    "import-table",
    epilog="Example: consult submission import-table --round moteplasser svar.xlsx --check",
)
@click.option("--round", "round_slug", required=True, help="Short name of the round.")
@click.option("--kind", help="Kind of senders whose row names none, such as private_person.")
@click.option("--check", "is_check", is_flag=True, help="Say what would happen; register nothing.")
@click.option("--again", is_flag=True, help="Register a file that is registered already once more.")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@in_app
def import_table(
    *,
    round_slug: str,
    kind: str | None,
    is_check: bool,
    again: bool,
    file: Path,
    as_json: bool,
) -> None:
    """Register every row of a table (.xlsx, .ods, .xls, .csv) as an answer, or none."""
    default_kind = read_kind(kind)
    content = read_file(file)
    files = current_app.extensions["files"]
    with transaction():
        table = _begin(find_round(round_slug), content, file.name, default_kind)
        sheet = sheet_of(table, files=files)
        checked = check_table(table, sheet)
        if checked.problems or is_check:
            discard_table(table, by=SYSTEM, files=files)
        else:
            _register(table, again=again)
        data = _data(table, sheet, checked, is_registered=not (is_check or checked.problems))
    if checked.problems and not as_json:
        lines = [
            f"row {one.row}{f', {one.column}' if one.column else ''}: {FAULT_TEXTS[one.fault]}"
            + (f" «{one.value}»" if one.value else "")
            for one in checked.problems
        ]
        fail_with_problems(file.name, lines, kept="Nothing was registered.")
    say(_report(data), data, as_json=as_json)
    if checked.problems:
        raise click.exceptions.Exit(1)


def _begin(
    round_: "Round", content: bytes, filename: str, default_kind: "ActorType | None"
) -> "TableImport":
    try:
        return begin_table(
            round_,
            content,
            filename=filename,
            by=SYSTEM,
            files=current_app.extensions["files"],
            limit_bytes=current_app.config["SETTINGS"].upload_limit_mb * 1024 * 1024,
            default_kind=default_kind,
        )
    except IntakeError as error:
        refusal = explain_table(error)
        fail(f"{filename}: {refusal.problem % refusal.data} {refusal.advice}")
    except InvalidInput:
        fail(ROUND_REFUSALS[round_.status])


def _register(table: "TableImport", *, again: bool) -> None:
    try:
        register_table(
            table,
            revision=table.revision,
            by=SYSTEM,
            files=current_app.extensions["files"],
            despite_same_file=again,
        )
    except AlreadyRegistered as error:
        numbers = "–".join(map(str, error.numbers))
        fail(f"The same file is registered already, as numbers {numbers}. Give --again for that.")


def _data(
    table: "TableImport", sheet: "Sheet", checked: CheckedTable, *, is_registered: bool
) -> dict[str, Any]:
    numbers = number_range(table) if is_registered else None
    return {
        "round": table.round.slug,
        "file": table.filename,
        "rows": checked.row_count,
        "registered": len(checked.answers) if is_registered else 0,
        "first_number": numbers[0] if numbers else None,
        "last_number": numbers[1] if numbers else None,
        "columns": [
            {"heading": heading, "holds": column or None}
            for heading, column in zip(sheet.headings, table.columns, strict=True)
        ],
        "left_out": [
            heading
            for heading, column in zip(sheet.headings, table.columns, strict=True)
            if column == LEFT_OUT_COLUMN
        ],
        "problems": [
            {
                "row": one.row,
                "column": one.column,
                "value": one.value,
                "fault": one.fault.value,
                "text": FAULT_TEXTS[one.fault],
            }
            for one in checked.problems
        ],
        "notices": [
            {"row": one.row, "notice": notice.value, "text": NOTICE_TEXTS[notice]}
            for one in checked.answers
            for notice in one.notices
        ],
    }


def _report(data: dict[str, Any]) -> str:
    if data["registered"]:
        said = f"Registered: {data['registered']} answers, numbers"
        lines = [f"{said} {data['first_number']}–{data['last_number']}."]
    else:
        lines = [f"{data['rows']} rows are in order. Nothing was registered."]
    lines += [f"left out: column «{heading}»" for heading in data["left_out"]]
    lines += [f"row {one['row']}: {one['text']}" for one in data["notices"]]
    return "\n".join(lines)
