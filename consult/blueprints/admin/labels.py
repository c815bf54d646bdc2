"""Words for what the administration shows: what was done, roles, mails, languages."""

from consult.domain.audit.types import Tag
from consult.domain.notifications.types import DeliveryState
from consult.domain.organisations.types import Role
from consult.kernel.i18n import N_

TAG_LABELS: dict[str, str] = {
    Tag.PERSON_REGISTERED: N_("Person registered"),
    Tag.PERSON_SIGNED_IN: N_("Signed in"),
    Tag.PERSON_SIGN_IN_REFUSED: N_("Sign-in refused"),
    Tag.PERSON_SIGNED_OUT: N_("Signed out"),
    Tag.PERSON_PASSWORD_CHANGED: N_("Password changed"),
    Tag.PERSON_LINK_SENT: N_("Sign-in link sent"),
    Tag.ROUND_NEWS_TOLD: N_("People told of a change"),
    Tag.FOLLOWING_STARTED: N_("Round followed"),
    Tag.FOLLOWING_ENDED: N_("Round no longer followed"),
    Tag.PERSON_CHANGED: N_("Person changed"),
    Tag.PERSON_DEACTIVATED: N_("Person deactivated"),
    Tag.PERSON_REACTIVATED: N_("Person let in again"),
    Tag.MAIL_SENT_AGAIN: N_("Mail sent again"),
    Tag.ORGANISATION_REGISTERED: N_("Organisation registered"),
    Tag.ORGANISATION_CHANGED: N_("Organisation changed"),
    Tag.MEMBERSHIP_STARTED: N_("Role given"),
    Tag.MEMBERSHIP_ENDED: N_("Role ended"),
    Tag.ROUND_CREATED: N_("Round created"),
    Tag.ROUND_CHANGED: N_("Round changed"),
    Tag.ROUND_STATUS_CHANGED: N_("State of the round changed"),
    Tag.ROUND_DEADLINE_CHANGED: N_("Deadline changed"),
    Tag.ROUND_PUBLISHING_CHANGED: N_("Publishing of answers changed"),
    Tag.ROUND_INVITATIONS_ADDED: N_("Bodies invited"),
    Tag.ROUND_INVITATIONS_SENT: N_("Invitations sent"),
    Tag.ROUND_INVITATIONS_REMINDED: N_("Reminders sent"),
    Tag.ROUND_INVITATIONS_REMOVED: N_("Invitations taken back"),
    Tag.ROUND_INVITATION_CHANGED: N_("Invitation changed"),
    Tag.DRAFT_STARTED: N_("Draft begun"),
    Tag.DRAFT_DELETED: N_("Draft deleted"),
    Tag.SUBMISSION_RECEIVED: N_("Answer received"),
    Tag.SUBMISSION_IMPORTED: N_("Answer imported"),
    Tag.SUBMISSION_CHANGED: N_("Answer changed"),
    Tag.SUBMISSION_AMENDED: N_("A new version was sent"),
    Tag.SUBMISSION_WITHDRAWN: N_("Withdrawn by the sender"),
    Tag.SUBMISSION_LINK_CHANGED: N_("The personal link was changed or turned off"),
    Tag.DRAFT_LINK_CHANGED: N_("The personal link was changed or turned off"),
    Tag.ERASURE_REQUESTED: N_("The sender asked for deletion"),
    Tag.ERASURE_DECIDED: N_("The request for deletion was decided"),
    Tag.VERSION_CHECKED: N_("The new version was checked"),
    Tag.SUBMISSION_MARKED: N_("Answer marked"),
    Tag.SUBMISSION_MARK_TAKEN_BACK: N_("Mark taken back"),
    Tag.SUBMISSION_READ_BACK: N_("Answer by phone read back"),
    Tag.MAIL_TAKEN_IN: N_("Mail taken in"),
    Tag.MAIL_SET_ASIDE: N_("Mail set aside"),
    Tag.MAIL_TAKEN_UP: N_("Mail taken up again"),
    Tag.SUBMISSION_LET_IN: N_("Answer let in"),
    Tag.REVIEW_RELEASED: N_("Words released"),
    Tag.REVIEW_REDACTED: N_("Words taken out"),
    Tag.REVIEW_TAKEN_BACK: N_("Decision taken back"),
    Tag.REVIEW_CLEARED: N_("Answer cleared for the web"),
    Tag.REVIEW_REFUSED: N_("Answer not to be published"),
    Tag.SUPPORT_GIVEN: N_("Support given"),
    Tag.SUPPORT_TAKEN_BACK: N_("Support taken back"),
    Tag.BURST_BEGUN: N_("Answers set aside"),
    Tag.BURST_DECIDED: N_("Decided on answers set aside"),
    Tag.CODEBOOK_CHANGED: N_("Codebook changed"),
    Tag.PASSAGE_ADDED: N_("Passage marked"),
    Tag.PASSAGE_MEMO_CHANGED: N_("Note on a passage changed"),
    Tag.CODING_APPLIED: N_("Passage coded"),
    Tag.CODING_REMOVED: N_("Code removed"),
    Tag.CODING_IMPORTED: N_("Codings imported"),
    Tag.STANCE_CODED: N_("Stance coded"),
    Tag.STANCE_REMOVED: N_("Stance removed"),
    Tag.DOCUMENT_REQUESTED: N_("Document ordered"),
    Tag.DOCUMENT_BUILT: N_("Document made"),
    Tag.DOCUMENT_FAILED: N_("Document failed"),
    Tag.ACCESS_DENIED: N_("Access denied"),
}
"""A tag without words here is shown as it is stored."""

KIND_LABELS: dict[str, str] = {
    "person": N_("Person"),
    "organisation": N_("Organisation"),
    "membership": N_("Role"),
    "mail": N_("Mail"),
    "round": N_("Round"),
    "invitation": N_("Invitation"),
    "draft": N_("Draft"),
    "submission": N_("Answer"),
    "incoming_mail": N_("Incoming mail"),
    "burst": N_("Answers set aside"),
    "passage": N_("Passage"),
    "theme": N_("Theme"),
    "document": N_("Document"),
}
"""What the first word of an audit reference stands for."""

ROLE_HINTS: dict[str, str] = {
    Role.COORDINATOR: N_(
        "Sets up rounds, handles answers, and writes answers for the organisation."
    ),
    Role.CASE_OFFICER: N_("Registers and codes answers, and makes documents."),
    Role.DRAFTER: N_("Writes the organisation's answers to rounds."),
    Role.READER: N_("Reads the answers to the organisation's rounds and changes nothing."),
}

STATE_LABELS: dict[DeliveryState, str] = {
    DeliveryState.FAILED: N_("Failed"),
    DeliveryState.WAITING: N_("Waiting"),
    DeliveryState.SENT: N_("Sent"),
}

MAIL_KIND_LABELS: dict[str, str] = {
    "sign_in_link": N_("Sign-in link"),
    "role_given": N_("Role given"),
    "invitation": N_("Invitation"),
    "reminder": N_("Reminder"),
    "receipt": N_("Receipt"),
    "draft_link": N_("Link to a draft"),
    "found_links": N_("Links sent again"),
    "withdrawn": N_("Withdrawal confirmed"),
    "erasure_decision": N_("The request for deletion was decided"),
    "draft_reminder": N_("Reminder of a draft"),
    "follow_confirmation": N_("Confirm following"),
    "round_opened": N_("Round opened"),
    "deadline_moved": N_("Deadline moved"),
    "correction": N_("Correction"),
    "report_published": N_("Summed up"),
    "round_cancelled": N_("Round cancelled"),
    "news_digest": N_("Daily digest"),
    "support_link": N_("Confirm support"),
    "answer_news": N_("What became of an answer"),
    "publication_decision": N_("Decision about publishing"),
}
"""Each language by its own name, as people find it in a list."""
