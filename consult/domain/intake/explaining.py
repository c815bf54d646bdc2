"""Why a document could not be taken in, in words: what happened and what to do."""

from dataclasses import dataclass, field

from consult.domain.intake.errors import (
    EmptyDocument,
    EncryptedFile,
    HoldsIdentityNumber,
    IntakeError,
    NoTextLayer,
    OversizedFile,
    TooManyFiles,
    TooManyPages,
    UnsupportedFormat,
)
from consult.domain.intake.types import MailProblem
from consult.domain.rounds.types import RoundStatus
from consult.kernel.i18n import N_

ROUND_REFUSALS: dict[RoundStatus, str] = {
    RoundStatus.PLANNED: N_(
        "The consultation is being prepared. Announce it first; then answers can be registered."
    ),
    RoundStatus.CANCELLED: N_("The consultation is cancelled, so no answers can be registered."),
}
"""Why a round takes no answers, also not from its owner's staff."""

INFECTED = N_(
    "The virus scanner found something in the file, so we did not keep it. Ask the sender for "
    "another copy, or register the answer by hand."
)
"""What is said where a file is refused before anybody reads it."""

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Explanation:
    """A refusal in words; both texts are message ids that take ``data``.

    Attributes:
        can_be_registered_by_hand: The answer itself is whole, only the machine cannot read it.
    """

    problem: str
    advice: str
    data: dict[str, object] = field(default_factory=dict)
    can_be_registered_by_hand: bool = False


def explain(error: IntakeError) -> Explanation:
    """What happened to the file, and what to do about it. Nothing of it was kept."""
    if isinstance(error, OversizedFile):
        return _explain_size(error)
    if isinstance(error, HoldsIdentityNumber):
        return Explanation(
            N_(
                "There is a national identity number (11 digits) in the file. We never store those."
            ),
            N_(
                "Take it out of the document and try again, or let us take it out: we then keep "
                "the text without the number, and not the file."
            ),
        )
    if isinstance(error, EncryptedFile):
        return Explanation(
            N_("The file is locked with a password, so we cannot read it."),
            N_("Ask the sender for a copy without a password, or register the answer by hand."),
            can_be_registered_by_hand=True,
        )
    if isinstance(error, NoTextLayer):
        return Explanation(
            N_("The file holds pictures of text (%(pages)s pages), but no text."),
            N_(
                "Ask the sender for the document itself, or register the answer by hand with the "
                "file attached."
            ),
            {"pages": error.pages},
            can_be_registered_by_hand=True,
        )
    if isinstance(error, EmptyDocument):
        return Explanation(
            N_("The file holds no text."), N_("Check that it is the right file, and try again.")
        )
    if isinstance(error, UnsupportedFormat):
        return Explanation(
            N_("The file is of a kind that we cannot read."),
            N_("Send it as Word (.docx), OpenDocument (.odt), PDF or plain text."),
            can_be_registered_by_hand=True,
        )
    return explain_damage()


def problem_of(error: IntakeError) -> MailProblem:
    """The same in a word, for files that nobody waits for while they are read."""
    kinds: dict[type[IntakeError], MailProblem] = {
        EncryptedFile: MailProblem.ENCRYPTED,
        OversizedFile: MailProblem.OVERSIZED,
        HoldsIdentityNumber: MailProblem.IDENTITY_NUMBER,
        EmptyDocument: MailProblem.EMPTY,
        UnsupportedFormat: MailProblem.OTHER_KIND,
    }
    return next(
        (problem for kind, problem in kinds.items() if isinstance(error, kind)),
        MailProblem.UNREADABLE,
    )


def explain_archive(error: IntakeError) -> Explanation:
    """Why none of a ZIP could be taken in, and what to do about it."""
    if isinstance(error, TooManyFiles):
        return Explanation(
            N_("There are %(size)s files in the ZIP. The limit is %(limit)s files."),
            N_("Share them among several ZIP files."),
            {"size": error.size, "limit": error.limit},
        )
    if isinstance(error, OversizedFile):
        return _explain_size(error)
    if isinstance(error, EmptyDocument):
        return Explanation(
            N_("There are no files in the ZIP."),
            N_("Check that it is the right file, and try again."),
        )
    if isinstance(error, UnsupportedFormat):
        return Explanation(N_("The file is no ZIP."), N_("Pack the documents in a .zip file."))
    return explain_damage()


def explain_damage() -> Explanation:
    """The file itself is not whole."""
    return Explanation(
        N_("The file is damaged, or is not what its name says."),
        N_("Open it on your own machine, save it again and try once more."),
        can_be_registered_by_hand=True,
    )


def _explain_size(error: OversizedFile) -> Explanation:
    if isinstance(error, TooManyPages):
        return Explanation(
            N_("The document has %(size)s pages. The limit is %(limit)s pages."),
            N_("Import the main document, and ask the sender for a summary."),
            {"size": error.size, "limit": error.limit},
            can_be_registered_by_hand=True,
        )
    return Explanation(
        N_("The file is too large. The limit is %(limit)s MB."),
        N_("Save it with smaller pictures, or without attachments, and try again."),
        {"limit": max(1, error.limit // _MEGABYTE)},
    )
