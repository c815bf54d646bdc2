"""Values of tables of answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from consult.domain.intake.details import AnswerDetails
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.types import WrittenAnswer
from consult.kernel.i18n import N_

LEFT_OUT_COLUMN: Final = ""
"""The target of a column that nothing is registered from."""

CHOSEN: Final = "#chosen"
"""Ends the target of a column with the stance, the choices or the number at a place."""


class SenderField(StrEnum):
    """What a column can say of the sender and the answer as a whole."""

    SENDER = "sender"
    NUMBER = "organisation_number"
    KIND = "kind"
    CONTACT_NAME = "contact_name"
    CONTACT_EMAIL = "contact_email"
    RECEIVED = "received"
    WRITTEN = "document_date"
    CHANNEL = "channel"
    LANGUAGE = "language"
    PUBLICATION = "publication"
    REFERENCE = "their_ref"
    SIGNED_BY = "signed_by"
    NO_COMMENTS = "no_comments"
    GENERAL = "general"


FIELD_LABELS: dict[SenderField, str] = {
    SenderField.SENDER: N_("Sender"),
    SenderField.NUMBER: N_("Organisation number"),
    SenderField.KIND: N_("Kind of sender"),
    SenderField.CONTACT_NAME: N_("Contact person"),
    SenderField.CONTACT_EMAIL: N_("The sender's e-mail"),
    SenderField.RECEIVED: N_("Received"),
    SenderField.WRITTEN: N_("Date of the letter"),
    SenderField.CHANNEL: N_("Came as"),
    SenderField.LANGUAGE: N_("Language of the answer"),
    SenderField.PUBLICATION: N_("Publication"),
    SenderField.REFERENCE: N_("The sender's reference"),
    SenderField.SIGNED_BY: N_("Signed by"),
    SenderField.NO_COMMENTS: N_("No comments"),
    SenderField.GENERAL: N_("About the consultation as a whole"),
}


class RowFault(StrEnum):
    """Why a row cannot be registered as it stands."""

    NO_SENDER = "no_sender"
    NO_KIND = "no_kind"
    UNKNOWN_KIND = "unknown_kind"
    BAD_NUMBER = "bad_number"
    BAD_EMAIL = "bad_email"
    BAD_DATE = "bad_date"
    FUTURE = "future"
    AFTER_RECEIVED = "after_received"
    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_LANGUAGE = "unknown_language"
    UNKNOWN_PUBLICATION = "unknown_publication"
    UNKNOWN_STANCE = "unknown_stance"
    UNKNOWN_CHOICE = "unknown_choice"
    NOT_ON_SCALE = "not_on_scale"
    NEITHER_YES_NOR_NO = "neither_yes_nor_no"
    COMMENTS_AND_NONE = "comments_and_none"
    NOTHING_ANSWERED = "nothing_answered"
    TOO_LONG = "too_long"
    CUT_OFF = "cut_off"
    BESIDE_THE_TABLE = "beside_the_table"


FAULT_TEXTS: dict[RowFault, str] = {
    RowFault.NO_SENDER: N_("The row has no sender. Only a private person needs none."),
    RowFault.NO_KIND: N_("The kind of sender is missing, and the sender is not in the register."),
    RowFault.UNKNOWN_KIND: N_("This is no kind of sender. Use a word of the template."),
    RowFault.BAD_NUMBER: N_("This is no organisation number: nine digits, the last one checks."),
    RowFault.BAD_EMAIL: N_("This is no e-mail address."),
    RowFault.BAD_DATE: N_("This is no date. Write it as 2026-11-30 or 30.11.2026."),
    RowFault.FUTURE: N_("This day is still to come."),
    RowFault.AFTER_RECEIVED: N_("The letter is dated after the day it was received."),
    RowFault.UNKNOWN_CHANNEL: N_("An answer cannot come this way. Use a word of the template."),
    RowFault.UNKNOWN_LANGUAGE: N_("This is no language of answers. Use a word of the template."),
    RowFault.UNKNOWN_PUBLICATION: N_(
        "This is no choice of publication. Use a word of the template."
    ),
    RowFault.UNKNOWN_STANCE: N_("This is no stance. Use a word of the template."),
    RowFault.UNKNOWN_CHOICE: N_("This is no choice of the question, or too many are chosen."),
    RowFault.NOT_ON_SCALE: N_("This is no number on the question's scale."),
    RowFault.NEITHER_YES_NOR_NO: N_("Write yes or no."),
    RowFault.COMMENTS_AND_NONE: N_("The row says “no comments”, and has comments all the same."),
    RowFault.NOTHING_ANSWERED: N_("Nothing is answered in this row."),
    RowFault.TOO_LONG: N_("This is longer than there is room for."),
    RowFault.CUT_OFF: N_(
        "The text fills the cell to the last sign, so its end is probably lost. Import the "
        "sender's own document instead."
    ),
    RowFault.BESIDE_THE_TABLE: N_("Something stands to the right of the last heading."),
}


class RowNotice(StrEnum):
    """What somebody ought to look at, although the row can be registered."""

    LATE = "late"
    ANSWERED_ALREADY = "answered_already"
    TWICE = "twice"
    UNKNOWN_NUMBER = "unknown_number"
    OTHER_NAME = "other_name"


NOTICE_TEXTS: dict[RowNotice, str] = {
    RowNotice.LATE: N_(
        "Came after the deadline. It is registered as late and included until you decide otherwise."
    ),
    RowNotice.ANSWERED_ALREADY: N_("The sender has answered already. Both answers will stand."),
    RowNotice.TWICE: N_("The sender stands in another row as well."),
    RowNotice.UNKNOWN_NUMBER: N_("No registered organisation has this number. It is kept."),
    RowNotice.OTHER_NAME: N_(
        "The register has another name for the organisation with this number. That name is used."
    ),
}


@dataclass(frozen=True, slots=True)
class ColumnTarget:
    """What a column can hold.

    Attributes:
        key: A :class:`SenderField`, or a place's key, with :data:`CHOSEN` for what is chosen there.
        headings: What the column may be headed by, in every language; the first ones are ours.
    """

    key: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: what heads its columns, and its rows with the numbers a spreadsheet gives them."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row cannot be registered, and where in it.

    Attributes:
        row: As the spreadsheet numbers it.
        column: The column's heading; empty when it is about the row as a whole.
        value: What stands there.
    """

    row: int
    column: str
    value: str
    fault: RowFault


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What a row says.

    Attributes:
        number: The organisation number, where the register does not have it.
        written: What is answered, by place key or ``GENERAL``.
    """

    row: int
    details: AnswerDetails
    written: Mapping[str, WrittenAnswer]
    number: str | None = None
    notices: tuple[RowNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedTable:
    """What registering a table would do."""

    answers: tuple[RowAnswer, ...]
    problems: tuple[RowProblem, ...]
    row_count: int

    @property
    def can_be_registered(self) -> bool:
        """Whether every row is in order; all are registered, or none."""
        return bool(self.answers) and not self.problems


@dataclass(frozen=True, slots=True)
class KnownBody:
    """A registered organisation as a row may name it."""

    organisation_id: int
    name: str
    actor_type: ActorType
    number: str | None = None
