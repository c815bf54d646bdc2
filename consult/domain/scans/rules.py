"""Rules of scanned documents: which files are looked into, and what stands for a page."""

from consult.domain.scans.types import PageState
from consult.domain.submissions.types import AttachmentKind
from consult.kernel.i18n import N_, translator

PDF = "application/pdf"

_INSTEAD: dict[PageState, str] = {
    PageState.WAITING: N_("Page %(number)s of %(total)s, not read yet"),
    PageState.EMPTY: N_("Page %(number)s of %(total)s, a picture without text"),
    PageState.FAILED: N_("Page %(number)s of %(total)s, could not be read by a machine"),
}


def may_be_scan(kind: AttachmentKind, media_type: str, *, pages: int | None) -> bool:
    """Whether a file can hold pages that nobody has read as text.

    An original that somebody typed in by hand has been read; of one that was imported the number of
    pages is known.
    """
    if media_type != PDF:
        return False
    return kind is AttachmentKind.ATTACHMENT or (
        kind is AttachmentKind.ORIGINAL and pages is not None
    )


def words_for_page(state: PageState, text: str, *, number: int, total: int, locale: str) -> str:
    """The words of a page, or what stands for them as long as there are none."""
    instead = _INSTEAD.get(state)
    if instead is None:
        return text
    return translator(locale).gettext(instead) % {"number": number, "total": total}
