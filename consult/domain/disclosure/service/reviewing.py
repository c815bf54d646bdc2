"""Looking an answer through: releasing and redacting what was found, clearing the whole."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.disclosure.errors import FindingsOpen
from consult.domain.disclosure.models import AnswerReview, Redaction, ReviewFinding
from consult.domain.disclosure.queries import list_unremarkable
from consult.domain.disclosure.rules import overlaps, places_of
from consult.domain.disclosure.types import FindingDecision, LegalBasis, ReviewState
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.sensitive import find_sensitive

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import SubmissionVersion


def open_review(version: "SubmissionVersion") -> AnswerReview:
    """Put a version in the queue, with what its text seems to hold. Nothing of it is logged."""
    submission = version.submission
    own_names = [submission.name, submission.contact_name or "", *(p.name for p in version.parties)]
    review = AnswerReview(
        round_id=submission.round_id,
        submission_id=submission.id,
        version_id=version.id,
        state=ReviewState.WAITING,
    )
    review.findings = [
        ReviewFinding(kind=found.kind, start=found.start, end=found.end)
        for found in find_sensitive(version.text, own_names=own_names)
    ]
    session().add(review)
    session().flush()
    return review


def release_finding(finding: ReviewFinding, *, by: Actor) -> None:
    """Decide that what was found may be seen by everybody."""
    if finding.decision is FindingDecision.RELEASED:
        return
    _remove_redactions(finding.review, (finding.start, finding.end))
    finding.decision = FindingDecision.RELEASED
    session().flush()
    _note(Tag.REVIEW_RELEASED, finding.review, by=by, data=_place(finding))


def redact_finding(finding: ReviewFinding, basis: LegalBasis, *, by: Actor) -> None:
    """Take what was found out of the published variant."""
    _redact(finding.review, (finding.start, finding.end), basis, by=by)


def redact_words(review: AnswerReview, words: str, basis: LegalBasis, *, by: Actor) -> int:
    """Take words out of the published variant wherever they stand; returns in how many places.

    Raises:
        InvalidInput: ``words`` (``required``, ``not_found``).
    """
    if not words.strip():
        raise InvalidInput("words", "required")
    taken = [(one.start, one.end) for one in review.redactions]
    places = places_of(words, review.version.text)
    if not places:
        raise InvalidInput("words", "not_found")
    new = [place for place in places if place not in taken]
    for place in new:
        _redact(review, place, basis, by=by)
    return len(new)


def undo_finding(finding: ReviewFinding, *, by: Actor) -> None:
    """Take a decision about what was found back: the answer waits again."""
    if finding.decision is None:
        return
    _remove_redactions(finding.review, (finding.start, finding.end))
    finding.decision = None
    _hold(finding.review)
    _note(Tag.REVIEW_TAKEN_BACK, finding.review, by=by, data=_place(finding))


def undo_redaction(redaction: Redaction, *, by: Actor) -> None:
    """Put words back into the published variant: the answer waits again."""
    review = redaction.review
    place = (redaction.start, redaction.end)
    review.redactions.remove(redaction)
    for finding in review.findings:
        if finding.decision is FindingDecision.REDACTED and overlaps(
            place, (finding.start, finding.end)
        ):
            finding.decision = None
    _hold(review)
    _note(Tag.REVIEW_TAKEN_BACK, review, by=by, data={"start": place[0], "end": place[1]})


def clear_answer(review: AnswerReview, *, by: Actor) -> None:
    """Let everybody see the answer, without what was redacted, as the sender has chosen.

    Raises :class:`FindingsOpen` while something that was found is not decided on.
    """
    if review.open_findings:
        raise FindingsOpen(len(review.open_findings))
    if review.state is ReviewState.CLEARED:
        return
    decide(review, ReviewState.CLEARED, by=by)
    _note(Tag.REVIEW_CLEARED, review, by=by, data={"redactions": len(review.redactions)})


def clear_unremarkable(round_: "Round", *, by: Actor) -> int:
    """Clear what bodies have sent in which nothing was found; returns how many.

    Answers of private persons and groups are looked at one by one.
    """
    reviews = list_unremarkable(round_.id)
    for review in reviews:
        clear_answer(review, by=by)
    return len(reviews)


def take_back(review: AnswerReview, *, by: Actor) -> None:
    """Take back that an answer was cleared: nobody outside sees it until it is cleared again."""
    if review.state is not ReviewState.CLEARED:
        return
    _hold(review)
    _note(Tag.REVIEW_TAKEN_BACK, review, by=by, data={"state": ReviewState.CLEARED.value})


def decide(review: AnswerReview, state: ReviewState, *, by: Actor) -> None:
    """Note a decision about the whole answer; the caller logs it."""
    review.state = state
    review.reason = review.explanation = None
    review.decided_at = utc_now()
    review.decided_by = by.reference
    session().flush()


def _redact(review: AnswerReview, place: tuple[int, int], basis: LegalBasis, *, by: Actor) -> None:
    _remove_redactions(review, place, exactly=True)
    review.redactions.append(
        Redaction(
            start=place[0], end=place[1], basis=basis, made_at=utc_now(), made_by=by.reference
        )
    )
    for finding in review.findings:
        if place[0] <= finding.start and finding.end <= place[1]:
            finding.decision = FindingDecision.REDACTED
    session().flush()
    data = {"start": place[0], "end": place[1], "basis": basis.value}
    _note(Tag.REVIEW_REDACTED, review, by=by, data=data)


def _remove_redactions(
    review: AnswerReview, place: tuple[int, int], *, exactly: bool = False
) -> None:
    for one in list(review.redactions):
        its = (one.start, one.end)
        if its == place or (not exactly and overlaps(its, place)):
            review.redactions.remove(one)
    session().flush()


def _hold(review: AnswerReview) -> None:
    """A decision was taken back: what was cleared waits; what was refused stays refused."""
    if review.state is ReviewState.CLEARED:
        review.state = ReviewState.WAITING
        review.decided_at = review.decided_by = None
    session().flush()


def _place(finding: ReviewFinding) -> dict[str, object]:
    return {"kind": finding.kind.value, "start": finding.start, "end": finding.end}


def _note(
    tag: Tag,
    review: AnswerReview,
    *,
    by: Actor,
    data: Mapping[str, object],
) -> None:
    """Log a decision by places and codes, never by words."""
    record(
        tag,
        subject=review.submission.reference,
        by=by.reference,
        stream=organisation_stream(review.round.owner_id),
        data=data,
    )
