"""Imports in progress survive being stored."""

import json
from dataclasses import replace
from datetime import date

import pytest

from consult.domain.intake.codec import (
    assignments_from_json,
    assignments_to_json,
    details_from_json,
    details_to_json,
    document_from_json,
    document_to_json,
)
from consult.domain.intake.details import AnswerDetails
from consult.domain.intake.errors import UnknownFormat
from consult.domain.intake.mapping import map_to_targets
from consult.domain.intake.types import IntakeWarning
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.types import Channel, Publication, Signer
from consult.kernel.clock import utc_now
from tests.domain.intake.samples import LETTERS, PROPOSALS, QUESTIONS


def _stored(value):
    return json.loads(json.dumps(value))


@pytest.mark.parametrize("form", ["docx", "pdf", "txt"])
@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.name)
def test_documents_and_assignments_come_back_as_they_were(letter, form, read):
    document = replace(read(letter, form), warnings=tuple(IntakeWarning))
    assert document_from_json(_stored(document_to_json(document))) == document
    assignments = map_to_targets(document, (*QUESTIONS, *PROPOSALS))
    assert assignments_from_json(_stored(assignments_to_json(assignments))) == assignments


def test_a_later_format_is_not_guessed_at():
    with pytest.raises(UnknownFormat):
        document_from_json({"format": 2})


@pytest.mark.parametrize(
    "details",
    [
        AnswerDetails(),
        AnswerDetails(
            sender="Čáhcesuolu gielda",
            organisation_id=4,
            actor_type=ActorType.MUNICIPALITY,
            signatories=(Signer("Áile Siri", "jođiheaddji"), Signer("Per Hegg")),
            document_date=date(2026, 10, 12),
            is_undated=False,
            their_ref="26/4711",
            received_on=date(2026, 10, 14),
            received_at=utc_now(),
            channel=Channel.EMAIL,
            language="se",
            publication=Publication.WITHOUT_NAME,
            has_no_comments=True,
        ),
    ],
)
def test_details_come_back_as_they_were(details):
    assert details_from_json(_stored(details_to_json(details))) == details
