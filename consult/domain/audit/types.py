"""The vocabulary of the audit log. Tags only grow: what was once written must stay readable."""

from dataclasses import dataclass
from enum import StrEnum


class Tag(StrEnum):
    """What happened, as ``subject:event``."""

    PERSON_REGISTERED = "person:registered"
    PERSON_SIGNED_IN = "person:signed_in"
    PERSON_SIGN_IN_REFUSED = "person:sign_in_refused"
    PERSON_SIGNED_OUT = "person:signed_out"
    PERSON_PASSWORD_CHANGED = "person:password_changed"  # noqa: S105 -- a tag, not a secret
    PERSON_LINK_SENT = "person:link_sent"
    PERSON_CHANGED = "person:changed"
    PERSON_DEACTIVATED = "person:deactivated"
    PERSON_REACTIVATED = "person:reactivated"
    MAIL_SENT_AGAIN = "mail:sent_again"
    ORGANISATION_REGISTERED = "organisation:registered"
    ORGANISATION_CHANGED = "organisation:changed"
    ORGANISATION_EVENT_RECORDED = "organisation:event_recorded"
    ORGANISATION_EVENT_TAKEN_BACK = "organisation:event_taken_back"
    MEMBERSHIP_STARTED = "membership:started"
    MEMBERSHIP_ENDED = "membership:ended"
    MEMBERSHIP_PROLONGED = "membership:prolonged"
    ACCESS_ASKED = "access_request:asked"
    ACCESS_APPROVED = "access_request:approved"
    ACCESS_DECLINED = "access_request:declined"
    ROUND_CREATED = "round:created"
    ROUND_CHANGED = "round:changed"
    ROUND_STATUS_CHANGED = "round:status_changed"
    ROUND_DEADLINE_CHANGED = "round:deadline_changed"
    ROUND_PUBLISHING_CHANGED = "round:publishing_changed"
    ROUND_INVITATIONS_ADDED = "round:invitations_added"
    ROUND_INVITATIONS_SENT = "round:invitations_sent"
    ROUND_INVITATIONS_REMINDED = "round:invitations_reminded"
    ROUND_INVITATIONS_REMOVED = "round:invitations_removed"
    ROUND_INVITATION_CHANGED = "round:invitation_changed"
    ROUND_NEWS_TOLD = "round:news_told"
    FOLLOWING_STARTED = "following:started"
    FOLLOWING_ENDED = "following:ended"
    DRAFT_STARTED = "draft:started"
    DRAFT_DELETED = "draft:deleted"
    DRAFT_SENT = "draft:sent"
    DRAFT_LINK_CHANGED = "draft:link_changed"
    SUBMISSION_RECEIVED = "submission:received"
    SUBMISSION_IMPORTED = "submission:imported"
    SUBMISSION_CHANGED = "submission:changed"
    SUBMISSION_LINK_CHANGED = "submission:link_changed"
    SUBMISSION_AMENDED = "submission:amended"
    SUBMISSION_WITHDRAWN = "submission:withdrawn"
    ERASURE_REQUESTED = "erasure:requested"
    ERASURE_DECIDED = "erasure:decided"
    VERSION_CHECKED = "version:checked"
    SUBMISSION_FILE_ATTENDED = "submission:file_attended"
    SUBMISSION_TRANSCRIBED = "submission:transcribed"
    SUBMISSION_TRANSLATED = "submission:translated"
    SUBMISSION_SENDER_CHECKED = "submission:sender_checked"
    SUBMISSION_MARKED = "submission:marked"
    SUBMISSION_MARK_TAKEN_BACK = "submission:mark_taken_back"
    SUBMISSION_READ_BACK = "submission:read_back"
    MAIL_TAKEN_IN = "incoming_mail:taken_in"
    MAIL_SET_ASIDE = "incoming_mail:set_aside"
    MAIL_TAKEN_UP = "incoming_mail:taken_up"
    SUBMISSION_LET_IN = "submission:let_in"
    REVIEW_RELEASED = "review:released"
    REVIEW_REDACTED = "review:redacted"
    REVIEW_TAKEN_BACK = "review:taken_back"
    REVIEW_CLEARED = "review:cleared"
    REVIEW_REFUSED = "review:refused"
    SUPPORT_GIVEN = "support:given"
    SUPPORT_TAKEN_BACK = "support:taken_back"
    BURST_BEGUN = "burst:begun"
    BURST_DECIDED = "burst:decided"
    IMPORT_STARTED = "import:started"
    IMPORT_CORRECTED = "import:corrected"
    IMPORT_DISCARDED = "import:discarded"
    MEETING_PLANNED = "meeting:planned"
    MEETING_CHANGED = "meeting:changed"
    MEETING_LINK_ISSUED = "meeting:link_issued"
    MEETING_LINK_REVOKED = "meeting:link_revoked"
    MEETING_NOTE_REMOVED = "meeting:note_removed"
    MEETING_NOTE_STRUCK = "meeting:note_struck"
    MEETING_GROUP_APPROVED = "meeting:group_approved"
    MEETING_VALIDATED = "meeting:validated"
    MEETING_PICTURE_ADDED = "meeting:picture_added"
    MEETING_PICTURE_REVIEWED = "meeting:picture_reviewed"
    MEETING_PICTURE_PUBLISHED = "meeting:picture_published"
    CODEBOOK_CHANGED = "codebook:changed"
    PAGE_CORRECTED = "submission:page_corrected"
    PASSAGE_ADDED = "passage:added"
    PASSAGE_MEMO_CHANGED = "passage:memo_changed"
    CODING_APPLIED = "coding:applied"
    CODING_REMOVED = "coding:removed"
    CODING_IMPORTED = "coding:imported"
    STANCE_CODED = "stance:coded"
    STANCE_REMOVED = "stance:removed"
    DOCUMENT_REQUESTED = "document:requested"
    DOCUMENT_BUILT = "document:built"
    DOCUMENT_FAILED = "document:failed"
    COMPOSITION_BEGUN = "composition:begun"
    PART_ADDED = "part:added"
    PART_MOVED = "part:moved"
    PART_REMOVED = "part:removed"
    EVIDENCE_ADDED = "evidence:added"
    EVIDENCE_REMOVED = "evidence:removed"
    PASSAGE_LEFT_OUT = "passage:left_out"
    PASSAGE_TAKEN_BACK = "passage:taken_back"
    COMPOSITION_FROZEN = "composition:frozen"
    PART_RESTORED = "part:restored"
    COMMENT_WRITTEN = "comment:written"
    COMMENT_CHANGED = "comment:changed"
    COMMENTS_RESOLVED = "comments:resolved"
    COMMENTS_REOPENED = "comments:reopened"
    WORD_TAKEN_IN = "word:taken_in"
    SUGGESTION_DECIDED = "suggestion:decided"
    SIGN_OFF_CHANGED = "sign_off:changed"
    CASE_DECIDED = "case:decided"
    CASE_SENT = "case:sent"
    JOINT_ASKED = "joint:asked"
    JOINT_ANSWERED = "joint:answered"
    SUBMISSION_PARTY_CONFIRMED = "submission:party_confirmed"
    COMPOSITION_HEAD_CHANGED = "composition:head_changed"
    FEEDBACK_WRITTEN = "feedback:written"
    FEEDBACK_SENT = "feedback:sent"
    ACCESS_DENIED = "access:denied"


SYSTEM_STREAM = "system"
"""The chain for what belongs to no organisation: accounts, the installation itself."""


def organisation_stream(organisation_id: int) -> str:
    """The chain of one organisation; nobody needs another's chain to verify their own."""
    return f"organisation:{organisation_id}"


@dataclass(frozen=True, slots=True)
class ChainBreak:
    """The first entry of a chain whose hash does not follow from what is stored."""

    stream: str
    seq: int


GENESIS = "0" * 64
"""The hash that the first entry of a chain follows."""


@dataclass(frozen=True, slots=True)
class ChainLink:
    """How far a chain has been followed: the number and hash of the last entry that held."""

    stream: str
    seq: int
    hash: str

    @classmethod
    def start(cls, stream: str) -> "ChainLink":
        """The place before a chain's first entry."""
        return cls(stream, 0, GENESIS)
