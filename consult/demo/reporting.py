"""The demo's report: chapters that rest on answers, proposals with passages for and against.

A report is a folder: ``report.toml`` says who writes and signs it, the other files hold its
chapters. How they name passages is told in the first of them.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.coding.queries.passages import get_passage
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.arranging import NewPart, add_part
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.freezing import current_digest
from consult.domain.composing.service.leaving_out import leave_out
from consult.domain.composing.service.recommending import ground, propose
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.service.saving import save_part
from consult.domain.composing.service.signing import sign, start_sign_off
from consult.domain.composing.sources import find_hearings, list_points
from consult.domain.composing.types import (
    BlockKind,
    CompositionKind,
    EvidenceUse,
    Horizon,
    Instrument,
    PartContent,
    PartKind,
    PlannedStep,
    RecommendationContent,
    Side,
)
from consult.domain.documents.snapshots import newest_snapshot
from consult.domain.organisations.queries import grants_of
from consult.domain.reports.checking import check_report
from consult.domain.reports.service.clearing import sign_for
from consult.domain.reports.service.publishing import prepare, publish
from consult.domain.rounds.queries import get_round, list_proposals
from consult.domain.rounds.service.lifecycle import change_status
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.listing import get_answer
from consult.jobs.documents import build_at_once
from consult.kernel.clock import to_oslo, utc_now
from consult.kernel.text.rich.markdown import from_markdown

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import Composition, Part

FOLDER = Path(__file__).parent / "reports"
_MARK = re.compile(r"\[(?P<words>[^\]]+)\]\{(?P<use>[qer]):(?P<answer>\d+):(?P<begins>[^}]+)\}")
_USES = {"q": EvidenceUse.QUOTED, "e": EvidenceUse.MERGED, "r": EvidenceUse.REFERRED}
_WORDS = ("text", "reason", "addressee", "concretises", "legal_need", "assessment")


def load_reports(*, actor: Callable[[str], Actor], now: datetime) -> None:
    """Write each report of the folder on the frozen data of its round, have it signed, deliver it.

    Raises:
        LookupError: A passage that is named is not among the answers.
        ValueError: Words are quoted that nobody said so, or the checks find something.
    """
    for folder in sorted(path for path in FOLDER.iterdir() if path.is_dir()):
        head = tomllib.loads((folder / "report.toml").read_text())
        report = ReportInMaking(folder.name, head, by=actor(head["writer"]), now=now)
        for path in sorted(folder.glob("[0-9]*.toml")):
            report.write(tomllib.loads(path.read_text()))
        report.clear()
        report.sign(actor=actor)
        report.publish()
        change_status(report.round, RoundStatus.REPORTED, by=report.by, at=report.signed_at)


class ReportInMaking:
    """One report in the making."""

    def __init__(self, slug: str, head: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
        self.head, self.by, self.now = head, by, now
        self.round = get_round(slug)
        self.signed_at = now - timedelta(days=head["signed_days_ago"])
        kind, snapshot = CompositionKind(head["kind"]), newest_snapshot(self.round.id)
        self.composition: Composition = begin_report(self.round, kind, snapshot=snapshot, by=by)
        self.parts: Sequence[Part] = list_parts(self.composition.id)
        self.hearings = find_hearings(self.composition, self.parts)
        self.proposals = {one.key: one.id for one in list_proposals(self.round.id)}
        self.points = _points_by_answer(slug, self)

    def write(self, entry: Mapping[str, Any]) -> None:
        """Write some chapters and their proposals, and say why some passages are left out."""
        for told in entry.get("added", ()):
            self._add(told)
        for told in entry.get("parts", ()):
            part = self._part(told)
            self._text(part, told["text"])
            for one in told.get("proposals", ()):
                self._proposal(part, one)
        for told in entry.get("left_out", ()):
            passage = self._passage(told["answer"], told["begins"])
            leave_out(self.composition, self.hearings, [passage], told["reason"], by=self.by)

    def clear(self) -> None:
        """Answer for what the checks find, where the report says why. Raises ``ValueError``."""
        for line in check_report(self.composition, now=self.now).open:
            reason = self.head["cleared"].get(line.check.value)
            if reason is None:
                raise ValueError(f"{line.check}: {line.part} {line.words} {line.sentence}")
            sign_for(self.composition, line, reason, by=self.by)

    def sign(self, *, actor: Callable[[str], Actor]) -> None:
        """Have everybody sign who has to."""
        planned, base_url = self.head["signing"], str(current_app.config["SETTINGS"].base_url)
        start_sign_off(
            self.composition,
            [_step(one, actor(one["person"])) for one in planned],
            name="Til underskrift",
            base_url=base_url,
            by=self.by,
            at=self.signed_at - timedelta(days=2),
        )
        digest = current_digest(self.composition)
        for one in planned:
            signatory = actor(one["person"])
            grants = grants_of(signatory.person_id or 0, now=utc_now())
            by = replace(signatory, grants=grants)
            sign(self.composition, digest=digest, base_url=base_url, by=by, at=self.signed_at)

    def publish(self) -> None:
        """Build the signed text and let everybody read it."""
        edition = prepare(self.composition, by=self.by, at=self.signed_at)
        build_at_once(edition.document.public_id, edition.document.attempt)
        session().refresh(edition.document)
        publish(edition, by=self.by, at=self.signed_at + timedelta(days=1))

    def _part(self, told: Mapping[str, Any]) -> "Part":
        """The chapter with a heading, or about a theme. Raises ``LookupError`` without one."""
        theme, heading = told.get("theme"), told.get("heading")
        for part in self.parts:
            about = part.theme.name if part.theme else None
            if part.block is None and (part.heading == heading or (theme and about == theme)):
                return part
        raise LookupError(f"{heading or theme}")

    def _add(self, told: Mapping[str, Any]) -> None:
        """Add something to a chapter besides what the template has, after what stands in it."""
        chapter = self._part(told["to"])
        place = self.parts.index(chapter) + 1
        while place < len(self.parts) and self.parts[place].depth > chapter.depth:
            place += 1
        new = NewPart(
            told.get("heading", ""),
            PartKind(told["kind"]),
            depth=2,
            block=BlockKind(told["block"]) if "block" in told else None,
            theme_id=chapter.theme_id if told.get("block") == BlockKind.THEME else None,
            proposal_id=self.proposals[told["proposal"]] if "proposal" in told else None,
        )
        part = add_part(self.composition, new, after=self.parts[place - 1], by=self.by)
        self.parts = list_parts(self.composition.id)
        if "text" in told:
            self._text(part, told["text"])

    def _text(self, part: "Part", text: str) -> None:
        """Save the words of a chapter, with what they rest on."""

        def mark(found: re.Match[str]) -> str:
            passage = self._passage(int(found["answer"]), found["begins"])
            use, words = _USES[found["use"]], found["words"]
            if use is EvidenceUse.QUOTED and words.casefold() not in passage.quote.casefold():
                raise ValueError(f"{found['answer']}: {words}")
            evidence = rest_on(part, passage, use, by=self.by)
            foreign = passage.submission.language
            is_foreign = use is EvidenceUse.QUOTED and foreign != self.composition.language
            language = f"@{foreign}" if is_foreign else ""
            return f"[{words}]{{e:{evidence.public_id}{language}}}"

        content = PartContent(
            heading=part.heading, body=from_markdown(_MARK.sub(mark, text.strip()))
        )
        save_part(part, content, revision=part.revision, by=self.by)

    def _proposal(self, part: "Part", told: Mapping[str, Any]) -> None:
        content = RecommendationContent(
            **{name: told.get(name, "") for name in _WORDS},
            is_proposed=told.get("is_proposed", True),
            horizon=Horizon(told["horizon"]) if "horizon" in told else None,
            begins_in=(
                to_oslo(self.signed_at).year + told["begins_after"]
                if "begins_after" in told
                else None
            ),
            instrument=Instrument(told["instrument"]) if "instrument" in told else None,
        )
        made = propose(part, content, by=self.by)
        for side, answer, begins, reason in told.get("grounds", ()):
            ground(made, self._passage(answer, begins), Side(side), reason, by=self.by)

    def _passage(self, answer: int, begins: str) -> "Passage":
        """The passage of an answer that begins so. Raises ``LookupError``: they do not fit."""
        for quote, public_id in self.points(answer):
            if quote.startswith(begins):
                return get_passage(self.round.slug, public_id)
        raise LookupError(f"{answer}: {begins}")


def _points_by_answer(
    slug: str, report: ReportInMaking
) -> Callable[[int], Sequence[tuple[str, str]]]:
    """What each answer says, as words and public ids; each answer is read once."""
    known: dict[int, Sequence[tuple[str, str]]] = {}

    def points(answer: int) -> Sequence[tuple[str, str]]:
        if answer not in known:
            submission = get_answer(slug, answer)
            known[answer] = tuple(_said(report, submission.id))
        return known[answer]

    return points


def _said(report: ReportInMaking, submission_id: int) -> Iterator[tuple[str, str]]:
    for point in list_points(report.hearings, submission_id):
        yield point.quote, point.public_id


def _step(told: Mapping[str, Any], signatory: Actor) -> PlannedStep:
    return PlannedStep(
        label=told["label"],
        person_id=signatory.person_id or 0,
        title=told["title"],
        on_letter=told.get("on_letter", True),
    )
