"""Finding rounds."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, contains_eager, joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from consult.db import get_one, session
from consult.domain.notifications.models import OutboxMessage
from consult.domain.organisations.models import Organisation
from consult.domain.organisations.types import ActorGroup
from consult.domain.rounds.models import (
    FormerWording,
    Invitation,
    Proposal,
    Question,
    Round,
    Section,
)
from consult.domain.rounds.rules import wording_at
from consult.domain.rounds.types import (
    DirectoryEntry,
    InvitationSpec,
    MailPlace,
    ProposalSpec,
    QuestionSpec,
    RoundSpec,
    RoundStatus,
    SectionSpec,
)

P = TypeVar("P", Section, Proposal, Question, Invitation)


def get_round(round_slug: str) -> Round:
    """A round by short name. Raises :class:`NotFound`."""
    query = select(Round).where(Round.slug == round_slug).options(joinedload(Round.owner))
    return get_one(query, "round", round_slug)


def find_round_by_reference(reference: str) -> Round | None:
    """The round that the audit log and topics of mail name so."""
    query = select(Round).where(Round.public_id == reference.removeprefix("round:"))
    return session().scalars(query).one_or_none()


def find_addressed_round(addresses: Collection[str], default: str) -> Round | None:
    """The round that an address names after a plus sign, else the one of that short name."""
    tags = [address.partition("@")[0].partition("+")[2] for address in addresses]
    slugs = [slug for slug in (*tags, default) if slug]
    found = {
        round_.slug: round_
        for round_ in session().scalars(select(Round).where(Round.slug.in_(slugs)))
    }
    return next((found[slug] for slug in slugs if slug in found), None)


def is_slug_taken(slug: str) -> bool:
    """Whether some round has this short name."""
    return session().scalar(select(Round.id).where(Round.slug == slug)) is not None


def rounds_owned_by(owner_ids: Collection[int]) -> Sequence[Round]:
    """Rounds of some organisations, the latest opening first."""
    query = (
        select(Round)
        .where(Round.owner_id.in_(owner_ids))
        .options(joinedload(Round.owner))
        .order_by(Round.opens_at.desc(), Round.id.desc())
    )
    return session().scalars(query).all()


def rounds_due(now: datetime) -> Sequence[Round]:
    """Rounds whose stored status lags behind the clock."""
    query = select(Round).where(
        ((Round.status == RoundStatus.ANNOUNCED) & (Round.opens_at <= now))
        | ((Round.status == RoundStatus.OPEN) & (Round.closes_at < now))
    )
    return session().scalars(query.order_by(Round.id)).all()


def list_sections(round_id: int) -> Sequence[Section]:
    """The sections of the paper, in order."""
    query = select(Section).where(Section.round_id == round_id).order_by(Section.position)
    return session().scalars(query).all()


def list_questions(round_id: int) -> Sequence[Question]:
    """The questions, in order, with the proposals and sections they are about."""
    query = (
        select(Question)
        .where(Question.round_id == round_id)
        .options(
            selectinload(Question.proposal),
            selectinload(Question.section),
            selectinload(Question.parent),
        )
        .order_by(Question.position)
    )
    return session().scalars(query).all()


def list_proposals(round_id: int) -> Sequence[Proposal]:
    """The proposals, in order."""
    query = (
        select(Proposal)
        .where(Proposal.round_id == round_id)
        .options(selectinload(Proposal.section), selectinload(Proposal.parent))
        .order_by(Proposal.position)
    )
    return session().scalars(query).all()


def list_rounds() -> Sequence[Round]:
    """Every round, the latest opening first."""
    query = (
        select(Round)
        .options(joinedload(Round.owner))
        .order_by(Round.opens_at.desc(), Round.id.desc())
    )
    return session().scalars(query).all()


def get_section(round_slug: str, key: str) -> Section:
    """A section of a round's paper. Raises :class:`NotFound`."""
    return _get_of_round(Section, round_slug, Section.key, key)


def get_proposal(round_slug: str, key: str) -> Proposal:
    """A proposal of a round. Raises :class:`NotFound`."""
    return _get_of_round(Proposal, round_slug, Proposal.key, key, joinedload(Proposal.section))


def get_question(round_slug: str, key: str) -> Question:
    """A question of a round. Raises :class:`NotFound`."""
    place = (joinedload(Question.section), joinedload(Question.proposal))
    return _get_of_round(Question, round_slug, Question.key, key, *place)


def get_invitation(round_slug: str, public_id: str) -> Invitation:
    """An invitation to a round. Raises :class:`NotFound`."""
    what = (joinedload(Invitation.organisation), joinedload(Invitation.message))
    return _get_of_round(Invitation, round_slug, Invitation.public_id, public_id, *what)


def _get_of_round(
    kind: type[P],
    round_slug: str,
    column: InstrumentedAttribute[str],
    value: str,
    *loads: ExecutableOption,
) -> P:
    """What belongs to a round, with the round and its owner. Raises :class:`NotFound`."""
    query = (
        select(kind)
        .join(kind.round)
        .where(Round.slug == round_slug, column == value)
        .options(contains_eager(kind.round).joinedload(Round.owner), *loads)
    )
    return get_one(query, kind.__tablename__, value)


def list_invitations(round_id: int) -> Sequence[Invitation]:
    """The list of consultees, by name, with their bodies and the latest mail to each."""
    query = (
        select(Invitation)
        .join(Invitation.organisation)
        .where(Invitation.round_id == round_id)
        .options(contains_eager(Invitation.organisation), joinedload(Invitation.message))
        .order_by(Organisation.name, Invitation.id)
    )
    return session().scalars(query).all()


def count_invitations(round_id: int) -> int:
    """How many bodies are on the list of consultees."""
    query = select(func.count(Invitation.id)).where(Invitation.round_id == round_id)
    return session().scalar(query) or 0


def invited_by_round(round_ids: Collection[int]) -> dict[int, int]:
    """How many bodies are invited to each of some rounds; rounds without any are missing."""
    query = (
        select(Invitation.round_id, func.count(Invitation.id))
        .where(Invitation.round_id.in_(round_ids))
        .group_by(Invitation.round_id)
    )
    return {row[0]: row[1] for row in session().execute(query)}


def count_failed_mail(round_id: int) -> int:
    """How many invitations and reminders were given up by the mail server."""
    query = (
        select(func.count(Invitation.id))
        .join(Invitation.message)
        .where(Invitation.round_id == round_id, OutboxMessage.failed_at.is_not(None))
    )
    return session().scalar(query) or 0


def organisation_ids_by_slug(slugs: Collection[str]) -> dict[str, int]:
    """Internal ids of registered bodies by short name; unknown ones are missing."""
    if not slugs:
        return {}
    query = select(Organisation.slug, Organisation.id).where(Organisation.slug.in_(slugs))
    return {row.slug: row.id for row in session().execute(query)}


def organisation_directory() -> tuple[DirectoryEntry, ...]:
    """Every registered body, as invitation lists are looked up in it: one query, names as given."""
    query = select(
        Organisation.id,
        Organisation.slug,
        Organisation.name,
        Organisation.organisation_number,
        Organisation.dissolved_on,
    ).order_by(Organisation.id)
    return tuple(
        DirectoryEntry(row.id, row.slug, row.name, row.organisation_number, bool(row.dissolved_on))
        for row in session().execute(query)
    )


def invited_organisation_ids(round_id: int) -> frozenset[int]:
    """Internal ids of the bodies on the list of consultees."""
    query = select(Invitation.organisation_id).where(Invitation.round_id == round_id)
    return frozenset(session().scalars(query))


def is_any_asked(round_id: int, organisation_ids: Collection[int]) -> bool:
    """Whether one of some bodies is on a round's list of consultees."""
    query = select(Invitation.id).where(
        Invitation.round_id == round_id, Invitation.organisation_id.in_(organisation_ids)
    )
    return session().scalars(query.limit(1)).first() is not None


def wordings_in_force(round_id: int, moment: datetime) -> dict[int, int]:
    """Which wording of its corrected questions a round asked at a moment, by question id."""
    query = (
        select(FormerWording.question_id, FormerWording.replaced_at)
        .join(Question, FormerWording.question_id == Question.id)
        .where(Question.round_id == round_id)
        .order_by(FormerWording.number)
    )
    replaced: dict[int, list[datetime]] = {}
    for question_id, replaced_at in session().execute(query):
        replaced.setdefault(question_id or 0, []).append(replaced_at)
    return {key: wording_at(moments, moment) for key, moments in replaced.items()}


def spec_of(round_: Round) -> RoundSpec:
    """A stored round as its specification: what the rules look at, and what an export holds."""
    return RoundSpec(
        slug=round_.slug,
        type=round_.type,
        languages=tuple(round_.languages),
        title=round_.title,
        introduction=round_.introduction,
        influence=round_.influence,
        settled=round_.settled,
        plain=round_.plain,
        contact=round_.contact,
        case_number=round_.case_number,
        opens_at=round_.opens_at,
        closes_at=round_.closes_at,
        short_deadline_reason=round_.short_deadline_reason,
        answer_publishing=round_.answer_publishing,
        mail_texts={MailPlace(place): words for place, words in round_.mail_texts.items()},
        sections=tuple(
            SectionSpec(
                key=section.key, title=section.title, body=section.body, plain=section.plain
            )
            for section in list_sections(round_.id)
        ),
        proposals=tuple(_proposal_spec(proposal) for proposal in list_proposals(round_.id)),
        questions=tuple(question_spec(question) for question in list_questions(round_.id)),
        invitations=tuple(
            InvitationSpec(invitation.organisation.slug, invitation.reason, invitation.email)
            for invitation in list_invitations(round_.id)
        ),
    )


def _proposal_spec(proposal: Proposal) -> ProposalSpec:
    return ProposalSpec(
        key=proposal.key,
        title=proposal.title,
        text=proposal.text,
        section=proposal.section.key if proposal.section else None,
    )


def question_spec(question: Question) -> QuestionSpec:
    """A stored question as its specification."""
    return QuestionSpec(
        key=question.key,
        kind=question.kind,
        text=question.text,
        help=question.help,
        is_required=question.is_required,
        is_private=question.is_private,
        section=question.section.key if question.section else None,
        proposal=question.proposal.key if question.proposal else None,
        options=question.options,
        scale=question.scale,
        audience=tuple(ActorGroup(group) for group in question.audience),
        shown_if=question.shown_if,
    )
