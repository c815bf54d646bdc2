"""What reaches the programme of a signed sub-report, as values: pure."""

from collections.abc import Iterable, Iterator, Mapping

from consult.domain.composing.letter import written_parts
from consult.domain.composing.types import FrozenPart, FrozenText, PartKind, Side
from consult.domain.programmes.rules import questions_in
from consult.domain.programmes.types import Input, Piece, PieceKind, SentUp
from consult.domain.submissions.types import AnswerContent
from consult.kernel.i18n import N_, choose_locale, translator
from consult.kernel.text.rich import types as rich
from consult.kernel.text.rich.codec import from_json
from consult.kernel.text.rich.light import to_light

_HEADING = 500


def assemble_report(
    text: FrozenText,
    *,
    evidence: Mapping[str, Input | int],
    passages: Mapping[str, Input | int],
    answers: int,
) -> SentUp:
    """Sections and proposals of a text, each with the inputs that it rests on.

    Args:
        text: What everybody has signed.
        evidence: The input behind each mark in the text, by the mark's id; where it may not be
            printed, the number of its answer alone.
        passages: The same by the public id of the passage, for proposals.
        answers: How many have answered the group's round.
    """
    parts = written_parts(text.parts)
    say = translator(choose_locale(text.head.language)).gettext
    titles = {part.key: part.title for part in text.parts}
    pieces = [piece for part in parts if (piece := _section(part, evidence)) is not None]
    for one in text.recommendations:
        if not one.is_proposed:
            continue
        chapter = titles.get(one.part, "")
        name = say(N_("Proposal"))
        found = [
            _turned(found, is_contrary=ground.side is Side.AGAINST)
            for ground in one.grounds
            if (found := passages.get(ground.passage)) is not None
        ]
        heading = f"{name}: {chapter}" if chapter else name
        pieces.append(_piece(PieceKind.PROPOSAL, one.key, heading, one.text, found))
    return SentUp(
        title=text.head.title,
        language=text.head.language,
        pieces=tuple(pieces),
        questions=tuple(
            dict.fromkeys(
                question
                for part in parts
                if part.kind is PartKind.QUESTIONS_BACK
                for question in questions_in(from_json(part.body))
            )
        ),
        answers=answers,
    )


def answers_from(sent: SentUp) -> Iterator[AnswerContent]:
    """The pieces as parts of an answer to the programme, in the same order."""
    for piece in sent.pieces:
        yield AnswerContent(text=piece.text, source_heading=piece.heading or None)


def evidence_ids(text: rich.RichText) -> tuple[str, ...]:
    """The marks in a text, each once, in their order."""
    return tuple(
        dict.fromkeys(
            mark.id
            for block in text.blocks
            for part in block.content
            if isinstance(part, rich.Text)
            for mark in part.marks.evidence
        )
    )


def _section(part: FrozenPart, evidence: Mapping[str, Input | int]) -> Piece | None:
    body = from_json(part.body)
    words = to_light(body).strip()
    if not words:
        return None
    kind = PieceKind.QUESTIONS if part.kind is PartKind.QUESTIONS_BACK else PieceKind.SECTION
    found = [evidence[one] for one in evidence_ids(body) if one in evidence]
    return _piece(kind, part.key, part.title, words, found)


def _piece(
    kind: PieceKind, key: str, heading: str, text: str, found: Iterable[Input | int]
) -> Piece:
    known = list(dict.fromkeys(found))
    inputs = tuple(one for one in known if isinstance(one, Input))
    named = {one.number for one in inputs}
    silent = {one for one in known if isinstance(one, int)} - named
    return Piece(kind, key, heading[:_HEADING], text, inputs, len(silent))


def _turned(found: Input | int, *, is_contrary: bool) -> Input | int:
    if isinstance(found, int) or not is_contrary:
        return found
    return Input(found.number, found.sender, found.quote, found.language, is_contrary=True)
