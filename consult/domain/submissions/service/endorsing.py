"""Joining another's answer, and saying whether it still holds when that answer has changed."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.rounds.errors import RoundNotOpen
from consult.domain.rounds.queries import list_proposals, list_questions
from consult.domain.rounds.rules import written_reason
from consult.domain.rounds.types import PUBLIC_STATUSES
from consult.domain.submissions.endorsements import find_answer_of
from consult.domain.submissions.endorsing import MOST_RESERVATIONS, Joining, joining_words
from consult.domain.submissions.errors import AnswerReplaced
from consult.domain.submissions.models import Endorsement, Submission
from consult.domain.submissions.senders import IdentityLevel
from consult.domain.submissions.service.receiving import SENDER, receive_submission
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    SubmissionContent,
    Voice,
)
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import choose_locale, localised
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def join_answer(
    round_: "Round",
    joining: Joining,
    *,
    respondent: Respondent,
    language: str,
    publication: Publication,
    by: Actor,
    received_at: datetime,
) -> Submission:
    """Answer a round by joining another's answer: one more sender, no new argument.

    Being late blocks nothing: the owner sees how it stands to the deadline. An answer that was read
    is joined as it was read; one that was read elsewhere waits for the owner's staff to confirm
    that it is the one.

    Raises:
        RoundNotOpen: It takes no answers yet, or any more.
        AnswerReplaced: The other answer has a newer version than the one that was read.
        InvalidInput: ``points`` (``unknown``), ``reservations`` (``too_long``,
            ``identity_number``), ``of`` (``itself``).
    """
    if round_.status not in PUBLIC_STATUSES or received_at < round_.opens_at:
        raise RoundNotOpen(round_.opens_at, round_.closes_at, round_.status.value)
    if (
        joining.organisation_id is not None
        and joining.organisation_id == respondent.organisation_id
    ):
        raise InvalidInput("of", "itself")
    other = _find_other(round_, joining)
    content = _content(round_, joining, respondent, language=language, publication=publication)
    submission, _token = receive_submission(round_, content, by=by, received_at=received_at)
    endorsement = Endorsement(
        submission=submission,
        of=other,
        of_organisation_id=joining.organisation_id,
        of_name=joining.name,
        proposals=list(joining.proposals),
        questions=list(joining.questions),
        reservations=_reservations(joining),
        is_read=joining.submission_id is not None,
    )
    session().add(endorsement)
    if endorsement.is_read:
        _confirm(endorsement, by=SENDER, at=received_at)
    session().flush()
    _log(Tag.ENDORSEMENT_MADE, endorsement, by=SENDER, is_linked=other is not None)
    return submission


def _content(
    round_: "Round",
    joining: Joining,
    respondent: Respondent,
    *,
    language: str,
    publication: Publication,
) -> SubmissionContent:
    """The answer: the sentence that says what is joined, and what is not."""
    sentence = joining_words(joining.name, _points(round_, joining, language), language)
    return SubmissionContent(
        respondent=respondent,
        channel=Channel.FORM,
        language=language,
        publication=publication,
        answers=(
            AnswerContent(text=sentence, voice=Voice.JOINING),
            AnswerContent(text=_reservations(joining)),
        ),
        identity=IdentityLevel.SIGNED_IN,
        locale=choose_locale(language),
    )


def _reservations(joining: Joining) -> str:
    """What is not joined. Raises ``InvalidInput`` when it is too long."""
    text = canonical(joining.reservations).strip()
    if len(text) > MOST_RESERVATIONS:
        raise InvalidInput("reservations", "too_long", limit=MOST_RESERVATIONS)
    return text


def _find_other(round_: "Round", joining: Joining) -> Submission | None:
    """The answer that was read, or the one that the named body has sent already."""
    if joining.submission_id is not None:
        other = session().get_one(Submission, joining.submission_id, populate_existing=True)
        if other.current_version_number != joining.version:
            raise AnswerReplaced(other.reference)
        return other
    if joining.organisation_id is None:
        return None
    return find_answer_of(round_.id, joining.organisation_id)


def _points(round_: "Round", joining: Joining, language: str) -> list[str]:
    """What it holds for, in words. Raises ``InvalidInput`` where there is no such point."""
    proposals = {one.key: one for one in list_proposals(round_.id)}
    questions = {one.key: one for one in list_questions(round_.id)}
    if not (proposals.keys() >= {*joining.proposals} and questions.keys() >= {*joining.questions}):
        raise InvalidInput("points", "unknown")
    return [
        *(
            f"{key} {localised(one.title, language)}"
            for key, one in proposals.items()
            if key in joining.proposals
        ),
        *(
            localised(one.text, language)
            for key, one in questions.items()
            if key in joining.questions
        ),
    ]


def keep_endorsement(
    endorsement: Endorsement,
    *,
    version: int,
    by: Actor,
    at: datetime,
    reason: str = "",
    is_sender: bool = False,
) -> None:
    """A person says that it holds for the other answer as it is now; its stances follow from there.

    Args:
        endorsement: What to keep.
        version: The version that the person has looked at.
        by: Who says so.
        at: When.
        reason: Why, in words of the owner's staff.
        is_sender: Whether the body says so itself; the owner's log does not name its people.

    Raises:
        AnswerReplaced: There is a newer version than the one looked at, or no answer at all.
    """
    other = endorsement.of
    if other is None or other.current_version_number != version:
        raise AnswerReplaced(endorsement.submission.reference)
    who = SENDER if is_sender else by.reference
    _confirm(endorsement, by=who, at=at)
    endorsement.reason = reason.strip()
    session().flush()
    _log(Tag.ENDORSEMENT_KEPT, endorsement, by=who, version=version)


def drop_endorsement(endorsement: Endorsement, *, reason: str, by: Actor, at: datetime) -> None:
    """The owner's staff decides that it holds no more: the answer stands, its stances do not.

    Raises ``InvalidInput`` without a reason.
    """
    endorsement.reason = written_reason(reason)
    endorsement.dropped_at, endorsement.confirmed_by = at, by.reference
    session().flush()
    _log(Tag.ENDORSEMENT_DROPPED, endorsement, by=by.reference)


def note_asked(endorsement: Endorsement, *, by: Actor, at: datetime) -> None:
    """Note that the owner's staff has asked the body whether it still joins."""
    endorsement.asked_at = at
    session().flush()
    _log(Tag.ENDORSEMENT_ASKED, endorsement, by=by.reference)


def _confirm(endorsement: Endorsement, *, by: str, at: datetime) -> None:
    other = endorsement.of
    if other is None:
        return
    endorsement.of_version, endorsement.of_status = other.current_version_number, other.status
    endorsement.confirmed_at, endorsement.confirmed_by = at, by
    endorsement.held = None
    endorsement.dropped_at = endorsement.asked_at = endorsement.told_at = None


def _log(tag: Tag, endorsement: Endorsement, *, by: str, **data: object) -> None:
    """Note it in the owner's log, at the answer that joins."""
    submission, other = endorsement.submission, endorsement.of
    record(
        tag,
        subject=submission.reference,
        by=by,
        stream=organisation_stream(submission.round.owner_id),
        data={
            "endorsement": endorsement.public_id,
            "of": other.number if other is not None else None,
            **data,
        },
    )
