"""Putting answers and the list of what is withheld into one file.

The same data give the same bytes. No PDF of an answer is kept outside of the package: what is taken
out later must not lie about.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from consult.domain.documents.building.publishable import (
    Listed,
    build_withheld,
    withheld_header,
    withheld_rows,
)
from consult.domain.documents.packages import GatheredAnswer
from consult.domain.documents.render import render_pdf
from consult.kernel.clock import to_oslo
from consult.kernel.files import FileStore
from consult.kernel.i18n import N_, translator
from consult.kernel.ids import content_digest
from consult.kernel.text.spreadsheet import write_csv

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where files lie: ``assets`` is the folder of the asset build, ``files`` what was sent."""

    assets: Path
    files: FileStore


class Packer:
    """Writes a package, answer by answer; the list comes last.

    Args:
        out: Where to.
        shelf: Where the files lie.
        locale: Language of the list.
    """

    def __init__(self, out: IO[bytes], *, shelf: Shelf, locale: str) -> None:
        self._archive = ZipFile(out, "w")
        self._shelf = shelf
        self._locale = locale
        self._listed: list[Listed] = []

    def add(self, answer: GatheredAnswer) -> None:
        """Put an answer in, or note that nothing of it is handed out."""
        path, digest = "", ""
        if answer.document is not None:
            path = f"{answer.number:04}.pdf"
            content = render_pdf(answer.document, assets=self._shelf.assets)
            digest = content_digest(content)
            self._write(path, content)
        for file in answer.files:
            with (
                self._shelf.files.open(file.digest) as stream,
                self._archive.open(_entry(file.path, ZIP_STORED), "w", force_zip64=True) as entry,
            ):
                shutil.copyfileobj(stream, entry)
        self._listed.append(
            Listed(
                number=answer.number,
                name=answer.name,
                kind=answer.kind,
                status=answer.status,
                received_at=answer.received_at,
                withheld=answer.withheld,
                path=path,
                digest=digest,
                files=tuple(file.path for file in answer.files),
            )
        )

    def finish(self, round_: "Round", *, made_at: datetime) -> Sequence[Listed]:
        """Put the lists in and close the package; what was listed."""
        say = translator(self._locale).gettext
        withheld, answers = say(N_("withheld")), say(N_("answers"))
        tree = build_withheld(round_, self._listed, locale=self._locale, made_at=made_at)
        rows = withheld_rows(self._listed, self._locale)
        self._write(f"{withheld}.pdf", render_pdf(tree, assets=self._shelf.assets))
        self._write(f"{withheld}.csv", _csv(withheld_header(self._locale), rows))
        self._write(f"{answers}.csv", _csv(*self._answers()))
        self._archive.close()
        return self._listed

    def _answers(self) -> tuple[Sequence[str], list[tuple[object, ...]]]:
        """The list of all answers that were asked for, for a spreadsheet."""
        say = translator(self._locale).gettext
        header = (
            say(N_("No.")),
            say(N_("Sender")),
            say(N_("Kind")),
            say(N_("State")),
            say(N_("Received")),
            say(N_("File")),
            "SHA-256",
            say(N_("Further files")),
        )
        return header, [
            (
                one.number,
                one.name,
                one.kind,
                one.status,
                to_oslo(one.received_at).strftime("%Y-%m-%d %H:%M"),
                one.path,
                one.digest,
                "; ".join(one.files),
            )
            for one in self._listed
        ]

    def _write(self, path: str, content: bytes) -> None:
        self._archive.writestr(_entry(path, ZIP_DEFLATED), content)


def _entry(path: str, compression: int) -> ZipInfo:
    entry = ZipInfo(path)  # with the earliest date there is: the same data give the same bytes
    entry.compress_type = compression
    return entry


def _csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    return b"\xef\xbb\xbf" + write_csv(header, rows).encode()
