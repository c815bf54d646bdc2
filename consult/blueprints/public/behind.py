"""Shaping who is behind a published answer, what it joins, and who joins it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from consult.domain.accounts.types import Actor
from consult.domain.organisations.queries import organisations_by_id
from consult.domain.organisations.types import Role
from consult.domain.responses.joinable import get_joinable
from consult.domain.submissions.behind import bodies_behind
from consult.domain.submissions.endorsements import count_joined, find_endorsement
from consult.domain.submissions.parties import BodyBehind, Capacity
from consult.domain.submissions.types import Publication
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Behind:
    """Who is behind some answers, by the answer's id.

    Attributes:
        names: One line for each body; none where the sender wants no name on the web.
        joined: How many bodies join the answer.
    """

    names: Mapping[int, Sequence[str]]
    joined: Mapping[int, int]


def behind_answers(round_id: int, submissions: "Collection[Submission]") -> Behind:
    """Who is behind some published answers."""
    ids = [one.id for one in submissions]
    found = bodies_behind(round_id, submission_ids=ids)
    return Behind(
        names={
            one.id: [_line(body) for body in found.get(one.id, ())]
            for one in submissions
            if one.publication is Publication.WITH_NAME
        },
        joined=count_joined(ids),
    )


def joining_of(submission: "Submission", actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The answer that this one joins, where everybody may read it, and whom I could join it for."""
    round_ = submission.round
    joins = find_endorsement(submission.id)
    other = joins.of if joins is not None and joins.of_version is not None else None
    return {
        "source": other if other is not None and _is_readable(round_, other, now=now) else None,
        "join_links": _join_links(submission, actor, now=now),
    }


def _join_links(submission: "Submission", actor: Actor, *, now: datetime) -> list[tuple[str, str]]:
    """For each organisation that I coordinate: its name, and where it joins this answer."""
    own = set(actor.organisations_as(Role.COORDINATOR)) - {submission.organisation_id}
    if not own or not _is_readable(submission.round, submission, now=now):
        return []
    return [
        (
            one.name,
            url_for(
                "workspace.join_answer",
                organisation=one.slug,
                round_slug=submission.round.slug,
                number=submission.number,
            ),
        )
        for one in organisations_by_id(own).values()
    ]


def _is_readable(round_: "Round", submission: "Submission", *, now: datetime) -> bool:
    """Whether it is an answer of a named body that everybody may read, and that can be joined."""
    try:
        get_joinable(round_, submission.number, without=0, now=now)
    except NotFound:
        return False
    return True


def _line(body: BodyBehind) -> str:
    if body.capacity is Capacity.ON_BEHALF_OF:
        text = _("on behalf of %(name)s", name=body.name)
        note = _("says it is not its own")
    else:
        text = _("together with %(names)s", names=body.name)
        note = _("not confirmed")
    return str(text) if body.is_confirmed else f"{text} ({note})"
