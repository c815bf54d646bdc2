"""Shapes scanned pages for the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.blueprints.shared.context import current_locale
from consult.domain.scans.rules import words_for_page
from consult.domain.scans.types import PAGE_STATE_LABELS, PageState

if TYPE_CHECKING:
    from consult.domain.scans.models import ScannedPage

_UNSURE = 80
"""Per cent below which a reader is told to compare with the picture."""

_TONES = {
    PageState.READ: "info",
    PageState.CORRECTED: "success",
    PageState.FAILED: "warning",
}


@dataclass(frozen=True, slots=True)
class PageView:
    """A scanned page.

    Attributes:
        alternative: What the picture is, in words, for those who do not see it.
        status: How far it is read, and how sure the machine is.
        is_unsure: Whether the text must be compared with the picture.
        has_number: Whether a national identity number stands on the picture.
    """

    number: int
    text: str
    alternative: str
    status: str
    tone: str
    is_waiting: bool
    is_unsure: bool
    has_number: bool


def page_views(pages: Iterable["ScannedPage"], *, total: int) -> list[PageView]:
    """Pages of one file, of which there are ``total`` in all."""
    return [page_view(page, total=total) for page in pages]


def page_view(page: "ScannedPage", *, total: int) -> PageView:
    """One page."""
    is_machines = page.state is PageState.READ
    status = str(_(PAGE_STATE_LABELS[page.state]))
    if is_machines and page.confidence is not None:
        status = _("%(status)s, %(share)s %% sure", status=status, share=page.confidence)
    alternative = _("Page %(number)s of %(total)s", number=page.number, total=total)
    if not page.is_read:
        alternative = words_for_page(
            page.state, "", number=page.number, total=total, locale=current_locale()
        )
    return PageView(
        number=page.number,
        text=page.text if page.is_read else "",
        alternative=alternative,
        status=status,
        tone=_TONES.get(page.state, "neutral"),
        is_waiting=page.state is PageState.WAITING,
        is_unsure=is_machines and (page.confidence or 0) < _UNSURE,
        has_number=page.has_number,
    )
