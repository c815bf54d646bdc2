"""A draft report as a reader outside may see it."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.domain.documents.errors import NoLongerPrintable
from consult.domain.documents.service.building import check_printable
from consult.domain.documents.types import Document
from consult.domain.reports.checking import blocking
from consult.domain.reports.queries import preview
from consult.domain.reports.types import CheckKind
from consult.kernel.clock import to_oslo

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition


def shown_outside(composition: "Composition", *, status: str, now: datetime) -> Document | None:
    """The report as it stands; nothing while it holds words that may not be printed.

    What may be shown is what might be published: its frozen data must still be printable, and no
    quote in it may be one that has to stay inside.
    """
    if composition.snapshot is None:
        return None
    try:
        check_printable(composition.snapshot, now=now)
    except NoLongerPrintable:
        return None
    if any(one.check is CheckKind.UNPUBLISHABLE for one in blocking(composition, now=now)):
        return None
    return preview(composition, day=to_oslo(now).date(), status=status)
