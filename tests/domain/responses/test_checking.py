"""What stands in the way of sending, and what only deserves a look."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from consult.domain.composing.standing import SignState
from consult.domain.composing.types import FrozenPart, FrozenText, LetterHead, PartKind
from consult.domain.responses.checking import (
    Asked,
    Outcome,
    Reason,
    Situation,
    blocks,
    check_response,
)
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.mandates import PoliticalStep, case_data, case_of
from consult.kernel.text.rich.codec import to_json
from consult.kernel.text.rich.light import to_light
from consult.kernel.text.rich.markdown import from_markdown

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
TOLD = LetterHead("Laget", "Svar", "nb", "Etaten", "26/1", basis="9 av 14 ledd har svart.")


def part(text: str, **values) -> FrozenPart:
    values = {"key": "q-q1", "kind": PartKind.QUESTION, "heading": "", "question": "q1"} | values
    return FrozenPart(body=to_json(from_markdown(text)), **values)


def situation(*parts: FrozenPart, **values) -> Situation:
    head = values.pop("head", LetterHead("Laget", "Svar", "nb", "Etaten", "26/1"))
    defaults = {
        "text": FrozenText(head, parts or (part("Vi er enige."),)),
        "asked": (Asked("q1", "Er dere enige?", is_required=True),),
        "wants_reference": True,
        "open_threads": 0,
        "open_suggestions": 0,
        "sign_state": SignState.COMPLETE,
        "hearing_until": None,
        "unconfirmed": (),
        "has_attachments": False,
        "status": RoundStatus.OPEN,
        "opens_at": NOW - timedelta(days=9),
        "closes_at": NOW + timedelta(days=9),
    }
    return Situation(**{**defaults, **values})


def reasons(found: Situation, *outcomes: Outcome) -> list[Reason]:
    findings = check_response(found, today=date(2026, 9, 1), now=NOW)
    return [one.reason for one in findings if one.outcome in outcomes]


def test_a_whole_and_signed_response_has_nothing_in_its_way():
    assert reasons(situation(), Outcome.LOOK, Outcome.BLOCKS) == []


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sign_state": None}, Reason.NOT_ASKED_TO_SIGN),
        ({"sign_state": SignState.RUNNING}, Reason.BEING_SIGNED),
        ({"sign_state": SignState.BROKEN}, Reason.SEAL_BROKEN),
        ({"status": RoundStatus.CANCELLED}, Reason.CLOSED_TO_ALL),
        ({"opens_at": NOW + timedelta(days=1)}, Reason.NOT_OPEN_YET),
        ({"asked": (Asked("q2", "Og dette?", is_required=True),)}, Reason.REQUIRED),
        ({"asked": (Asked("q1", "p", is_required=True, is_proposal=True),)}, Reason.REQUIRED),
    ],
)
def test_what_blocks(changes, reason):
    assert reasons(situation(**changes), Outcome.BLOCKS) == [reason]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"asked": (Asked("q1", "a"), Asked("q2", "b"))}, Reason.SKIPPED),
        ({"open_threads": 2}, Reason.OPEN_COMMENTS),
        ({"open_suggestions": 1}, Reason.OPEN_SUGGESTIONS),
        ({"hearing_until": NOW + timedelta(days=1), "head": TOLD}, Reason.HEARING_OPEN),
        ({"unconfirmed": ("Skolelaget",)}, Reason.NOT_CONFIRMED),
        ({"closes_at": NOW - timedelta(seconds=1)}, Reason.LATE),
        ({"head": LetterHead("Laget", "Svar", "nb", "Etaten")}, Reason.NO_REFERENCE),
        ({"hearing_until": NOW - timedelta(days=1)}, Reason.NO_BASIS),
        ({"head": LetterHead("Laget", "Svar", "nb", "", "26/1")}, Reason.NO_RECIPIENT),
        (
            {"head": LetterHead("L", "S", "nb", "E", "1", document_date=date(2026, 9, 2))},
            Reason.DATE_AHEAD,
        ),
    ],
)
def test_what_deserves_a_look_blocks_nothing(changes, reason):
    found = situation(**changes)
    assert reasons(found, Outcome.LOOK) == [reason]
    assert not blocks(check_response(found, today=date(2026, 9, 1), now=NOW))


def test_an_empty_text_blocks_and_no_comments_is_an_answer():
    assert Reason.BLANK in reasons(situation(part("")), Outcome.BLOCKS)
    assert reasons(situation(part("", no_comments=True)), Outcome.BLOCKS) == []


def test_an_identity_number_blocks_before_anything_is_stored():
    found = situation(part("Ta kontakt med 01819010001."))
    assert reasons(found, Outcome.BLOCKS) == [Reason.IDENTITY_NUMBER]


def test_a_text_that_speaks_of_an_attachment_wants_one():
    found = situation(part("Se vedlegg 1."))
    assert reasons(found, Outcome.LOOK) == [Reason.MENTIONS_ATTACHMENT]
    assert reasons(replace(found, has_attachments=True), Outcome.LOOK) == []


def test_rich_text_becomes_light_markup_without_losing_a_word():
    text = from_markdown("Vi mener **dette**.^[Vedtatt.]\n\n- en\n  - to\n- tre\n\n1. først\n2. så")
    assert to_light(text) == (
        "Vi mener dette. [Vedtatt.]\n\n- en\n  - to\n- tre\n- 1. først\n- 2. så"
    )


def test_political_steps_are_stored_and_read_the_same():
    steps = (
        PoliticalStep("Formannskapet", date(2026, 9, 1), "26/7", "Støtte.", "Støtte ikke."),
        PoliticalStep("Kommunestyret"),
    )
    assert case_of(case_data(steps)) == steps
    assert [one.was_changed for one in steps] == [True, False]
