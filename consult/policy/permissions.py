"""Everything that can be permitted."""

from enum import StrEnum, auto


class Permission(StrEnum):
    """What an actor may do; the subject each needs stands behind it."""

    VIEW_SITE = auto()  # nothing
    SIGN_IN = auto()  # nothing
    SIGN_OUT = auto()  # nothing
    VIEW_ROUND = auto()  # Round
    FOLLOW_ROUND = auto()  # Round
    START_ANSWER = auto()  # Round
    VIEW_FOLLOWED = auto()  # nothing
    VIEW_OWN_ANSWERS = auto()  # nothing
    EDIT_DRAFT = auto()  # Draft
    VIEW_RECEIPT = auto()  # Submission
    AMEND_ANSWER = auto()  # Submission
    VIEW_DESK_HOME = auto()  # nothing
    CREATE_ROUND = auto()  # nothing, or the organisation that shall own it
    VIEW_DESK = auto()  # Round
    MANAGE_ROUND = auto()  # Round
    REGISTER_ANSWER = auto()  # Round
    MANAGE_MEETINGS = auto()  # Round
    WRITE_NOTES = auto()  # MeetingGroup
    REVIEW_ANSWERS = auto()  # Round
    HANDLE_ANSWERS = auto()  # Round
    CHANGE_FILTER = auto()  # SavedFilter
    CHANGE_NOTE = auto()  # NotePost
    VIEW_PUBLISHED = auto()  # Round
    SUPPORT_ANSWER = auto()  # Round
    CODE_ANSWERS = auto()  # Round
    CODE_BLIND = auto()  # DoubleCoding
    EDIT_CODEBOOK = auto()  # Round
    FREEZE_DATA = auto()  # Round
    BUILD_DOCUMENT = auto()  # Round
    VIEW_OWN_ORGANISATIONS = auto()  # nothing
    VIEW_WORKSPACE = auto()  # Organisation, or what belongs to one
    MANAGE_MEMBERS = auto()  # Organisation, or what belongs to one
    DECIDE_CASE = auto()  # Organisation, or what belongs to one
    PUBLISH_REPORT = auto()  # Organisation, or what belongs to one
    WRITE_RESPONSE = auto()  # Organisation, or what belongs to one
    DISCUSS_RESPONSE = auto()  # Organisation, or what belongs to one
    SIGN_RESPONSE = auto()  # Organisation, or what belongs to one
    MANAGE_BODIES = auto()  # Organisation that stands above them
    MANAGE_BODY_BELOW = auto()  # Organisation that stands below, or what happened to it
    ASK_FOR_ACCESS = auto()  # Organisation
    HAND_ON_SIGNING = auto()  # Organisation, or what belongs to one
    ADMINISTER = auto()  # nothing
    VIEW_LOCAL_INBOX = auto()  # Settings.shows_local_inbox
