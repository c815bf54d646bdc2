"""Answers from a table: the file, what its columns hold, what every row would become."""

import io
from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.tables import (
    ColumnsForm,
    RegisterTableForm,
    TableForm,
    columns_form,
)
from consult.blueprints.desk.presenters import tables as shaped
from consult.blueprints.desk.taking_in import take_in
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.forms import Form
from consult.blueprints.shared.settings import site_address, upload_limit_bytes, upload_limit_mb
from consult.domain.accounts.queries import names_by_reference
from consult.domain.intake.errors import (
    AlreadyRegistered,
    ImportChanged,
    RowsRefused,
)
from consult.domain.intake.explaining import ROUND_REFUSALS
from consult.domain.intake.queries import list_places
from consult.domain.intake.service.tabling import (
    begin_table,
    check_table,
    choose_columns,
    discard_table,
    part_of,
    register_table,
    sheet_of,
)
from consult.domain.intake.table_queries import (
    counts_by_table,
    find_open_table,
    get_table,
    list_tables,
    number_range,
    registered_with_file,
    removed_rows,
)
from consult.domain.intake.tables.columns import column_targets
from consult.domain.intake.tables.template import csv_template, words_by_target, xlsx_template
from consult.domain.intake.tables.types import CheckedTable, Sheet
from consult.domain.intake.tables.wording import explain_table
from consult.domain.rounds.queries import get_round
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.office.sheets import CSV, XLSX
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.intake.models import TableImport
    from consult.domain.rounds.models import Round

ROWS_OF_A_PAGE = 500
"""Rows that one request registers, in some ten seconds; a command line takes more."""

_TABLE = "/rounds/<slug:round_slug>/intake/tables/<pid:table_id>"


@bp.route("/rounds/<slug:round_slug>/intake/tables", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_round)
@transactional
def tables(round_: "Round") -> ResponseReturnValue:
    """Tables that were taken in, and taking in another."""
    form = TableForm()
    if not form.validate_on_submit():
        return _tables_page(round_, form), 422 if form.is_submitted() else 200
    table, status = take_in(
        form,
        lambda content, filename: begin_table(
            round_,
            content,
            filename=filename,
            by=current_actor(),
            files=current_app.extensions["files"],
            limit_bytes=upload_limit_bytes(),
            limit_rows=ROWS_OF_A_PAGE,
            default_kind=form.kind,
            instead_of=_corrected(round_),
        ),
        explain_table,
    )
    if table is None:
        return _tables_page(round_, form), status
    return redirect(_address("desk.table", table))


def _corrected(round_: "Round") -> "TableImport | None":
    """The table that the next file is a corrected copy of, when one came from its page."""
    return find_open_table(round_.id, request.args.get("instead", ""))


def _tables_page(round_: "Round", form: TableForm) -> str:
    known = list_tables(round_.id)
    return render_template(
        "desk/tables/list.html",
        round=round_,
        form=form,
        tables=known,
        corrected=_corrected(round_),
        counts=counts_by_table([table.id for table in known]),
        names=names_by_reference([table.created_by for table in known]),
        takes_none=ROUND_REFUSALS.get(round_.status),
        limit_mb=upload_limit_mb(),
        limit_rows=ROWS_OF_A_PAGE,
    )


@bp.get("/rounds/<slug:round_slug>/intake/table-template/<key:form>")
@requires(Permission.REGISTER_ANSWER, on=get_round)
def table_template(round_: "Round", form: str) -> ResponseReturnValue:
    """An empty table with a column for everything that can be answered in the round."""
    places, locale = list_places(round_.id), current_locale()
    if form == "csv":
        content, media_type = csv_template(places, locale=locale).encode(), CSV
    elif form == "xlsx":
        content, media_type = xlsx_template(places, locale=locale), XLSX
    else:
        raise NotFound("template", form)
    return send_file(
        io.BytesIO(content),
        mimetype=media_type,
        as_attachment=True,
        download_name=f"{round_.slug}.{form}",
    )


@bp.route(_TABLE, methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_table)
@transactional
def table(found: "TableImport") -> ResponseReturnValue:
    """What each column holds, and what every row would become; nothing is registered here."""
    if found.confirmed_at is not None:
        return render_template(
            "desk/tables/registered.html",
            round=found.round,
            table=found,
            numbers=number_range(found),
            removed=removed_rows(found.id),
            count=counts_by_table([found.id]).get(found.id, 0),
        )
    sheet = sheet_of(found, files=current_app.extensions["files"])
    form = _columns_form(found, sheet)
    if not form.validate_on_submit():
        return _table_page(found, sheet, form), 422 if form.is_submitted() else 200
    try:
        choose_columns(
            found,
            form.columns,
            default_kind=form.kind,
            revision=_seen_revision(),
            by=current_actor(),
        )
    except InvalidInput:
        form.form_errors.append(
            _("Two columns hold the same. Choose one of them, or leave one out.")
        )
        return _table_page(found, sheet, form), 422
    flash(_("The columns are saved. The rows are read anew."), "success")
    return redirect(_address("desk.table", found))


def _columns_form(found: "TableImport", sheet: Sheet) -> ColumnsForm:
    return columns_form(
        sheet.headings,
        shaped.target_choices(column_targets(list_places(found.round_id))),
        columns=found.columns,
        default_kind=found.default_kind,
    )


def _seen_revision() -> int:
    """The state of the columns that the page was made from."""
    return request.form.get("revision", 0, type=int)


def _table_page(
    found: "TableImport",
    sheet: Sheet,
    form: ColumnsForm,
    *,
    confirm: RegisterTableForm | None = None,
) -> str:
    checked = check_table(found, sheet)
    same = registered_with_file(found.round_id, found.digest)
    words = words_by_target(list_places(found.round_id), locale=current_locale())
    problems = shaped.problem_rows(checked, sheet, found.columns, words)
    return render_template(
        "desk/tables/check.html",
        round=found.round,
        table=found,
        form=form,
        confirm=confirm or RegisterTableForm(formdata=None),
        checked=checked,
        problems=problems[: shaped.MOST_PROBLEMS],
        all_problems=len(problems),
        holds_answers=shaped.holds_answers(found.columns),
        columns=shaped.column_rows(sheet, found.columns),
        rows=shaped.answer_rows(checked),
        notices=shaped.notice_rows(checked),
        same_numbers=number_range(same) if same is not None else None,
        has_addresses=any(one.details.contact_email for one in checked.answers),
    )


@bp.post(f"{_TABLE}/register")
@requires(Permission.REGISTER_ANSWER, on=get_table)
@transactional
def register_table_rows(found: "TableImport") -> ResponseReturnValue:
    """Register every row of a table, or none."""
    form = RegisterTableForm()
    if found.confirmed_at is not None or not form.validate_on_submit():
        return redirect(_address("desk.table", found))
    try:
        checked = _register(found, form)
    except (RowsRefused, ImportChanged, InvalidInput):
        flash(_("The table has changed since you looked at it. Nothing was registered."), "warning")
        return redirect(_address("desk.table", found))
    except AlreadyRegistered:
        form.add_error(
            form.despite_same_file,
            _("This file is registered already. Tick the box if it shall be once more."),
        )
        sheet = sheet_of(found, files=current_app.extensions["files"])
        return _table_page(found, sheet, _columns_form(found, sheet), confirm=form), 422
    count = len(checked.answers)
    text = ngettext("%(num)d answer is registered.", "%(num)d answers are registered.", count)
    flash(text, "success")
    return redirect(_address("desk.table", found))


def _register(found: "TableImport", form: RegisterTableForm) -> CheckedTable:
    return register_table(
        found,
        revision=_seen_revision(),
        by=current_actor(),
        files=current_app.extensions["files"],
        despite_same_file=bool(form.despite_same_file.data),
        base_url=site_address() if form.sends_receipt.data else None,
    )


@bp.get(f"{_TABLE}/original")
@requires(Permission.REGISTER_ANSWER, on=get_table)
def table_original(found: "TableImport") -> ResponseReturnValue:
    """The table as it came."""
    return send_stored(found.digest, found.filename, found.media_type, part=part_of(found))


@bp.post(f"{_TABLE}/discard")
@requires(Permission.REGISTER_ANSWER, on=get_table)
@transactional
def table_discard(found: "TableImport") -> ResponseReturnValue:
    """Give a table up that is not registered; nothing of it stays."""
    round_slug = found.round.slug
    if Form().validate_on_submit():
        discard_table(found, by=current_actor(), files=current_app.extensions["files"])
        flash(_("The table is deleted. No answer was registered."), "success")
    return redirect(url_for("desk.tables", round_slug=round_slug))


def _address(endpoint: str, table: "TableImport") -> str:
    return url_for(endpoint, round_slug=table.round.slug, table_id=table.public_id)
