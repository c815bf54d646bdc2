"""What is checked before a report is published: pure rules over plain values.

Source: domain guide §3.3 and ADR 45. Nothing here reads anything: what is looked at is gathered by
:mod:`consult.domain.reports.checking`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from consult.domain.composing.types import PartKind
from consult.domain.reports.language.quoted import Found, Said, quotations
from consult.domain.reports.types import CheckKind, CheckLine, Doubt
from consult.kernel.ids import content_digest
from consult.kernel.text.rich.types import RichText

_RESTS = frozenset({PartKind.FINDING, PartKind.VIEWS})
"""Parts that tell what was answered, so that they must rest on it."""


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A part with what stands in it.

    Attributes:
        about: Key of the theme that it is about, by itself or by its chapter.
        proposal: Key of the round's proposal that it is about, in the same way.
    """

    key: str
    title: str
    kind: PartKind
    text: RichText
    about: str | None = None
    proposal: str | None = None


@dataclass(frozen=True, slots=True)
class Resting:
    """A passage that a part or a proposal rests on, and what is to be said against it now.

    Attributes:
        subject: ``evidence:…`` or ``ground:…``.
        sender: Whose it is, as it may be printed.
        stands_as_quote: Whether its very words are marked in the text.
        may_be_quoted: Whether they may be published now.
        state: What it is now, for the digest: version, themes.
    """

    subject: str
    part: str
    sender: str
    quote: str
    stands_as_quote: bool = False
    may_be_quoted: bool = True
    doubts: tuple[Doubt, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class ProposedPoint:
    """A proposal of the report, as far as its grounds go."""

    key: str
    part: str
    text: str
    is_proposed: bool = True
    is_supported: bool = False
    objections: int = 0
    assessment: str = ""


@dataclass(frozen=True, slots=True)
class OpenTheme:
    """Passages on a theme of the report that nobody has used or left out, by their ids."""

    theme: str
    name: str
    part: str
    passages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DataState:
    """Where the figures come from.

    Attributes:
        name: Of the frozen data; empty where there are none.
        changes: How much is different today.
        digest: Of what is different.
    """

    name: str = ""
    changes: int = 0
    digest: str = ""


def digest_of(*values: object) -> str:
    """A digest of what was looked at."""
    return content_digest("\x1f".join(map(str, values)).encode())


def check_proposals(points: Iterable[ProposedPoint]) -> Iterator[CheckLine]:
    """Proposals without grounds, and those whose contrary input nobody has assessed."""
    for one in points:
        subject = f"proposal:{one.key}"
        values: dict[str, str | int] = {"text": one.text}
        if one.is_proposed and not one.is_supported:
            digest = digest_of(one.text)
            check = CheckKind.UNGROUNDED_PROPOSAL
            yield CheckLine(check, subject, digest, one.part, values=values)
        if one.objections and not one.assessment.strip():
            digest = digest_of(one.text, one.objections)
            counted = values | {"count": one.objections}
            check = CheckKind.UNANSWERED_OBJECTION
            yield CheckLine(check, subject, digest, one.part, values=counted)


def check_grounding(
    parts: Iterable[WrittenPart], resting: Sequence[Resting]
) -> Iterator[CheckLine]:
    """Findings and views with words that rest on no passage."""
    grounded = {one.part for one in resting if one.subject.startswith("evidence:")}
    for part in parts:
        if part.kind in _RESTS and not part.text.is_empty and part.key not in grounded:
            words = "\n".join(block.words for block in part.text.blocks)
            subject = f"part:{part.key}"
            yield CheckLine(CheckKind.UNGROUNDED_PART, subject, digest_of(words), part.key)


def check_use(themes: Iterable[OpenTheme]) -> Iterator[CheckLine]:
    """Passages on the report's themes that are neither used nor left out with a reason."""
    for one in themes:
        if one.passages:
            yield CheckLine(
                CheckKind.UNUSED,
                f"theme:{one.theme}",
                digest_of(*sorted(one.passages)),
                one.part,
                values={"theme": one.name, "theme_id": one.theme, "count": len(one.passages)},
            )


def check_resting(resting: Iterable[Resting]) -> Iterator[CheckLine]:
    """Quotes that may not be published, and passages that are not what they were."""
    for one in resting:
        values = {"sender": one.sender}
        if one.stands_as_quote and not one.may_be_quoted:
            yield CheckLine(
                CheckKind.UNPUBLISHABLE,
                one.subject,
                digest_of(one.quote),
                one.part,
                words=one.quote,
                values=values,
            )
        elif one.doubts:
            yield CheckLine(
                CheckKind.STALE,
                one.subject,
                digest_of(one.state, *one.doubts),
                one.part,
                words=one.quote,
                values=values,
                doubts=one.doubts,
            )


def check_quotations(
    parts: Iterable[WrittenPart], said: Said, *, known: Iterable[str] = ()
) -> Iterator[CheckLine]:
    """Words in quotation marks that nobody said so, or that may not be published.

    Args:
        parts: What is written.
        said: What was answered, and what stands in the paper of the round.
        known: Quotes that have a line of their own already.
    """
    told = set(known)
    for part in parts:
        for words, around in quotations(part.text):
            found = said.find(words)
            if found is Found.PUBLISHABLE or words in told:
                continue
            told.add(words)
            hidden = found is Found.HIDDEN
            yield CheckLine(
                CheckKind.UNPUBLISHABLE if hidden else CheckKind.NOT_VERBATIM,
                f"words:{part.key}:{digest_of(words)[:12]}",
                digest_of(words),
                part.key,
                words=words,
                sentence=around,
            )


def check_data(state: DataState) -> Iterator[CheckLine]:
    """Figures without frozen data, or from data that have changed since."""
    if not state.name:
        yield CheckLine(CheckKind.NO_DATA, "data", digest_of())
    elif state.changes:
        values: dict[str, str | int] = {"name": state.name, "count": state.changes}
        yield CheckLine(CheckKind.OUTDATED_DATA, "data", state.digest, values=values)
