"""Rules of councils: who took part, what a minority says, what members confirm."""

from collections.abc import Iterable
from dataclasses import dataclass

from consult.domain.submissions.rules import check_free_text, clean_name
from consult.domain.submissions.types import MAX_ANSWER_LENGTH, MOST_ROLES, Participants
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import canonical

MOST_PEOPLE = 999
"""People in one role: a bound for slips of the finger."""

LABEL_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Remark:
    """What a minority says for itself.

    Attributes:
        label: Who they are, such as "To av sju medlemmer".
    """

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a member says of a council's answer.

    Attributes:
        role: As whom, such as "medlem" or "vara".
        remark: Why not, or whatever they want to add.
    """

    role: str
    agrees: bool
    name: str = ""
    remark: str = ""


def check_participants(participants: Iterable[Participants]) -> tuple[Participants, ...]:
    """The roles as they are stored; rows without role and number are left out.

    Raises:
        InvalidInput: ``took_part`` (``role_missing``, ``count_missing``, ``too_many``,
            ``identity_number``).
    """
    kept: list[Participants] = []
    for item in participants:
        role = clean_name(item.role)[:LABEL_LENGTH]
        if not role and not item.count:
            continue
        check_free_text("took_part", role)
        if not role:
            raise InvalidInput("took_part", "role_missing")
        if not 1 <= item.count <= MOST_PEOPLE:
            raise InvalidInput("took_part", "count_missing")
        kept.append(Participants(role, item.count))
    if len(kept) > MOST_ROLES:
        raise InvalidInput("took_part", "too_many")
    return tuple(kept)


def check_remark(remark: Remark) -> Remark:
    """A minority remark as it is stored.

    Raises:
        InvalidInput: ``label`` or ``text`` (``required``, ``identity_number``, ``too_long``).
    """
    label, text = clean_name(remark.label), canonical(remark.text)
    for field, value, limit in (("label", label, LABEL_LENGTH), ("text", text, MAX_ANSWER_LENGTH)):
        if not value.strip():
            raise InvalidInput(field, "required")
        if len(value) > limit:
            raise InvalidInput(field, "too_long", limit=limit)
        check_free_text(field, value)
    return Remark(label, text)


def check_confirmation(confirmation: Confirmation) -> Confirmation:
    """A member's confirmation as it is stored.

    Raises:
        InvalidInput: ``role`` (``required``), ``remark`` (``required``: whoever does not agree says
            why; ``too_long``), or any of them (``identity_number``).
    """
    role, name = clean_name(confirmation.role), clean_name(confirmation.name)
    remark = canonical(confirmation.remark)
    if not role:
        raise InvalidInput("role", "required")
    if not confirmation.agrees and not remark.strip():
        raise InvalidInput("remark", "required")
    if len(remark) > MAX_ANSWER_LENGTH:
        raise InvalidInput("remark", "too_long", limit=MAX_ANSWER_LENGTH)
    for field, value in (("role", role), ("name", name), ("remark", remark)):
        check_free_text(field, value)
    return Confirmation(role[:100], confirmation.agrees, name[:200], remark)
