"""Reading what stands in the way of sending, and what would be sent."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from consult.db import session
from consult.domain.composing.frozen import digest_of, read_text, unfreeze
from consult.domain.composing.letter import LetterFrame
from consult.domain.composing.models import CommentThread, Composition, Part
from consult.domain.composing.returned import count_open_suggestions
from consult.domain.composing.sealing import current_sign_off, signers, standing_in
from consult.domain.composing.standing import SignState, Standing
from consult.domain.composing.types import FrozenText
from consult.domain.responses.checking import Asked, Finding, Situation, check_response
from consult.domain.responses.models import JointParty, ResponseCase
from consult.domain.responses.queries import find_case
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.submissions.mandates import Exposure
from consult.domain.submissions.models import Submission
from consult.domain.submissions.skipping import asked_questions
from consult.domain.submissions.types import SubmissionStatus, WrittenAnswer
from consult.kernel.clock import to_oslo
from consult.kernel.errors import NotFound
from consult.kernel.i18n import N_, choose_locale, localised, translator

if TYPE_CHECKING:
    from consult.domain.composing.models import NamedVersion
    from consult.domain.responses.listing import Concern
    from consult.domain.responses.types import Turnout


def find_signed(composition: Composition) -> "tuple[NamedVersion, Standing] | None":
    """The frozen text that everybody has signed, as long as it is the text as it stands."""
    sign_off = current_sign_off(composition.id)
    if sign_off is None:
        return None
    standing = standing_in(sign_off)
    return (sign_off.version, standing) if standing.state is SignState.COMPLETE else None


def text_to_send(composition: Composition) -> FrozenText:
    """The signed text, or else the text as it stands."""
    signed = find_signed(composition)
    return unfreeze(signed[0].content) if signed else read_text(composition)


def letter_frame(
    composition: Composition,
    *,
    attachments: Sequence[str] = (),
    behind: Sequence[str] = (),
    is_provisional: bool = False,
    today: date,
) -> LetterFrame:
    """What stands around the letter: signed, or marked as a draft."""
    signed = find_signed(composition)
    say = translator(choose_locale(composition.language)).gettext
    in_name_of = _in_name_of(composition)
    if signed is None:
        return LetterFrame(
            composition.document_date or today,
            attachments=tuple(attachments),
            behind=tuple(behind),
            status=say(N_("Draft, not signed")),
            on_behalf_of=in_name_of,
        )
    version, standing = signed
    signed_at = standing.signed_at
    return LetterFrame(
        composition.document_date or (to_oslo(signed_at).date() if signed_at else today),
        signers=signers(standing.signatures, language=composition.language),
        behind=tuple(behind),
        attachments=tuple(attachments),
        digest=version.digest,
        status=say(N_("Provisional answer, until it is decided")) if is_provisional else "",
        on_behalf_of=in_name_of,
    )


def _in_name_of(composition: Composition) -> str:
    """The name of the body that the organisation answers on behalf of; empty for its own name."""
    case = find_case(composition.organisation_id, composition.round_id)
    body = case.on_behalf_of if case is not None else None
    return body.name_in(composition.language) if body is not None else ""


def check_before_sending(
    concern: "Concern", composition: Composition, *, has_attachments: bool, now: datetime
) -> tuple[Finding, ...]:
    """What is in order and what is not."""
    sign_off = current_sign_off(composition.id)
    text = read_text(composition)
    hearing = concern.hearing
    situation = Situation(
        text=text,
        asked=_asked(composition, text),
        wants_reference=bool(composition.round.case_number),
        open_threads=_count_open_threads(composition.id),
        open_suggestions=count_open_suggestions(composition.id),
        sign_state=standing_in(sign_off).state if sign_off else None,
        hearing_until=hearing.closes_at if hearing else None,
        unconfirmed=tuple(
            party.organisation.name
            for party in list_joint_parties(concern.case)
            if party.declined_at is None and not party.confirms(digest_of(text))
        ),
        has_attachments=has_attachments,
        status=concern.round.status,
        opens_at=concern.round.opens_at,
        closes_at=concern.closes_at,
    )
    return check_response(situation, today=to_oslo(now).date(), now=now)


def list_joint_parties(case: "ResponseCase | None") -> Sequence[JointParty]:
    """The bodies that are asked to stand behind a response, in the order they were asked."""
    if case is None:
        return ()
    query = (
        select(JointParty)
        .where(JointParty.case_id == case.id)
        .options(joinedload(JointParty.organisation))
        .order_by(JointParty.id)
    )
    return session().scalars(query).all()


def get_joint_party(organisation_id: int, public_id: str) -> JointParty:
    """What a body is asked to stand behind, by public id. Raises ``NotFound``."""
    query = (
        select(JointParty)
        .where(JointParty.organisation_id == organisation_id, JointParty.public_id == public_id)
        .options(joinedload(JointParty.organisation), joinedload(JointParty.case))
    )
    found = session().scalars(query).one_or_none()
    if found is None:
        raise NotFound("joint party", public_id)
    return found


def list_asked_of(organisation_id: int) -> Sequence[JointParty]:
    """What other organisations ask a body to stand behind, the latest first."""
    query = (
        select(JointParty)
        .where(JointParty.organisation_id == organisation_id)
        .options(
            joinedload(JointParty.case).joinedload(ResponseCase.round),
            joinedload(JointParty.case).joinedload(ResponseCase.organisation),
        )
        .order_by(JointParty.id.desc())
    )
    return session().scalars(query).all()


def list_attachable(case: "ResponseCase | None") -> Sequence[Submission]:
    """Answers of branches that may go along: each branch has said so itself."""
    if case is None or case.hearing_id is None:
        return ()
    query = (
        select(Submission)
        .where(
            Submission.round_id == case.hearing_id,
            Submission.exposure == Exposure.ATTACHED,
            Submission.status == SubmissionStatus.RECEIVED,
        )
        .order_by(Submission.name, Submission.id)
    )
    return session().scalars(query).all()


def basis_in_words(turnout: "Turnout", language: str) -> str:
    """How the branches were heard, as a letter says it; empty where nobody was asked."""
    if not turnout.asked:
        return ""
    say = translator(choose_locale(language))
    text: str = say.ngettext(
        "We have asked our branches. %(answered)s of %(num)d branch has answered.",
        "We have asked our branches. %(answered)s of %(num)d branches have answered.",
        turnout.asked,
    )
    return text % {"answered": len(turnout.answered), "num": turnout.asked}


def _asked(composition: Composition, text: FrozenText) -> tuple[Asked, ...]:
    """The questions that our own answers lead to, and the proposals that nobody asks about."""
    questions = list_questions(composition.round_id)
    ids = {one.key: one.id for one in questions}
    written = {
        ids[part.question]: WrittenAnswer(stance=part.stance)
        for part in text.parts
        if part.question in ids
    }
    asked = asked_questions(questions, written)
    covered = {one.proposal_id for one in questions}
    language = composition.language
    return (
        *(
            Asked(one.key, localised(one.text, language), is_required=one.is_required)
            for one in asked
        ),
        *(
            Asked(one.key, localised(one.title, language), is_proposal=True)
            for one in list_proposals(composition.round_id)
            if one.id not in covered
        ),
    )


def _count_open_threads(composition_id: int) -> int:
    query = (
        select(func.count(CommentThread.id))
        .join(Part, Part.id == CommentThread.part_id)
        .where(Part.composition_id == composition_id, CommentThread.resolved_at.is_(None))
    )
    return session().scalar(query) or 0
