"""A council's answer: who took part, minority remarks, and members who confirm by a link."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.submissions.companions import list_confirmations, list_remarks
from consult.domain.submissions.council import (
    Confirmation,
    Remark,
    check_confirmation,
    check_participants,
    check_remark,
)
from consult.domain.submissions.models import Draft, DraftRemark, MemberConfirmation
from consult.domain.submissions.service.drafting import hold_draft
from consult.domain.submissions.service.statement import statement_of
from consult.domain.submissions.types import MOST_CONFIRMATIONS, MOST_REMARKS, Participants
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.ids import new_token, token_digest

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question


def note_participants(draft: Draft, participants: Iterable[Participants]) -> None:
    """Note who took part in the meeting. Raises as ``check_participants``."""
    checked = check_participants(participants)
    hold_draft(draft, now=utc_now())
    draft.took_part = [asdict(item) for item in checked]
    session().flush()


def add_remark(
    draft: Draft, remark: Remark, *, question: "Question | None", client_id: str | None = None
) -> DraftRemark:
    """Add what a minority says, to a question or to the whole answer.

    What comes once more with the ``client_id`` that a browser made is the same remark. Raises
    ``InvalidInput`` as ``check_remark``, or ``label`` (``too_many``).
    """
    checked = check_remark(remark)
    hold_draft(draft, now=utc_now())
    remarks = list_remarks(draft.id)
    known = next((one for one in remarks if client_id and one.client_id == client_id), None)
    if known is None and len(remarks) >= MOST_REMARKS:
        raise InvalidInput("label", "too_many", limit=MOST_REMARKS)
    stored = known or DraftRemark(draft_id=draft.id, client_id=client_id)
    session().add(stored)
    _fill(stored, checked, question)
    return stored


def change_remark(
    draft: Draft, stored: DraftRemark, remark: Remark, *, question: "Question | None"
) -> None:
    """Change a minority's remark or what it is about. Raises as ``check_remark``."""
    checked = check_remark(remark)
    hold_draft(draft, now=utc_now())
    _fill(stored, checked, question)


def remove_remark(draft: Draft, stored: DraftRemark) -> None:
    """Take a minority's remark away."""
    hold_draft(draft, now=utc_now())
    session().delete(stored)
    session().flush()


def _fill(stored: DraftRemark, remark: Remark, question: "Question | None") -> None:
    stored.label, stored.text = remark.label, remark.text
    stored.question_id = question.id if question else None
    stored.updated_at = utc_now()
    session().flush()


def renew_confirmation_link(draft: Draft) -> str:
    """Give the answer a new link for its members; the one before stops working."""
    token = new_token()
    draft.confirm_digest = token_digest(token)
    session().flush()
    return token


def end_confirmation_link(draft: Draft) -> None:
    """Let nobody read or confirm by the link any more; what members have said stays."""
    draft.confirm_digest = None
    session().flush()


def confirm_answer(
    draft: Draft, confirmation: Confirmation, *, earlier_id: str | None = None
) -> MemberConfirmation:
    """Note what a member says of the answer as it stands now, sent or not.

    Args:
        draft: The draft; once sent, the answer is what became of it.
        confirmation: What the member says.
        earlier_id: What the same browser said before, which this takes the place of.

    Raises:
        InvalidInput: As ``check_confirmation``; ``role`` (``too_many``).
    """
    checked = check_confirmation(confirmation)
    present = list_confirmations(draft.id)
    stored = next((item for item in present if item.public_id == earlier_id), None)
    digest = digest_now(draft)
    if stored is None and len(present) >= MOST_CONFIRMATIONS:
        raise InvalidInput("role", "too_many", limit=MOST_CONFIRMATIONS)
    if stored is None:
        stored = MemberConfirmation(draft_id=draft.id)
        session().add(stored)
    stored.role, stored.name = checked.role, checked.name or None
    stored.agrees, stored.remark = checked.agrees, checked.remark
    stored.submission_id = draft.submission_id
    stored.digest = digest
    stored.confirmed_at = utc_now()
    session().flush()
    return stored


def digest_now(draft: Draft) -> str:
    """The fingerprint of what a draft, or the answer it became, says now."""
    if draft.submission is not None:
        return draft.submission.current_version.digest
    return statement_of(draft).digest
