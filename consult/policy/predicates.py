"""The small questions that the policy is made of: actor, subject and moment in, yes or no out."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, cast

from consult.domain.accounts.types import Actor
from consult.domain.organisations.types import Role
from consult.domain.rounds.queries import is_any_asked
from consult.domain.rounds.rules import effective_status, publishing_is_open
from consult.domain.rounds.types import (
    PUBLIC_STATUSES,
    ROUND_RULES,
    AnswerPublishing,
    RoundStatus,
    RoundType,
)

Predicate = Callable[[Actor, object, datetime], bool]


class RoundLike(Protocol):
    """What the policy needs to know of a round."""

    id: int
    owner_id: int
    type: RoundType
    status: RoundStatus
    opens_at: datetime
    closes_at: datetime
    answer_publishing: AnswerPublishing


class DraftLike(Protocol):
    """What the policy needs to know of a draft."""

    person_id: int | None
    organisation_id: int | None

    @property
    def access_key(self) -> str:
        """What a browser holds that may open it."""
        ...


class SubmissionLike(Protocol):
    """What the policy needs to know of an answer."""

    organisation_id: int | None

    @property
    def access_key(self) -> str:
        """What a browser holds that may open it."""
        ...

    @property
    def sent_by(self) -> str | None:
        """Reference of who sent it themselves."""
        ...


class GroupLike(Protocol):
    """What the policy needs to know of a group in a meeting."""

    @property
    def access_key(self) -> str:
        """What a browser holds in which the host's link was opened."""
        ...

    def is_link_live(self, now: datetime) -> bool:
        """Whether the link still works."""
        ...


class OrganisationLike(Protocol):
    """What the policy needs to know of an organisation."""

    id: int
    parent_id: int | None


class SampleLike(Protocol):
    """What the policy needs to know of a sample that is coded twice."""

    coder: str


class FilterLike(Protocol):
    """What the policy needs to know of a saved filter."""

    person_id: int


class NoteLike(Protocol):
    """What the policy needs to know of a note on an answer."""

    written_by: str


class SettingsLike(Protocol):
    """What the policy needs to know of the settings."""

    @property
    def shows_local_inbox(self) -> bool:
        """Whether mail ends in the local inbox page."""
        ...


def anyone(_actor: Actor, _subject: object, _now: datetime) -> bool:
    """Everybody, signed in or not."""
    return True


def signed_in(actor: Actor, _subject: object, _now: datetime) -> bool:
    """Somebody who has signed in."""
    return actor.is_authenticated


def administrator(actor: Actor, _subject: object, _now: datetime) -> bool:
    """Somebody who runs the installation; that alone opens no organisation's workspace."""
    return actor.is_admin


def desk_member_somewhere(actor: Actor, _subject: object, _now: datetime) -> bool:
    """A member whose role opens the desk of some organisation."""
    return bool(actor.organisations_as(*_DESK_ROLES))


def coordinator_of_subject(actor: Actor, subject: object, _now: datetime) -> bool:
    """A coordinator of the organisation in question, or of any when none is named yet."""
    coordinated = actor.organisations_as(Role.COORDINATOR)
    if subject is None:
        return bool(coordinated)
    organisation: OrganisationLike = subject  # type: ignore[assignment]
    return organisation.id in coordinated


def works_for_organisation(actor: Actor, subject: object, _now: datetime) -> bool:
    """A member, in any role, of the very organisation: what stands above or below it counts not."""
    return _organisation_of(subject).id in actor.organisation_ids


def coordinates_organisation(actor: Actor, subject: object, _now: datetime) -> bool:
    """A coordinator of the very organisation."""
    return _organisation_of(subject).id in actor.organisations_as(Role.COORDINATOR)


def writes_for_organisation(actor: Actor, subject: object, _now: datetime) -> bool:
    """Somebody who may write for the very organisation."""
    return _organisation_of(subject).id in actor.organisations_as(Role.COORDINATOR, Role.DRAFTER)


def signs_for_organisation(actor: Actor, subject: object, _now: datetime) -> bool:
    """Somebody who may sign for the very organisation, or in a signatory's place."""
    return _organisation_of(subject).id in actor.organisations_as(Role.SIGNATORY, Role.DEPUTY)


def coordinates_above(actor: Actor, subject: object, _now: datetime) -> bool:
    """A coordinator of the organisation directly above."""
    return _organisation_of(subject).parent_id in actor.organisations_as(Role.COORDINATOR)


def owner_role(*roles: Role) -> Predicate:
    """A member with one of the roles in the organisation that owns the round."""

    def holds(actor: Actor, subject: object, _now: datetime) -> bool:
        return _round_of(subject).owner_id in actor.organisations_as(*roles)

    return holds


def round_is_public(_actor: Actor, subject: object, now: datetime) -> bool:
    """The round has been announced to everybody and is of a kind that is open to all."""
    round_ = _round_of(subject)
    status = effective_status(
        round_.status, opens_at=round_.opens_at, closes_at=round_.closes_at, now=now
    )
    return status in PUBLIC_STATUSES and ROUND_RULES[round_.type].is_open_to_all


def round_asks_my_organisation(actor: Actor, subject: object, now: datetime) -> bool:
    """The round is only for those asked, and a body in which I have a role is among them."""
    return _asks_one_of(subject, actor.organisation_ids, now)


def round_asks_me_to_write(actor: Actor, subject: object, now: datetime) -> bool:
    """The round is only for those asked, and I may write for a body that is among them."""
    return _asks_one_of(subject, actor.organisations_as(Role.COORDINATOR, Role.DRAFTER), now)


def _asks_one_of(subject: object, organisation_ids: frozenset[int], now: datetime) -> bool:
    round_ = _round_of(subject)
    if ROUND_RULES[round_.type].is_open_to_all or not organisation_ids:
        return False
    status = effective_status(
        round_.status, opens_at=round_.opens_at, closes_at=round_.closes_at, now=now
    )
    # Asked first, whatever the state: a round that is being prepared takes as long as one that
    # is open, and as one that is not there.
    return is_any_asked(round_.id, organisation_ids) and status in PUBLIC_STATUSES


def answers_are_published(actor: Actor, subject: object, now: datetime) -> bool:
    """The round is public and its owner has opened the publishing of answers."""
    round_ = _round_of(subject)
    return round_is_public(actor, subject, now) and publishing_is_open(
        round_.answer_publishing, closes_at=round_.closes_at, now=now
    )


def key_holder(actor: Actor, _subject: object, _now: datetime) -> bool:
    """A browser in which a draft was begun or opened by its personal link."""
    return bool(actor.draft_keys)


def draft_is_mine(actor: Actor, subject: object, _now: datetime) -> bool:
    """I began the draft, or opened it by its personal link in this browser.

    An organisation's draft is nobody's own: it opens by a role, and no longer than the role lasts.
    """
    draft: DraftLike = subject  # type: ignore[assignment]
    if draft.organisation_id is not None:
        return False
    if draft.access_key in actor.draft_keys:
        return True
    return draft.person_id is not None and draft.person_id == actor.person_id


def draft_is_my_organisations(actor: Actor, subject: object, _now: datetime) -> bool:
    """The draft is written for an organisation in which I may draft."""
    draft: DraftLike = subject  # type: ignore[assignment]
    return draft.organisation_id in actor.organisations_as(Role.COORDINATOR, Role.DRAFTER)


def answer_is_mine(actor: Actor, subject: object, _now: datetime) -> bool:
    """I sent the answer for myself, or it was sent or opened by its personal link here.

    An answer inside an organisation is nobody's own: no key opens it, only a role does.
    """
    submission: SubmissionLike = subject  # type: ignore[assignment]
    if not ROUND_RULES[_round_of(subject).type].is_open_to_all:
        return False
    if submission.access_key in actor.draft_keys:
        return True
    return (
        actor.is_authenticated
        and submission.organisation_id is None
        and submission.sent_by == actor.reference
    )


def answer_is_my_organisations(actor: Actor, subject: object, _now: datetime) -> bool:
    """The answer was sent by an organisation I am a member of."""
    submission: SubmissionLike = subject  # type: ignore[assignment]
    return submission.organisation_id in actor.organisation_ids


def answer_is_my_organisations_to_write(actor: Actor, subject: object, _now: datetime) -> bool:
    """The answer was sent by an organisation that I may write for."""
    submission: SubmissionLike = subject  # type: ignore[assignment]
    return submission.organisation_id in actor.organisations_as(Role.COORDINATOR, Role.DRAFTER)


def table_host(actor: Actor, subject: object, now: datetime) -> bool:
    """The host's link of this group was opened in this browser, and it still works."""
    group: GroupLike = subject  # type: ignore[assignment]
    return group.access_key in actor.draft_keys and group.is_link_live(now)


def _round_of(subject: object) -> RoundLike:
    """The round itself, or the round that an answer, passage, draft or document belongs to."""
    return cast("RoundLike", getattr(subject, "round", subject))


def _organisation_of(subject: object) -> OrganisationLike:
    """The organisation itself, or the organisation that a role or a request belongs to."""
    return cast("OrganisationLike", getattr(subject, "organisation", subject))


def local_inbox_is_on(_actor: Actor, subject: object, _now: datetime) -> bool:
    """The installation runs on this machine only and has no mail server."""
    settings: SettingsLike = subject  # type: ignore[assignment]
    return settings.shows_local_inbox


_DESK_ROLES = (Role.COORDINATOR, Role.CASE_OFFICER, Role.READER)
in_desk = owner_role(*_DESK_ROLES)
handles_answers = owner_role(Role.COORDINATOR, Role.CASE_OFFICER)


def second_coder(actor: Actor, subject: object, now: datetime) -> bool:
    """The one who codes the sample, as long as they handle the round's answers."""
    sample: SampleLike = subject  # type: ignore[assignment]
    return sample.coder == actor.reference and handles_answers(actor, subject, now)


def filter_is_mine(actor: Actor, subject: object, now: datetime) -> bool:
    """I have saved the filter, and still work at the desk of its round."""
    saved: FilterLike = subject  # type: ignore[assignment]
    return saved.person_id == actor.person_id and in_desk(actor, subject, now)


def note_is_mine(actor: Actor, subject: object, now: datetime) -> bool:
    """I have written the note, and still handle the answers of its round."""
    note: NoteLike = subject  # type: ignore[assignment]
    return note.written_by == actor.reference and handles_answers(actor, subject, now)


coordinates = owner_role(Role.COORDINATOR)
