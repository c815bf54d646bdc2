"""Answering on behalf of another body: in whose name, on what ground, and what that body says."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.notifications.joining import send_written_in_your_name
from consult.domain.organisations.types import Role
from consult.domain.responses.models import ResponseCase
from consult.domain.responses.recipients import recipients_for
from consult.domain.submissions.parties import Capacity, StandsBehind
from consult.domain.submissions.rules import check_free_text
from consult.domain.submissions.service.confirming import confirm_body
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import localised, localised_language
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.submissions.models import Party, Submission

MOST_GROUND = 500
"""Characters of the ground that is given."""


def speak_for(case: ResponseCase, body: "Organisation", *, ground: str, by: Actor) -> None:
    """Let the answer of this case be sent in another body's name, from the next sending on.

    Raises ``InvalidInput``: ``body`` (``itself``), ``ground`` (``required``, ``too_long``,
    ``identity_number``).
    """
    words = " ".join(canonical(ground).split())
    if body.id == case.organisation_id:
        raise InvalidInput("body", "itself")
    if not words:
        raise InvalidInput("ground", "required")
    if len(words) > MOST_GROUND:
        raise InvalidInput("ground", "too_long", limit=MOST_GROUND)
    check_free_text("ground", words)
    case.on_behalf_of, case.ground = body, words
    session().flush()
    _note(case, by=by, speaks_for=body.reference)


def speak_for_itself(case: ResponseCase, *, by: Actor) -> None:
    """Let the answer be sent in the organisation's own name again."""
    case.on_behalf_of, case.ground = None, ""
    session().flush()
    _note(case, by=by, speaks_for=None)


def in_name_of(case: ResponseCase | None) -> Iterator[StandsBehind]:
    """The body that the answer is sent on behalf of, if there is one.

    What it has said of an earlier version holds for the next one too.
    """
    if case is None or case.on_behalf_of is None:
        return
    body = case.on_behalf_of
    before = case.submission.current_version.parties if case.submission is not None else ()
    denied = any(
        party.capacity is Capacity.ON_BEHALF_OF
        and party.organisation_id == body.id
        and not party.is_confirmed
        for party in before
    )
    yield StandsBehind(
        body.name, Capacity.ON_BEHALF_OF, body.id, is_confirmed=not denied, ground=case.ground
    )


def tell_represented(case: ResponseCase, *, base_url: str, at: datetime) -> None:
    """Tell the body in whose name an answer was sent, so that it can say that it is not its own."""
    body, round_, submission = case.on_behalf_of, case.round, case.submission
    if body is None or submission is None:
        return
    for recipient in recipients_for(body, Role.COORDINATOR, at=at):
        send_written_in_your_name(
            recipient,
            sender=case.organisation.name_in(recipient.locale),
            body=body.name_in(recipient.locale),
            ground=case.ground,
            round_title=localised(round_.title, recipient.locale),
            language=localised_language(round_.title, recipient.locale),
            link=f"{base_url}/workspace/{body.slug}/in-our-name/{submission.public_id}",
        )


def own_up(party: "Party", *, is_ours: bool, by: Actor) -> None:
    """The body says whether an answer in its name is its own: only then it is counted for it."""
    submission: Submission = party.version.submission
    if party.organisation_id is None:
        return
    confirm_body(submission, party.organisation_id, is_confirmed=is_ours)
    record(
        Tag.REPRESENTED_ANSWERED,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(party.organisation_id),
        data={"is_ours": is_ours},
    )


def _note(case: ResponseCase, *, by: Actor, speaks_for: str | None) -> None:
    record(
        Tag.CASE_SPEAKS_FOR,
        subject=case.reference,
        by=by.reference,
        stream=organisation_stream(case.organisation_id),
        data={"organisation": speaks_for},
    )
