"""What a branch is told: where each of its points went, and nothing of anybody else."""

import pytest
from sqlalchemy import func, select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import latest_entries
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.service.leaving_out import leave_out
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.sources import find_hearings, get_sources
from consult.domain.composing.types import EvidenceUse, PointState
from consult.domain.notifications.models import OutboxMessage
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import Role
from consult.domain.responses.branches import (
    find_sent_feedback,
    get_branch_answer,
    list_branch_answers,
)
from consult.domain.responses.errors import NobodyToTell, PointsNotLookedAt
from consult.domain.responses.feedback import (
    FeedbackState,
    PartAbout,
    PlaceOfUse,
    SentText,
    Told,
    ToldPoint,
    count_told,
    state_of,
    texts_of_parts,
)
from consult.domain.responses.queries import find_case
from consult.domain.responses.service.feedback import ToldResult, send_feedback, write_feedback
from consult.domain.submissions.service.amending import withdraw_submission
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from tests.support.coded import passages_of, receive
from tests.support.drafted import hear, start_drafting
from tests.support.queries import count_queries

POINT = ToldPoint("p1", PointState.USED, (PlaceOfUse("general", EvidenceUse.QUOTED),))


def test_what_is_told_is_kept_whole():
    place = PlaceOfUse("q-q1", EvidenceUse.MERGED, {"nb": "1. Spørsmål"})
    points = (ToldPoint("p1", PointState.USED, (place,)), ToldPoint("p2", PointState.OPEN))
    told = Told("Takk.", "nb", (*points, ToldPoint("p3", PointState.LEFT_OUT, reason="Sagt før.")))
    assert Told.from_json(told.to_json()) == told
    count = count_told(told.points)
    assert (count.total, count.used, count.left_out, count.open) == (3, 1, 1, 1)


def test_it_is_new_to_the_branch_only_when_something_differs():
    told = Told("Takk.", "nb", (POINT,))
    assert state_of(told, None) is FeedbackState.NOT_SENT
    assert state_of(told, Told("Takk.", "nb", (POINT,))) is FeedbackState.SENT
    assert state_of(told, Told("Takk.", "nb", ())) is FeedbackState.CHANGED


def test_each_part_finds_what_was_sent_of_it():
    parts = [
        PartAbout("general"),
        PartAbout("q-q1", question_id=1, proposal_id=9),
        PartAbout("p-4", proposal_id=9),
        PartAbout("own-1", heading="Samisk"),
        PartAbout("own-2", heading="Ikke sendt"),
    ]
    texts = [
        SentText("9 av 14 har svart."),
        SentText("Det hele."),
        SentText("Om spørsmålet.", question_id=1, proposal_id=9),
        SentText("Om forslaget.", proposal_id=9),
        SentText("Om samisk.", heading="Samisk"),
    ]
    assert texts_of_parts(parts, texts) == {
        "general": "Det hele.",
        "q-q1": "Om spørsmålet.",
        "p-4": "Om forslaget.",
        "own-1": "Om samisk.",
    }


@pytest.fixture
def made(make):
    return start_drafting(make)


@pytest.fixture
def case(made):
    return find_case(made.union.id, made.round.id)


@pytest.fixture
def havnes(make, made):
    """A body with two who write for it, and its answer of three points."""
    body = make.organisation(name="Lag Havnes", parent=made.union, language="nn")
    make.member(body, Role.DRAFTER, email="lag@consult.example", name="Ola Li")
    make.member(body, Role.READER, email="leser@consult.example")
    return receive(
        made.hearing, "Bussen går til tre.\n\nVi er få.", "Døra er tung.",
        name=body.name, organisation_id=body.id,
    )  # fmt: skip


def _decide(made, submission):
    """Use one point, leave one out, and let the third be."""
    bus, few, _door = passages_of(submission)
    rest_on(made.parts["q-q1"], bus, EvidenceUse.QUOTED, by=made.by)
    hearings = find_hearings(made.composition, list(made.parts.values()))
    leave_out(
        made.composition, hearings, get_sources(hearings, [few.public_id]), "Sagt av flere.",
        by=made.by,
    )  # fmt: skip


def _send(made, case, **values):
    answers = list_branch_answers(case, made.composition)
    given = {"base_url": "http://x", "by": made.by, "at": utc_now(), **values}
    return send_feedback(case, answers, **given)


def test_it_is_made_from_what_the_draft_rests_on_and_leaves_out(made, case, havnes):
    _decide(made, havnes)
    told = get_branch_answer(case, made.composition, havnes.public_id).told
    assert [point.state for point in told.points] == ["used", "left_out", "open"]
    use = told.points[0].uses[0]
    assert (use.part, use.use) == ("q-q1", EvidenceUse.QUOTED)
    assert use.heading["nb"].startswith("1. ")
    assert told.points[1].reason == "Sagt av flere."


def test_points_nobody_has_looked_at_are_told_only_on_purpose(made, case, havnes):
    _decide(made, havnes)
    with pytest.raises(PointsNotLookedAt) as error:
        _send(made, case)
    assert error.value.number == 1
    assert find_sent_feedback(havnes) is None
    assert _send(made, case, text="Takk.", with_open_points=True) == ToldResult(1, 0)
    sent = find_sent_feedback(havnes)
    assert sent.told.text == "Takk."
    assert sent.texts == {}
    assert set(sent.quotes.values()) == {"Bussen går til tre.", "Vi er få.", "Døra er tung."}


def test_the_mail_says_where_and_nothing_else(made, case, havnes):
    _decide(made, havnes)
    _send(made, case, text="Hemmelige ord.", with_open_points=True)
    (mail,) = [one for one in list_messages() if one.to_email == "lag@consult.example"]
    assert f"http://x/answer/receipts/{havnes.public_id}/uses" in mail.body_text
    for secret in ("Hemmelige ord", "Bussen", "Sagt av flere"):
        assert secret not in mail.body_text + mail.body_html + mail.subject
    assert not [one for one in list_messages() if one.to_email == "leser@consult.example"]


def test_sending_again_tells_only_what_is_new(made, case, havnes):
    _decide(made, havnes)
    _send(made, case, with_open_points=True)
    before = session().scalar(select(func.count(OutboxMessage.id)))
    assert _send(made, case) == ToldResult()
    door = passages_of(havnes)[2]
    rest_on(made.parts["q-q2"], door, EvidenceUse.REFERRED, by=made.by)
    assert find_sent_feedback(havnes).told.points[2].state is PointState.OPEN
    assert _send(made, case) == ToldResult(1)
    assert find_sent_feedback(havnes).told.points[2].state is PointState.USED
    assert session().scalar(select(func.count(OutboxMessage.id))) == before + 1
    tags = [one.tag for one in latest_entries([organisation_stream(made.union.id)])]
    assert tags.count(Tag.FEEDBACK_SENT) == 2


def test_own_words_stay_with_the_branch_they_are_written_to(made, case, havnes):
    answer = get_branch_answer(case, made.composition, havnes.public_id)
    write_feedback(case, answer, "  Særlig takk.\r\n", by=made.by, at=utc_now())
    _send(made, case, text="Takk til alle.", with_open_points=True)
    assert find_sent_feedback(havnes).told.text == "Særlig takk."
    with pytest.raises(InvalidInput):
        write_feedback(case, answer, "a" * 5001, by=made.by, at=utc_now())


def test_a_branch_that_is_not_in_the_register_cannot_be_told(made, case):
    hear(made, "Vi er få.")
    with pytest.raises(NobodyToTell):
        _send(made, case, with_open_points=True)


def test_the_response_is_read_once_it_is_sent(made, case, havnes):
    _decide(made, havnes)
    part = made.parts["q-q1"]
    _send(made, case, with_open_points=True)
    sent = receive(made.round, "Bussen må gå til fire.", organisation_id=made.union.id)
    assert find_sent_feedback(havnes).texts == {}
    case.submission_id = sent.id
    session().flush()
    session().expire_all()
    assert find_sent_feedback(havnes).texts[part.key] == "Bussen må gå til fire."


def test_nothing_is_told_of_an_answer_that_was_taken_back(app, made, case, havnes):
    _send(made, case, with_open_points=True)
    withdraw_submission(havnes, by=SYSTEM, now=utc_now(), files=app.extensions["files"])
    assert find_sent_feedback(havnes) is None
    with pytest.raises(NotFound):
        get_branch_answer(case, made.composition, havnes.public_id)


def test_the_list_takes_as_many_queries_for_many_branches(made, case, havnes):
    def number():
        session().expire_all()
        with count_queries() as queries:
            list_branch_answers(case, made.composition)
        return queries.number

    one = number()
    hear(made, "Vi òg.", name="Lag Solvik")
    hear(made, "Ikke vi.", name="Lag Granli")
    assert number() == one
