"""The audit log is a chain that shows when somebody has tampered with it."""

import pytest
from sqlalchemy import delete, update

from consult.db import session
from consult.domain.audit.models import AuditEntry
from consult.domain.audit.queries import entries_about, find_chain_break
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream

STREAM = organisation_stream(7)


@pytest.fixture
def chain(app):
    for number in range(3):
        record(
            Tag.ROUND_CHANGED,
            subject="round:a",
            by="system",
            stream=STREAM,
            data={"number": number, "tekst": "æøå č"},
        )


def test_a_chain_is_whole(chain):
    assert find_chain_break(STREAM) is None
    assert [entry.data["number"] for entry in entries_about("round:a")] == [2, 1, 0]


def test_chains_are_apart(chain):
    record(Tag.ROUND_CHANGED, subject="round:b", by="system", stream=organisation_stream(8))
    assert find_chain_break(STREAM) is None
    assert find_chain_break(organisation_stream(8)) is None


def test_a_changed_entry_is_found(chain):
    session().execute(update(AuditEntry).where(AuditEntry.seq == 2).values(actor="person:x"))
    session().expire_all()
    assert find_chain_break(STREAM).seq == 2


def test_a_removed_entry_is_found(chain):
    session().execute(delete(AuditEntry).where(AuditEntry.seq == 2))
    assert find_chain_break(STREAM).seq == 2


def test_a_removed_end_is_found(chain):
    session().execute(delete(AuditEntry).where(AuditEntry.seq == 3))
    assert find_chain_break(STREAM).seq == 3
