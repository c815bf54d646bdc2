"""What somebody wants to find, and what is found."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from consult.domain.analysis.search.language import Query
from consult.domain.analysis.types import PassageRow, Sender
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.types import (
    Channel,
    DeadlineStatus,
    Stance,
    SubmissionStatus,
)
from consult.kernel.i18n import N_

STANDING = frozenset(
    {SubmissionStatus.RECEIVED, SubmissionStatus.TO_CHECK, SubmissionStatus.MINUTES}
)
"""What is searched unless somebody asks for more: nothing withdrawn, marked or set aside."""

PAGE = 25
"""Hits on one page."""

MOST_RANKED = 5_000
"""Passages among which the best are looked for. Where more are found, words that common say too
little of what is best, and to weigh all of them takes long."""

HITS_EACH = 3
"""Passages shown of each answer, where answers are listed."""


class SearchOrder(StrEnum):
    """How hits are sorted."""

    BEST = "best"
    PLACE = "place"


ORDER_LABELS: dict[SearchOrder, str] = {
    SearchOrder.BEST: N_("Best first"),
    SearchOrder.PLACE: N_("As they came in"),
}


class SearchView(StrEnum):
    """What is listed."""

    PASSAGES = "passages"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and where.

    Whose rounds may be searched at all is no part of it: that is asked with every search.

    Attributes:
        query: The words; empty for everything that the rest leaves.
        round_id: One round only.
        theme_ids: Passages that have any of these themes, on themselves or on a part.
        actor_types: Answers of these kinds of actor.
        organisation_id: Answers of this body, and those that say to be its.
        respondent: Answers of whoever has this in a name, or this address or number.
        stance: Passages under proposals on which their sender takes this stance.
        statuses: Answers that stand as one of these.
        channel: How they came.
        language: What they are written in.
    """

    query: Query = field(default_factory=Query)
    round_id: int | None = None
    theme_ids: frozenset[int] | None = None
    actor_types: tuple[ActorType, ...] | None = None
    organisation_id: int | None = None
    respondent: str = ""
    stance: Stance | None = None
    statuses: frozenset[SubmissionStatus] = STANDING
    channel: Channel | None = None
    language: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked but perhaps where."""
        asked = (self.theme_ids, self.actor_types, self.organisation_id, self.stance)
        more = (self.channel, self.language, self.respondent)
        is_usual = self.statuses == STANDING
        return self.query.is_empty and is_usual and not any(asked) and not any(more)


@dataclass(frozen=True, slots=True)
class SearchCount:
    """How much is found.

    Attributes:
        passages: Passages with the words.
        answers: Answers that they stand in.
        minutes: Sets of meeting notes that they stand in; nobody's answers.
    """

    passages: int
    answers: int
    minutes: int

    @property
    def can_be_ranked(self) -> bool:
        """Whether the best can be looked for among them."""
        return self.passages <= MOST_RANKED


@dataclass(frozen=True, slots=True)
class FoundIn:
    """The round and the state of the answer that a hit stands in."""

    round_slug: str
    round_title: dict[str, str]
    status: SubmissionStatus
    deadline: DeadlineStatus
    received_at: datetime

    @property
    def is_minutes(self) -> bool:
        """Whether it is the notes of a meeting."""
        return self.status is SubmissionStatus.MINUTES


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that is found."""

    passage: PassageRow
    place: FoundIn


@dataclass(frozen=True, slots=True)
class AnswerHits:
    """An answer in which something is found: how many passages, and the best of them."""

    sender: Sender
    place: FoundIn
    passages: int
    best: tuple[Hit, ...]
