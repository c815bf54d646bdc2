"""Shapes the synoptic table: passage, theme, assessment, decision, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from consult.domain.composing.synoptic import SynopticLine
from consult.domain.composing.types import SIDE_LABELS


@dataclass(frozen=True, slots=True)
class SynopticRow:
    """A line in words; ``proposal_id`` is the proposal's public id, where there is one."""

    number: int
    sender: str
    lang: str
    words: str
    themes: str
    assessment: str
    decision: str
    proposal_id: str = ""


def synoptic_header() -> list[str]:
    """Names of the columns."""
    return [
        _("Answer"),
        _("From"),
        _("Passage"),
        _("Theme"),
        _("Assessment"),
        _("Decision"),
    ]


def synoptic_rows(lines: Sequence[SynopticLine], parts: Mapping[str, str]) -> list[SynopticRow]:
    """The lines in words; ``parts`` names parts by their keys."""
    return [
        SynopticRow(
            number=line.passage.submission.number,
            sender=line.passage.submission.name,
            lang=line.passage.submission.language,
            words=line.words,
            themes=", ".join(line.themes),
            assessment=_assessment(line),
            decision=_decision(line, parts),
            proposal_id=line.proposal.public_id if line.proposal else "",
        )
        for line in lines
    ]


def cells(row: SynopticRow) -> list[object]:
    """A row of a file."""
    return [row.number, row.sender, row.words, row.themes, row.assessment, row.decision]


def _assessment(line: SynopticLine) -> str:
    """Which side it is on and why, and what the writers think of what speaks against."""
    if line.ground is None or line.proposal is None:
        return line.left_out
    side = str(_(SIDE_LABELS[line.ground.side]))
    said = [f"{side}: {line.ground.reason}" if line.ground.reason else side]
    if line.proposal.assessment:
        said.append(line.proposal.assessment)
    return "\n".join(said)


def _decision(line: SynopticLine, parts: Mapping[str, str]) -> str:
    """What came of it."""
    one = line.proposal
    if one is None:
        if line.part_key:
            return str(_("Used in %(part)s", part=parts.get(line.part_key, line.part_key)))
        return str(_("Left out"))
    if one.is_proposed:
        return str(_("Proposed: %(text)s", text=one.text))
    return str(_("Not proposed: %(text)s Why: %(reason)s", text=one.text, reason=one.reason))
