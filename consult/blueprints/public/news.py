"""Shaping what happened in a round: one line for each, newest first, and how many are new."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.public.looking import last_looks
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import format_moment
from consult.domain.disclosure.queries import list_publishing_moments
from consult.domain.meetings.queries import list_validated
from consult.domain.rounds.listing import list_moves, list_news
from consult.domain.rounds.types import NewsKind
from consult.kernel.clock import to_oslo
from consult.policy import Permission, can

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting
    from consult.domain.rounds.models import DeadlineChange, Proposal, Question, Round, RoundNews

Parts = Mapping[tuple[str, str], "Question | Proposal"]
"""The round's questions and proposals, by what they are and their key."""


@dataclass(frozen=True, slots=True)
class Happenings:
    """What happened in some rounds, as the areas keep it.

    Attributes:
        published: From when each answer was public, with its round's id.
    """

    news: Sequence["RoundNews"]
    moves: Sequence["DeadlineChange"]
    meetings: Sequence["Meeting"]
    published: Sequence[tuple[int, datetime]]


@dataclass(frozen=True, slots=True)
class NewsLine:
    """Something that happened.

    Attributes:
        note: The owner's own words about it, such as a reason.
        href: Where to read more, if there is such a place.
        is_new: It happened after the visitor's last visit.
    """

    at: datetime
    text: str
    href: str | None = None
    link: str = ""
    note: str = ""
    is_new: bool = False


def happenings_of(rounds: Sequence["Round"]) -> Happenings:
    """What everybody may know of some rounds: one query for each source, however many rounds."""
    ids = [one.id for one in rounds]
    actor = current_actor()
    opened = [one.id for one in rounds if can(actor, Permission.VIEW_PUBLISHED, one)]
    return Happenings(
        news=list_news(ids),
        moves=list_moves(ids),
        meetings=list_validated(ids),
        published=list_publishing_moments(opened),
    )


def count_new(rounds: Sequence["Round"]) -> dict[int, int]:
    """How many lines are new since this browser last looked, by round id; none where nothing is."""
    looks = last_looks()
    looked = {one.id: looks[one.public_id] for one in rounds if one.public_id in looks}
    if not looked:
        return {}
    found = happenings_of([one for one in rounds if one.id in looked])
    moments = [(one.round_id, one.at) for one in found.news]
    moments += [(one.round_id, one.changed_at) for one in found.moves]
    moments += [(one.round_id, _approved(one)) for one in found.meetings]
    new = Counter(round_id for round_id, at in moments if at > looked[round_id])
    days = {(key, to_oslo(at).date()) for key, at in found.published if at > looked[key]}
    return dict(new + Counter(round_id for round_id, _day in days))


def lines_of(
    round_: "Round", found: Happenings, parts: Parts, *, since: datetime | None
) -> list[NewsLine]:
    """What happened in one round, newest first; what is after ``since`` is marked as new."""
    lines = [_line_of(round_, one, parts) for one in found.news]
    lines += [_moved(round_, one) for one in found.moves]
    lines += [_met(round_, one) for one in found.meetings]
    lines += _published(round_, [at for _id, at in found.published], since)
    marked = [_marked(one, since) for one in lines]
    return sorted(marked, key=lambda one: one.at, reverse=True)


def _marked(line: NewsLine, since: datetime | None) -> NewsLine:
    is_new = since is not None and line.at > since
    return NewsLine(line.at, line.text, line.href, line.link, line.note, is_new)


def _line_of(round_: "Round", news: "RoundNews", parts: Parts) -> NewsLine:
    page = url_for("public.round", round_slug=round_.slug)
    match news.kind:
        case NewsKind.CORRECTED:
            return _corrected(round_, news, parts)
        case NewsKind.REPORTED:
            text = _("The answers have been summed up, and the report is delivered.")
            return NewsLine(news.at, text, f"{page}#received", _("See what came in"))
        case NewsKind.PUBLISHED:
            title, number = news.data["title"], news.data["number"]
            text = _("“%(title)s” is published, edition %(number)s.", title=title, number=number)
            return NewsLine(news.at, text, f"{page}/reports/{news.data['kind']}", _("Read it"))
        case NewsKind.FOLLOWED_UP:
            text = _("It is told what becomes of the proposals in the report.")
            link = _("See what has become of them")
            return NewsLine(news.at, text, f"{page}/follow-up", link)
        case NewsKind.CANCELLED:
            return NewsLine(news.at, _("The round was cancelled."), note=round_.cancel_reason or "")
        case _opened:
            text = _("The round opened for answers.")
            return NewsLine(news.at, text, f"{page}#answering", _("Ways to answer"))


def _corrected(round_: "Round", news: "RoundNews", parts: Parts) -> NewsLine:
    """A correction; what was removed since is named as it was then, and leads nowhere."""
    kind, key = str(news.data["part"]), str(news.data["key"])
    part, number = parts.get((kind, key)), news.data["number"]
    if kind == "question":
        number = part.position if part is not None else number
        text = _("The wording of question %(number)s was corrected.", number=number)
        link = _("See question %(number)s", number=number)
        href = url_for("public.round", round_slug=round_.slug, _anchor=f"question-{key}")
    else:
        text = _("The wording of proposal %(number)s was corrected.", number=number)
        link = _("See proposal %(number)s", number=number)
        href = url_for("public.paper", round_slug=round_.slug, _anchor=f"proposal-{key}")
    return NewsLine(news.at, text, href if part is not None else None, link)


def _moved(round_: "Round", move: "DeadlineChange") -> NewsLine:
    old, new = format_moment(move.old_closes_at), format_moment(move.new_closes_at)
    return NewsLine(
        move.changed_at,
        _("The deadline was moved from %(old)s to %(new)s.", old=old, new=new),
        url_for("public.round", round_slug=round_.slug, _anchor="deadline"),
        _("About the deadline"),
        note=move.reason,
    )


def _met(round_: "Round", meeting: "Meeting") -> NewsLine:
    return NewsLine(
        _approved(meeting),
        _("A meeting was published: %(title)s.", title=meeting.title),
        url_for("public.meetings", round_slug=round_.slug),
        _("See the meetings"),
    )


def _published(
    round_: "Round", moments: Sequence[datetime], since: datetime | None
) -> Iterator[NewsLine]:
    """Published answers by day; a day on which the visitor looked has what came after by itself."""
    groups: dict[tuple[date, bool], list[datetime]] = {}
    for at in moments:
        is_new = since is not None and at > since
        groups.setdefault((to_oslo(at).date(), is_new), []).append(at)
    href = url_for("public.answers", round_slug=round_.slug)
    for some in groups.values():
        text = ngettext(
            "%(num)d answer was published.", "%(num)d answers were published.", len(some)
        )
        yield NewsLine(max(some), text, href, _("Read the answers that are published"))


def _approved(meeting: "Meeting") -> datetime:
    """When a meeting's notes were approved, and so published."""
    return meeting.validated_at or meeting.created_at
