"""What a report may print of an answer: whom it names, and which passages it may quote.

The sender's own choice decides, and what was taken out by law or is being looked at. Responses do
not leave their organisation's own house this way: there a branch has its name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from consult.domain.disclosure.queries import protected_places
from consult.domain.disclosure.rules import overlaps
from consult.domain.documents.building.data import AnswerFacts
from consult.domain.documents.building.senders import attribution
from consult.domain.documents.building.wording import Wording
from consult.domain.submissions.types import Publication
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import Composition
    from consult.domain.submissions.models import Submission


class Barrier(StrEnum):
    """Why a passage may not be quoted."""

    NOT_PUBLISHED = "not_published"
    PROTECTED = "protected"
    PRIVATE = "private"


BARRIER_LABELS: dict[Barrier, str] = {
    Barrier.PRIVATE: N_("May not be quoted: answers to the question are not for publication."),
    Barrier.NOT_PUBLISHED: N_("May not be quoted: the sender does not want it published."),
    Barrier.PROTECTED: N_(
        "May not be quoted: words here were taken out, or have to be looked at first."
    ),
}


@dataclass(frozen=True, slots=True)
class Printable:
    """What a text may print of a passage: the sender's name or kind, and what forbids to quote."""

    sender: str
    barrier: Barrier | None = None


def find_printable(
    composition: "Composition", passages: Sequence["Passage"]
) -> Mapping[int, Printable]:
    """What a text may print of some passages, by their ids."""
    private = {one.id for one in passages if one.answer.is_private}
    if not composition.is_report:
        return {
            one.id: Printable(one.submission.name, Barrier.PRIVATE if one.id in private else None)
            for one in passages
        }
    say = Wording(composition.language)
    versions = {one.version_id for one in passages}
    places = protected_places(composition.round_id, version_ids=versions)
    return {
        one.id: Printable(
            printable_sender(one.submission, say),
            Barrier.PRIVATE if one.id in private else _barrier(one, places),
        )
        for one in passages
    }


def printable_sender(submission: "Submission", say: Wording) -> str:
    """What the sender of an answer is called in print."""
    facts = AnswerFacts(
        number=submission.number,
        name=submission.name,
        actor_type=submission.actor_type,
        organisation_id=submission.organisation_id,
        language=submission.language,
        channel=submission.channel,
        publication=submission.publication,
        status=submission.status,
        deadline_status=submission.deadline_status,
        has_comments=True,
    )
    return attribution(facts, say)


def _barrier(passage: "Passage", places: Mapping[int, Iterable[tuple[int, int]]]) -> Barrier | None:
    if passage.submission.publication is Publication.NOT_ON_WEB:
        return Barrier.NOT_PUBLISHED
    here = (passage.start, passage.end)
    if any(overlaps(here, place) for place in places.get(passage.version_id, ())):
        return Barrier.PROTECTED
    return None
