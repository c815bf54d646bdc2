"""What whoever runs the installation may read of the log: nothing of what is only inside.

An entry in another organisation's chain is shown when it is certain that it is about something
open: a body, a role, a person, or something that belongs to a round open to all. Everything else
is confidential, so that what is built later is hidden until somebody decides otherwise.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, exists, func, literal, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from consult.db import session
from consult.domain.audit.models import AuditEntry
from consult.domain.audit.types import organisation_stream
from consult.domain.coding.models import Passage, Theme
from consult.domain.disclosure.models import Burst
from consult.domain.documents.models import Document, Snapshot
from consult.domain.handling.models import BulkAction
from consult.domain.intake.models import ArchiveImport, ImportDraft, IncomingMail, TableImport
from consult.domain.meetings.models import Meeting
from consult.domain.rounds.listing import OPEN_TO_ALL
from consult.domain.rounds.models import Invitation, Round
from consult.domain.submissions.models import Draft, SenderLetter, Submission
from consult.domain.submissions.models.handling import ErasureRequest

_ALWAYS_OPEN = ("organisation", "membership", "access_request", "person", "mail", "follower")

_OF_A_ROUND: dict[str, tuple[InstrumentedAttribute[str], InstrumentedAttribute[int]]] = {
    "invitation": (Invitation.public_id, Invitation.round_id),
    "draft": (Draft.public_id, Draft.round_id),
    "submission": (Submission.public_id, Submission.round_id),
    "theme": (Theme.public_id, Theme.round_id),
    "passage": (Passage.public_id, Passage.round_id),
    "meeting": (Meeting.public_id, Meeting.round_id),
    "letter": (SenderLetter.public_id, SenderLetter.round_id),
    "archive": (ArchiveImport.public_id, ArchiveImport.round_id),
    "table": (TableImport.public_id, TableImport.round_id),
    "import": (ImportDraft.public_id, ImportDraft.round_id),
    "incoming_mail": (IncomingMail.public_id, IncomingMail.round_id),
    "bulk": (BulkAction.public_id, BulkAction.round_id),
    "burst": (Burst.public_id, Burst.round_id),
    "document": (Document.public_id, Document.round_id),
    "snapshot": (Snapshot.public_id, Snapshot.round_id),
}
"""Kinds of subject that belong to a round: their public id and their round's id."""


def is_readable(own_organisation_ids: Collection[int]) -> ColumnElement[bool]:
    """The condition that an entry is not confidential to an organisation I have no role in."""
    own = [organisation_stream(one) for one in own_organisation_ids]
    return or_(
        ~AuditEntry.stream.startswith("organisation:"),
        AuditEntry.stream.in_(own),
        *(AuditEntry.subject.startswith(f"{kind}:") for kind in _ALWAYS_OPEN),
        _is("round", exists().where(_names("round", Round.public_id), _open())),
        *(
            _is(
                kind,
                exists().where(_names(kind, public_id), round_id == Round.id, _open()),
            )
            for kind, (public_id, round_id) in _OF_A_ROUND.items()
        ),
        _is(
            "erasure",
            exists().where(
                _names("erasure", ErasureRequest.public_id),
                ErasureRequest.submission_id == Submission.id,
                Submission.round_id == Round.id,
                _open(),
            ),
        ),
    )


def confidential_ids(
    entries: Sequence[AuditEntry], own_organisation_ids: Collection[int]
) -> frozenset[int]:
    """Ids of the entries among some that are confidential; one query."""
    ids = [entry.id for entry in entries]
    query = select(AuditEntry.id).where(AuditEntry.id.in_(ids), ~is_readable(own_organisation_ids))
    return frozenset(session().scalars(query))


def _is(kind: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(AuditEntry.subject.startswith(f"{kind}:"), condition)


def _names(kind: str, public_id: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """The entry's subject is the row of this public id; written so that its index is used."""
    return public_id == func.substr(AuditEntry.subject, literal(len(kind) + 2))


def _open() -> ColumnElement[bool]:
    return Round.type.in_(OPEN_TO_ALL)
