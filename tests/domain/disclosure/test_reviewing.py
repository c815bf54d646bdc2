"""Looking answers through: original intact, published variant derived, every decision audited."""

import pytest

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.audit.types import Tag
from consult.domain.disclosure.errors import FindingsOpen
from consult.domain.disclosure.published import PublishedFilter, find_published, load_published
from consult.domain.disclosure.queries import (
    count_outcomes,
    count_reviews,
    find_waiting_after,
    get_published,
    get_review,
    list_reviews,
    protected_places,
)
from consult.domain.disclosure.rules import published_text
from consult.domain.disclosure.service.refusing import refuse_publication, take_refusal_back
from consult.domain.disclosure.service.reviewing import (
    clear_answer,
    clear_unremarkable,
    open_review,
    redact_finding,
    redact_words,
    release_finding,
    take_back,
    undo_finding,
    undo_redaction,
)
from consult.domain.disclosure.types import (
    FindingDecision,
    LegalBasis,
    RefusalReason,
    ReviewState,
)
from consult.domain.notifications.queries import list_messages
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.service.publishing import change_publishing
from consult.domain.rounds.types import AnswerPublishing
from consult.domain.submissions.models import SubmissionVersion
from consult.domain.submissions.types import Publication, SubmissionStatus
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from tests.support.coded import receive
from tests.support.queries import count_queries

PERSON = {"name": "Kari Nes", "actor_type": ActorType.PRIVATE_PERSON}
STORY = "Jeg har angst og får AAP. Min saksbehandler Ola Dunk svarer ikke. Ola Dunk er treg."


def _published(round_):
    return load_published(find_published(round_.id, PublishedFilter()))


def review_of(submission):
    return get_review(submission.round.slug, submission.number)


def words(review) -> str:
    text = review.version.text
    return published_text(text, 0, len(text), review.spans, say=lambda _basis: "[…]")


@pytest.fixture
def review(make):
    return review_of(receive(make.round(), STORY, **PERSON))


def test_health_and_names_wait_for_a_person(review):
    found = [review.version.text[one.start : one.end] for one in review.open_findings]
    assert found == ["Jeg har angst", "får AAP", "Ola Dunk", "Ola Dunk"]
    with pytest.raises(FindingsOpen):
        clear_answer(review, by=SYSTEM)
    with pytest.raises(NotFound):
        get_published(review.round.slug, review.submission.number)


def test_own_name_is_not_found(make):
    review = review_of(receive(make.round(), "Hilsen Kari Nes", **PERSON))
    assert not review.findings


@pytest.mark.scenario(19)
def test_name_is_redacted_and_original_intact(review):
    assert redact_words(review, "Ola Dunk", LegalBasis.THIRD_PARTY, by=SYSTEM) == 2
    assert words(review) == (
        "Jeg har angst og får AAP. Min saksbehandler […] svarer ikke. […] er treg."
    )
    assert review.version.text == STORY
    assert [one.decision for one in review.findings] == [
        None, None, FindingDecision.REDACTED, FindingDecision.REDACTED,
    ]  # fmt: skip


def test_decisions_can_be_taken_back(review):
    health = review.findings[0]
    redact_finding(health, LegalBasis.SPECIAL_CATEGORY, by=SYSTEM)
    release_finding(health, by=SYSTEM)
    assert words(review) == STORY
    redact_finding(health, LegalBasis.CONFIDENTIALITY, by=SYSTEM)
    undo_finding(health, by=SYSTEM)
    assert words(review) == STORY
    redact_words(review, "treg", LegalBasis.PERSONAL_DATA, by=SYSTEM)
    undo_redaction(review.redactions[0], by=SYSTEM)
    assert words(review) == STORY
    assert len(review.open_findings) == 4


def test_log_tells_places_and_law_but_no_words(review):
    redact_words(review, "Ola Dunk", LegalBasis.THIRD_PARTY, by=SYSTEM)
    entries = [
        one
        for one in entries_about(review.submission.reference)
        if one.tag != "submission:received"
    ]
    assert [entry.tag for entry in entries] == [Tag.REVIEW_REDACTED, Tag.REVIEW_REDACTED]
    assert "Ola" not in str([entry.data for entry in entries])
    assert all(entry.data["basis"] == "third_party" for entry in entries)


def test_words_that_are_not_there(review):
    with pytest.raises(InvalidInput):
        redact_words(review, "Per", LegalBasis.THIRD_PARTY, by=SYSTEM)


def decide_all(review):
    for finding in review.findings:
        redact_finding(finding, LegalBasis.SPECIAL_CATEGORY, by=SYSTEM)


def test_cleared_answer_waits_again_when_a_decision_is_taken_back(review):
    decide_all(review)
    clear_answer(review, by=SYSTEM)
    assert get_published(review.round.slug, 1).id == review.id
    undo_finding(review.findings[0], by=SYSTEM)
    assert review.state is ReviewState.WAITING
    release_finding(review.findings[0], by=SYSTEM)
    clear_answer(review, by=SYSTEM)
    take_back(review, by=SYSTEM)
    assert review.state is ReviewState.WAITING


def test_only_bodies_without_findings_are_cleared_in_one_go(make):
    round_ = make.round()
    receive(round_, "Vi er enige.")
    receive(round_, "Jeg er enig.", **PERSON)
    receive(round_, "Ring Per Dunk på 987 65 432.")
    assert clear_unremarkable(round_, by=SYSTEM) == 1
    assert count_reviews(round_.id) == {ReviewState.CLEARED: 1, ReviewState.WAITING: 2}
    assert [row.open_findings for row in list_reviews(round_.id, ReviewState.WAITING)] == [2, 0]
    assert find_waiting_after(review_of(receive(round_, "Nei.", **PERSON))) == 2


@pytest.mark.scenario(20)
def test_only_what_its_sender_allows_is_published(make):
    round_ = make.round()
    for choice in Publication:
        receive(round_, "Vi er enige.", publication=choice)
    clear_unremarkable(round_, by=SYSTEM)
    receive(round_, "Jeg er enig.", **PERSON)
    refused = review_of(receive(round_, "Tull."))
    refuse_publication(refused, RefusalReason.OFF_TOPIC, "", by=SYSTEM, contact="x")
    assert [one.submission.number for one in _published(round_)] == [1, 2]
    outcomes = count_outcomes(round_.id)
    assert (outcomes.published, outcomes.not_on_web, outcomes.waiting, outcomes.refused) == (
        2,
        1,
        1,
        1,
    )
    assert outcomes.total == 5


@pytest.mark.scenario(70)
def test_hateful_answer_is_refused_and_its_sender_told(make):
    round_ = make.round()
    submission = receive(round_, "Hat og edder.", **PERSON)
    submission.contact_email = "kari@solvik.example"
    review = review_of(submission)
    told = refuse_publication(
        review, RefusalReason.HATEFUL, "Avsnitt 2.", by=SYSTEM, contact="klage@solvik.example"
    )
    assert told
    mail = list_messages()[0]
    assert "hateful" in mail.body_text or "hatefull" in mail.body_text.lower()
    assert "klage@solvik.example" in mail.body_text
    assert "Avsnitt 2." in mail.body_text
    assert submission.status == "received"
    take_refusal_back(review, by=SYSTEM, contact="klage@solvik.example")
    assert review.state is ReviewState.WAITING
    assert review.reason is None
    assert len(list_messages()) == 2


def test_nobody_is_told_without_an_address(make):
    review = review_of(receive(make.round(), "Hat."))
    assert not refuse_publication(review, RefusalReason.HATEFUL, "", by=SYSTEM, contact="x")
    assert not list_messages()


def test_documents_may_not_quote_what_is_protected(make, review):
    round_ = review.round
    assert len(protected_places(round_.id)[review.version_id]) == 4
    for finding in review.findings:
        release_finding(finding, by=SYSTEM)
    assert protected_places(round_.id) == {}
    refuse_publication(review, RefusalReason.PRIVACY, "", by=SYSTEM, contact="x")
    assert protected_places(round_.id)[review.version_id][0][0] == 0


def test_lists_take_as_many_queries_for_one_as_for_three(make):
    numbers = set()
    for size in (1, 3):
        round_ = make.round()
        for _each in range(size):
            receive(round_, "Vi er enige.")
        clear_unremarkable(round_, by=SYSTEM)
        session().expire_all()
        with count_queries() as queries:
            for one in _published(round_):
                assert one.version.answers
                assert one.redactions == []
            list_reviews(round_.id, ReviewState.CLEARED)
        numbers.add(queries.number)
    assert len(numbers) == 1


def test_publishing_is_off_until_the_owner_opens_it(make):
    round_ = make.round()
    assert round_.answer_publishing is AnswerPublishing.NEVER
    change_publishing(round_, AnswerPublishing.WHEN_RELEASED, by=SYSTEM)
    change_publishing(round_, AnswerPublishing.WHEN_RELEASED, by=SYSTEM)
    changes = [one.data for one in entries_about(round_.reference)]
    assert changes == [{"before": "never", "after": "when_released"}]


def test_what_was_taken_out_together_comes_back_together(review):
    whole = "Min saksbehandler Ola Dunk svarer ikke"
    redact_words(review, whole, LegalBasis.THIRD_PARTY, by=SYSTEM)
    name = review.findings[2]
    assert name.decision is FindingDecision.REDACTED
    redact_words(review, "angst", LegalBasis.SPECIAL_CATEGORY, by=SYSTEM)
    release_finding(review.findings[0], by=SYSTEM)
    assert "angst" not in words(review)
    undo_finding(name, by=SYSTEM)
    assert whole in words(review)


def test_new_version_waits_and_keeps_what_was_taken_out(review):
    decide_all(review)
    clear_answer(review, by=SYSTEM)
    submission = review.submission
    newer = SubmissionVersion(
        submission=submission,
        number=2,
        text="Nytt: Ola Dunk svarte. Takk.",
        digest="0" * 64,
        created_at=utc_now(),
        created_by="sender",
    )
    session().add(newer)
    session().flush()
    open_review(newer)
    submission.current_version_number = 2
    session().flush()
    current = review_of(submission)
    assert current.state is ReviewState.WAITING
    assert words(current) == "Nytt: […] svarte. Takk."
    assert not current.open_findings
    with pytest.raises(NotFound):
        get_published(review.round.slug, submission.number)


def test_the_senders_own_name_is_found_where_it_is_not_to_be_published(make):
    round_ = make.round(questions=1)
    text = "Jeg er enig. Hilsen Zuhra Nes"
    person = {"name": "Zuhra Nes", "actor_type": ActorType.PRIVATE_PERSON}
    named = receive(round_, text, **person)
    unnamed = receive(round_, text, publication=Publication.WITHOUT_NAME, **person)
    assert review_of(named).findings == []
    [finding] = review_of(unnamed).findings
    assert text[finding.start : finding.end] == "Zuhra Nes"


def test_what_does_not_count_is_not_looked_through(make):
    round_ = make.round(questions=1)
    submission = receive(round_, "Ja.")
    for status in set(SubmissionStatus) - {SubmissionStatus.RECEIVED}:
        submission.status = status
        session().flush()
        with pytest.raises(NotFound):
            review_of(submission)
        assert count_reviews(round_.id) == {}
