"""Rules of a programme: where a group stands, and which questions a text hands back."""

from collections.abc import Iterable, Iterator, Sequence

from consult.domain.programmes.types import GroupState, Verdict
from consult.kernel.ids import content_digest
from consult.kernel.text.rich import types as rich


def find_state(
    *, is_sent: bool, verdict: Verdict | None, is_declined: bool, is_withdrawn: bool
) -> GroupState:
    """Where a group stands.

    Args:
        is_sent: Whether it has sent a sub-report.
        verdict: What was said of the version that it sent last; ``None`` before the review.
        is_declined: Whether it has let it be known that none comes.
        is_withdrawn: Whether it has taken back what it sent.
    """
    if is_withdrawn:
        return GroupState.WITHDRAWN
    if not is_sent:
        return GroupState.DECLINED if is_declined else GroupState.WORKING
    if verdict is None:
        return GroupState.SENT
    return GroupState.ACCEPTED if verdict is Verdict.ACCEPTED else GroupState.SUPPLEMENT_ASKED


def questions_in(text: rich.RichText) -> Iterator[str]:
    """The questions of a part that hands questions back.

    Each item of a list is one; without a list, each paragraph that asks.
    """
    items = [one for one in text.blocks if one.kind in (rich.Kind.BULLET, rich.Kind.NUMBER)]
    if items:
        yield from (words for one in items if (words := " ".join(one.words.split())))
        return
    for one in text.blocks:
        words = " ".join(one.words.split())
        if one.kind is rich.Kind.PARAGRAPH and words.endswith("?"):
            yield words


def digest_of_findings(passages: Iterable[str]) -> str:
    """What names the findings that were looked at together, whatever their order."""
    return content_digest("\n".join(sorted(passages)).encode())


def difference_of_questions(
    known: Sequence[str], asked: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The questions that are new in a version, and those that stand in it no more."""
    new = tuple(dict.fromkeys(one for one in asked if one not in known))
    return new, tuple(one for one in known if one not in asked)
