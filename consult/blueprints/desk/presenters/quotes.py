"""The register of quotations: each passage that is used somewhere, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.domain.analysis.queries.exporting import words_to_hand_out
from consult.domain.analysis.queries.passages import load_passages
from consult.domain.composing.quoting import UsedIn, find_used
from consult.domain.composing.types import EVIDENCE_USE_LABELS
from consult.domain.documents.quoted import PrintedIn, find_printed
from consult.domain.documents.types import DOCUMENT_KIND_LABELS
from consult.kernel.i18n import LANGUAGE_NAMES
from consult.kernel.text.spreadsheet import write_csv

if TYPE_CHECKING:
    from consult.domain.analysis.types import PassageRow
    from consult.domain.rounds.models import Round


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a passage stands.

    Attributes:
        work: What tells works apart: the editions of one document in several languages are one.
        edition: The work in one language.
        text: The edition and the chapter, in words.
        href: Where it can be read; empty for texts in another room.
    """

    work: str
    edition: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """A passage and all places where it stands.

    Attributes:
        words: Its words without those that are taken out: what goes into a file.
    """

    passage: "PassageRow"
    uses: tuple[Use, ...]
    words: str

    @property
    def works(self) -> int:
        """In how many works it stands."""
        return len({use.work for use in self.uses})

    @property
    def is_reused(self) -> bool:
        """Whether it stands in more than one work, or in several chapters of one edition."""
        return self.works > 1 or any(
            sum(other.edition == use.edition for other in self.uses) > 1 for use in self.uses
        )


def quote_rows(round_: "Round") -> list[QuoteRow]:
    """The passages that stand somewhere, those used most first."""
    printed = find_printed(round_.id)
    used = find_used(round_.id, round_.owner_id)
    passages = load_passages(printed.keys() | used.keys())
    words = words_to_hand_out(round_.id, passages.keys())
    rows = [
        QuoteRow(
            passage,
            (
                *(_printed(round_, place) for place in printed.get(passage_id, ())),
                *(_used(place) for place in used.get(passage_id, ())),
            ),
            words[passage_id],
        )
        for passage_id, passage in passages.items()
    ]
    return sorted(rows, key=lambda row: (not row.is_reused, -row.works, row.passage.sender.number))


def used_passages(round_: "Round") -> frozenset[int]:
    """Ids of the passages that stand in any document or text."""
    return frozenset(find_printed(round_.id).keys() | find_used(round_.id, round_.owner_id).keys())


def _printed(round_: "Round", place: PrintedIn) -> Use:
    document = place.document
    kind = _(DOCUMENT_KIND_LABELS[document.kind])
    edition = LANGUAGE_NAMES.get(document.locale, document.locale)
    href = url_for("desk.document", round_slug=round_.slug, document_id=document.public_id)
    return Use(
        work=f"{document.kind} {document.snapshot_id}",
        edition=document.public_id,
        text=f"{kind} ({edition}) · {place.place.heading}",
        href=f"{href}#{place.place.anchor}",
    )


def _used(place: UsedIn) -> Use:
    use = _(EVIDENCE_USE_LABELS[place.use])
    return Use(
        work=f"composition {place.composition_id}",
        edition=f"composition {place.composition_id}",
        text=f"{place.title} · {place.part_key} ({use})",
    )


def quotes_csv(rows: Sequence[QuoteRow]) -> str:
    """The register as a table, a line for each place; names only of those who may be named."""
    header = [_("Answer"), _("From"), _("Words"), _("Where it stands"), _("In how many works")]
    return write_csv(
        header,
        [
            [row.passage.sender.number, _public_name(row), _words(row), use.text, row.works]
            for row in rows
            for use in row.uses
        ],
    )


def _public_name(row: QuoteRow) -> str:
    return row.passage.sender.public_name or str(_("without name"))


def _words(row: QuoteRow) -> str:
    """The words that may leave: none that their sender keeps, or that the question promised to."""
    if row.passage.is_private or not row.passage.sender.may_be_quoted:
        return str(_("not for publication"))
    return row.words
