"""Dividing answers into passages, and choosing further ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from blinker import Signal
from sqlalchemy import delete, func, insert, select, update

from consult.db import session, table_of
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.coding.copies import fingerprint
from consult.domain.coding.errors import PassageExists, TextCoded
from consult.domain.coding.models import Coding, Passage
from consult.domain.coding.rules import divide_text, snap_range
from consult.domain.coding.types import PassageKind, Span
from consult.domain.submissions.types import Voice
from consult.kernel.errors import InvalidInput

if TYPE_CHECKING:
    from consult.domain.submissions.models import Answer, SubmissionVersion

_AT_ONCE = 1000
_PASSAGES = table_of(Passage)
_NEW_PASSAGES = insert(_PASSAGES).returning(_PASSAGES.c.position, _PASSAGES.c.id)

version_divided = Signal()
"""Sent, with the version, in the transaction that stores a new version of an answer, once its
passages are made. What rests on the passages of the version before goes over to them."""

passages_made = Signal()
"""Sent, with the words of passages by their ids, in the transaction that makes them (``are_new``)
or gives them other words. Of parts that a reader chooses nothing is told: their words stand in a
passage already."""


def divide_version(version: "SubmissionVersion") -> int:
    """Make the passages of a version, answer by answer, and return how many there are.

    Dividing follows from the text alone and is not an act of anybody's: it is not audited.
    """
    spans: list[_Placed] = []
    for answer in version.answers:
        spans += _spans_of(answer, first=len(spans))
    _store(version, spans)
    return len(spans)


def divide_added(answer: "Answer") -> int:
    """Make the passages of a text that the staff has added, behind those there are.

    Written anew, its passages are made anew too. Raises ``TextCoded`` if any of them has a theme.
    """
    own = select(Passage.id).where(Passage.answer_id == answer.id)
    if session().scalars(select(Coding.id).where(Coding.passage_id.in_(own)).limit(1)).first():
        raise TextCoded(answer.version.submission.reference)
    session().execute(delete(Passage).where(Passage.answer_id == answer.id))
    last = select(func.max(Passage.position)).where(Passage.version_id == answer.version_id)
    spans = _spans_of(answer, first=(session().scalar(last) or 0) + 1)
    _store(answer.version, spans)
    return len(spans)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A span of an answer that becomes a passage.

    ``under`` is the passage's position that it stands under, among those of the same version.
    """

    answer: "Answer"
    position: int
    under: int | None
    span: Span


def _spans_of(answer: "Answer", *, first: int) -> list[_Placed]:
    """The spans of a part; saying that another answer is joined is no argument of its own."""
    if answer.voice is Voice.JOINING:
        return []
    return [
        _Placed(answer, position, None if span.parent is None else first + span.parent, span)
        for position, span in enumerate(divide_text(answer.text), first)
    ]


def _store(version: "SubmissionVersion", spans: Iterable[_Placed]) -> None:
    """Make passages, those under which others stand first, and tell what they say.

    They are written as rows, level by level: as objects that point at one another they would be
    written one by one, and most of what receiving an answer takes would be this.
    """
    session().flush()
    frame = {
        "round_id": version.submission.round_id,
        "submission_id": version.submission_id,
        "version_id": version.id,
    }
    ids: dict[int, int] = {}
    quotes: dict[int, str] = {}
    waiting = list(spans)
    while waiting:
        now = [one for one in waiting if one.under is None or one.under in ids]
        waiting = [one for one in waiting if one.under is not None and one.under not in ids]
        rows = [frame | _row(one, ids) for one in now]
        ids |= {row.position: row.id for row in session().execute(_NEW_PASSAGES, rows)}
        quotes |= {ids[row["position"]]: row["quote"] for row in rows}
    passages_made.send(quotes, are_new=True)


def _row(placed: _Placed, ids: Mapping[int, int]) -> dict[str, Any]:
    span, answer = placed.span, placed.answer
    quote = answer.text[span.start : span.end]
    return {
        "answer_id": answer.id,
        "parent_id": None if placed.under is None else ids[placed.under],
        "kind": span.kind,
        "level": span.level,
        "position": placed.position,
        "start": answer.start + span.start,
        "end": answer.start + span.end,
        "quote": quote,
        "fingerprint": fingerprint(quote),
    }


def mark_unmarked() -> int:
    """Give passages that an older release made the fingerprint of their words; returns how many."""
    query = (
        select(Passage.id, Passage.quote)
        .where(
            Passage.fingerprint.is_(None),
            Passage.page_id.is_(None),
            Passage.kind != PassageKind.CHOSEN,
        )
        .limit(_AT_ONCE)
    )
    marked = 0
    while rows := session().execute(query).all():
        marks = [{"id": row.id, "fingerprint": fingerprint(row.quote)} for row in rows]
        session().execute(update(Passage), marks)
        marked += len(marks)
    return marked


def add_passage(version: "SubmissionVersion", *, start: int, end: int, by: Actor) -> Passage:
    """Make a passage of a chosen range; it may overlap others.

    Args:
        version: The version whose text the offsets count in, in characters.
        start: First character; blanks at the ends are left out.
        end: One past the last; moved outwards where it would cut a character in two.
        by: Who chose it.

    Raises:
        InvalidInput: reason ``empty`` or ``outside_answer`` (it must lie inside one answer).
        PassageExists: There is one of exactly this range.
    """
    around = _passage_around(version, start)
    is_on_page = around is not None and around.kind is PassageKind.PAGE and start < around.end
    text, offset = version.full_text, 0
    if around is not None and is_on_page:
        text, offset = around.quote, around.start
    start, end = start - offset, end - offset
    if not 0 <= start < end <= len(text):
        raise InvalidInput("start", "empty" if start >= end else "outside_answer")
    start, end = snap_range(text, start, end)
    if start >= end:
        raise InvalidInput("start", "empty")
    quote = text[start:end]
    start, end = start + offset, end + offset
    answer = around.answer if around and is_on_page else _answer_around(version, start, end)
    existing = session().scalars(
        select(Passage).where(
            Passage.version_id == version.id, Passage.start == start, Passage.end == end
        )
    )
    if (same := existing.first()) is not None:
        raise PassageExists(same.public_id)
    around = _passage_around(version, start)
    passage = Passage(
        round_id=version.submission.round_id,
        submission_id=version.submission_id,
        version_id=version.id,
        answer_id=answer.id,
        parent_id=around.id if around else None,
        kind=PassageKind.CHOSEN,
        position=around.position if around else 0,
        start=start,
        end=end,
        quote=quote,
        copy_of_id=around.copy_of_id if around else None,
    )
    session().add(passage)
    session().flush()
    record(
        Tag.PASSAGE_ADDED,
        subject=passage.reference,
        by=by.reference,
        stream=organisation_stream(version.submission.round.owner_id),
        data={"submission": version.submission.reference, "start": start, "end": end},
    )
    return passage


def _answer_around(version: "SubmissionVersion", start: int, end: int) -> "Answer":
    for answer in version.answers:
        if answer.start <= start and end <= answer.end:
            return answer
    raise InvalidInput("start", "outside_answer")


def _passage_around(version: "SubmissionVersion", start: int) -> Passage | None:
    """The paragraph or bullet that a chosen range begins in, or the last one before it."""
    query = (
        select(Passage)
        .where(
            Passage.version_id == version.id,
            Passage.kind != PassageKind.CHOSEN,
            Passage.start <= start,
        )
        .order_by(Passage.start.desc())
        .limit(1)
    )
    return session().scalars(query).one_or_none()
