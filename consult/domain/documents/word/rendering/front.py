"""What stands before the chapters, and above and below the text of each page."""

from consult.domain.documents.render.html import format_day, shorten
from consult.domain.documents.render.numbering import ContentsEntry, Label
from consult.domain.documents.types import DOCUMENT_KIND_LABELS, DocumentKind
from consult.domain.documents.word.rendering import markup
from consult.domain.documents.word.rendering.markup import Look, Picture, paragraph, run
from consult.domain.documents.word.rendering.sentences import Sentences
from consult.kernel.i18n import N_, choose_locale, translator

WITH_COVER = (DocumentKind.REPORT, DocumentKind.SUMMARY)
"""The others begin at once with what one has to know."""

_DEPTH = 2
_AT_FOOT = (  # of the cover, 222 mm from the top
    '<w:framePr w:w="8731" w:wrap="around" w:vAnchor="page" w:hAnchor="page" w:x="1587" '
    'w:y="12586"/>'
)
_TAB = markup.raw_run("<w:tab/>")


class Front:
    """Writes the cover or head, the contents and the lists of figures and tables."""

    def __init__(self, sentences: Sentences) -> None:
        self._sentences = sentences
        self._document = sentences.document
        self._gettext = translator(choose_locale(sentences.document.language)).gettext

    def cover(self, picture: Picture) -> str:
        """The front page, on a picture."""
        document = self._document
        publisher = markup.behind_the_page(picture) + run(document.publisher)
        kind = run(self._gettext(DOCUMENT_KIND_LABELS[document.kind]))
        if document.status:
            kind += run("\u2002·\u2002") + run(document.status, Look(strong=True))
        written = [
            self._paragraph("Cover Publisher", publisher),
            self._paragraph("Cover Kind", kind),
            self._paragraph("Title", run(document.title)),
        ]
        if document.subtitle:
            written.append(self._paragraph("Subtitle", run(document.subtitle)))
        for name, value in self._dates():
            written.append(self._paragraph("Cover Fact Name", run(name), _AT_FOOT))
            written.append(self._paragraph("Cover Fact", run(value), _AT_FOOT))
        end = self._sentences.package.end_section(running=False)
        return "".join([*written, self._paragraph("Break", "", end)])

    def head(self) -> str:
        """The head of a letter, a form or a receipt."""
        document = self._document
        letter = document.kind is DocumentKind.LETTER
        written = [self._paragraph("Document Sender", run(document.publisher))]
        if document.subtitle:
            written.append(self._paragraph("Normal", run(document.subtitle)))
        day = format_day(document.date, choose_locale(document.language))
        facts = [(self._gettext(N_("Date")), day)] if letter else []
        facts += [(fact.label, fact.value) for fact in document.facts]
        for name, value in facts:
            written.append(self._paragraph("Normal", run(f"{name}: ") + run(value)))
        if document.status:
            status = run(document.status, Look(strong=True))
            written.append(self._paragraph("Normal", status))
        return "".join([*written, self._paragraph("Title", run(document.title))])

    def _dates(self) -> list[tuple[str, str]]:
        document = self._document
        day = format_day(document.date, choose_locale(document.language))
        facts = [(self._gettext(N_("Date")), day)]
        if document.case_number:
            facts.append((self._gettext(N_("Case number")), document.case_number))
        return [*facts, (self._gettext(N_("Published by")), document.publisher)]

    def contents(self) -> str:
        """The contents, two levels deep, as a field that Word brings up to date.

        The pages come with that: nobody knows before on which page something will stand.
        """
        entries = self._sentences.numbering.contents
        if not self._document.contents or not entries:
            return ""
        lines = self._lines(entries, 1)
        heading = self._paragraph("TOC Heading", run(self._gettext(N_("Contents"))))
        return heading + self._as_field(f'TOC \\o "1-{_DEPTH}" \\h \\z', lines)

    def facts(self) -> str:
        """What the document rests on, as on the page of the contents."""
        if not self._document.facts:
            return ""
        title = self._gettext(N_("About this document"))
        return self._paragraph("Box Title", run(title), '<w:spacing w:before="480"/>') + "".join(
            self._paragraph("Fact Name", run(fact.label)) + self._paragraph("Fact", run(fact.value))
            for fact in self._document.facts
        )

    def registers(self) -> str:
        """The lists of figures and of tables of a long report."""
        written = []
        labels = self._sentences.numbering.labels
        for register in self._sentences.numbering.registers:
            lines = [
                self._line("table of figures", labels[anchor], anchor) for anchor in register.ids
            ]
            first = labels[register.ids[0]]
            kind = first.heading.removesuffix(first.number).strip()
            written.append(self._paragraph("TOC Heading", run(register.heading)))
            written.append(self._as_field(f'TOC \\h \\z \\c "{kind}"', lines))
        return "".join(written)

    def running_head(self) -> str:
        """The title above the text."""
        return self._paragraph("header", run(shorten(self._document.title)))

    def running_foot(self) -> str:
        """The publisher, and which page it is."""
        document = self._document
        told = filter(None, (document.publisher, document.case_number, document.status))
        message = self._gettext(N_("Page %(page)s of %(total)s"))
        before, rest = message.split("%(page)s")
        between, after = rest.split("%(total)s")
        words = run(shorten("  ·  ".join(told), 90)) + _TAB + run(before)
        words += markup.field("PAGE", "1") + run(between) + markup.field("NUMPAGES", "1")
        return self._paragraph("footer", words + (run(after) if after else ""))

    def _lines(self, entries: tuple[ContentsEntry, ...], depth: int) -> list[str]:
        written = []
        for entry in entries:
            written.append(self._line(f"toc {depth}", entry.label, entry.id))
            if depth < _DEPTH:
                written += self._lines(entry.children, depth + 1)
        return written

    def _line(self, style: str, label: Label, anchor: str) -> str:
        words = run(label.title)
        if label.heading == label.number and label.number:
            words = run(label.heading) + _TAB + words
        elif label.heading:
            words = run(f"{label.heading}\u2002") + words
        return self._paragraph(style, self._sentences.goto(anchor, words))

    def _as_field(self, instruction: str, lines: list[str]) -> str:
        """Paragraphs that are together what a field shows."""
        begin = (
            markup.raw_run('<w:fldChar w:fldCharType="begin" w:dirty="true"/>')
            + markup.raw_run(f'<w:instrText xml:space="preserve"> {instruction} </w:instrText>')
            + markup.raw_run('<w:fldChar w:fldCharType="separate"/>')
        )
        end = markup.raw_run('<w:fldChar w:fldCharType="end"/>')
        first, *others = lines
        lines = [first.replace("</w:pPr>", f"</w:pPr>{begin}", 1), *others]
        lines[-1] = f"{lines[-1].removesuffix('</w:p>')}{end}</w:p>"
        return "".join(lines)

    def _paragraph(self, style: str, content: str, extra: str = "") -> str:
        return paragraph(self._sentences.package.style(style), content, extra=extra)
