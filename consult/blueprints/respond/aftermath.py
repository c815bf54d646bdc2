"""Shaping what can be done with an answer that is sent, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.respond.presenters import standing_of
from consult.blueprints.shared.context import format_moment
from consult.domain.disclosure.types import REFUSAL_LABELS, ReviewState
from consult.domain.responses.queries import find_case_of_answer
from consult.domain.rounds.rules import effective_status, publishing_is_open
from consult.domain.rounds.types import AnswerPublishing, RoundStatus
from consult.domain.submissions.queries import own_deadline
from consult.domain.submissions.service.amending import can_amend, find_amendment
from consult.domain.submissions.types import Publication, SubmissionStatus

if TYPE_CHECKING:
    from consult.domain.disclosure.models import AnswerReview
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import Draft, Submission, SubmissionVersion


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What a sender can still do with an answer.

    Attributes:
        until: The sender's deadline, while the answer can be changed; ``None`` when it cannot.
        amendment: Changes that are begun and not sent.
        may_begin_anew: Whether another answer can take the place of one that is withdrawn.
        workspace: Where an organisation wrote it and sends new versions; empty elsewhere.
    """

    until: datetime | None
    amendment: "Draft | None"
    is_withdrawn: bool
    may_begin_anew: bool
    workspace: str = ""


def afterwards_of(submission: "Submission", *, now: datetime) -> Afterwards:
    """What can be done with an answer at this moment."""
    own = own_deadline(submission.round_id, submission.organisation_id)
    standing = standing_of(submission.round, own_deadline=own, now=now)
    is_changeable = standing.is_open and can_amend(submission)
    is_withdrawn = submission.status is SubmissionStatus.WITHDRAWN
    return Afterwards(
        until=standing.deadline if is_changeable else None,
        amendment=find_amendment(submission),
        is_withdrawn=is_withdrawn,
        may_begin_anew=is_withdrawn and standing.is_open,
        workspace="" if is_changeable else _workspace_of(submission),
    )


def _workspace_of(submission: "Submission") -> str:
    if submission.organisation_id is None:
        return ""
    case = find_case_of_answer(submission.id)
    if case is None:
        return ""
    return url_for(
        "workspace.send", organisation=case.organisation.slug, round_slug=submission.round.slug
    )


def stage_text(round_: "Round", *, now: datetime) -> str:
    """Where the round stands, as one sentence for somebody who has answered."""
    status = effective_status(
        round_.status, opens_at=round_.opens_at, closes_at=round_.closes_at, now=now
    )
    owner = round_.owner.name
    texts: dict[RoundStatus, str] = {
        RoundStatus.CLOSED: _(
            "The deadline has passed. %(owner)s reads every answer.", owner=owner
        ),
        RoundStatus.ANALYSIS: _(
            "%(owner)s is going through the answers, theme by theme.", owner=owner
        ),
        RoundStatus.REPORTED: _(
            "%(owner)s has handed over the report on the answers.", owner=owner
        ),
        RoundStatus.CONCLUDED: _("The matter is concluded."),
        RoundStatus.ARCHIVED: _("The matter is concluded and archived."),
        RoundStatus.CANCELLED: _("The round was cancelled. What was received is kept."),
    }
    is_open = _("The round takes answers until %(moment)s. Then all of them are read.",
                moment=format_moment(round_.closes_at))  # fmt: skip
    return str(texts.get(status, is_open))


def web_text(submission: "Submission", review: "AnswerReview | None", *, now: datetime) -> str:
    """Whether the answer stands on the web, and why not where it does not; as one sentence."""
    round_ = submission.round
    publishing, owner = round_.answer_publishing, round_.owner.name
    if submission.publication is Publication.NOT_ON_WEB:
        text = _("It does not stand on the web, as you chose.")
    elif review is not None and review.state is ReviewState.REFUSED and review.reason is not None:
        text = _(
            "%(owner)s has decided not to publish it. The reason: %(reason)s.",
            owner=owner,
            reason=_(REFUSAL_LABELS[review.reason]),
        )
    elif publishing is AnswerPublishing.NEVER:
        text = _("%(owner)s does not publish the answers to this round here.", owner=owner)
    elif review is None or review.state is ReviewState.WAITING:
        text = _("Somebody at %(owner)s looks through it first.", owner=owner)
    elif not publishing_is_open(publishing, closes_at=round_.closes_at, now=now):
        text = _("It has been looked through, and will stand on the web after the deadline.")
    else:
        text = _("It stands on the web, the way you chose.")
    return str(text)


def version_rows(submission: "Submission") -> list[dict[str, object]]:
    """Every version, the latest first, with what it is now and where it can be read."""
    newer: SubmissionVersion | None = None
    rows: list[dict[str, object]] = []
    for version in reversed(submission.versions):
        number = version.number
        is_current = number == submission.current_version_number
        rows.append(
            {
                "number": number,
                "received_at": version.received_at or submission.received_at,
                "is_current": is_current,
                "replaced_at": newer.received_at if newer else None,
                "href": url_for("respond.version", public_id=submission.public_id, number=number)
                if not is_current
                else None,
            }
        )
        newer = version
    return rows
