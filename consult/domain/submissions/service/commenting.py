"""Commenting on the paper: on a section, or on words marked in it."""

from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.submissions.companions import list_comments
from consult.domain.submissions.models import Draft, DraftComment
from consult.domain.submissions.rules import check_free_text
from consult.domain.submissions.service.drafting import hold_draft
from consult.domain.submissions.types import MAX_ANSWER_LENGTH, MOST_COMMENTS
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import canonical

if TYPE_CHECKING:
    from consult.domain.rounds.models import Section


def add_comment(
    draft: Draft,
    section: "Section",
    text: str,
    *,
    quote: str | None = None,
    client_id: str | None = None,
) -> DraftComment:
    """Add a comment to a draft.

    Args:
        draft: The draft it is sent with.
        section: What it is about, in the paper of the same round.
        text: What somebody says.
        quote: The words of the section that it is about; ``None`` for all of it.
        client_id: The id that a browser made for it: what comes once more is the same comment.

    Raises:
        InvalidInput: ``text`` (``empty``, ``too_long``, ``identity_number``, ``too_many``).
        AlreadySent: The draft has been sent.
    """
    checked = _checked(text)
    hold_draft(draft, now=utc_now())
    comments = list_comments(draft.id)
    known = next((one for one in comments if client_id and one.client_id == client_id), None)
    if known is None and len(comments) >= MOST_COMMENTS:
        raise InvalidInput("text", "too_many", limit=MOST_COMMENTS)
    comment = known or DraftComment(draft_id=draft.id, client_id=client_id)
    comment.section, comment.quote, comment.text = section, quote, checked
    comment.updated_at = utc_now()
    session().add(comment)
    session().flush()
    return comment


def change_comment(draft: Draft, comment: DraftComment, text: str, *, revision: int) -> bool:
    """Change a comment; ``False`` when somebody else did first, and both texts are kept.

    The second writer's words then become a comment of their own at the same place. Raises as
    :func:`add_comment`.
    """
    checked = _checked(text)
    hold_draft(draft, now=utc_now())
    if comment.text == checked:
        return True
    if comment.revision != revision:
        add_comment(draft, comment.section, checked, quote=comment.quote)
        return False
    comment.text, comment.updated_at = checked, utc_now()
    comment.revision += 1
    session().flush()
    return True


def remove_comment(draft: Draft, comment: DraftComment) -> None:
    """Take a comment away."""
    hold_draft(draft, now=utc_now())
    session().delete(comment)
    session().flush()


def _checked(text: str) -> str:
    checked = canonical(text).strip()
    if not checked:
        raise InvalidInput("text", "empty")
    if len(checked) > MAX_ANSWER_LENGTH:
        raise InvalidInput("text", "too_long", limit=MAX_ANSWER_LENGTH)
    check_free_text("text", checked)
    return checked
