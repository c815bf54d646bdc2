"""What stands within a line: words, links, references and notes as runs."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from consult.domain.documents.render.numbering import Numbering
from consult.domain.documents.types import (
    Document,
    Emphasis,
    FootnoteRef,
    Foreign,
    Inlines,
    Link,
    Ref,
    RefForm,
    Strong,
    Text,
)
from consult.domain.documents.word.rendering import markup
from consult.domain.documents.word.rendering.markup import PLAIN, Look
from consult.domain.documents.word.rendering.package import Package
from consult.kernel.i18n import N_, choose_locale, translator

_OUTWARD = ("https://", "http://", "mailto:", "tel:")


@dataclass(slots=True)
class Sentences:
    """Writes the inlines of one document; remembers its anchors and the footnotes it has met."""

    document: Document
    numbering: Numbering
    package: Package
    _names: dict[str, str] = field(default_factory=dict)
    _met: set[str] = field(default_factory=set)
    _marks: int = 0
    _in_note: bool = False

    def write(self, inlines: Inlines, look: Look = PLAIN) -> str:
        """Runs of the words in a look."""
        return "".join(self._write_one(inline, look) for inline in inlines)

    def mark(self, anchor: str, content: str = "") -> str:
        """Content that the document refers to by an anchor; without one the content alone."""
        if not anchor:
            return content
        self._marks += 1
        return markup.bookmark(self.name(anchor), self._marks, content)

    def name(self, anchor: str) -> str:
        """The bookmark of an anchor: short, hidden, and of letters that Word allows."""
        return self._names.setdefault(anchor, f"_Place{len(self._names) + 1}")

    def goto(self, anchor: str, content: str) -> str:
        """Content that leads to an anchor of the document."""
        return f'<w:hyperlink w:anchor="{self.name(anchor)}" w:history="1">{content}</w:hyperlink>'

    def page_of(self, anchor: str, look: Look = PLAIN) -> str:
        """The page that an anchor stands on; Word works it out."""
        return markup.field(f"PAGEREF {self.name(anchor)} \\h", "", look, stale=True)

    def outward(self, href: str, content: str) -> str:
        """Content that leads out of the document, where the address has a meaning by itself."""
        if not href.startswith(_OUTWARD):
            return content
        relation = self.package.link(href, in_note=self._in_note)
        return f'<w:hyperlink r:id="{relation}" w:history="1">{content}</w:hyperlink>'

    def _write_one(self, inline: object, look: Look) -> str:
        match inline:
            case Text(text):
                return markup.run(text, look)
            case Emphasis(children):
                return self.write(children, replace(look, emphasis=True))
            case Strong(children):
                return self.write(children, replace(look, strong=True))
            case Foreign(children, language):
                return self.write(children, replace(look, language=language))
            case Link(children, href):
                return self._link(children, href, look)
            case FootnoteRef(footnote):
                return self._note(footnote)
            case Ref():
                return self._reference(inline, look)
        raise TypeError(type(inline).__name__)

    def _link(self, children: Inlines, href: str, look: Look) -> str:
        if href.startswith("#"):
            return self.goto(href[1:], self.write(children, self._linked(look)))
        shown = self._linked(look) if href.startswith(_OUTWARD) else look
        return self.outward(href, self.write(children, shown))

    def _linked(self, look: Look) -> Look:
        return replace(look, style=self.package.style("Hyperlink"))

    def _reference(self, ref: Ref, look: Look) -> str:
        linked = self._linked(look)
        if ref.form is not RefForm.PAGE:
            return self.goto(ref.target, markup.run(self.numbering.reference(ref), linked))
        language = choose_locale(self.document.language)
        message = translator(language).gettext(N_("page %(page)s"))
        before, after = message.split("%(page)s")
        inside = (
            (markup.run(before, linked) if before else "")
            + self.page_of(ref.target, linked)
            + (markup.run(after, linked) if after else "")
        )
        return self.goto(ref.target, inside)

    def _note(self, key: str) -> str:
        look = Look(style=self.package.style("footnote reference"))
        number = self.numbering.footnotes[key]
        anchor = f"doc-note-{key}"
        if key in self._met:
            again = markup.field(f"NOTEREF {self.name(anchor)} \\h", str(number), look)
            return self.goto(anchor, again)
        self._met.add(key)
        note = next(note for note in self.document.footnotes if note.id == key)
        self._in_note = True
        inside = markup.raw_run("<w:footnoteRef/>", look) + markup.run(" ")
        inside += self.write(note.inlines)
        self._in_note = False
        style = self.package.style("footnote text")
        self.package.add_note(
            f'<w:footnote w:id="{number}">{markup.paragraph(style, inside)}</w:footnote>'
        )
        mark = markup.raw_run(f'<w:footnoteReference w:id="{number}"/>', look)
        return self.mark(anchor, mark)


def between(parts: list[str], look: Look = PLAIN) -> Iterator[str]:
    """Runs of texts with a break of the line between them."""
    for place, part in enumerate(parts):
        if place:
            yield markup.raw_run("<w:br/>", look)
        yield markup.run(part, look)
