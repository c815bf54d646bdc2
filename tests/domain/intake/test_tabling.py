"""A table of answers is registered whole or not at all, once, and its file is kept."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about, find_chain_break
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.intake.errors import (
    AlreadyRegistered,
    CellsHoldIdentityNumbers,
    EmptyDocument,
    ImportChanged,
    OversizedFile,
    RowsRefused,
)
from consult.domain.intake.models import TableImport
from consult.domain.intake.service.importing import INCOMING
from consult.domain.intake.service.tabling import (
    TABLES,
    begin_table,
    check_table,
    choose_columns,
    discard_table,
    register_table,
    sheet_of,
)
from consult.domain.intake.table_queries import number_range, row_of_answer
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.types import QuestionKind, RoundStatus
from consult.domain.submissions.models import Submission
from consult.domain.submissions.types import DeadlineStatus, Stance
from consult.kernel.errors import InvalidInput
from consult.kernel.files import FileStore
from tests.support.queries import count_queries

pytestmark = pytest.mark.at("2026-12-02T10:00:00+01:00")

TABLE = (
    b"Navn;Type;E-post;Mottatt;q1;question:q2#chosen;question:q2\n"
    b'Solvik kommune;;post@solvik.example;2026-11-20;"Bra.\n\n- Ett\n- To";oppose;Nei takk.\n'
    b"Kari Moe;private_person;kari@example.no;2026-12-01;Ja.;;\n"
    b";private_person;;2026-11-21;;support;\n"
)


CLOSES = datetime(2026, 11, 30, 22, 59, 59, tzinfo=UTC)


@pytest.fixture
def files(tmp_path):
    return FileStore(tmp_path)


@pytest.fixture
def round_(make):
    round_ = make.round(questions=1, slug="bibliotek", closes_at=CLOSES)
    make.question(round_, key="q2", kind=QuestionKind.STANCE)
    session().flush()
    return round_


def begin(round_, files, content=TABLE, name="svar.csv", **values):
    return begin_table(
        round_, content, filename=name, by=SYSTEM, files=files, limit_bytes=100_000, **values
    )


def register(table, files, **values):
    values = {"revision": table.revision, "by": SYSTEM, "files": files, **values}
    return register_table(table, **values)


def answers(round_):
    query = select(Submission).where(Submission.round_id == round_.id).order_by(Submission.number)
    return session().scalars(query).all()


def test_every_row_becomes_an_answer_with_its_place_in_the_table(make, round_, files):
    body = make.organisation(name="Solvik kommune", actor_type=ActorType.MUNICIPALITY)
    table = begin(round_, files)
    assert answers(round_) == []
    checked = register(table, files, base_url="https://consult.example")
    assert checked.row_count == 3
    first, second, third = answers(round_)
    assert (first.organisation_id, first.actor_type) == (body.id, ActorType.MUNICIPALITY)
    said = {one.question.key: (one.text, one.stance) for one in first.current_version.answers}
    assert said["q1"] == ("Bra.\n\n- Ett\n- To", None)
    assert said["q2"] == ("Nei takk.", Stance.OPPOSE)
    assert second.deadline_status is DeadlineStatus.LATE_INCLUDED
    assert (third.name, third.registered_by) == ("", SYSTEM.reference)
    assert [row_of_answer(one.id).row for one in (first, second, third)] == [2, 3, 4]
    assert number_range(table) == (1, 3)
    assert sorted(one.to_email for one in list_messages() if one.kind == "receipt") == [
        "kari@example.no", "post@solvik.example",
    ]  # fmt: skip
    assert files.part(TABLES).read(table.digest) == TABLE
    assert sheet_of(table, files=files).headings[0] == "Navn"
    tags = {entry.tag for entry in entries_about(table.reference)}
    assert tags == {Tag.TABLE_STARTED, Tag.TABLE_REGISTERED}
    assert find_chain_break(organisation_stream(round_.owner_id)) is None
    with pytest.raises(ImportChanged):
        register(table, files, despite_same_file=True)
    with pytest.raises(ImportChanged):
        discard_table(table, by=SYSTEM, files=files)


def test_one_row_that_is_not_in_order_keeps_all_out(round_, files):
    table = begin(round_, files)  # nobody knows what kind Solvik kommune is
    with pytest.raises(RowsRefused):
        register(table, files)
    assert answers(round_) == []
    assert table.confirmed_at is None
    choose_columns(table, table.columns, default_kind=ActorType.MUNICIPALITY, revision=1, by=SYSTEM)
    with pytest.raises(ImportChanged):
        register(table, files, revision=1)
    register(table, files)
    assert len(answers(round_)) == 3


def test_the_same_file_is_registered_again_only_by_decision(round_, files):
    kind = ActorType.MUNICIPALITY
    register(begin(round_, files, default_kind=kind), files)
    again = begin(round_, files, default_kind=kind)
    with pytest.raises(AlreadyRegistered) as refused:
        register(again, files)
    assert refused.value.numbers == (1, 3)
    register(again, files, despite_same_file=True)
    assert [one.number for one in answers(round_)] == [1, 2, 3, 4, 5, 6]


def test_columns_can_be_named_anew_but_not_twice(round_, files):
    table = begin(round_, files, b"Hvem;Type;Hva\nKari;private_person;Ja.\n")
    assert table.columns == ["", "kind", ""]
    for columns, reason in (
        (["sender", "kind", "sender"], "twice"),
        (["sender", "kind", "question:q9"], "unknown"),
        (["sender", "kind"], "unknown"),
    ):
        with pytest.raises(InvalidInput) as refused:
            choose_columns(table, columns, default_kind=None, revision=1, by=SYSTEM)
        assert refused.value.reason == reason
    choose_columns(table, ["sender", "kind", "general"], default_kind=None, revision=1, by=SYSTEM)
    with pytest.raises(ImportChanged):
        choose_columns(table, table.columns, default_kind=None, revision=1, by=SYSTEM)
    assert check_table(table, sheet_of(table, files=files)).can_be_registered
    discard_table(table, by=SYSTEM, files=files)
    assert session().scalar(select(func.count(TableImport.id))) == 0


def test_what_must_not_be_kept_is_not(round_, files, make):
    with pytest.raises(CellsHoldIdentityNumbers) as refused:
        begin(round_, files, b"Navn;q1\nKari;Jeg er 15076500565.\n")
    assert refused.value.cells == ((2, "q1"),)
    with pytest.raises(EmptyDocument):
        begin(round_, files, b"Navn;q1\n")
    with pytest.raises(OversizedFile):
        begin(round_, files, b"x" * 100_001)
    planned = make.round(status=RoundStatus.PLANNED)
    with pytest.raises(InvalidInput):
        begin(planned, files)
    assert session().scalar(select(func.count(TableImport.id))) == 0
    assert not list(files.part(INCOMING).root.rglob("*.*"))


def test_checking_asks_the_database_no_more_for_more_rows(make, round_, files):
    make.organisation(name="Solvik kommune", organisation_number="310000116")
    counts = []
    for rows in (1, 30):
        body = "".join(f"Person {one};private_person;;Ja.\n" for one in range(rows))
        body += "Solvik kommune;;310000116;Ja.\n" * rows
        table = begin(round_, files, f"Navn;Type;Orgnr;q1\n{body}".encode())
        sheet = sheet_of(table, files=files)
        session().expire_all()
        with count_queries() as counted:
            assert check_table(table, sheet).can_be_registered
        counts.append(counted.number)
    assert counts[0] == counts[1]
