"""What a search page's address asks for, and how what is found is shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request, url_for

from consult.blueprints.shared.forms import member_of
from consult.blueprints.shared.lists import asked_text
from consult.domain.analysis.queries.passages import with_themes_below
from consult.domain.analysis.queries.scope import TYPES_OF_GROUP
from consult.domain.analysis.search.asking import (
    ORDER_LABELS,
    STANDING,
    AnswerHits,
    FoundIn,
    Hit,
    Search,
    SearchOrder,
    SearchView,
)
from consult.domain.analysis.search.language import MAX_LENGTH, parse_query
from consult.domain.analysis.search.marking import Piece, find_marks, pieces_of
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ACTOR_TYPE_LABELS, ActorGroup
from consult.domain.submissions.types import (
    CHANNEL_LABELS,
    DEADLINE_STATUS_LABELS,
    STANCE_LABELS,
    SUBMISSION_STATUS_LABELS,
    VOICE_LABELS,
    Channel,
    DeadlineStatus,
    Stance,
    SubmissionStatus,
)
from consult.kernel.i18n import LANGUAGE_NAMES, N_

if TYPE_CHECKING:
    from consult.domain.coding.types import ThemeRow
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round

ALL = "all"
"""In place of a status: whatever became of the answer."""

_STATUSES: dict[str, str] = {ALL: N_("Whatever became of it")} | {
    status.value: label for status, label in SUBMISSION_STATUS_LABELS.items()
}
LABELS = {
    "group": ACTOR_GROUP_LABELS,
    "actor_type": ACTOR_TYPE_LABELS,
    "stance": STANCE_LABELS,
    "status": _STATUSES,
    "deadline": DEADLINE_STATUS_LABELS,
    "channel": CHANNEL_LABELS,
    "language": LANGUAGE_NAMES,
    "order": ORDER_LABELS,
    "voice": VOICE_LABELS,
}
"""The code lists that the pages spell out."""

_LENGTH = 700  # characters shown of a long passage


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as somebody asked for it, to be shown in the form again.

    Attributes:
        theme: The key of the chosen theme.
        round_slug: The chosen round, where all are searched.
        status: What the status field holds.
        body: The body whose answers are asked for, by a link from one of them.
        by_meaning: Whether passages are wanted too that say something alike in other words.
    """

    text: str
    search: Search
    view: SearchView
    order: SearchOrder
    group: ActorGroup | None
    theme: str | None
    round_slug: str | None
    status: str
    body: "Organisation | None"
    by_meaning: bool = False

    @property
    def has_choices(self) -> bool:
        """Whether something is chosen beside the words and the respondent."""
        found = self.search
        chosen = (self.group, self.theme, found.stance, found.channel, found.language)
        return any(chosen) or bool(self.status)

    @property
    def lacks_a_word(self) -> bool:
        """Whether something is written and says only what shall not be there."""
        return bool(self.text) and self.search.query.is_empty


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A passage that is found, with the hits in it marked, and where it can be read."""

    hit: Hit
    pieces: tuple[Piece, ...]
    href: str
    answer_href: str | None


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer with its best hits."""

    answer: AnswerHits
    hits: tuple[ShownHit, ...]
    href: str | None


def read_asked(
    *,
    round_id: int | None = None,
    themes: "Sequence[ThemeRow]" = (),
    rounds: "Sequence[Round]" = (),
    body: "Organisation | None" = None,
) -> Asked:
    """What the address asks for; what cannot be is taken as not asked."""
    values = request.args
    text = asked_text("q", limit=MAX_LENGTH)
    group = member_of(ActorGroup, values.get("group"))
    theme = next((one for one in themes if one.key == values.get("theme")), None)
    below = with_themes_below(themes, theme) if theme else ()
    chosen = next((one for one in rounds if one.slug == values.get("round")), None)
    respondent = asked_text("from")
    status, statuses = _statuses(bool(respondent or body))
    language = values.get("language")
    return Asked(
        text=text,
        search=Search(
            query=parse_query(text),
            round_id=chosen.id if chosen else round_id,
            theme_ids=frozenset(one.id for one in below) if theme else None,
            actor_types=TYPES_OF_GROUP[group] if group else None,
            organisation_id=body.id if body else None,
            respondent=respondent,
            stance=member_of(Stance, values.get("stance")),
            statuses=statuses,
            channel=member_of(Channel, values.get("channel")),
            language=language if language in LANGUAGE_NAMES else None,
        ),
        view=member_of(SearchView, values.get("view"))
        or (SearchView.PASSAGES if text else SearchView.ANSWERS),
        order=member_of(SearchOrder, values.get("sort")) or SearchOrder.BEST,
        group=group,
        theme=theme.key if theme else None,
        round_slug=chosen.slug if chosen else None,
        status=status,
        body=body,
        by_meaning=round_id is not None and values.get("meaning") == "1",
    )


def _statuses(is_about_somebody: bool) -> tuple[str, frozenset[SubmissionStatus]]:
    """What the status field holds, and the statuses it means.

    Whoever asks what one respondent has sent wants all of it, unless they say otherwise.
    """
    wanted = request.args.get("status", "")
    one = member_of(SubmissionStatus, wanted)
    if one is not None:
        return wanted, frozenset({one})
    if wanted == ALL or is_about_somebody:
        return wanted if wanted == ALL else "", frozenset(SubmissionStatus)
    return "", STANDING


def address_values(asked: Asked) -> dict[str, str | None]:
    """What stands in the address of the other pages of the same search."""
    search = asked.search
    return {
        "q": asked.text or None,
        "from": search.respondent or None,
        "body": asked.body.public_id if asked.body else None,
        "round": asked.round_slug,
        "group": asked.group,
        "theme": asked.theme,
        "stance": search.stance,
        "status": asked.status or None,
        "channel": search.channel,
        "language": search.language,
        "meaning": "1" if asked.by_meaning else None,
        "view": asked.view,
        "sort": asked.order,
    }


def theme_choices(themes: "Sequence[ThemeRow]") -> dict[str, str]:
    """Themes with the path to them, by key."""
    return {row.key: " › ".join(row.path) for row in themes}


def shown_hits(hits: Iterable[Hit], asked: Asked) -> tuple[ShownHit, ...]:
    """Hits with their words marked."""
    return tuple(_shown(hit, asked) for hit in hits)


def shown_answers(answers: Iterable[AnswerHits], asked: Asked) -> tuple[ShownAnswer, ...]:
    """Answers with their hits."""
    return tuple(
        ShownAnswer(
            answer=answer,
            hits=shown_hits(answer.best, asked),
            href=_answer_href(answer.place, answer.sender.number),
        )
        for answer in answers
    )


def _shown(hit: Hit, asked: Asked) -> ShownHit:
    return show_hit(hit, find_marks(hit.passage.quote, asked.search.query))


def show_hit(hit: Hit, marks: tuple[tuple[int, int], ...]) -> ShownHit:
    """A passage with the parts of it marked that say why it is shown."""
    text, place = hit.passage.quote, hit.place
    answer_href = _answer_href(place, hit.passage.sender.number)
    context = url_for("desk.coding", round_slug=place.round_slug, passage=hit.passage.public_id)
    return ShownHit(
        hit=hit,
        pieces=pieces_of(text, marks, length=_LENGTH),
        href=context if answer_href is None or _is_read(place) else answer_href,
        answer_href=answer_href,
    )


def _is_read(place: FoundIn) -> bool:
    """Whether the text is one that readers code; any other is read on the answer's own page."""
    received = place.status is SubmissionStatus.RECEIVED
    return received and place.deadline is not DeadlineStatus.LATE_EXCLUDED


def _answer_href(place: FoundIn, number: int) -> str | None:
    """The page of an answer; the notes of a meeting are none."""
    if place.is_minutes:
        return None
    return url_for("desk.answer", round_slug=place.round_slug, number=number)
