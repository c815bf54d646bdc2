"""Looking an answer through: releasing and redacting what was found, clearing the whole."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from consult.db import session, table_of
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.disclosure.errors import FindingsOpen
from consult.domain.disclosure.models import AnswerReview, Redaction, ReviewFinding
from consult.domain.disclosure.queries import (
    find_review_before,
    find_review_of,
    list_unremarkable,
)
from consult.domain.disclosure.rules import (
    overlaps,
    places_of,
    reads_as,
    stretches,
    whole_words,
)
from consult.domain.disclosure.service.filing import carry_files_over, withdraw_all_files
from consult.domain.disclosure.types import FindingDecision, LegalBasis, ReviewState
from consult.domain.submissions.types import Publication
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.sensitive import Found, Sensitive, find_sensitive

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Answer, SubmissionVersion

_NEW_REVIEW = insert(table_of(AnswerReview)).returning(table_of(AnswerReview).c.id)
_NEW_FINDING = insert(table_of(ReviewFinding))


def open_review(version: "SubmissionVersion") -> None:
    """Put a version in the queue, with what its text seems to hold. Nothing of it is logged.

    What was taken out of the version before is taken out of this one as well; somebody looks at
    it all the same.
    """
    submission = version.submission
    made = {
        "round_id": submission.round_id,
        "submission_id": submission.id,
        "version_id": version.id,
        "state": ReviewState.WAITING,
    }
    review_id = session().execute(_NEW_REVIEW, made).scalar_one()
    found = _found_in(version, 0, len(version.full_text))
    if found:
        rows = [{"review_id": review_id, **one} for one in found]
        session().execute(_NEW_FINDING, rows)
    before = find_review_before(version) if version.number > 1 else None
    if before is not None:
        review = session().get_one(AnswerReview, review_id)
        _carry_over(before, review)
        carry_files_over(before, review)


def review_added(answer: "Answer") -> None:
    """Look through a text that the staff has added: an answer that was cleared waits again.

    What was decided about an earlier text of the same kind goes with that text.
    """
    version = answer.version
    review = find_review_of(version.id)
    if review is None:
        return
    spans = [(one.start, one.end) for one in version.answers]

    def stands(place: ReviewFinding | Redaction) -> bool:
        return any(start <= place.start and place.end <= end for start, end in spans)

    review.findings = [one for one in review.findings if stands(one)]
    review.redactions = [one for one in review.redactions if stands(one)]
    found = _found_in(version, answer.start, answer.end)
    review.findings += [ReviewFinding(**one) for one in found]
    _hold(review)


def _found_in(version: "SubmissionVersion", start: int, end: int) -> list[dict[str, Any]]:
    """What a part of a version's text seems to hold that not everybody should read.

    The sender's own names are no finding, unless the answer is to stand without them.
    """
    submission, text = version.submission, version.full_text[start:end]
    names = [submission.name, submission.contact_name or "", *(p.name for p in version.parties)]
    if submission.publication is Publication.WITH_NAME:
        found = list(find_sensitive(text, own_names=names))
    else:
        own = sorted({place for name in names for place in places_of(name, text)})
        found = [Found(Sensitive.NAME, *place) for place in own if not _lies_in(place, own)]
        taken = [(one.start, one.end) for one in found]
        found += [
            one
            for one in find_sensitive(text)
            if not any(overlaps((one.start, one.end), place) for place in taken)
        ]
    return [{"kind": one.kind, "start": start + one.start, "end": start + one.end} for one in found]


def _lies_in(place: tuple[int, int], places: Sequence[tuple[int, int]]) -> bool:
    return any(other != place and other[0] <= place[0] and place[1] <= other[1] for other in places)


def release_finding(finding: ReviewFinding, *, by: Actor) -> None:
    """Decide that what was found may be seen by everybody."""
    if finding.decision is FindingDecision.RELEASED:
        return
    _put_back_over(finding)
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
    places = places_of(words, review.version.full_text)
    if not places:
        raise InvalidInput("words", "not_found")
    new = [place for place in places if place not in taken]
    for place in new:
        _redact(review, place, basis, by=by)
    return len(new)


def redact_range(
    review: AnswerReview,
    place: tuple[int, int],
    reads: tuple[str, str],
    basis: LegalBasis,
    *,
    by: Actor,
) -> None:
    """Take one chosen stretch out of the published variant, whole words of it.

    Args:
        review: The review of the version that counts.
        place: Where it begins and ends in the version's text, in characters.
        reads: What whoever chose it saw there: the words, or the first and the last of them.
        basis: By which law.
        by: Who decides.

    Raises:
        InvalidInput: ``words`` (``required``, ``changed``: something else stands there by now).
    """
    start, end = place
    part = next((one for one in review.version.answers if one.start <= start < one.end), None)
    text = review.version.full_text
    if part is None or end > part.end or not reads_as(text[start:end], *reads):
        raise InvalidInput("words", "changed")
    whole = whole_words(text[: part.end], start, end)
    if whole is None:
        raise InvalidInput("words", "required")
    _redact(review, (max(whole[0], part.start), whole[1]), basis, by=by)


def redact_stretch(
    review: AnswerReview, first: str, last: str, basis: LegalBasis, *, by: Actor
) -> None:
    """Take out everything from some first words of a part to some last words in it.

    Raises:
        InvalidInput: ``words`` (``required``, ``not_found``; ``ambiguous``: there are several).
    """
    if not (first.strip() and last.strip()):
        raise InvalidInput("words", "required")
    text = review.version.full_text
    found = [
        (one.start + start, one.start + end)
        for one in review.version.answers
        for start, end in stretches(first, last, text[one.start : one.end])
    ]
    if not found:
        raise InvalidInput("words", "not_found")
    if len(found) > 1:
        raise InvalidInput("words", "ambiguous", number=len(found))
    _redact(review, found[0], basis, by=by)


def undo_finding(finding: ReviewFinding, *, by: Actor) -> None:
    """Take a decision about what was found back: the answer waits again."""
    if finding.decision is None:
        return
    _put_back_over(finding)
    finding.decision = None
    _hold(finding.review)
    _note(Tag.REVIEW_TAKEN_BACK, finding.review, by=by, data=_place(finding))


def undo_redaction(redaction: Redaction, *, by: Actor) -> None:
    """Put words back into the published variant: the answer waits again."""
    review = redaction.review
    _put_back(redaction)
    _hold(review)
    data = {"start": redaction.start, "end": redaction.end}
    _note(Tag.REVIEW_TAKEN_BACK, review, by=by, data=data)


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
    """Take words out; files that were published wait for a new look, as these may stand in them."""
    same = [one for one in review.redactions if (one.start, one.end) == place]
    for one in same:
        review.redactions.remove(one)
    _take_out(review, place, basis, by=by.reference)
    withdraw_all_files(review, by=by)
    data = {"start": place[0], "end": place[1], "basis": basis.value}
    _note(Tag.REVIEW_REDACTED, review, by=by, data=data)


def _take_out(review: AnswerReview, place: tuple[int, int], basis: LegalBasis, *, by: str) -> None:
    review.redactions.append(
        Redaction(start=place[0], end=place[1], basis=basis, made_at=utc_now(), made_by=by)
    )
    for finding in review.findings:
        if place[0] <= finding.start and finding.end <= place[1]:
            finding.decision = FindingDecision.REDACTED
    session().flush()


def _put_back_over(finding: ReviewFinding) -> None:
    """Put back what was taken out together with something that was found."""
    for one in list(finding.review.redactions):
        if _covers(one, finding):
            _put_back(one)


def _put_back(redaction: Redaction) -> None:
    """Put words back; what was found in them and is covered by nothing else waits again."""
    review = redaction.review
    review.redactions.remove(redaction)
    for finding in review.findings:
        if finding.decision is FindingDecision.REDACTED and not any(
            _covers(one, finding) for one in review.redactions
        ):
            finding.decision = None
    session().flush()


def _covers(redaction: Redaction, finding: ReviewFinding) -> bool:
    return redaction.start <= finding.start and finding.end <= redaction.end


def _carry_over(before: AnswerReview, review: AnswerReview) -> None:
    """Take out of a new version what was taken out of the one before it."""
    old = before.version.full_text
    for one in before.redactions:
        for place in places_of(old[one.start : one.end], review.version.full_text):
            if place not in [(other.start, other.end) for other in review.redactions]:
                _take_out(review, place, one.basis, by=one.made_by)


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
