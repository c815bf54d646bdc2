"""The overview, the log and the proof that it is whole."""

import pytest
from sqlalchemy import delete, select, update

from consult.db import session
from consult.domain.accounts.service import record_sign_out
from consult.domain.audit.models import AuditEntry
from consult.domain.audit.queries import find_chain_break, find_recent_break
from consult.domain.audit.service import record
from consult.domain.audit.types import SYSTEM_STREAM, Tag, organisation_stream
from consult.domain.organisations.models import Membership
from consult.domain.organisations.service import start_membership
from consult.domain.organisations.types import Role
from tests.support.factories import in_languages
from tests.support.queries import queries_of


@pytest.fixture
def kari(make):
    """Somebody who has got a role in Solvik and signed out."""
    person = make.person(name="Kari Nes", email="kari@consult.example")
    body = make.organisation(name="Solvik kommune")
    start_membership(body, person_id=person.id, role=Role.READER, by=make.actor(person))
    record_sign_out(make.actor(person))
    return person


def test_references_become_names(admin, make, kari):
    round_ = make.round(title=in_languages("Biblioteket"))
    record(
        Tag.ROUND_STATUS_CHANGED,
        subject=round_.reference,
        by="system",
        stream=organisation_stream(round_.owner_id),
        data={"before": "open", "after": "closed"},
    )
    record(Tag.SUBMISSION_RECEIVED, subject="submission:x", by="visitor", stream=SYSTEM_STREAM)
    details = "person: Kari Nes organisation: Solvik kommune role: reader ends at: –"
    rows = [
        " ".join(row.text_content().split()).split(" ", 5)[5]
        for row in admin.get("/admin/log").tree.xpath(".//table[@id='log']/tbody/tr")
    ]
    assert rows == [
        "A visitor Answer received Answer x",
        "The system State of the round changed Biblioteket (en) before: open after: closed",
        "Kari Nes Signed out Kari Nes",
        f"Kari Nes Role given Role {_role_id()} {details}",
    ]


@pytest.mark.parametrize(
    ("query", "entries"),
    [
        ("tag=person:signed_out", 1),
        ("tag=document:failed", 0),
        ("who=KARI@consult.example", 2),
        ("who=nobody@consult.example", 0),
        ("who=system", 0),
        ("who=person:{id}", 2),
        ("subject=person:{id}", 1),
        ("subject=person:{id}&tag=membership:started", 0),
        ("who=%00", 2),
    ],
)
def test_the_log_is_filtered(admin, kari, query, entries):
    page = admin.get("/admin/log?" + query.format(id=kari.public_id))
    assert len(page.tree.xpath(".//table[@id='log']/tbody/tr")) == entries
    assert ("No entry matches" in page.words) is (entries == 0)


def test_the_log_is_paged_newest_first(admin):
    for number in range(51):
        record(Tag.PERSON_LINK_SENT, subject=f"n:{number}", by="system", stream=SYSTEM_STREAM)
    page = admin.get("/admin/log?who=system")
    assert "51 entries, newest first" in page.words
    assert "n:50" in page.words
    assert page.words.index("n:50") < page.words.index("n:49")
    last = admin.get(page.find(".//a[@rel='next']").get("href"))
    assert len(last.tree.xpath(".//table[@id='log']/tbody/tr")) == 1


def test_a_whole_log_is_told_to_be_whole(admin, kari):
    assert "The newest entries are whole" in admin.get("/admin/").words
    page = admin.get("/admin/log/check")
    assert "The log is whole" in page.words
    assert "2 chains" in page.words


@pytest.mark.parametrize(
    "damage",
    [
        update(AuditEntry)
        .where(AuditEntry.tag == "person:signed_out")
        .values(actor="person:other"),
        update(AuditEntry).where(AuditEntry.seq == 1).values(data={"role": "coordinator"}),
        delete(AuditEntry).where(AuditEntry.subject == "n:2"),
        delete(AuditEntry).where(AuditEntry.subject == "n:3"),
    ],
    ids=["who", "what", "one in the middle", "the last"],
)
def test_damage_is_found_on_every_page_that_looks(admin, kari, damage):
    for number in range(4):
        record(Tag.PERSON_LINK_SENT, subject=f"n:{number}", by="system", stream=SYSTEM_STREAM)
    assert find_recent_break() is None
    session().execute(damage.execution_options(synchronize_session=False))
    session().expire_all()
    assert find_recent_break() is not None
    assert "tampered with or damaged" in admin.get("/admin/").words
    assert "Does not hold from entry" in admin.get("/admin/log/check").words


def test_old_damage_is_found_by_the_whole_check_only(make):
    for number in range(6):
        record(Tag.PERSON_LINK_SENT, subject=f"n:{number}", by="system", stream=SYSTEM_STREAM)
    first = update(AuditEntry).where(AuditEntry.subject == "n:0").values(actor="visitor")
    session().execute(first.execution_options(synchronize_session=False))
    session().expire_all()
    assert find_recent_break(newest=3) is None
    assert find_chain_break(SYSTEM_STREAM).seq == 1


def test_the_overview_counts_and_leads_on(admin, make, kari):
    make.round()
    page = admin.get("/admin/")
    assert "2 organisations" in page.words
    assert "2 people registered" in page.words
    assert "1 round" in page.words
    assert "2 log entries" in page.words
    assert "Every mail has been delivered or is on its way." in page.words


def test_as_many_queries_for_three_rows_as_for_one(admin, make):
    def act() -> None:
        person = make.person()
        body = make.organisation()
        start_membership(body, person_id=person.id, role=Role.READER, by=make.actor(person))
        round_ = make.round()
        record(
            Tag.ROUND_CREATED,
            subject=round_.reference,
            by=person.reference,
            stream=organisation_stream(body.id),
        )

    act()
    for path in ("/admin/", "/admin/log"):
        before, after = queries_of(admin, path, add=act)
        assert before == after, path


def _role_id() -> str:
    return session().scalars(select(Membership.public_id)).one()
