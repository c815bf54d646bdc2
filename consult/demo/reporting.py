"""The demo's report: chapters that rest on answers, and proposals with passages for and against."""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from consult.domain.accounts.types import Actor
from consult.domain.coding.queries.passages import get_passage
from consult.domain.composing.queries import list_parts
from consult.domain.composing.service.beginning import begin_report
from consult.domain.composing.service.leaving_out import leave_out
from consult.domain.composing.service.recommending import ground, propose
from consult.domain.composing.service.resting import rest_on
from consult.domain.composing.service.saving import save_part
from consult.domain.composing.sources import find_hearings, list_points
from consult.domain.composing.types import (
    CompositionKind,
    EvidenceUse,
    Horizon,
    Instrument,
    PartContent,
    RecommendationContent,
    Side,
)
from consult.domain.documents.snapshots import newest_snapshot
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.listing import get_answer
from consult.kernel.text.rich.markdown import from_markdown

if TYPE_CHECKING:
    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import Composition, Part

FOLDER = Path(__file__).parent / "reports"
_NAMED = re.compile(r"\{e:([a-z-]+)\}")
_WORDS = ("text", "reason", "addressee", "concretises", "legal_need", "assessment")


def load_reports(*, actor: Callable[[str], Actor]) -> None:
    """Write each report of the folder on the frozen data of its round."""
    for path in sorted(FOLDER.glob("*.toml")):
        entry = tomllib.loads(path.read_text())
        _Report(entry, by=actor(entry["writer"])).write()


class _Report:
    """One report in the making."""

    def __init__(self, entry: Mapping[str, Any], *, by: Actor) -> None:
        self.entry, self.by = entry, by
        self.round = get_round(entry["round"])
        kind, snapshot = CompositionKind(entry["kind"]), newest_snapshot(self.round.id)
        self.composition: Composition = begin_report(self.round, kind, snapshot=snapshot, by=by)
        self.parts: Sequence[Part] = list_parts(self.composition.id)
        self.hearings = find_hearings(self.composition, self.parts)

    def write(self) -> None:
        """Write the chapters and proposals, and say why some passages are left out."""
        for told in self.entry["parts"]:
            part = self._part(told)
            self._text(part, told)
            for one in told.get("proposals", ()):
                self._proposal(part, one)
        for told in self.entry.get("left_out", ()):
            passage = self._passage(told)
            leave_out(self.composition, self.hearings, [passage], told["reason"], by=self.by)

    def _part(self, told: Mapping[str, Any]) -> "Part":
        """The chapter with a heading, or about a theme. Raises ``StopIteration`` without one."""
        theme, heading = told.get("theme"), told.get("heading")
        return next(
            part
            for part in self.parts
            if part.block is None
            and (part.heading == heading or (part.theme and part.theme.name == theme))
        )

    def _text(self, part: "Part", told: Mapping[str, Any]) -> None:
        ids = {
            name: rest_on(part, self._passage(one), EvidenceUse(one["use"]), by=self.by).public_id
            for name, one in told.get("passages", {}).items()
        }
        text = _NAMED.sub(lambda found: f"{{e:{ids[found[1]]}}}", told["text"].strip())
        content = PartContent(heading=part.heading, body=from_markdown(text))
        save_part(part, content, revision=part.revision, by=self.by)

    def _proposal(self, part: "Part", told: Mapping[str, Any]) -> None:
        content = RecommendationContent(
            **{name: told.get(name, "") for name in _WORDS},
            is_proposed=told.get("is_proposed", True),
            horizon=Horizon(told["horizon"]) if "horizon" in told else None,
            begins_in=told.get("begins_in"),
            instrument=Instrument(told["instrument"]) if "instrument" in told else None,
        )
        made = propose(part, content, by=self.by)
        for one in told.get("grounds", ()):
            ground(made, self._passage(one), Side(one["side"]), one["reason"], by=self.by)

    def _passage(self, told: Mapping[str, Any]) -> "Passage":
        """The passage of an answer that begins so. Raises ``LookupError``: they do not fit."""
        answer = get_answer(self.round.slug, told["answer"])
        for point in list_points(self.hearings, answer.id):
            if point.quote.startswith(told["begins"]):
                return get_passage(self.round.slug, point.public_id)
        raise LookupError(f"{told['answer']}: {told['begins']}")
