"""Runs of equally looking text into drafts, for the formats that state looks in their markup."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consult.domain.intake.recognise.draft import Draft


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one look; ``size`` is in points."""

    text: str
    bold: bool = False
    underlined: bool = False
    size: float = 11.0


def drafts_of_runs(runs: Sequence[Run], base: Draft) -> Iterator[Draft]:
    """The drafts of a paragraph: one, or more where the look changes at a line break.

    A bold line, break, plain text is a heading and what stands under it.
    """
    pending: list[list[Run]] = []
    for line in _split_lines(runs):
        if pending and _is_strong(pending[-1]) != _is_strong(line) and _has_text(line):
            yield from _draft(pending, base)
            base = replace(base, notes=(), number=None)
            pending = []
        pending.append(line)
    yield from _draft(pending, base)


def _split_lines(runs: Sequence[Run]) -> Iterator[list[Run]]:
    line: list[Run] = []
    for run in runs:
        parts = run.text.split("\n")
        for part in parts[:-1]:
            line.append(replace(run, text=part))
            yield line
            line = []
        line.append(replace(run, text=parts[-1]))
    yield line


def _draft(lines: list[list[Run]], base: Draft) -> Iterator[Draft]:
    texts = ["".join(run.text for run in line) for line in lines]
    if not any(text.strip() for text in texts):
        return
    filled = [line for line in lines if _has_text(line)]
    sizes = [run.size for line in filled for run in line if run.text.strip()]
    yield replace(
        base,
        lines=tuple(text for text in texts if text.strip()),
        strong=all(_is_strong(line) for line in filled),
        underlined=all(run.underlined for line in filled for run in line if run.text.strip()),
        scale=max(sizes, key=sizes.count),
        lead=_lead(filled[0]),
    )


def _lead(line: list[Run]) -> int:
    """The length of the bold start of a line that goes on in plain text."""
    length = 0
    for run in line:
        if not run.text.strip() or run.bold:
            length += len(run.text)
        elif length:
            return length
        else:
            return 0
    return 0


def _has_text(line: list[Run]) -> bool:
    return any(run.text.strip() for run in line)


def _is_strong(line: list[Run]) -> bool:
    return _has_text(line) and all(run.bold for run in line if run.text.strip())


def scale_drafts(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """The same drafts with sizes as shares of the size that most of the text has."""
    weights: Counter[float] = Counter()
    for draft in drafts:
        weights[draft.scale] += len(draft.flat)
    body = weights.most_common(1)[0][0] if weights else 1.0
    for draft in drafts:
        yield replace(draft, scale=draft.scale / body if body else 1.0)
