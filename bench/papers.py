"""How long summaries take to build and documents to be recognised, and how much memory that takes.

Run as ``python -m bench.papers NAME FOLDER [DATABASE]``, a process for each, as memory is measured
at its peak.
"""

import resource
import sys
from io import BytesIO
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import pdfplumber
import weasyprint

from bench.application import open_application
from bench.data import paragraph
from consult import STATIC
from consult.db import transaction
from consult.demo.loader import load_demo
from consult.domain.accounts.types import SYSTEM
from consult.domain.documents.render import render_pdf
from consult.domain.documents.service.building import compose_summary
from consult.domain.documents.service.freezing import snapshot_of_now
from consult.domain.documents.snapshots import changes_since, frozen_bytes
from consult.domain.intake.recognise import recognise
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import utc_now

if TYPE_CHECKING:
    from consult.domain.documents.models import Snapshot

DEMO_ROUND = "rom-for-lokale-kontor"
_PAGES, _PARAGRAPHS = 60, 6
_LETTER_STYLE = (
    "@page { size: A4; margin: 25mm } section { break-before: page } p { font-size: 11pt }"
)


def peak_memory() -> int:
    """Megabytes that this process has held at most. Linux counts kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def summary(folder: Path, database: str = "", slug: str = "large") -> None:
    """Build the summary of a round that is there."""
    with open_application(folder, database=database) as app, app.app_context():
        _build(slug)


def demo(folder: Path) -> None:
    """Load the demo, then build the summary of its closed round."""
    with open_application(folder, database="") as app, app.app_context():
        load_demo()
        _build(DEMO_ROUND)


def _build(slug: str) -> None:
    basis = _freeze(slug)
    before, started = peak_memory(), perf_counter()
    tree = compose_summary(basis, locale="nb")
    composed = perf_counter()
    content = render_pdf(tree, assets=STATIC / "build")
    seconds, peak = perf_counter() - started, peak_memory()
    pages = _count_pages(content)
    print(
        f"{f'summary of {slug}':<26} {pages} pages  {seconds:.1f} s"
        f" (composing {composed - started:.1f} s)  {seconds / pages:.2f} s a page"
        f"  peak {peak} MB ({before} MB before)"
    )


def _freeze(slug: str) -> "Snapshot":
    """Freeze the data of a round, and find that nothing has changed since."""
    started, worked = perf_counter(), process_time()
    with transaction():
        basis = snapshot_of_now(get_round(slug), reason="To measure.", by=SYSTEM, now=utc_now())
    print(
        f"{f'freezing {slug}':<26} {basis.counts['passages']:,} passages"
        f"  {perf_counter() - started:.1f} s, processor {process_time() - worked:.1f} s"
        f"  {len(frozen_bytes(basis)) / 1e6:.1f} MB, {len(basis.content) / 1e6:.1f} MB stored"
    )
    started, worked = perf_counter(), process_time()
    changes = changes_since(basis, now=utc_now())
    print(
        f"{'comparing with today':<26} {len(changes)} changes"
        f"  {perf_counter() - started:.1f} s, processor {process_time() - worked:.1f} s"
    )
    return basis


def letter(folder: Path) -> None:
    """Write a long answer as a PDF."""
    source = Random(20261122)
    sections = "".join(
        f"<section><h2>{number}. Tema</h2>"
        + "".join(f"<p>{paragraph(source)}</p>" for _ in range(_PARAGRAPHS))
        + "</section>"
        for number in range(1, _PAGES + 1)
    )
    page = f"<html lang=nb><style>{_LETTER_STYLE}</style><body>{sections}</body></html>"
    (folder / "letter.pdf").write_bytes(weasyprint.HTML(string=page).write_pdf())


def recognition(folder: Path) -> None:
    """Recognise the letter."""
    content = (folder / "letter.pdf").read_bytes()
    before, started = peak_memory(), perf_counter()
    found = recognise(content, filename="letter.pdf", limit_bytes=len(content))
    seconds, peak = perf_counter() - started, peak_memory()
    pages = _count_pages(content)
    print(
        f"{'recognising a PDF':<26} {pages} pages, {len(found.blocks):,} blocks  {seconds:.1f} s"
        f"  {seconds / pages:.2f} s a page  peak {peak} MB ({before} MB before)"
    )


def _count_pages(content: bytes) -> int:
    with pdfplumber.open(BytesIO(content)) as document:
        return len(document.pages)


if __name__ == "__main__":
    {one.__name__: one for one in (summary, demo, letter, recognition)}[sys.argv[1]](
        Path(sys.argv[2]), *sys.argv[3:]
    )
