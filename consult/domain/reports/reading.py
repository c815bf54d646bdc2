"""What may be read of an edition today: what was published, without what may no longer be printed.

Nothing of this is written down when a sender asks for less or words are taken out. Each time an
edition is read the state of the round is compared by its digest, so there is no moment in which an
edition still shows what may not be shown (ADR 52).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.composing.frozen import unfreeze
from consult.domain.composing.models import Evidence, Part
from consult.domain.composing.types import EvidenceUse
from consult.domain.disclosure.models import AnswerReview, Redaction, ReviewFinding
from consult.domain.disclosure.queries import private_places, protected_places
from consult.domain.disclosure.rules import overlaps
from consult.domain.disclosure.types import ReviewState
from consult.domain.documents.building.data import SummaryData
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.freezing.places import Place, places_of
from consult.domain.documents.snapshots import read_frozen
from consult.domain.documents.types import Document
from consult.domain.reports.building.withholding import Withheld, without
from consult.domain.reports.editions import who_approved
from consult.domain.reports.queries import build_shown, gather_basis
from consult.domain.rounds.models import Question
from consult.domain.submissions.models import Submission, SubmissionVersion
from consult.domain.submissions.types import Publication, SubmissionStatus
from consult.kernel.i18n import N_
from consult.kernel.ids import content_digest

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition
    from consult.domain.documents.models import Snapshot
    from consult.domain.reports.models import Edition

_OPENNESS = (Publication.NOT_ON_WEB, Publication.WITHOUT_NAME, Publication.WITH_NAME)


_TELLING = 20  # characters: a short answer that is private now stands in many sentences


@dataclass(frozen=True, slots=True)
class Affected:
    """An answer of which something is left out of an edition now, and where it stood there."""

    number: int
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """An edition as it may be read now, and what is left out of it."""

    document: Document
    affected: tuple[Affected, ...] = ()


def state_of(round_id: int) -> str:
    """A digest of all that decides what may be printed of a round's answers."""
    answers = select(
        Submission.number,
        Submission.name,
        Submission.status,
        Submission.publication,
        Submission.current_version_number,
    ).where(Submission.round_id == round_id)
    reviews = select(AnswerReview.id, AnswerReview.state).where(AnswerReview.round_id == round_id)
    redacted = (
        select(Redaction.review_id, Redaction.start, Redaction.end)
        .join(AnswerReview, AnswerReview.id == Redaction.review_id)
        .where(AnswerReview.round_id == round_id)
    )
    undecided = (
        select(ReviewFinding.review_id, ReviewFinding.start, ReviewFinding.end)
        .join(AnswerReview, AnswerReview.id == ReviewFinding.review_id)
        .where(AnswerReview.round_id == round_id, ReviewFinding.decision.is_(None))
    )
    promised = select(Question.id, Question.is_private, Question.withheld_at).where(
        Question.round_id == round_id
    )
    found = [
        sorted(tuple(map(str, row)) for row in session().execute(query))
        for query in (answers, reviews, redacted, undecided, promised)
    ]
    return content_digest(repr(found).encode())


def withheld_of(composition: "Composition", snapshot: "Snapshot") -> Withheld:
    """What may no longer be printed of the data behind a report, and who has corrected theirs."""
    data = read_frozen(snapshot).data
    answers = _answers(composition.round_id)
    less = dict(_less_open(data, answers))
    passages, words = _protected(composition.round_id, data)
    frozen = {one.number: one for one in data.answers}
    others = {one.name for one in data.answers if one.number not in less}
    names = {frozen[number].name for number in less} - others
    return Withheld(
        answers=less,
        passages=passages,
        quoted=_quoted(composition.id),
        words=(*words, *sorted(name for name in names if name)),
        corrected=frozenset(
            number
            for number, one in frozen.items()
            if number in answers and answers[number].current_version_number > one.version
        ),
    )


def read_edition(edition: "Edition", *, addresses: Mapping[int, str]) -> Reading:
    """The edition as it may be read now, with links to the answers that everybody may read."""
    composition, version = edition.composition, edition.version
    withheld = withheld_of(composition, edition.snapshot)
    printed = gather_basis(composition, edition.snapshot, with_removed=True)
    text, signers = unfreeze(version.content), who_approved(version)
    basis = replace(printed, addresses=addresses, corrected=withheld.corrected)
    if withheld.is_empty:
        shown = build_shown(text, basis, composition, version=version, signers=signers)
        return Reading(shown)
    before = build_shown(text, printed, composition, version=version, signers=signers)
    mark = Wording(composition.language).gettext(N_("[taken out]"))
    left, basis = without(text, basis, withheld, mark=mark)
    shown = build_shown(left, basis, composition, version=version, signers=signers)
    return Reading(shown, _affected(withheld, printed.data, before))


def _affected(withheld: Withheld, data: SummaryData, printed: Document) -> tuple[Affected, ...]:
    of_passage = {one.id: one.answer for one in data.passages}
    numbers = set(withheld.answers) | {of_passage[one] for one in withheld.passages}
    places = places_of(printed, numbers)
    return tuple(Affected(number, places.get(number, ())) for number in sorted(numbers))


def _answers(round_id: int) -> dict[int, Submission]:
    query = select(Submission).where(Submission.round_id == round_id)
    return {one.number: one for one in session().scalars(query)}


def _less_open(
    data: SummaryData, answers: Mapping[int, Submission]
) -> Iterable[tuple[int, Publication]]:
    """What may be published now of each answer of which it is less than when it was frozen."""
    for one in data.answers:
        now = answers.get(one.number)
        allowed = now.publication if now is not None else Publication.NOT_ON_WEB
        if now is None or (
            now.status is SubmissionStatus.WITHDRAWN and one.status is not now.status
        ):
            allowed = Publication.NOT_ON_WEB
        if _OPENNESS.index(allowed) < _OPENNESS.index(one.publication):
            yield one.number, allowed


def _protected(round_id: int, data: SummaryData) -> tuple[frozenset[int], tuple[str, ...]]:
    """Frozen passages that may not be quoted now, and the very words that were taken out."""
    places, private = protected_places(round_id), private_places(round_id)
    open_ones = {one.id for one in data.passages if not one.is_protected}
    query = (
        select(Passage)
        .where(Passage.version_id.in_(places))
        .options(joinedload(Passage.submission))
    )
    refused = _refused_answers(round_id)
    hidden = {one.id for one in data.passages if one.answer in refused}
    words: set[str] = set()
    for passage in session().scalars(query):
        here = [
            place
            for place in places[passage.version_id]
            if overlaps((passage.start, passage.end), place)
        ]
        if not here:
            continue
        if passage.id in open_ones:
            hidden.add(passage.id)
        if passage.submission.number not in refused:
            promised = private.get(passage.version_id, ())
            words |= {_cut(passage, place) for place in here if place not in promised}
            was_open = passage.id in open_ones and len(passage.quote) >= _TELLING
            if was_open and any(place in promised for place in here):
                words.add(passage.quote)
    return frozenset(hidden), tuple(sorted(one for one in words if len(one) > 2))


def _refused_answers(round_id: int) -> frozenset[int]:
    """Numbers of answers that are not published at all, by their present version."""
    query = (
        select(Submission.number)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(AnswerReview, AnswerReview.version_id == SubmissionVersion.id)
        .where(
            Submission.round_id == round_id,
            SubmissionVersion.number == Submission.current_version_number,
            AnswerReview.state == ReviewState.REFUSED,
        )
    )
    return frozenset(session().scalars(query))


def _cut(passage: Passage, place: tuple[int, int]) -> str:
    start, end = place
    return passage.quote[max(0, start - passage.start) : max(0, end - passage.start)].strip()


def _quoted(composition_id: int) -> frozenset[str]:
    query = (
        select(Evidence.public_id)
        .join(Part, Part.id == Evidence.part_id)
        .where(Part.composition_id == composition_id, Evidence.use == EvidenceUse.QUOTED)
    )
    return frozenset(session().scalars(query))
