"""Mails to signatories and to whoever watches over a sign-off. Only members are written to."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from consult.domain.composing.acting import stand_ins
from consult.domain.composing.frozen import short_code
from consult.domain.composing.standing import Signature, Standing
from consult.domain.notifications.signing import (
    SignNote,
    send_seal_broken,
    send_sign_complete,
    send_sign_reminder,
    send_sign_returned,
    send_sign_stopped,
    send_sign_turn,
)
from consult.domain.notifications.types import Recipient
from consult.domain.organisations.queries import members_as
from consult.domain.organisations.types import Role
from consult.kernel.clock import utc_now
from consult.kernel.i18n import choose_locale, localised, localised_language

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.composing.models import SignOff


def tell_turn(
    sign_off: "SignOff",
    standing: Standing,
    *,
    base_url: str,
    handed_by: str | None = None,
) -> None:
    """Tell whose turn it is, and who may sign in their place."""
    turn = standing.turn
    if turn is None:
        return
    members = _members(sign_off)
    deputies = stand_ins(sign_off.composition.organisation_id, turn.person_id, now=utc_now())
    asked: list[tuple[int, str | None]] = [(turn.person_id, None)]
    asked += [(one.id, turn.name) for one in deputies]
    for person_id, for_name in asked:
        if person_id in members:
            to, note = _letter(sign_off, members[person_id], base_url)
            send_sign_turn(
                to,
                note,
                step=turn.step.label,
                is_body=turn.step.is_body,
                due_on=turn.step.due_on,
                signed=names_of(standing.signatures),
                for_name=for_name,
                handed_by=handed_by,
            )


def remind_turn(
    sign_off: "SignOff", standing: Standing, *, base_url: str, is_overdue: bool
) -> None:
    """Remind whose turn it is, who may sign in their place, and whoever watches over it."""
    turn = standing.turn
    if turn is None or turn.step.due_on is None:
        return
    due_on = turn.step.due_on
    deputies = stand_ins(sign_off.composition.organisation_id, turn.person_id, now=utc_now())
    asked = [turn.person_id, *(one.id for one in deputies)]
    _tell(
        sign_off,
        [*asked, *_keepers(sign_off)],
        lambda to, note, _id: send_sign_reminder(
            to, note, step=turn.step.label, name=turn.name, due_on=due_on, is_overdue=is_overdue
        ),
        base_url=base_url,
    )


def tell_complete(sign_off: "SignOff", standing: Standing, *, base_url: str) -> None:
    """Tell whoever watches over it that everybody has signed."""
    signed = names_of(standing.signatures)
    _tell(
        sign_off,
        _keepers(sign_off),
        lambda to, note, _id: send_sign_complete(to, note, signed=signed),
        base_url=base_url,
    )


def tell_returned(sign_off: "SignOff", standing: Standing, *, name: str, base_url: str) -> None:
    """Tell the writers and those who had signed that the text was sent back."""
    _tell(
        sign_off,
        [*_keepers(sign_off), *_signers(sign_off, standing)],
        lambda to, note, _id: send_sign_returned(to, note, name=name),
        base_url=base_url,
    )


def tell_stopped(sign_off: "SignOff", standing: Standing, *, name: str, base_url: str) -> None:
    """Tell those who had signed, or were asked to, that signing was stopped."""
    asked = [standing.turn.person_id] if standing.turn else []
    _tell(
        sign_off,
        [*_signers(sign_off, standing), *asked],
        lambda to, note, _id: send_sign_stopped(to, note, name=name),
        base_url=base_url,
    )


def tell_broken(
    sign_off: "SignOff", standing: Standing, *, name: str, part: str, base_url: str
) -> None:
    """Tell those who had signed or were asked to, and the writers, that the text was changed."""
    signed = _signers(sign_off, standing)
    asked = [standing.turn.person_id] if standing.turn else []
    _tell(
        sign_off,
        [*signed, *asked, *_keepers(sign_off)],
        lambda to, note, one: send_seal_broken(
            to, note, name=name, part=part, has_signed=one in signed
        ),
        base_url=base_url,
    )


def names_of(signatures: Iterable[Signature]) -> list[str]:
    """Who has signed, in order."""
    return [one.event.name for one in signatures]


def _tell(
    sign_off: "SignOff",
    person_ids: Iterable[int],
    send: Callable[[Recipient, SignNote, int], None],
    *,
    base_url: str,
) -> None:
    """Write once to each of them who is still a member."""
    members = _members(sign_off)
    for person_id in dict.fromkeys(person_ids):
        if person_id in members:
            to, note = _letter(sign_off, members[person_id], base_url)
            send(to, note, person_id)


def _members(sign_off: "SignOff") -> dict[int, "Person"]:
    roles = members_as(sign_off.composition.organisation_id, *Role, now=utc_now())
    return {one.person_id: one.person for one in roles if one.person.deactivated_at is None}


def _keepers(sign_off: "SignOff") -> list[int]:
    """Who watches over it: whoever began it, or the coordinators once that person has left."""
    members = _members(sign_off)
    began = [key for key, one in members.items() if one.reference == sign_off.created_by]
    if began:
        return began
    organisation_id = sign_off.composition.organisation_id
    roles = members_as(organisation_id, Role.COORDINATOR, now=utc_now())
    return [one.person_id for one in roles]


def _signers(sign_off: "SignOff", standing: Standing) -> list[int]:
    signed = {one.event.by for one in (*standing.signatures, *standing.fallen)}
    return [key for key, one in _members(sign_off).items() if one.reference in signed]


def _letter(sign_off: "SignOff", person: "Person", base_url: str) -> tuple[Recipient, SignNote]:
    composition = sign_off.composition
    organisation, round_ = composition.organisation, composition.round
    locale = choose_locale(person.locale or organisation.language)
    note = SignNote(
        organisation=organisation.name_in(locale),
        title=localised(round_.title, locale),
        language=localised_language(round_.title, locale),
        link=f"{base_url}{composition.path}/sign-off",
        code=short_code(sign_off.version.digest),
    )
    return Recipient(email=person.email, name=person.name, locale=locale), note
