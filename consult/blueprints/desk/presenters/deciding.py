"""Shapes what was decided about an answer, and what can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from consult.blueprints.shared.context import format_day, format_moment
from consult.domain.submissions.types import (
    ASSISTANT_LABELS,
    DECISION_LABELS,
    STANDING_STATUSES,
    DeadlineStatus,
    DecisionKind,
)
from consult.kernel.clock import to_oslo
from consult.kernel.i18n import LANGUAGE_NAMES

if TYPE_CHECKING:
    from consult.domain.submissions.models import Decision, Submission

_MARKS = (DecisionKind.WITHDRAWN, DecisionKind.DUPLICATE, DecisionKind.OFF_TOPIC)
_LATE = {
    DeadlineStatus.LATE_INCLUDED: (DecisionKind.LATE_INCLUDED, DecisionKind.LATE_EXCLUDED),
    DeadlineStatus.LATE_EXCLUDED: (DecisionKind.LATE_INCLUDED,),
}


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision that holds.

    Attributes:
        stands: Link and number of the answer that stands in place of this one.
    """

    public_id: str
    text: str
    reason: str
    who: str
    when: datetime
    stands: tuple[str, int] | None


def kinds_for(submission: "Submission") -> list[DecisionKind]:
    """What can be decided about an answer as it stands."""
    if submission.status not in STANDING_STATUSES:
        return []
    return [*_MARKS, *_LATE.get(submission.deadline_status, ())]


def decision_rows(
    decisions: Sequence["Decision"], names: Mapping[str, str], *, round_slug: str
) -> list[DecisionRow]:
    """The decisions on an answer, with who made them."""
    return [
        DecisionRow(
            public_id=one.public_id,
            text=_(DECISION_LABELS[one.kind]),
            reason=one.reason,
            who=names.get(one.decided_by, ""),
            when=one.decided_at,
            stands=_link(one.stands, round_slug),
        )
        for one in decisions
    ]


def _link(submission: "Submission | None", round_slug: str) -> tuple[str, int] | None:
    if submission is None:
        return None
    number = submission.number
    return url_for("desk.answer", round_slug=round_slug, number=number), number


def candidate_choices(answers: Sequence["Submission"]) -> list[tuple[int, str]]:
    """Answers to choose from, each under its number, sender and day."""
    return [
        (
            one.number,
            _("Answer %(number)s from %(name)s, %(day)s",
              number=one.number, name=one.name, day=format_day(one.received_at)),
        )
        for one in answers
    ]  # fmt: skip


def relay_facts(submission: "Submission") -> list[tuple[str, str]]:
    """How the answer came by another person's hand: pairs of label and value, where known."""
    facts = submission.registration
    if facts is None:
        return []
    helper = _(ASSISTANT_LABELS[facts.assistant]) if facts.assistant else None
    if helper and facts.assistance:
        helper = f"{helper}: {facts.assistance}"
    pairs: list[tuple[str, str | None]] = [
        (_("Posted"), _posted(submission)),
        (_("Language of the conversation"), facts.spoken_language),
        (_("Written down in"), _written_in(submission)),
        (_("Interpreter"), _("An interpreter took part") if facts.with_interpreter else None),
        (_("Read back and confirmed"), _when(facts.read_back_at)),
        (_("Helped by"), helper),
    ]
    return [(label, value) for label, value in pairs if value]


def _posted(submission: "Submission") -> str | None:
    facts = submission.registration
    if facts is None or facts.posted_on is None:
        return None
    day = format_day(facts.posted_on)
    if submission.deadline_status is DeadlineStatus.IN_TIME:
        return day
    closes_at = submission.round.closes_at
    was_in_time = facts.posted_on <= to_oslo(closes_at).date()
    return str(
        _("%(day)s, before the deadline", day=day)
        if was_in_time
        else _("%(day)s, after the deadline", day=day)
    )


def _written_in(submission: "Submission") -> str | None:
    """The language of the text, where the conversation had another."""
    facts = submission.registration
    return LANGUAGE_NAMES.get(submission.language) if facts and facts.spoken_language else None


def _when(moment: datetime | None) -> str | None:
    return format_moment(moment) if moment else None
