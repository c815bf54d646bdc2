"""The demo's programme: three working groups, of which two have sent their sub-reports.

A programme is a folder: ``round.toml`` is the round, ``programme.toml`` how the steering group
works, and each folder in it a working group with its own round, the answers to that, its sub-report
and what was said of it.
"""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app

from consult.demo.hearings import FROM_BELOW, LoadAnswer, open_hearing, themes_of
from consult.demo.reporting import ReportInMaking
from consult.domain.accounts.types import Actor
from consult.domain.coding.queries.passages import passages_of_version
from consult.domain.coding.service.coding import apply_theme
from consult.domain.disclosure.service.reviewing import clear_unremarkable
from consult.domain.documents.service.freezing import take_snapshot
from consult.domain.organisations.queries import get_organisation
from consult.domain.programmes.queries import find_group, list_findings
from consult.domain.programmes.rules import digest_of_findings
from consult.domain.programmes.service.comparing import compare_findings
from consult.domain.programmes.service.reviewing import (
    describe_part,
    review_report,
    settle_question,
)
from consult.domain.programmes.types import Comparison, QuestionStatus, Verdict
from consult.domain.reports.service.handing_up import send_checked
from consult.domain.responses.listing import get_concern
from consult.domain.rounds.importing import import_round
from consult.domain.rounds.service.lifecycle import announce, move_by_clock
from consult.domain.rounds.service.sending import mark_invitations_sent
from consult.kernel.clock import end_of_day, start_of_day, to_oslo

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage, Theme
    from consult.domain.organisations.models import Organisation
    from consult.domain.programmes.models import WorkingGroup
    from consult.domain.rounds.models import Round

FOLDER = Path(__file__).parent / "programmes"


def load_programmes(
    *, actor: Callable[[str], Actor], load_answer: LoadAnswer, now: datetime
) -> None:
    """Let each programme of the folder run as far as its files tell.

    Raises:
        LookupError: Words that a file names stand nowhere.
        ValueError: The checks of a sub-report find something that nobody signed for.
    """
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        _Programme(folder, actor=actor, load_answer=load_answer, now=now).load()


class _Programme:
    """One programme in the making."""

    def __init__(
        self,
        folder: Path,
        *,
        actor: Callable[[str], Actor],
        load_answer: LoadAnswer,
        now: datetime,
    ) -> None:
        self.folder, self.actor, self.load_answer, self.now = folder, actor, load_answer, now
        self.told = tomllib.loads((folder / "programme.toml").read_text())
        self.by = actor(self.told["by"])
        self.base_url = str(current_app.config["SETTINGS"].base_url)

    def load(self) -> None:
        """Open it, let the groups work, and read side by side what they have sent."""
        self.round = self._open()
        self.themes = themes_of(self.round, self.told["themes"], by=self.by)
        for path in sorted(self.folder.glob("*/group.toml")):
            self._group(path.parent, tomllib.loads(path.read_text()))
        for one in self.told["compared"]:
            self._compare(one)

    def _open(self) -> "Round":
        opened = to_oslo(self._at(self.told["opened_days_ago"])).date()
        round_ = import_round(
            (self.folder / "round.toml").read_text(),
            by=self.by,
            opens=start_of_day(opened),
            closes=end_of_day(opened + timedelta(days=self.told["duration_days"])),
        )
        announce(round_, by=self.by, at=round_.opens_at - timedelta(days=3))
        move_by_clock(now=round_.opens_at)
        mark_invitations_sent(round_, at=round_.opens_at)
        return round_

    def _group(self, folder: Path, entry: Mapping[str, Any]) -> None:
        """Let a group hear its part, and send what it has signed."""
        body, by = get_organisation(entry["body"]), self.actor(entry["by"])
        concern = get_concern(body, self.round.slug, now=self.now)
        if concern.invitation is None:
            raise LookupError(entry["body"])
        describe_part(concern.invitation, entry["part"], by=self.by)
        own = self._hear(folder, entry, by=by)
        if "report" not in entry:
            return
        taken = self._at(entry["report"]["signed_days_ago"] + 10)
        take_snapshot(own, by=by, now=taken)
        report = ReportInMaking(own.slug, entry["report"], by=by, now=self.now)
        report.write(entry["report"])
        report.clear()
        report.sign(actor=self.actor)
        self._send(body, entry["sent"], by=by)

    def _hear(self, folder: Path, entry: Mapping[str, Any], *, by: Actor) -> "Round":
        """The group's own round, with what its stations answered."""
        spec = {**entry["hearing"], "owner": entry["body"]}
        own = open_hearing(spec, self.round, by=by, now=self.now)
        themes = themes_of(own, entry.get("themes", ()), by=by)
        for path in sorted(folder.glob("[0-9]*.toml")):
            answer = FROM_BELOW | tomllib.loads(path.read_text())
            self.load_answer(own, answer, themes, entry["by"])
        clear_unremarkable(own, by=by)
        return own

    def _send(self, body: "Organisation", sent: Mapping[str, Any], *, by: Actor) -> None:
        """Send the sub-report up; code it, review it and answer its questions."""
        concern = get_concern(body, self.round.slug, now=self.now)
        received_at = self._at(sent["days_ago"])
        submission = send_checked(concern, base_url=self.base_url, by=by, received_at=received_at)
        passages = passages_of_version(submission.current_version.id)
        for begins, keys in sent["coded"]:
            for key in keys:
                apply_theme(_begun_so(passages, begins), self.themes[key], by=self.by)
        clear_unremarkable(self.round, by=self.by)
        group = find_group(self.round.id, body.id)
        if group is None or group.latest is None:
            raise LookupError(body.slug)
        review_report(
            group,
            Verdict(sent["verdict"]),
            number=group.latest.number,
            reason=sent["reason"],
            base_url=self.base_url,
            by=self.by,
            at=self._at(sent["reviewed_days_ago"]),
        )
        for told in sent.get("answered", ()):
            self._answer(group, told)

    def _answer(self, group: "WorkingGroup", told: Mapping[str, Any]) -> None:
        asked = [one for one in group.questions if one.text.startswith(told["begins"])]
        if not asked:
            raise LookupError(told["begins"])
        settle_question(
            asked[0],
            QuestionStatus(told["status"]),
            answer=told["answer"],
            handed_to=told.get("handed_to", ""),
            base_url=self.base_url,
            by=self.by,
            at=self._at(told["days_ago"]),
        )

    def _compare(self, told: Mapping[str, Any]) -> None:
        theme: Theme = self.themes[told["theme"]]
        findings = list_findings(self.round.id, theme_id=theme.id)
        compare_findings(
            theme,
            Comparison(told["value"]),
            note=told["note"],
            seen=digest_of_findings(one.passage.public_id for one in findings),
            by=self.by,
            at=self._at(7),
        )

    def _at(self, days_ago: int) -> datetime:
        return self.now - timedelta(days=days_ago)


def _begun_so(passages: "Sequence[Passage]", begins: str) -> "Passage":
    """The passage that begins so. Raises ``LookupError``: the sub-report says nothing like it."""
    for passage in passages:
        if passage.quote.startswith(begins):
            return passage
    raise LookupError(begins)
