"""Drafts for tests."""

from datetime import datetime

from flask import current_app
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import VISITOR, Actor
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.models import Draft, PersonalLink
from consult.domain.submissions.service.amending import withdraw_submission
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.service.drafting import change_publication, start_draft
from consult.domain.submissions.service.sending import Sent, send_draft
from consult.domain.submissions.types import Publication, Respondent, WrittenAnswer
from consult.kernel.clock import utc_now

BASE_URL = "http://localhost"


def links_of(thing) -> dict[str, str]:
    """The kinds of links that open a draft or an answer, by their digests."""
    column = PersonalLink.draft_id if isinstance(thing, Draft) else PersonalLink.submission_id
    found = session().scalars(select(PersonalLink).where(column == thing.id))
    return {link.digest: link.kind.value for link in found}


def begin(
    round_,
    *,
    by: Actor = VISITOR,
    language: str = "nb",
    organisation=None,
    now: datetime | None = None,
    **values,
) -> Draft:
    """A draft in which nothing is written."""
    respondent = Respondent(
        name=organisation.name if organisation else "Brukerutvalget i Solvik",
        actor_type=organisation.actor_type if organisation else ActorType.USER_COUNCIL_LOCAL,
        organisation_id=organisation.id if organisation else None,
        **values,
    )
    draft, _token = start_draft(
        round_, respondent, language=language, by=by, base_url=BASE_URL, now=now or utc_now()
    )
    return draft


def write(draft: Draft, *texts: str, by: Actor = VISITOR) -> Draft:
    """Write to the questions in order, and choose publication."""
    for question, text in zip(draft.round.questions, texts, strict=False):
        save_answer(draft, question, WrittenAnswer(text=text), revision=0, by=by)
    change_publication(draft, Publication.WITH_NAME)
    return draft


def withdraw(submission, *, by: Actor = VISITOR) -> None:
    """Take an answer back."""
    files = current_app.extensions["files"]
    withdraw_submission(submission, by=by, now=utc_now(), files=files)


def send(draft: Draft, *, by: Actor = VISITOR, received_at=None) -> Sent:
    """Send a draft in."""
    return send_draft(
        draft,
        by=by,
        received_at=received_at or utc_now(),
        base_url=BASE_URL,
        files=current_app.extensions["files"],
    )
