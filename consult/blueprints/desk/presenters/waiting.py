"""What was taken in and is no answer yet: documents, tables, and ZIPs that are being read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from consult.domain.intake.service.importing import details_of

if TYPE_CHECKING:
    from consult.domain.intake.models import ArchiveImport, ImportDraft, TableImport, TakenIn


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Something that waits at the intake. ``holds``: its sender, or what it is."""

    filename: str
    href: str
    holds: str
    begun_at: datetime
    begun_by: str


def waiting_rows(
    round_slug: str,
    drafts: "Sequence[ImportDraft]",
    tables: "Sequence[TableImport]",
    archives: "Sequence[ArchiveImport]",
    names: Mapping[str, str],
) -> list[WaitingRow]:
    """All of it in one list, the newest first."""

    def row(one: "TakenIn", endpoint: str, holds: str, **key: Any) -> WaitingRow:
        href = url_for(endpoint, round_slug=round_slug, **key)
        by = names.get(one.created_by, "")
        return WaitingRow(one.filename, href, holds, one.created_at, by)

    rows = [
        row(
            one,
            "desk.intake_import",
            details_of(one).sender or _("Not known"),
            import_id=one.public_id,
        )
        for one in drafts
    ]
    rows += [
        row(one, "desk.table", _("A table of answers"), table_id=one.public_id) for one in tables
    ]
    rows += [
        row(one, "desk.archive", _("A ZIP, being read"), archive_id=one.public_id)
        for one in archives
    ]
    return sorted(rows, key=lambda one: one.begun_at, reverse=True)
