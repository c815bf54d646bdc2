"""How long a report of 500 pages takes by each engine, and after one paragraph was edited.

Run as ``python -m bench.long_report ENGINE``, a process for each: memory is measured at its peak.
"""

import gc
import io
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter, process_time

import pikepdf

from bench.long_content import edit_one_paragraph, make_report
from consult import STATIC
from consult.domain.documents.render.page import render_page

_CHAPTERS = 27
_EDITED = (13, 5, 22)
_BUILD = STATIC / "build"
_CHROMIUM = "/usr/bin/chromium"


def typst() -> None:
    """Set it by Typst: cold, and again with another paragraph changed each time."""
    from consult.domain.documents.render.typst import (  # noqa: PLC0415 -- loading it is cold, too
        forget_layouts,
        render_long_pdf,
    )

    report = make_report(_CHAPTERS)
    _measure("Typst, cold", lambda: render_long_pdf(report, assets=_BUILD))
    for number, chapter in enumerate(_EDITED, start=1):
        edited = edit_one_paragraph(report, chapter=chapter)
        _measure(f"Typst, edit {number}", lambda: render_long_pdf(edited, assets=_BUILD))  # noqa: B023
    started = perf_counter()
    forget_layouts()
    gc.collect()
    print(f"{'forgetting it':<18} {perf_counter() - started:.2f} s  {_memory()} MB left")


def weasyprint() -> None:
    """Lay it out by WeasyPrint in one piece; this takes minutes."""
    from consult.domain.documents.render.pdf import render_pdf  # noqa: PLC0415

    report = make_report(_CHAPTERS)
    _measure("WeasyPrint", lambda: render_pdf(report, assets=_BUILD))


def summary() -> None:
    """Lay out an ordinary document of some forty pages by WeasyPrint, cold."""
    from consult.domain.documents.render.pdf import render_pdf  # noqa: PLC0415

    report = make_report(1)
    _measure("WeasyPrint, short", lambda: render_pdf(report, assets=_BUILD))


def chromium() -> None:
    """Print its web edition by Chromium: no notes at the foot, no numbers in the contents."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    page_source = render_page(make_report(_CHAPTERS), assets=_BUILD)

    def print_page() -> bytes:
        with sync_playwright() as player:
            browser = player.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
            page = browser.new_page()
            page.set_content(page_source)
            content: bytes = page.pdf(format="A4", tagged=True, outline=True)
            browser.close()
        return content

    _measure("Chromium", print_page, children=True)


def _measure(name: str, make: Callable[[], bytes], *, children: bool = False) -> None:
    """Print what making a PDF costs: time by the clock and of the processor, pages, memory."""
    before, started, worked = _memory(), perf_counter(), process_time()
    content = make()
    seconds, busy = perf_counter() - started, process_time() - worked
    whose = resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF
    peak = resource.getrusage(whose).ru_maxrss // 1024
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    print(
        f"{name:<18} {pages} pages  {seconds:.1f} s, processor {busy:.1f} s"
        f"  {pages / seconds:.0f} pages/s  peak {peak} MB ({before} MB before)"
        f"  {len(content) / 1e6:.1f} MB  load average {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def _memory() -> int:
    """Megabytes that this process holds now."""
    resident = Path("/proc/self/statm").read_text("ascii").split()[1]
    return int(resident) * resource.getpagesize() // 2**20


if __name__ == "__main__":
    {one.__name__: one for one in (typst, weasyprint, summary, chromium)}[sys.argv[1]]()
