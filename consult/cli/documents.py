"""The command that builds documents to files."""

import io
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pdfplumber
from flask import current_app

from consult.cli.output import fail, in_app, json_option, say
from consult.cli.snapshots import REFUSALS, named_snapshot
from consult.db import transaction
from consult.domain.accounts.types import SYSTEM
from consult.domain.documents.errors import (
    AddressRefused,
    DamagedSnapshot,
    InvalidDocument,
    NoLongerPrintable,
)
from consult.domain.documents.render import render_pdf
from consult.domain.documents.render.page import render_page
from consult.domain.documents.service.building import check_printable, compose_summary
from consult.domain.documents.service.freezing import snapshot_of_now
from consult.domain.documents.slides.writing import render_pptx
from consult.domain.documents.tree import content_hash
from consult.domain.documents.types import Document, DocumentFormat, DocumentKind
from consult.domain.documents.word.rendering.document import render_docx
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.i18n import DEFAULT_LOCALE, LOCALES, N_, translator
from consult.kernel.ids import content_digest

if TYPE_CHECKING:
    from consult.domain.documents.models import Snapshot
    from consult.domain.rounds.models import Round

_ON_COMMAND_LINE = N_("For a document that was asked for on the command line.")


@click.group()
def document() -> None:
    """Build documents from a round."""


@document.command(
    epilog="Example: consult document build --round my-round --format pdf --format html --out ."
)
@click.option("--round", "slug", required=True, help="Short name of the round.")
@click.option(
    "--kind",
    type=click.Choice([DocumentKind.SUMMARY.value]),
    default=DocumentKind.SUMMARY.value,
    show_default=True,
    help="What to build.",
)
@click.option(
    "--format",
    "formats",
    type=click.Choice([format_.value for format_ in DocumentFormat]),
    multiple=True,
    default=(DocumentFormat.PDF.value,),
    show_default=True,
    help="As what; can be given several times.",
)
@click.option(
    "--out",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder to write to; made when it is not there.  [default: this one]",
)
@click.option(
    "--locale",
    type=click.Choice(LOCALES),
    default=DEFAULT_LOCALE,
    show_default=True,
    help="Language of the document.",
)
@click.option("--snapshot", "name", help="Name of the data to build from; today's if not given.")
@click.option("--reason", default="", help="Why today's data shall count instead of earlier ones.")
@json_option
@in_app
def build(
    *,
    slug: str,
    kind: str,
    formats: tuple[str, ...],
    folder: Path,
    locale: str,
    name: str | None,
    reason: str,
    as_json: bool,
) -> None:
    """Build a document and write it to files. The same data give the same files.

    Without --snapshot the data are frozen first, unless nothing has changed since the last time.
    """
    started = time.perf_counter()
    try:
        round_ = get_round(slug)
    except NotFound:
        fail(f"There is no round {slug!r}.", kept="Nothing was written.")
    with transaction():
        basis = _basis(round_, name, reason)
        frozen = {"name": basis.name, "sha256": basis.digest}
    try:
        tree = compose_summary(basis, locale=locale)
        files = [
            _write(tree, DocumentFormat(name), folder / f"{slug}-{kind}-{locale}.{name}")
            for name in dict.fromkeys(formats)
        ]
    except (AddressRefused, FileNotFoundError, InvalidDocument) as problem:
        fail(f"The document could not be built: {problem}.", kept="The data are as they were.")
    except OSError as problem:
        fail(f"Could not write to {folder}: {problem.strerror}.", kept="The data are as they were.")
    seconds = round(time.perf_counter() - started, 1)
    result = {"tree": content_hash(tree), "snapshot": frozen, "seconds": seconds, "files": files}
    lines = [f"From {frozen['name']}, SHA-256 {frozen['sha256']}", *map(_describe, files)]
    say("\n".join([*lines, f"Built in {seconds} seconds."]), result, as_json=as_json)


def _basis(round_: "Round", name: str | None, reason: str) -> "Snapshot":
    """The data to build from: those of a name, or those of today, frozen now."""
    kept = "Nothing was written."
    if name is None:
        said = reason or translator(round_.owner.language).gettext(_ON_COMMAND_LINE)
        try:
            return snapshot_of_now(round_, reason=said, by=SYSTEM, now=utc_now())
        except InvalidInput as error:
            fail(REFUSALS[error.field, error.reason], kept=kept)
    basis = named_snapshot(round_, name)
    try:
        check_printable(basis, now=utc_now())
    except NoLongerPrintable as error:
        fail(f"{error.number} answers in {name!r} may no longer be printed as frozen.", kept=kept)
    except DamagedSnapshot:
        fail("The frozen data are damaged: they do not have the hash of their time.", kept=kept)
    return basis


def _write(tree: Document, format_: DocumentFormat, path: Path) -> dict[str, Any]:
    """Render to a file and tell what it is."""
    assets = Path(str(current_app.static_folder)) / "build"
    pages = None
    if format_ is DocumentFormat.PDF:
        content = render_pdf(tree, assets=assets)
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            pages = len(pdf.pages)
    elif format_ is DocumentFormat.DOCX:
        content = render_docx(tree, assets=assets)
    elif format_ is DocumentFormat.PPTX:
        content = render_pptx(tree)
    else:
        content = render_page(tree, assets=assets).encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {
        "path": str(path),
        "format": format_.value,
        "pages": pages,
        "bytes": len(content),
        "sha256": content_digest(content),
    }


def _describe(file: dict[str, Any]) -> str:
    pages = f"{file['pages']} pages, " if file["pages"] else ""
    return f"{file['path']}  {pages}{file['bytes'] // 1024} kB, SHA-256 {file['sha256']}"
