"""What a scanned document of 300 pages and 48 MB costs: time, and memory at its highest.

Run as ``python -m bench.scans FOLDER``.
"""

import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import TypeVar

import pikepdf

from consult.domain.files.types import PIECE
from consult.domain.intake.scanning import read_upload
from consult.domain.scans.pages import draw_for_people, draw_for_reading, inspect_document
from consult.domain.scans.tesseract import can_read, read_picture
from consult.kernel.files import FileStore, PartialFiles
from tests.support.scanned import add_picture_page, page_picture

T = TypeVar("T")

_PAGES = 300
_MEGABYTES = 48
_SHEETS = 6
_READ = 3
_MOST_MEMORY_MB = 500
"""What one worker may hold at its highest while it takes in such a file."""

_LINE = "Kommunen støtter forslaget, men fristen bør være åtte uker"


def main(folder: Path) -> int:
    """Measure each step once; 1 when the memory goes beyond its bound."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "scan.pdf"
    _write_scan(path)
    size = path.stat().st_size
    print(f"scanned document: {_PAGES} pages, {size / 1e6:.0f} MB; memory before {_peak()} MB")
    partials = PartialFiles(folder / "unfinished")
    _step("taken in by pieces of 2 MB", lambda: _send(path, partials))
    store = FileStore(folder / "files")
    with partials.open("scan") as stream:
        digest = _step("kept by its hash", lambda: store.save_stream(stream))
    with store.open(digest) as stream:
        found = _step("looked into for pages of text", lambda: inspect_document(stream))
    if len(found.pictures) != _PAGES:
        print(f"  only {len(found.pictures)} pages were found to be pictures")
        return 1
    with store.open(digest) as stream:
        _step("a page drawn for the screen", lambda: draw_for_people(stream, _PAGES // 2))
    if can_read():
        for number in range(1, _READ + 1):
            with store.open(digest) as stream:
                picture = draw_for_reading(stream, number)
                words = _step("a page read", lambda: read_picture(picture, language="nb"))  # noqa: B023 -- called at once
        print(f"  {len(words.text)} characters, {words.confidence} per cent sure")
    with store.open(digest) as stream:
        _step("read for words while the sender waits", lambda: read_upload(stream, "scan.pdf"))
    return int(_peak() > _MOST_MEMORY_MB)


def _write_scan(path: Path) -> None:
    """A file as a scanner makes it: grey pictures with noise, a few sheets over and over."""
    share = _MEGABYTES * 1_000_000 // _PAGES
    sheets = [
        page_picture("\n".join(f"{_LINE} {sheet}" for _row in range(12)), quality=40)
        for sheet in range(_SHEETS)
    ]
    with pikepdf.new() as document:
        for number in range(_PAGES):
            picture = sheets[number % _SHEETS]
            # a JPEG ends with its end mark; what comes behind it is noise that no reader looks at
            add_picture_page(document, picture + os.urandom(share - len(picture)), scale=2)
        document.save(path)


def _send(path: Path, partials: PartialFiles) -> None:
    with path.open("rb") as file:
        offset = 0
        while piece := file.read(PIECE):
            partials.write("scan", offset, piece)
            offset += len(piece)


def _step(name: str, work: Callable[[], T]) -> T:
    began = perf_counter()
    result = work()
    print(f"  {name}: {perf_counter() - began:.2f} s, memory so far {_peak()} MB", flush=True)
    return result


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
