"""What intake keeps of a sender whose deletion was granted: it goes as well.

The answer itself is a case document and stays. The table that it came in is kept to show what was
registered, and holds its sender's address beside it, perhaps more; so the row goes.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.db import on_commit, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.files.service.screening import note_waiting
from consult.domain.intake.codec import details_from_json, details_to_json
from consult.domain.intake.models import ImportDraft, IncomingMail, TableImport
from consult.domain.intake.service.tabling import TABLES, discard_table
from consult.domain.intake.table_queries import (
    count_registered_with,
    list_open_with_file,
    lock_tables_with_file,
    row_of_answer,
)
from consult.kernel.files import FileStore
from consult.kernel.office.sheets import CSV, read_rows
from consult.kernel.text.spreadsheet import write_plain_csv

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission


def erase_contact(submission: "Submission", *, files: FileStore, by: Actor, now: datetime) -> None:
    """Delete how the sender of an answer is reached from the import that it came by."""
    drafts = select(ImportDraft).where(ImportDraft.submission_id == submission.id)
    for draft in session().scalars(drafts):
        details = details_from_json(draft.details)
        draft.details = details_to_json(replace(details, contact_name=None, contact_email=None))
    mails = select(IncomingMail).join(IncomingMail.draft)
    for mail in session().scalars(mails.where(ImportDraft.submission_id == submission.id)):
        mail.sender_name = mail.sender_email = ""
    row = row_of_answer(submission.id)
    if row is not None and row.removed_at is None:
        _take_out(row.table, row.row, files=files, by=by, now=now)


def _take_out(
    table: TableImport, number: int, *, files: FileStore, by: Actor, now: datetime
) -> None:
    """Keep a table without a row, which stays blank so that the others keep their numbers.

    What is kept is then CSV with the rows of the sheet that was read: other sheets, remarks and
    properties of the file go too, for the sender may stand in them. Where the owner has registered
    the same file more than once, all of them are changed, and copies that nobody has registered go.
    """
    store, owner_id = files.part(TABLES), table.round.owner_id
    session().refresh(table)
    before = table.digest
    tables = lock_tables_with_file(before, owner_id=owner_id)
    rows = read_rows(store.read(before), filename=table.filename)
    rows[number - 1] = []
    content = write_plain_csv(rows).encode()
    digest = store.save(content)
    note_waiting([digest], now=now)
    for one in tables:
        one.came_as = one.came_as or before
        one.filename = PurePath(one.filename).with_suffix(".csv").name
        one.media_type, one.digest, one.size = CSV, digest, len(content)
        for row in one.rows:
            if row.row == number:
                row.removed_at = now
        record(
            Tag.TABLE_ROW_REMOVED,
            subject=one.reference,
            by=by.reference,
            stream=organisation_stream(owner_id),
            data={"row": number, "before": before, "digest": digest},
        )
    session().flush()
    for copy in list_open_with_file(before, owner_id=owner_id):
        discard_table(copy, by=by, files=files)

    def forget() -> None:
        if not count_registered_with(before):
            store.remove(before)

    on_commit(forget)
