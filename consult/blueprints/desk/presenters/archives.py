"""Words for the files of a ZIP that were not taken in: why, and what to do about each."""

from pathlib import PurePath
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.desk.presenters.incoming_mail import PROBLEM_LABELS
from consult.domain.intake.types import MailProblem
from consult.kernel.i18n import N_
from consult.kernel.office.sheets import SUFFIXES

if TYPE_CHECKING:
    from consult.domain.intake.models import ArchiveEntry

_IN_A_ZIP: dict[MailProblem, str] = {
    MailProblem.OVERSIZED: N_("Too large to be taken in. Ask the sender for a smaller file."),
    MailProblem.IDENTITY_NUMBER: N_(
        "There is a national identity number (11 digits) in it. Import the file by itself, and "
        "choose that we take the number out."
    ),
    MailProblem.UNREADABLE: N_(
        "Damaged, or not what its name says. Ask the sender for another copy, or write the answer "
        "down by hand."
    ),
}
"""Where a ZIP calls for other words than a mail does."""


def entry_problem(entry: "ArchiveEntry") -> str:
    """Why a file of a ZIP was not taken in, and what to do."""
    if entry.problem is None:
        return ""
    ending = PurePath(entry.filename).suffix.casefold()
    if entry.problem is MailProblem.OTHER_KIND and ending == ".zip":
        return str(_("A ZIP inside the ZIP. Unpack it, and take it in by itself."))
    if entry.problem is MailProblem.OTHER_KIND and ending in (*SUFFIXES, ".csv"):
        return str(_("A table. Take it in under “Answers from a table”."))
    return str(_(_IN_A_ZIP.get(entry.problem) or PROBLEM_LABELS[entry.problem]))
