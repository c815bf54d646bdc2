"""Remembering what a writer was asked about and wants to keep, so that nobody is asked twice."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from consult.db import session
from consult.domain.submissions.models import Draft, DraftAnswer
from consult.domain.submissions.service.drafting import hold_draft
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question

_MOST = 100


def keep_notice(draft: Draft, question: "Question", digest: str) -> None:
    """Note that the writer keeps something in an answer; nothing happens before it is saved.

    Goes with the draft answer, and so with the draft. Raises as
    :func:`~consult.domain.submissions.service.drafting.hold_draft`.
    """
    hold_draft(draft, now=utc_now())
    query = select(DraftAnswer).where(
        DraftAnswer.draft_id == draft.id, DraftAnswer.question_id == question.id
    )
    stored = session().scalars(query).one_or_none()
    if stored is not None and digest not in stored.kept_notices:
        stored.kept_notices = [*stored.kept_notices, digest][-_MOST:]
        session().flush()
