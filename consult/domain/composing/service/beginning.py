"""Beginning a document."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.queries.themes import list_themes
from consult.domain.composing.models import Composition, Part, PartRevision
from consult.domain.composing.outlines import Planned, Subject, plan_report
from consult.domain.composing.own_outlines import plan_own
from consult.domain.composing.queries import find_composition
from consult.domain.composing.rules import EMPTY_BODY, plan_parts
from consult.domain.composing.service.arranging import NewPart, make_part
from consult.domain.composing.types import CompositionKind, PartKind, SaveKind
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.rounds.types import RoundType
from consult.kernel.clock import utc_now
from consult.kernel.i18n import choose_locale, localised, translator

if TYPE_CHECKING:
    from consult.domain.composing.models import ReportOutline
    from consult.domain.documents.models import Snapshot
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


def begin_report(
    round_: "Round",
    kind: CompositionKind,
    *,
    snapshot: "Snapshot | None",
    outline: "ReportOutline | None" = None,
    by: Actor,
) -> Composition:
    """Begin what a round's owner writes about it, with the parts of its template; once only.

    Its template is ``outline``, one of the organisation's own, or else the one of its kind. Its
    figures come from ``snapshot``, or from none before data are frozen. By the template of its
    kind, every top theme of the codebook and every proposal of the round gets its chapters.
    """
    begun = find_composition(round_.owner_id, round_.id, kind)
    if begun is not None:
        return begun
    language = round_.owner.language
    say = translator(choose_locale(language)).gettext
    composition = Composition(
        organisation_id=round_.owner_id,
        round_id=round_.id,
        kind=kind,
        title=localised(round_.title, language),
        language=language,
        our_ref=round_.case_number,
        snapshot=snapshot,
        created_at=utc_now(),
        created_by=by.reference,
    )
    session().add(composition)
    session().flush()
    plan = _plan(round_, kind, outline=outline, language=language)
    for number, planned in enumerate(plan, 1):
        new = NewPart(
            planned.heading if planned.named or not planned.heading else say(planned.heading),
            planned.kind,
            planned.depth,
            planned.block,
            planned.numbered,
            theme_id=planned.subject.theme_id if planned.subject else None,
            proposal_id=planned.subject.proposal_id if planned.subject else None,
            guidance=planned.guidance,
        )
        make_part(composition, new, key=f"own-{number}", position=number - 1, by=by)
    session().flush()
    record(
        Tag.COMPOSITION_BEGUN,
        subject=composition.reference,
        by=by.reference,
        stream=organisation_stream(composition.organisation_id),
        data={"round": round_.reference, "kind": kind.value},
    )
    return composition


def _plan(
    round_: "Round",
    kind: CompositionKind,
    *,
    outline: "ReportOutline | None",
    language: str,
) -> Sequence[Planned]:
    """The parts that a report on a round begins with, by its codebook and its proposals."""
    themes = [
        Subject(one.content.name, theme_id=one.id)
        for one in list_themes(round_.id)
        if one.depth == 1 and not one.is_retired
    ]
    proposals = [
        Subject(localised(one.title, language), proposal_id=one.id)
        for one in list_proposals(round_.id)
    ]
    if outline is not None:
        return tuple(plan_own(outline.outline, themes=themes, proposals=proposals))
    return plan_report(
        kind,
        themes=themes,
        proposals=proposals,
        in_programme=round_.parent is not None and round_.parent.type is RoundType.PROGRAMME,
    )


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
