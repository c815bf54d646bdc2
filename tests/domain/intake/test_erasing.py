"""A deletion that is granted reaches the tables that senders came in."""

import pytest
from sqlalchemy import select

from consult.db import Base, session, transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.audit.types import Tag
from consult.domain.intake.service.tabling import TABLES, begin_table, register_table, sheet_of
from consult.domain.intake.table_queries import registered_with_file, removed_rows, row_of_answer
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.models import Submission
from consult.domain.submissions.service.erasing import decide_erasure, request_erasure
from consult.kernel.clock import utc_now
from consult.kernel.files import FileStore
from consult.kernel.ids import content_digest
from tests.support.spreadsheets import xls

SECRET = "tlf 99 11 22 33"
ROWS = [
    ("Navn", "E-post", "Telefon", "q1"),
    ("Kari Moe", "kari.moe@example.no", SECRET, "Ja, gjerne."),
    ("Per Li", "per@example.no", "tlf 41 00 00 00", "Nei."),
]
TABLE = xls({(r, c): cell for r, row in enumerate(ROWS) for c, cell in enumerate(row)})


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path)


def begin(round_, files):
    return begin_table(
        round_,
        TABLE,
        filename="svar.xls",
        by=SYSTEM,
        files=files,
        limit_bytes=100_000,
        default_kind=ActorType.PRIVATE_PERSON,
    )


def register(round_, files):
    table = begin(round_, files)
    register_table(table, revision=table.revision, by=SYSTEM, files=files, despite_same_file=True)
    return table


def grant(submission, files):
    request = request_erasure(submission, "", now=utc_now())
    decide_erasure(request, is_granted=True, reason="", by=SYSTEM, files=files, now=utc_now())


def holders_of(secret: str, files: FileStore) -> list[str]:
    """Every file and every table of the database in which the secret stands."""
    wide = (secret.encode(), secret.encode("utf-16-le"))
    found = [
        path.name
        for path in files.root.rglob("*")
        if path.is_file() and any(one in path.read_bytes() for one in wide)
    ]
    for table in Base.metadata.sorted_tables:
        rows = session().execute(select(table)).all()
        found += [table.name for row in rows if secret in repr(row)]
    return found


@pytest.mark.scenario(21)
def test_the_row_of_a_sender_whose_deletion_is_granted_is_kept_nowhere(make, files):
    round_ = make.round(questions=1)
    with transaction():
        table, twin = register(round_, files), register(round_, files)
        begin(round_, files)
    kari = session().scalars(select(Submission).where(Submission.number == 1)).one()
    assert content_digest(TABLE) in holders_of(SECRET, files)
    with transaction():
        grant(kari, files)
    session().expire_all()
    assert holders_of(SECRET, files) == []
    assert "table_import" not in holders_of("kari.moe@example.no", files)
    assert not files.part(TABLES).has(content_digest(TABLE))
    for one in (table, twin):
        sheet = sheet_of(one, files=files)
        assert sheet.headings == ROWS[0]
        assert sheet.rows == ((3, ROWS[2]),)
        assert (one.filename, [row.row for row in removed_rows(one.id)]) == ("svar.csv", [2])
        assert Tag.TABLE_ROW_REMOVED in [entry.tag for entry in entries_about(one.reference)]
    assert registered_with_file(round_.id, content_digest(TABLE)) == table
    assert row_of_answer(kari.id).row == 2
    assert kari.current_version.answers[0].text == "Ja, gjerne."
    per = session().scalars(select(Submission).where(Submission.number == 2)).one()
    with transaction():
        grant(per, files)
    assert holders_of("tlf 41 00 00 00", files) == []
    assert [row.row for row in removed_rows(table.id)] == [2, 3]
