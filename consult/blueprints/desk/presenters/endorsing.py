"""Shaping the stances that an answer takes from the one it joins: before, and as they are now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from consult.domain.analysis.queries.positions import (
    Position,
    find_positions,
    positions_of_answer,
)
from consult.domain.rounds.queries import list_proposals
from consult.domain.submissions.types import STANCE_LABELS

if TYPE_CHECKING:
    from consult.domain.submissions.models import Endorsement


@dataclass(frozen=True, slots=True)
class StanceRow:
    """One proposal: where the answer stands, and where the one it joins stands now.

    ``is_changed`` tells that they differ, though the stance is taken from there.
    """

    key: str
    title: Mapping[str, str]
    ours: str
    is_derived: bool
    theirs: str
    is_changed: bool


def stance_rows(joined: "Endorsement") -> list[StanceRow]:
    """The proposals on which either of the two takes a stance."""
    submission = joined.submission
    ours = find_positions(submission.round_id, submission_ids=[submission.id])
    theirs = positions_of_answer(joined.of_id) if joined.of_id else {}
    rows = []
    for proposal in list_proposals(submission.round_id):
        own, other = ours.get((submission.id, proposal.id)), theirs.get(proposal.id)
        if own is None and other is None:
            continue
        is_derived = own is not None and own.derived is not None
        rows.append(
            StanceRow(
                key=proposal.key,
                title=proposal.title,
                ours=_words(own),
                is_derived=is_derived,
                theirs=_words(other),
                is_changed=is_derived and (own and own.value) != (other and other.value),
            )
        )
    return rows


def _words(position: Position | None) -> str:
    return str(_(STANCE_LABELS[position.value]) if position else _("Not mentioned"))
