"""Sending invitations, and reminding those who have been silent."""

from collections.abc import Collection, Sequence
from datetime import datetime

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.notifications.extensions import send_own_deadline
from consult.domain.notifications.messages import send_round_invitation
from consult.domain.notifications.rules import round_topic
from consult.domain.notifications.types import InvitationMail, Recipient
from consult.domain.rounds.errors import RoundNotOpen
from consult.domain.rounds.models import Invitation, Round
from consult.domain.rounds.queries import list_invitations
from consult.domain.rounds.service.recording import note, status_now
from consult.domain.rounds.types import (
    INVITATION_REASON_LABELS,
    INVITING_STATUSES,
    ROUND_RULES,
    MailPlace,
    RoundStatus,
    SendResult,
)
from consult.kernel.i18n import choose_locale, localised, localised_language, translator


def send_invitations(
    round_: Round, *, answered: Collection[int], link: str, by: Actor, at: datetime
) -> SendResult:
    """Mail everybody on the list who has neither been asked nor answered already.

    Args:
        round_: An announced or open round.
        answered: Internal ids of the bodies that have answered; they lie in an area above.
        link: Address of the round's page, with scheme and host.
        by: Who sends them.
        at: The moment of sending.

    Raises:
        RoundNotOpen: The round has not been announced, or it is over.
    """
    _check_inviting(round_, at=at)
    unsent = [
        item
        for item in list_invitations(round_.id)
        if item.sent_at is None
        and item.declined_at is None
        and item.organisation_id not in answered
    ]
    sent = _mail_all(round_, unsent, link=link, at=at)
    if sent:
        note(Tag.ROUND_INVITATIONS_SENT, round_, by=by, data={"number": sent}, at=at)
    return SendResult(sent=sent, without_address=len(unsent) - sent)


def send_invitation(invitation: Invitation, *, link: str, by: Actor, at: datetime) -> bool:
    """Mail one body, also again, to the address it has now; ``False`` when it has none."""
    round_ = invitation.round
    _check_inviting(round_, at=at)
    sent = _mail_all(round_, [invitation], link=link, at=at)
    if sent:
        note(Tag.ROUND_INVITATIONS_SENT, round_, by=by, data={"number": sent}, at=at)
    return bool(sent)


def tell_own_deadline(invitation: Invitation, *, link: str) -> bool:
    """Mail a body that it has more time than the others; ``False`` when it has no address.

    One that has not been asked yet learns of it with the invitation.
    """
    if invitation.deadline_at is None or invitation.address is None or not invitation.sent_at:
        return False
    round_, body = invitation.round, invitation.organisation
    locale = choose_locale(body.language)
    send_own_deadline(
        Recipient(
            email=invitation.address,
            name=body.name,
            locale=locale,
            is_confidential=not ROUND_RULES[round_.type].is_open_to_all,
        ),
        owner=round_.owner.name,
        round_title=localised(round_.title, locale),
        language=localised_language(round_.title, locale),
        deadline=invitation.deadline_at,
        link=link,
    )
    return True


def mark_invitations_sent(round_: Round, *, at: datetime) -> None:
    """Note that everybody on the list was asked in another way, such as by letter: no mail goes."""
    for invitation in list_invitations(round_.id):
        invitation.sent_at = invitation.sent_at or at
    session().flush()


def remind_silent(
    round_: Round, *, answered: Collection[int], link: str, by: Actor, at: datetime
) -> SendResult:
    """Remind those who were asked and have not answered.

    Args:
        round_: An open round.
        answered: Internal ids of the bodies that have answered; they lie in an area above.
        link: Address of the round's page, with scheme and host.
        by: Who reminds.
        at: The moment of sending.

    Raises:
        RoundNotOpen: The round does not take answers now.
    """
    _check_open(round_, at=at)
    silent = [
        item
        for item in list_invitations(round_.id)
        if item.sent_at is not None
        and item.declined_at is None
        and item.organisation_id not in answered
    ]
    sent = _mail_all(round_, silent, link=link, at=at, is_reminder=True)
    if sent:
        note(Tag.ROUND_INVITATIONS_REMINDED, round_, by=by, data={"number": sent}, at=at)
    return SendResult(sent=sent, without_address=len(silent) - sent)


def _mail_all(
    round_: Round,
    invitations: Sequence[Invitation],
    *,
    link: str,
    at: datetime,
    is_reminder: bool = False,
) -> int:
    """Mail those that have an address and have not declined; returns how many."""
    sent = 0
    for invitation in invitations:
        if invitation.address is None:
            continue
        locale = choose_locale(invitation.organisation.language)
        message = send_round_invitation(
            Recipient(
                email=invitation.address,
                name=invitation.organisation.name,
                locale=locale,
                is_confidential=not ROUND_RULES[round_.type].is_open_to_all,
            ),
            _mail_of(round_, invitation, locale=locale, link=link),
            topic=round_topic(round_.public_id),
            is_reminder=is_reminder,
        )
        if message is None:
            continue
        invitation.message = message
        if is_reminder:
            invitation.reminded_at = at
        else:
            invitation.sent_at = at
        sent += 1
    session().flush()
    return sent


def _mail_of(round_: Round, invitation: Invitation, *, locale: str, link: str) -> InvitationMail:
    reason = translator(locale).gettext(INVITATION_REASON_LABELS[invitation.reason])
    return InvitationMail(
        title=localised(round_.title, locale),
        introduction=localised(round_.introduction, locale),
        language=localised_language(round_.title, locale),
        owner=round_.owner.name,
        is_open_to_all=ROUND_RULES[round_.type].is_open_to_all,
        reason=reason,
        opens_at=round_.opens_at,
        deadline=invitation.deadline_at or round_.closes_at,
        contact=", ".join(
            round_.contact[name] for name in ("name", "email", "phone") if round_.contact.get(name)
        ),
        link=link,
        own_words=round_.words_for(MailPlace.INVITATION, locale),
    )


def _check_inviting(round_: Round, *, at: datetime) -> None:
    status = status_now(round_, now=at)
    if status not in INVITING_STATUSES:
        raise RoundNotOpen(round_.opens_at, round_.closes_at, status.value)


def _check_open(round_: Round, *, at: datetime) -> None:
    status = status_now(round_, now=at)
    if status is not RoundStatus.OPEN:
        raise RoundNotOpen(round_.opens_at, round_.closes_at, status.value)
