"""Beginning a document."""

from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.composing.models import Composition, Part, PartRevision
from consult.domain.composing.queries import find_composition
from consult.domain.composing.rules import EMPTY_BODY, plan_parts
from consult.domain.composing.types import CompositionKind, PartKind, SaveKind
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.kernel.clock import utc_now
from consult.kernel.i18n import localised

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round


def begin_response(round_: "Round", organisation: "Organisation", *, by: Actor) -> Composition:
    """Begin an organisation's response, a part for each question and proposal; once only."""
    begun = find_composition(organisation.id, round_.id)
    if begun is not None:
        return begun
    now = utc_now()
    composition = Composition(
        organisation_id=organisation.id,
        round_id=round_.id,
        kind=CompositionKind.RESPONSE,
        title=localised(round_.title, organisation.language),
        language=organisation.language,
        recipient=round_.owner.name,
        their_ref=round_.case_number,
        created_at=now,
        created_by=by.reference,
    )
    session().add(composition)
    questions = [(one.id, one.key, one.proposal_id) for one in list_questions(round_.id)]
    proposals = [(one.id, one.key) for one in list_proposals(round_.id)]
    for position, (key, question_id, proposal_id) in enumerate(plan_parts(questions, proposals)):
        part = Part(
            composition=composition,
            key=key,
            position=position,
            kind=_kind(question_id, proposal_id),
            question_id=question_id,
            proposal_id=proposal_id,
            body=dict(EMPTY_BODY),
            updated_at=now,
            updated_by=by.reference,
        )
        session().add(part)
        session().add(_first_revision(part))
    session().flush()
    record(
        Tag.COMPOSITION_BEGUN,
        subject=composition.reference,
        by=by.reference,
        stream=organisation_stream(organisation.id),
        data={"round": round_.reference},
    )
    return composition


def _kind(question_id: int | None, proposal_id: int | None) -> PartKind:
    if question_id is not None:
        return PartKind.QUESTION
    return PartKind.GENERAL if proposal_id is None else PartKind.PROPOSAL


def _first_revision(part: Part) -> PartRevision:
    return PartRevision(
        part=part,
        number=1,
        kind=SaveKind.BEGUN,
        body=part.body,
        saved_at=part.updated_at,
        saved_by=part.updated_by,
    )
