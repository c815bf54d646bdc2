"""What became of the demo's report: measures, answers to them, and how far they have come."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app

from consult.domain.accounts.types import Actor
from consult.domain.composing.queries import list_reports
from consult.domain.followup.service.measures import (
    answer_proposal,
    plan_measure,
    take_up_report,
    tell_status,
)
from consult.domain.followup.service.reminding import can_be_reminded, remind_owners
from consult.domain.followup.service.responding import (
    decide_rehearing,
    note_change,
    publish_follow_up,
    tell_those_who_asked,
)
from consult.domain.followup.types import (
    Answered,
    MeasurePlan,
    MeasureStatus,
    Rehearing,
    Reply,
    StatusReport,
)
from consult.domain.rounds.queries import get_round
from consult.kernel.clock import to_oslo

if TYPE_CHECKING:
    from consult.domain.followup.models import Measure
    from consult.domain.rounds.models import Round

FOLDER = Path(__file__).parent / "followup"


def load_follow_ups(*, actor: Callable[[str], Actor], now: datetime) -> None:
    """Follow up the report of each round in the folder."""
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        _FollowUp(get_round(path.stem), entry, by=actor(entry["by"]), now=now).load()


class _FollowUp:
    """The follow-up of one round."""

    def __init__(
        self, round_: "Round", entry: Mapping[str, Any], *, by: Actor, now: datetime
    ) -> None:
        self.round, self.entry, self.by, self.now = round_, entry, by, now
        self.language = round_.owner.language

    def load(self) -> None:
        """Take the proposals up, tell what happened to them, and tell those who asked."""
        (report,) = list_reports(self.round.id)
        published = self._at(self.entry["published_days_ago"])
        measures = take_up_report(report, by=self.by, at=published - timedelta(days=60))
        self._change()
        for told in self.entry["measures"]:
            self._measure(_begun_so(measures, told["begins"]), told)
        publish_follow_up(self.round, by=self.by, at=published)
        remind_owners(
            self.round,
            [one for one in measures if can_be_reminded(one) and self._is_over(one)],
            base_url=str(current_app.config["SETTINGS"].base_url),
            by=self.by,
            at=self._at(self.entry["reminded_days_ago"]),
        )
        tell_those_who_asked(self.round, by=self.by, at=self._at(self.entry["told_days_ago"]))

    def _measure(self, measure: "Measure", told: Mapping[str, Any]) -> None:
        owner, email = self.entry["owners"][told["owner"]]
        plan = MeasurePlan(
            owner, email, self.language, self._day(told, "starts"), self._day(told, "ends")
        )
        reply = told["reply"]
        replied = self._at(reply["days_ago"])
        plan_measure(measure, plan, by=self.by, at=replied)
        answered = Answered(
            Reply(reply["value"]), to_oslo(replied).date(), reply.get("reason", ""), self.language
        )
        answer_proposal(measure, answered, by=self.by, at=replied)
        for one in told.get("told", ()):
            at = self._at(one["days_ago"])
            report = StatusReport(
                MeasureStatus(one["status"]),
                to_oslo(at).date(),
                one["reason"],
                evidence=one.get("evidence", ""),
                language=self.language,
            )
            tell_status(measure, report, by=self.by, at=at)

    def _change(self) -> None:
        """What the report changed of what was heard, and why nobody is heard once more."""
        told = self.entry["change"]
        noted = self._at(told["days_ago"])
        change = note_change(self.round, told["text"], language=self.language, by=self.by, at=noted)
        decided = self._at(told["decided_days_ago"])
        decision = Rehearing(told["decision"])
        decide_rehearing(change, decision, told["reason"], by=self.by, at=decided)

    def _is_over(self, measure: "Measure") -> bool:
        return measure.ends_on is not None and measure.ends_on < to_oslo(self.now).date()

    def _at(self, days_ago: int) -> datetime:
        return self.now - timedelta(days=days_ago)

    def _day(self, told: Mapping[str, Any], name: str) -> date | None:
        return to_oslo(self._at(told[name])).date() if name in told else None


def _begun_so(measures: Sequence["Measure"], begins: str) -> "Measure":
    """The measure that begins so. Raises ``LookupError``: the report proposes nothing like it."""
    for measure in measures:
        if measure.text.startswith(begins):
            return measure
    raise LookupError(begins)
