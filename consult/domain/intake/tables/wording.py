"""Why a table could not be taken in, in words: what happened and what to do."""

from consult.domain.intake.errors import (
    CellsHoldIdentityNumbers,
    EmptyDocument,
    EncryptedFile,
    IntakeError,
    OversizedFile,
    UnsupportedFormat,
)
from consult.domain.intake.explaining import Explanation
from consult.kernel.i18n import N_
from consult.kernel.office.sheets import TooManyRows

_MEGABYTE = 1024 * 1024
_CELLS_NAMED = 10


def explain_table(error: IntakeError) -> Explanation:
    """What happened to the file, and what to do about it. Nothing of it was kept."""
    if isinstance(error, CellsHoldIdentityNumbers):
        named = [f"{row} ({heading})" if heading else f"{row}" for row, heading in error.cells]
        more = "…" if len(named) > _CELLS_NAMED else ""
        return Explanation(
            N_(
                "There are national identity numbers (11 digits) in the table, in rows: "
                "%(rows)s. We never store those."
            ),
            N_("Take them out of the table and try again."),
            {"rows": ", ".join(named[:_CELLS_NAMED]) + more},
        )
    if isinstance(error, TooManyRows):
        return Explanation(
            N_("The table is too large: %(rows)s rows. The limit is %(limit)s rows."),
            N_("Take out what stands outside the table, or share the rows among several files."),
            {"rows": error.size, "limit": error.limit},
        )
    if isinstance(error, OversizedFile):
        return Explanation(
            N_("The file is too large. The limit is %(limit)s MB."),
            N_("Share the rows among several files, and try again."),
            {"limit": max(1, error.limit // _MEGABYTE)},
        )
    if isinstance(error, EncryptedFile):
        return Explanation(
            N_("The file is locked with a password, so we cannot read it."),
            N_("Save it without a password, and try again."),
        )
    if isinstance(error, EmptyDocument):
        return Explanation(
            N_("There are no rows below the headings in the table."),
            N_("The first row names the columns, and each row below is one answer."),
        )
    if isinstance(error, UnsupportedFormat):
        return Explanation(
            N_("The file is no table that we can read."),
            N_("Save it as Excel (.xlsx), OpenDocument (.ods) or CSV."),
        )
    return Explanation(
        N_("The file is damaged, or is not what its name says."),
        N_("Open it on your own machine, save it again and try once more."),
    )
