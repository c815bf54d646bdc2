"""Codings as a CSV file: out, and in again with all problems found before anything is kept.

Columns: ``submission`` (number of the answer), ``passage`` (public id), ``start``, ``end``
(characters of the current version's text), ``quote``, ``theme`` (key), ``coder``, ``coded_at``,
``model`` (number of the model whose suggestion the coder accepted).
To come in, a row needs a theme and one way to find its passage: the public id, the answer's number
with start and end, or the answer's number with words that stand once in it. A range that is no
passage yet becomes a chosen one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import insert

from consult.db import session
from consult.domain.accounts.queries import find_person_by_email, find_person_by_public_id
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.errors import FileRefused, PassageExists
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.queries.codings import (
    current_versions,
    find_passage_id,
    list_codings,
    passages_of_versions,
    present_codings,
)
from consult.domain.coding.queries.themes import themes_by_key
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.revising import hold_codebook
from consult.domain.coding.types import CodingMethod, ImportedCodings
from consult.domain.disclosure.quoting import quotable_in_round
from consult.kernel.clock import utc_now
from consult.kernel.text.plain import canonical
from consult.kernel.text.spreadsheet import read_csv, write_csv

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import SubmissionVersion

CODING_COLUMNS = (
    "submission", "passage", "start", "end", "quote", "theme", "coder", "coded_at", "model",
)  # fmt: skip


def export_codings(round_: "Round") -> list[dict[str, object]]:
    """Every coding of the round's current texts, one row each, keyed by :data:`CODING_COLUMNS`.

    Words that were taken out by law stand in no quote: a file goes where nobody guards it.
    """
    may_quote = quotable_in_round(round_.id)
    rows = []
    for row in list_codings(round_.id):
        number, passage, start, end, quote, *coded, coded_at, model, version_id = row
        words = may_quote.words(quote, version_id=version_id, start=start, end=end)
        values = (number, passage, start, end, words, *coded, coded_at.isoformat(), model)
        rows.append(dict(zip(CODING_COLUMNS, values, strict=True)))
    return rows


def write_codings(round_: "Round") -> str:
    """The same as the text of a CSV file."""
    rows = export_codings(round_)
    return write_csv(CODING_COLUMNS, [[row[name] for name in CODING_COLUMNS] for row in rows])


def import_codings(round_: "Round", text: str, *, by: Actor) -> ImportedCodings:
    """Add the codings of a CSV file: all of them, or none.

    A coding that is there already stays as it is. The coder column takes an e-mail address or a
    reference of a known person; where it is empty, the importer is the coder.

    Raises:
        FileRefused: With every problem and its row; row 1 is the header.
    """
    header, rows = read_csv(text)
    missing = [name for name in ("theme",) if name not in header]
    if not {"passage", "submission"} & set(header):
        missing.append("submission")
    if missing:
        raise FileRefused(tuple(f"row 1: the column {name!r} is missing" for name in missing))
    hold_codebook(round_.id)
    reader = _Reader(round_, by)
    found = [reader.read(number, row) for number, row in enumerate(rows, start=2)]
    if reader.problems:
        raise FileRefused(tuple(reader.problems))
    return _store(round_, [row for row in found if row is not None], by=by)


@dataclass(frozen=True, slots=True)
class _Row:
    """A coding to add; ``passage_id`` is ``None`` where the range is no passage yet."""

    version: "SubmissionVersion"
    start: int
    end: int
    passage_id: int | None
    theme_id: int
    coded_by: str
    coded_at: datetime


class _Reader:
    """Finds what the rows speak of, and keeps the problems."""

    def __init__(self, round_: "Round", by: Actor) -> None:
        self.problems: list[str] = []
        self._by = by
        self._now = utc_now()
        self._themes = themes_by_key(round_.id)
        self._versions = current_versions(round_.id)
        self._version_by_id = {version.id: version for version in self._versions.values()}
        self._passages = passages_of_versions(round_.id, self._version_by_id)
        self._by_range = {(p.version_id, p.start, p.end): p for p in self._passages.values()}
        self._coders: dict[str, str | None] = {"": by.reference}

    def read(self, number: int, row: Mapping[str, str]) -> _Row | None:
        """The coding of one row, or ``None`` and a problem more."""
        try:
            version, start, end, passage = self._find_place(row)
            return _Row(
                version=version,
                start=start,
                end=end,
                passage_id=passage.id if passage else None,
                theme_id=self._find_theme(row),
                coded_by=self._find_coder(row.get("coder", "").strip()),
                coded_at=self._read_moment(row.get("coded_at", "").strip()),
            )
        except ValueError as problem:
            self.problems.append(f"row {number}: {problem}")
            return None

    def _find_place(
        self, row: Mapping[str, str]
    ) -> tuple["SubmissionVersion", int, int, Passage | None]:
        if public_id := row.get("passage", "").strip():
            passage = self._passages.get(public_id)
            if passage is not None:
                version = self._version_by_id[passage.version_id]
                return version, passage.start, passage.end, passage
            if not row.get("submission", "").strip():
                raise ValueError(f"there is no passage {public_id!r} in this round")
        version = self._find_version(row.get("submission", "").strip())
        start, end = self._find_range(version, row)
        return version, start, end, self._by_range.get((version.id, start, end))

    def _find_version(self, number: str) -> "SubmissionVersion":
        version = self._versions.get(int(number)) if number.isdecimal() else None
        if version is None:
            raise ValueError(f"there is no answer number {number!r} in this round")
        return version

    def _find_range(self, version: "SubmissionVersion", row: Mapping[str, str]) -> tuple[int, int]:
        start, end = row.get("start", "").strip(), row.get("end", "").strip()
        quote = canonical(row.get("quote", "")).strip()
        if not start and not end:
            return _range_of_quote(version, quote)
        if not (start.isdecimal() and end.isdecimal()):
            raise ValueError(f"start {start!r} and end {end!r} must be whole numbers")
        first, last = int(start), int(end)
        inside = any(a.start <= first < last <= a.end for a in version.answers)
        if not inside:
            raise ValueError(f"the range {first}–{last} does not lie inside one answer")
        words = version.full_text[first:last]
        if not words.strip():
            raise ValueError(f"there are only blanks at {first}–{last}")
        if quote and words.split() != quote.split():
            raise ValueError(f"the text at {first}–{last} is not the quote")
        return first, last

    def _find_theme(self, row: Mapping[str, str]) -> int:
        key = row.get("theme", "").strip()
        if key not in self._themes:
            raise ValueError(f"there is no theme {key!r} in the codebook")
        theme = self._themes[key].standing
        if theme.retired_at is not None:
            raise ValueError(f"the theme {key!r} was split: use one of those in its place")
        return theme.id

    def _find_coder(self, coder: str) -> str:
        if coder not in self._coders:
            person = (
                find_person_by_email(coder)
                if "@" in coder
                else find_person_by_public_id(coder.removeprefix("person:"))
            )
            known = person.reference if person is not None else None
            self._coders[coder] = coder if coder == "system" else known
        reference = self._coders[coder]
        if reference is None:
            raise ValueError(f"the coder {coder!r} is not known")
        return reference

    def _read_moment(self, text: str) -> datetime:
        if not text:
            return self._now
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValueError(f"coded_at {text!r} is not a moment such as 2026-10-31T12:00:00+01:00")
        return moment


def _range_of_quote(version: "SubmissionVersion", quote: str) -> tuple[int, int]:
    if not quote:
        raise ValueError("give a passage, start and end, or a quote")
    text = version.full_text
    times = text.count(quote)
    if times != 1:
        raise ValueError(f"the quote stands {times} times in the answer, not once")
    start = text.index(quote)
    inside = any(a.start <= start and start + len(quote) <= a.end for a in version.answers)
    if not inside:
        raise ValueError("the quote does not lie inside one answer")
    return start, start + len(quote)


def _store(round_: "Round", rows: list[_Row], *, by: Actor) -> ImportedCodings:
    present = present_codings(round_.id)
    chosen: dict[tuple[int, int, int], int] = {}
    values: list[dict[str, object]] = []
    for row in rows:
        passage_id = row.passage_id
        if passage_id is None:
            place = (row.version.id, row.start, row.end)
            if place not in chosen:
                chosen[place] = _choose(row, by)
            passage_id = chosen[place]
        if (passage_id, row.theme_id) in present:
            continue
        present.add((passage_id, row.theme_id))
        values.append(
            {
                "passage_id": passage_id,
                "theme_id": row.theme_id,
                "method": CodingMethod.IMPORTED,
                "coded_by": row.coded_by,
                "coded_at": row.coded_at,
            }
        )
    if values:
        session().execute(insert(Coding), values)
    result = ImportedCodings(
        added=len(values), present=len(rows) - len(values), passages=len(set(chosen.values()))
    )
    record(
        Tag.CODING_IMPORTED,
        subject=round_.reference,
        by=by.reference,
        stream=organisation_stream(round_.owner_id),
        data={"added": result.added, "present": result.present, "passages": result.passages},
    )
    return result


def _choose(row: _Row, by: Actor) -> int:
    """The id of a new passage, or of the one that has the same range once blanks are left out."""
    try:
        return add_passage(row.version, start=row.start, end=row.end, by=by).id
    except PassageExists as same:
        return find_passage_id(same.public_id)
