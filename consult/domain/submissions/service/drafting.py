"""Drafting: beginning an answer, saying who it is from and how it may be published, deleting it."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, update

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import SYSTEM_STREAM, Tag, organisation_stream
from consult.domain.notifications.service import forget_mail_about
from consult.domain.rounds.queries import is_any_asked
from consult.domain.rounds.types import ROUND_RULES
from consult.domain.submissions.errors import AlreadySent
from consult.domain.submissions.mandates import Ground, check_mandate, mandate_data
from consult.domain.submissions.models import (
    Draft,
    DraftAnswer,
    DraftComment,
    DraftRemark,
    MemberConfirmation,
)
from consult.domain.submissions.queries import (
    find_open_draft,
    own_deadline,
    submission_public_id,
)
from consult.domain.submissions.rules import check_respondent, check_sending
from consult.domain.submissions.senders import LinkKind
from consult.domain.submissions.service.linking import add_link, end_links, mail_draft_link
from consult.domain.submissions.types import Publication, Respondent
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def start_draft(
    round_: "Round",
    respondent: Respondent,
    *,
    language: str,
    by: Actor,
    base_url: str,
    now: datetime,
    discussed_on: date | None = None,
    locale: str | None = None,
) -> tuple[Draft, str | None]:
    """Begin an answer and return it with the secret of its personal link; another is mailed.

    A registered organisation has one unsent draft per round: its second drafter gets the first
    one's, and changes nothing by that. It has no personal link, for only a role in the
    organisation opens it, and no longer than the role lasts. Whether ``by`` may draft for the
    organisation is the caller's question.

    Raises:
        NotFound: The round is only for those asked, and the sender is not among them.
        RoundNotOpen, DeadlinePassed: Too early or too late to send it; nothing is begun.
        InvalidInput: As :func:`consult.domain.submissions.rules.check_respondent`.
    """
    is_internal = not ROUND_RULES[round_.type].is_open_to_all
    if is_internal and not is_any_asked(round_.id, {respondent.organisation_id or 0}):
        raise NotFound("sender", respondent.name)
    own = own_deadline(round_.id, respondent.organisation_id)
    check_sending(round_, received_at=now, own_deadline=own, now=now)
    if respondent.organisation_id is not None:
        shared = find_open_draft(round_.id, respondent.organisation_id)
        if shared is not None:
            return shared, None
    draft = Draft(
        round_id=round_.id,
        person_id=by.person_id,
        organisation_id=respondent.organisation_id,
        language=language,
        locale=locale,
        # What is said inside an organisation is not published; its documents name who said it.
        publication=Publication.WITH_NAME if is_internal else None,
        created_at=now,
        updated_at=now,
    )
    _describe(draft, respondent, discussed_on)
    session().add(draft)
    session().flush()
    log_draft(Tag.DRAFT_STARTED, draft, by=by)
    if respondent.organisation_id is not None:
        return draft, None
    mail_draft_link(draft, base_url=base_url, now=now)
    return draft, add_link(draft)


def change_respondent(
    draft: Draft,
    respondent: Respondent,
    *,
    language: str,
    base_url: str,
    discussed_on: date | None = None,
) -> None:
    """Change who the answer is from and its language. A registered organisation stays the same.

    Another e-mail address is one that nobody has confirmed yet: the link in the old mailbox stops
    working, and one goes to the new.
    """
    now = utc_now()
    hold_draft(draft, now=now)
    before = draft.contact_email
    draft.language = language
    _describe(draft, respondent, discussed_on)
    if draft.contact_email != before:
        draft.email_confirmed_at = None
        end_links(draft, LinkKind.MAILED)
        if draft.organisation_id is None:
            mail_draft_link(draft, base_url=base_url, now=now)
    session().flush()


def change_publication(draft: Draft, publication: Publication) -> None:
    """Note how the sender wants the answer published."""
    hold_draft(draft, now=utc_now())
    draft.publication = publication
    session().flush()


def note_ground(draft: Draft, ground: Ground, *, now: datetime) -> None:
    """Note on what ground a branch answers, and how far that may go. As ``check_mandate``."""
    mandate = check_mandate(ground.mandate, today=to_oslo(now).date())
    hold_draft(draft, now=now)
    draft.mandate = mandate_data(mandate)
    draft.exposure = ground.exposure
    session().flush()


def delete_draft(draft: Draft, *, by: Actor) -> None:
    """Delete an unsent answer with everything in it, and the mails with its personal link.

    The log keeps only that it was deleted. Its files go before, with ``filing.forget_files``.
    """
    hold_draft(draft, now=utc_now())
    log_draft(Tag.DRAFT_DELETED, draft, by=by)
    forget_mail_about(draft.reference)
    for kept in (MemberConfirmation, DraftRemark, DraftComment, DraftAnswer):
        session().execute(delete(kept).where(kept.draft_id == draft.id))
    session().execute(delete(Draft).where(Draft.id == draft.id))
    session().expunge(draft)


def hold_draft(draft: Draft, *, now: datetime) -> None:
    """Keep others from changing the draft until this transaction ends.

    Writing to its row makes a second writer wait, on SQLite and PostgreSQL alike. What the draft
    holds is then read afresh.

    Raises:
        AlreadySent: It was sent in the meantime.
        NotFound: It was deleted in the meantime.
    """
    query = (
        update(Draft)
        .where(Draft.id == draft.id)
        .values(updated_at=now)
        .returning(Draft.submission_id)
        .execution_options(synchronize_session=False)
    )
    row = session().execute(query).one_or_none()
    if row is None:
        raise NotFound("draft", draft.public_id)
    session().refresh(draft)
    if row.submission_id is not None:
        raise AlreadySent(submission_public_id(row.submission_id))


def _describe(draft: Draft, respondent: Respondent, discussed_on: date | None) -> None:
    respondent = check_respondent(respondent)
    draft.name = respondent.name
    draft.actor_type = respondent.actor_type
    draft.contact_name = respondent.contact_name
    draft.contact_email = respondent.contact_email or None
    draft.claimed_organisation_id = respondent.claimed_organisation_id
    draft.organisation_number = respondent.organisation_number
    draft.written_by = respondent.written_by
    draft.discussed_on = discussed_on


def log_draft(tag: Tag, draft: Draft, *, by: Actor) -> None:
    """Log what happens to drafts where the round's owner cannot read it."""
    stream = (
        SYSTEM_STREAM
        if draft.organisation_id is None
        else organisation_stream(draft.organisation_id)
    )
    record(tag, subject=draft.reference, by=by.reference, stream=stream)
