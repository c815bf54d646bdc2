"""Rules of documents: which quantity word fits, when a build has died, what a file is."""

from datetime import datetime, timedelta
from enum import StrEnum

from consult.domain.documents.types import BuildStatus, DocumentFormat, DocumentKind
from consult.kernel.i18n import N_

FEWEST_TO_QUANTIFY = 5
"""With fewer who address the point, a summary names them instead of using a quantity word."""

STALLED_AFTER = timedelta(minutes=10)
"""A build that has shown no sign of life for so long has lost its worker."""

UNCLAIMED_AFTER = timedelta(minutes=2)
"""A build that no worker has begun for so long may have been lost on its way into the queue."""

LONG_REPORT = 15_000  # words, some 60 pages
"""From so many words on, a report is set by the engine that is fast with long ones (ADR 44)."""

LAYOUTS_KEPT = timedelta(minutes=10)
"""So long after the last long report its layout is kept, to set it again at once."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: dict[DocumentFormat, str] = {
    DocumentFormat.HTML: "text/html",
    DocumentFormat.PDF: "application/pdf",
    DocumentFormat.DOCX: f"{_OFFICE}.wordprocessingml.document",
    DocumentFormat.PPTX: f"{_OFFICE}.presentationml.presentation",
}
"""What a browser is told that a file is."""

_SHOWN_BEFORE_LAYOUT = 10  # per cent
_SHOWN_BEFORE_STORING = 98  # per cent


class PdfEngine(StrEnum):
    """What lays a document out on paper."""

    WEASYPRINT = "weasyprint"
    TYPST = "typst"


class Quantifier(StrEnum):
    """The quantity words of a summary, from none to all (domain guide §3.3)."""

    NONE = "none"
    ONE = "one"
    A_FEW = "a_few"
    SOME = "some"
    SEVERAL = "several"
    MANY = "many"
    MAJORITY = "majority"
    MOST = "most"
    ALL = "all"


QUANTIFIER_LABELS: dict[Quantifier, str] = {
    Quantifier.NONE: N_("none"),
    Quantifier.ONE: N_("one"),
    Quantifier.A_FEW: N_("a few"),
    Quantifier.SOME: N_("some"),
    Quantifier.SEVERAL: N_("several"),
    Quantifier.MANY: N_("many"),
    Quantifier.MAJORITY: N_("a majority"),
    Quantifier.MOST: N_("most"),
    Quantifier.ALL: N_("all"),
}


def choose_quantifier(count: int, *, of: int) -> Quantifier:
    """The word for ``count`` out of ``of`` who address the point.

    One is "one" and two or three are "a few", unless they are more than half; from four on the
    share decides: under 10 % "some", to a third "several", to a half "many", to three quarters "a
    majority", below all "most".

    Raises:
        ValueError: More than all, or fewer than none.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of}")
    if count == 0:
        return Quantifier.NONE
    if count == of:
        return Quantifier.ALL
    if 4 * count > 3 * of:
        return Quantifier.MOST
    if 2 * count > of:
        return Quantifier.MAJORITY
    return _choose_minority_word(count, of)


def _choose_minority_word(count: int, of: int) -> Quantifier:
    if count == 1:
        return Quantifier.ONE
    if count <= 3:
        return Quantifier.A_FEW
    if 3 * count > of:
        return Quantifier.MANY
    return Quantifier.SEVERAL if 10 * count >= of else Quantifier.SOME


def choose_engine(kind: DocumentKind, *, words: int) -> PdfEngine:
    """What lays out a document of a kind with so many words: Typst for long reports alone."""
    is_long = kind is DocumentKind.REPORT and words >= LONG_REPORT
    return PdfEngine.TYPST if is_long else PdfEngine.WEASYPRINT


def is_restartable(status: BuildStatus, *, alive_at: datetime, now: datetime) -> bool:
    """Whether a build may be started again: it failed, or its worker has fallen silent."""
    if status is BuildStatus.FAILED:
        return True
    return status is not BuildStatus.READY and now - alive_at > STALLED_AFTER


def shown_progress(layout_share: float) -> int:
    """Per cent of the whole build when this share of the layout is done."""
    room = _SHOWN_BEFORE_STORING - _SHOWN_BEFORE_LAYOUT
    return _SHOWN_BEFORE_LAYOUT + int(room * min(max(layout_share, 0.0), 1.0))
