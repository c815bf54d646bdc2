"""How long a response of 60 pages with 400 pieces of evidence takes to store, merge and pass Word.

Run as ``python -m bench.texts``.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from statistics import median
from time import perf_counter

from bench.data import paragraph
from consult.domain.documents.word.placing import read_docx_edits
from consult.domain.documents.word.types import WordDocument, WordSection
from consult.domain.documents.word.writing import write_docx
from consult.kernel.text.rich.codec import from_json, to_json
from consult.kernel.text.rich.differences import compare
from consult.kernel.text.rich.markdown import from_markdown
from consult.kernel.text.rich.merging import merge
from consult.kernel.text.rich.suggesting import suggest
from consult.kernel.text.rich.types import RichText

_SECTIONS, _PARAGRAPHS, _EVIDENCE = 20, 30, 400


def main() -> None:
    """Measure each step on the whole response, and what is done at each save on one section."""
    source = Random(20261122)
    sections = tuple(
        WordSection(f"s{number}", f"Tema {number}", _section(source, number))
        for number in range(_SECTIONS)
    )
    whole = RichText(tuple(block for section in sections for block in section.text.blocks))
    one = sections[0].text
    mine, theirs = _reworded(one, 3), _reworded(one, 20)
    _measure("read and store a section", lambda: to_json(from_json(to_json(one))))
    _measure("merge two writers of a section", lambda: merge(one, mine, theirs))
    _measure("difference of a section", lambda: compare(one, mine))
    _measure("difference of the response", lambda: compare(whole, _reworded(whole, 300)))
    made_at = datetime(2026, 11, 22, tzinfo=UTC)
    document = WordDocument("Svar", "Forbundet", "nb", made_at, sections)
    content = write_docx(document)
    _measure("write .docx", lambda: write_docx(document))
    _measure("read .docx and suggest", lambda: _suggest(content, sections))


def _section(source: Random, number: int) -> RichText:
    each = _EVIDENCE // _SECTIONS
    written = (
        f"[{paragraph(source)}]{{e:p{number * each + place}}}"
        if place < each
        else paragraph(source)
        for place in range(_PARAGRAPHS)
    )
    return from_markdown("\n\n".join(written))


def _reworded(text: RichText, place: int) -> RichText:
    changed = from_markdown(f"Vi mener noe annet. {text.blocks[place].words}").blocks
    return RichText((*text.blocks[:place], *changed, *text.blocks[place + 1 :]))


def _suggest(content: bytes, sections: tuple[WordSection, ...]) -> None:
    edits = read_docx_edits(content, filename="svar.docx", sections=sections)
    for ours, theirs in zip(sections, edits.sections, strict=True):
        if suggest(ours.text, theirs.text):
            raise AssertionError("an unedited file gives no suggestion")


def _measure(name: str, work: Callable[[], object]) -> None:
    times = []
    for _ in range(7):
        started = perf_counter()
        work()
        times.append(perf_counter() - started)
    print(f"{name:<34} {1000 * median(times):7.1f} ms")


if __name__ == "__main__":
    main()
