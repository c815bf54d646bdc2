"""A table of answers: taken in, its columns named, every row registered or none."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from consult.db import savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.intake.details import AnswerDetails, lateness_of
from consult.domain.intake.errors import (
    AlreadyRegistered,
    CellsHoldIdentityNumbers,
    EmptyDocument,
    ImportChanged,
    OversizedFile,
    RowsRefused,
)
from consult.domain.intake.models import TableImport, TableImportRow
from consult.domain.intake.queries import list_places
from consult.domain.intake.service.importing import (
    INCOMING,
    check_takes_answers,
    forget_incoming,
    safe_filename,
)
from consult.domain.intake.service.registering import (
    receive_registered,
    written_content,
)
from consult.domain.intake.service.stepping import claim, count_up
from consult.domain.intake.table_queries import number_range, registered_with_file
from consult.domain.intake.tables.cells import folded, read_number
from consult.domain.intake.tables.columns import column_targets, guess_targets
from consult.domain.intake.tables.rows import (
    TableContext,
    cells_with_identity_numbers,
    check_rows,
)
from consult.domain.intake.tables.types import (
    LEFT_OUT_COLUMN,
    CheckedTable,
    KnownBody,
    RowAnswer,
    SenderField,
    Sheet,
)
from consult.domain.organisations.queries import (
    find_by_name,
    organisations_by_id,
    organisations_by_number,
)
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.queries import organisation_directory
from consult.domain.submissions.counting import answered_organisation_ids
from consult.domain.submissions.queries import own_deadline
from consult.domain.submissions.rules import clean_name
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore
from consult.kernel.office.sheets import MAX_ROWS, TooManyRows, read_rows, tell_sheet_type

if TYPE_CHECKING:
    from consult.domain.intake.queries import Place
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission

TABLES = "tables"
"""The part of the store with tables that are registered; rows may have to go from them later."""


def begin_table(
    round_: "Round",
    content: bytes,
    *,
    filename: str,
    by: Actor,
    files: FileStore,
    limit_bytes: int,
    limit_rows: int = MAX_ROWS,
    default_kind: ActorType | None = None,
    instead_of: TableImport | None = None,
) -> TableImport:
    """Keep a table and say what its columns seem to hold; nothing is registered.

    ``instead_of`` is a table that this one corrects: it goes, and what was said of its columns
    holds for the new one where the headings are the same.

    Raises what :func:`read_sheet` does, ``OversizedFile``, ``CellsHoldIdentityNumbers``, or
    ``InvalidInput`` for a round that takes no answers; then nothing of the file was kept.
    """
    check_takes_answers(round_)
    name = safe_filename(filename)
    if len(content) > limit_bytes:
        raise OversizedFile(name, size=len(content), limit=limit_bytes)
    sheet = read_sheet(content, filename=name)
    if len(sheet.rows) > limit_rows:
        raise TooManyRows(name, size=len(sheet.rows), limit=limit_rows)
    if found := cells_with_identity_numbers(sheet):
        raise CellsHoldIdentityNumbers(name, cells=found)
    table = TableImport(
        round=round_,
        filename=name,
        media_type=tell_sheet_type(content, filename=name),
        digest=files.part(INCOMING).save(content),
        size=len(content),
        columns=list(guess_targets(sheet.headings, column_targets(list_places(round_.id)))),
        default_kind=default_kind,
        created_by=by.reference,
        created_at=utc_now(),
    )
    session().add(table)
    session().flush()
    _record(Tag.TABLE_STARTED, table, by, {"digest": table.digest, "rows": len(sheet.rows)})
    if instead_of is not None and instead_of.confirmed_at is None:
        if sheet_of(instead_of, files=files).headings == sheet.headings:
            table.columns = list(instead_of.columns)
            table.default_kind = table.default_kind or instead_of.default_kind
        discard_table(instead_of, by=by, files=files)
    return table


def read_sheet(content: bytes, *, filename: str) -> Sheet:
    """The table in a file: its first row that is not blank heads the columns.

    Raises ``EmptyDocument`` for a table without rows, or what ``sheets.read_rows`` does.
    """
    rows = read_rows(content, filename=filename)
    filled = [(number, cells) for number, cells in enumerate(rows, start=1) if any(cells)]
    (_first, headings), below = filled[0], filled[1:]
    if not below:
        raise EmptyDocument(filename, "no rows below the headings")
    while headings and not headings[-1]:
        headings = headings[:-1]
    return Sheet(tuple(headings), tuple((number, tuple(cells)) for number, cells in below))


def sheet_of(table: TableImport, *, files: FileStore) -> Sheet:
    """The table as it came."""
    content = files.part(part_of(table)).read(table.digest)
    return read_sheet(content, filename=table.filename)


def part_of(table: TableImport) -> str:
    """The part of the store that holds the table's file."""
    return INCOMING if table.confirmed_at is None else TABLES


def choose_columns(
    table: TableImport,
    columns: Sequence[str],
    *,
    default_kind: ActorType | None,
    revision: int,
    by: Actor,
) -> None:
    """Say what each column holds.

    Raises:
        ImportChanged: Somebody else was faster, or the table is registered.
        InvalidInput: ``columns``: ``unknown``, or ``twice`` for what two columns would hold.
    """
    known = {target.key for target in column_targets(list_places(table.round_id))}
    named = [column for column in columns if column != LEFT_OUT_COLUMN]
    if len(columns) != len(table.columns) or not known.issuperset(named):
        raise InvalidInput("columns", "unknown")
    if len(set(named)) < len(named):
        raise InvalidInput("columns", "twice")
    count_up(table, revision)
    table.columns = list(columns)
    table.default_kind = default_kind
    session().flush()
    _record(Tag.TABLE_CHANGED, table, by, {"revision": table.revision})


def check_table(table: TableImport, sheet: Sheet) -> CheckedTable:
    """What registering a table would do as it stands now; nothing is stored."""
    round_ = table.round
    context = TableContext(
        columns=table.columns,
        places={place.key: place for place in list_places(round_.id)},
        find_body=_finder(sheet, table.columns, default_kind=table.default_kind),
        language=(round_.languages or ["nb"])[0],
        now=utc_now(),
        default_kind=table.default_kind,
        is_late=_lateness(round_),
        answered=answered_organisation_ids(round_.id),
    )
    return check_rows(sheet, context)


def register_table(
    table: TableImport,
    *,
    revision: int,
    by: Actor,
    files: FileStore,
    despite_same_file: bool = False,
    base_url: str | None = None,
) -> CheckedTable:
    """Register every row as an answer, or none; a second time changes nothing.

    Args:
        table: The table, with its columns named.
        revision: The state of its columns that was looked at.
        by: Who registers it.
        files: Where the file is kept.
        despite_same_file: Somebody has decided to register a file that is registered already.
        base_url: Address that the personal links of receipts begin with; ``None`` mails none.

    Returns:
        What was registered.

    Raises:
        AlreadyRegistered: The file is, and nobody has decided so.
        ImportChanged: The columns are not as the caller saw them, or it is registered.
        InvalidInput: The round takes no answers.
        RowsRefused: A row cannot be registered; none was.
    """
    check_takes_answers(table.round)
    before = registered_with_file(table.round_id, table.digest)
    if before is not None and before.id != table.id and not despite_same_file:
        raise AlreadyRegistered(number_range(before) or ())
    sheet = sheet_of(table, files=files)
    with savepoint():
        claim(table, revision=revision)
        checked = check_table(table, sheet)
        if not checked.can_be_registered:
            raise RowsRefused
        places = {place.key: place for place in list_places(table.round_id)}
        for answer in checked.answers:
            submission = _register_row(table, answer, places, by=by, base_url=base_url)
            session().add(
                TableImportRow(table_id=table.id, row=answer.row, submission_id=submission.id)
            )
        files.part(TABLES).save(files.part(INCOMING).read(table.digest))
        session().flush()
        _record(
            Tag.TABLE_REGISTERED,
            table,
            by,
            {"answers": len(checked.answers), "digest": table.digest},
        )
    forget_incoming(table.digest, files=files)
    return checked


def discard_table(table: TableImport, *, by: Actor, files: FileStore) -> None:
    """Delete a table that is not registered, and its file unless another import rests on it."""
    if table.confirmed_at is not None:
        raise ImportChanged
    _record(Tag.TABLE_DISCARDED, table, by, {"digest": table.digest})
    session().delete(table)
    session().flush()
    forget_incoming(table.digest, files=files)


def _register_row(
    table: TableImport,
    answer: RowAnswer,
    places: "dict[str, Place]",
    *,
    by: Actor,
    base_url: str | None,
) -> "Submission":
    answers = [
        written_content(places.get(key), written, has_no_comments=answer.details.has_no_comments)
        for key, written in answer.written.items()
    ]
    return receive_registered(
        table.round,
        answer.details,
        answers,
        (),
        by=by,
        base_url=base_url,
        organisation_number=answer.number,
    )


def _lateness(round_: "Round") -> Callable[[AnswerDetails], bool]:
    """Tells whether an answer came late; own deadlines are looked up once, where they matter."""
    deadlines = cache(lambda organisation_id: own_deadline(round_.id, organisation_id))
    now = utc_now()

    def is_late(details: AnswerDetails) -> bool:
        if lateness_of(details, closes_at=round_.closes_at, own_deadline=None, now=now) is None:
            return False
        own = deadlines(details.organisation_id)
        return (
            lateness_of(details, closes_at=round_.closes_at, own_deadline=own, now=now) is not None
        )

    return is_late


def _finder(
    sheet: Sheet, columns: Sequence[str], *, default_kind: ActorType | None
) -> Callable[[str | None, str], KnownBody | None]:
    """Looks bodies up by number or name; all of a table's in a few queries.

    Names in other languages and former names are looked for one by one, and so only where the row
    needs it: when nothing says what kind of sender it is.
    """
    directory = organisation_directory()
    ids = {folded(entry.name): entry.organisation_id for entry in directory[::-1]}
    ids |= {
        folded(entry.name): entry.organisation_id
        for entry in directory[::-1]
        if not entry.is_dissolved
    }
    names = [clean_name(cell) for cell in _column(sheet, columns, SenderField.SENDER)]
    kinds = _column(sheet, columns, SenderField.KIND)
    wanted = {folded(name) for name in names}
    by_id = organisations_by_id({ids[name] for name in wanted if name in ids})
    by_name = {name: by_id[ids[name]] for name in wanted if name in ids}
    for name, kind in zip(names, kinds, strict=True):
        is_needed = name and not kind and default_kind is None and folded(name) not in by_name
        if is_needed and (found := find_by_name(name)) is not None:
            by_name[folded(name)] = found
    given = (read_number(cell) for cell in _column(sheet, columns, SenderField.NUMBER))
    by_number = organisations_by_number({number for number in given if number is not None})

    def find(number: str | None, name: str) -> KnownBody | None:
        body = by_number.get(number) if number else by_name.get(folded(name))
        return None if body is None else _known(body)

    return find


def _known(body: "Organisation") -> KnownBody:
    return KnownBody(body.id, body.name, body.actor_type, body.organisation_number)


def _column(sheet: Sheet, columns: Sequence[str], key: str) -> list[str]:
    """What stands in the column of something in each row; empty where no column holds it."""
    if key not in columns:
        return [""] * len(sheet.rows)
    index = list(columns).index(key)
    return [cells[index] if index < len(cells) else "" for _number, cells in sheet.rows]


def _record(tag: Tag, table: TableImport, by: Actor, data: dict[str, object]) -> None:
    record(
        tag,
        subject=table.reference,
        by=by.reference,
        stream=organisation_stream(table.round.owner_id),
        data=data,
    )
