"""Writing down where a submission stands on a proposal, as a reader judges it."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.models import CodedStance, Passage
from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.rounds.models import Proposal
    from consult.domain.submissions.models import Submission


def code_stance(
    submission: "Submission",
    proposal: "Proposal",
    *,
    value: Stance,
    by: Actor,
    modifiers: Collection[StanceModifier] = (),
    passage: Passage | None = None,
    suggested_edition: int | None = None,
) -> bool:
    """Write down a submission's stance, over what was coded before; the stated one stays as it is.

    Args:
        submission: Whose stance.
        proposal: On what.
        value: Where it stands.
        by: Who reads it so.
        modifiers: What goes with it; their order does not matter.
        passage: Where it can be read.
        suggested_edition: Which edition of the list of phrases had suggested it, when a person
            accepts a suggestion.

    Returns:
        Whether anything changed.

    Raises:
        InvalidInput: reason ``other_round`` or ``other_submission``.
    """
    if proposal.round_id != submission.round_id:
        raise InvalidInput("proposal", "other_round")
    if passage is not None and passage.submission_id != submission.id:
        raise InvalidInput("passage", "other_submission")
    chosen = [modifier.value for modifier in StanceModifier if modifier in modifiers]
    passage_id = passage.id if passage is not None else None
    coded = _find_stance(submission, proposal)
    if coded is None:
        coded = CodedStance(submission_id=submission.id, proposal_id=proposal.id)
        session().add(coded)
    elif (coded.value, coded.modifiers, coded.passage_id) == (value, chosen, passage_id):
        return False
    coded.value = value
    coded.modifiers = chosen
    coded.passage_id = passage_id
    coded.suggested_edition = suggested_edition
    coded.coded_by = by.reference
    coded.coded_at = utc_now()
    session().flush()
    details = {} if suggested_edition is None else {"suggested_edition": suggested_edition}
    _record(
        Tag.STANCE_CODED, submission, proposal, by, value=value.value, modifiers=chosen, **details
    )
    return True


def remove_stance(submission: "Submission", proposal: "Proposal", *, by: Actor) -> bool:
    """Take a coded stance back, so that the stated one counts again; false when there is none."""
    coded = _find_stance(submission, proposal)
    if coded is None:
        return False
    session().delete(coded)
    session().flush()
    _record(Tag.STANCE_REMOVED, submission, proposal, by)
    return True


def _find_stance(submission: "Submission", proposal: "Proposal") -> CodedStance | None:
    query = select(CodedStance).where(
        CodedStance.submission_id == submission.id, CodedStance.proposal_id == proposal.id
    )
    return session().scalars(query).one_or_none()


def _record(
    tag: Tag, submission: "Submission", proposal: "Proposal", by: Actor, **details: object
) -> None:
    record(
        tag,
        subject=submission.reference,
        by=by.reference,
        stream=organisation_stream(submission.round.owner_id),
        data={"proposal": proposal.key, **details},
    )
