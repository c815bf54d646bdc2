"""Whose words the documents of a round print, and where: read out of the finished documents."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import undefer

from consult.db import session
from consult.domain.coding.models import Passage
from consult.domain.coding.queries.scope import is_current
from consult.domain.documents.freezing.places import Place
from consult.domain.documents.models import Document as BuiltDocument
from consult.domain.documents.render.numbering import Label, number_document
from consult.domain.documents.tree import from_json, walk
from consult.domain.documents.types import (
    Block,
    BuildStatus,
    Document,
    DocumentKind,
    Quote,
    Section,
    Text,
)
from consult.domain.submissions.models import Submission, SubmissionVersion

_NUMBER = re.compile(r"(\d+)$")


@dataclass(frozen=True, slots=True)
class Printed:
    """Words of an answer in a document: the answer's number, the words, and the chapter."""

    answer: int
    words: str
    place: Place


@dataclass(frozen=True, slots=True)
class PrintedIn:
    """A built document that prints a passage, and the chapter where it does."""

    document: BuiltDocument
    place: Place


def find_printed(round_id: int) -> dict[int, tuple[PrintedIn, ...]]:
    """Where passages of a round are printed, by their ids.

    Of each kind and language the newest finished document is looked at. What it says of minutes and
    phone calls without quotation marks is no quotation.
    """
    printed: dict[int, list[tuple[str, PrintedIn]]] = defaultdict(list)
    for document in _newest_editions(round_id):
        for one in printed_in(from_json(json.dumps(document.tree))):
            printed[one.answer].append((one.words, PrintedIn(document, one.place)))
    query = (
        select(Passage.id, Passage.quote, Submission.number)
        .join(Submission, Passage.submission_id == Submission.id)
        .join(SubmissionVersion, Passage.version_id == SubmissionVersion.id)
        .where(Passage.round_id == round_id, is_current(), Submission.number.in_(printed))
    )
    found: dict[int, tuple[PrintedIn, ...]] = {}
    for passage_id, quote, number in session().execute(query):
        words = " ".join(quote.split())
        places = tuple(place for printed, place in printed[number] if words.endswith(printed))
        if places:
            found[passage_id] = places
    return found


def printed_in(document: Document) -> Iterator[Printed]:
    """Every quotation of an answer in a finished document, in reading order."""
    yield from _printed(document.blocks, number_document(document).labels, "")


def _printed(
    blocks: Iterable[Block], labels: Mapping[str, Label], chapter: str
) -> Iterator[Printed]:
    for block in blocks:
        if isinstance(block, Section):
            inner = block.id if labels[block.id].number or not chapter else chapter
            yield from _printed(block.blocks, labels, inner)
        elif isinstance(block, Quote) and (found := _NUMBER.search(block.reference)):
            label = labels[chapter]
            place = Place(chapter, f"{label.number} {label.title}".strip())
            words = " ".join(node.text for node in walk(block) if isinstance(node, Text))
            yield Printed(int(found[1]), " ".join(words.split()), place)


def _newest_editions(round_id: int) -> tuple[BuiltDocument, ...]:
    query = (
        select(BuiltDocument)
        .where(
            BuiltDocument.round_id == round_id,
            BuiltDocument.status == BuildStatus.READY,
            BuiltDocument.kind != DocumentKind.REPORT,  # what reports use is traced by their area
        )
        .options(undefer(BuiltDocument.tree))
        .order_by(BuiltDocument.requested_at.desc(), BuiltDocument.id.desc())
    )
    found: dict[tuple[str, str], BuiltDocument] = {}
    for document in session().scalars(query):
        found.setdefault((document.kind, document.locale), document)
    return tuple(one for one in found.values() if one.tree is not None)
