"""Editions of a report as they may be read now, made once for each state of the round."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for

from consult.domain.accounts.types import VISITOR
from consult.domain.disclosure.published import published_numbers
from consult.domain.documents.freezing.places import Place
from consult.domain.documents.render.chapters import Chapter, WebEdition, render_web_edition
from consult.domain.documents.types import DocumentFormat
from consult.domain.reports.reading import Affected, read_edition, state_of
from consult.domain.reports.types import EditionStatus
from consult.kernel.ids import content_digest
from consult.policy import Permission, can

if TYPE_CHECKING:
    from consult.domain.documents.models import DocumentFile
    from consult.domain.reports.models import Edition

_FORM = "1"
"""Raised when what is kept would be made differently."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An edition as it may be read now.

    Attributes:
        affected: Answers of which something was taken out since it was published.
    """

    web: WebEdition
    affected: tuple[Affected, ...]

    @property
    def is_whole(self) -> bool:
        """Whether its files may still be given out: nothing was taken out since."""
        return not self.affected


def show_edition(edition: "Edition") -> Shown:
    """The edition as it may be read now."""
    addresses = _addresses(edition)
    state = state_of(edition.composition.round_id)
    manifest = Path(str(current_app.static_folder)) / "build" / "manifest.json"
    made_from = [
        _FORM,
        content_digest(manifest.read_bytes()),
        edition.public_id,
        edition.digest,
        state,
        sorted(addresses),
    ]
    key = content_digest(json.dumps(made_from).encode())
    kept: bytes = current_app.extensions["derived"].fetch(key, lambda: _make(edition, addresses))
    return _read(json.loads(kept))


def files_of(edition: "Edition") -> dict[str, "DocumentFile"]:
    """The files of an edition by format; its page stands for the one that is HTML."""
    return {
        one.format.value: one
        for one in edition.document.files
        if one.format is not DocumentFormat.HTML
    }


def _addresses(edition: "Edition") -> dict[int, str]:
    """Where answers to the round can be read by everybody."""
    round_ = edition.round
    if not can(VISITOR, Permission.VIEW_PUBLISHED, round_):
        return {}
    return {
        number: url_for("public.answer", round_slug=round_.slug, number=number)
        for number in published_numbers(round_.id)
    }


def _make(edition: "Edition", addresses: dict[int, str]) -> bytes:
    place: dict[str, Any] = {
        "round_slug": edition.round.slug,
        "kind": edition.composition.kind.value,
    }
    reading = read_edition(edition, addresses=addresses)
    web = render_web_edition(
        reading.document,
        address=lambda anchor: url_for(
            "public.report_chapter", **place, number=edition.number, chapter=anchor
        ),
    )
    affected = [asdict(one) for one in reading.affected]
    return json.dumps({"web": asdict(web), "affected": affected}).encode()


def _read(kept: dict[str, Any]) -> Shown:
    web = kept["web"]
    chapters = tuple(Chapter(**one) for one in web["chapters"])
    return Shown(
        WebEdition(web["whole"], web["contents"], chapters),
        tuple(
            Affected(one["number"], tuple(Place(**place) for place in one["places"]))
            for one in kept["affected"]
        ),
    )


@dataclass(frozen=True, slots=True)
class EditionPage:
    """What a page of an edition shows.

    Attributes:
        html: The text of the page; empty once the edition is taken off the web.
        is_divided: Whether its chapters have pages of their own.
        chapter: The chapter that the page is of; before and after it the neighbours.
        files: Its files by format; none where they hold what may no longer be given out.
        is_changed: Whether something was taken out since it was published.
    """

    html: str = ""
    is_divided: bool = False
    chapter: Chapter | None = None
    before: Chapter | None = None
    after: Chapter | None = None
    files: Sequence[tuple[str, int]] = ()
    is_changed: bool = False


def edition_page(
    edition: "Edition", *, chapter: Chapter | None = None, is_whole: bool = False
) -> EditionPage:
    """A page of an edition: a chapter, all of it, or where it begins."""
    if edition.status is EditionStatus.WITHDRAWN:
        return EditionPage()
    shown = show_edition(edition)
    chapters = shown.web.chapters
    place = chapters.index(chapter) if chapter else -1
    html = chapter.html if chapter else shown.web.contents
    return EditionPage(
        html=shown.web.whole if is_whole or not chapters else html,
        is_divided=bool(chapters) and not is_whole,
        chapter=chapter,
        before=chapters[place - 1] if place > 0 else None,
        after=chapters[place + 1] if chapters and place + 1 < len(chapters) else None,
        files=[(name, file.size) for name, file in files_of(edition).items()]
        if shown.is_whole
        else (),
        is_changed=not shown.is_whole,
    )
