"""Gathering what the checks of a report look at, and what they find."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from consult.db import get_one, session
from consult.domain.coding.models import CodingStep, Passage
from consult.domain.coding.queries.passages import themes_of_passages
from consult.domain.coding.types import PassageKind
from consult.domain.composing.models import Evidence, Part
from consult.domain.composing.printable import Barrier, Printable, find_printable
from consult.domain.composing.queries import list_parts
from consult.domain.composing.recommended import list_recommendations
from consult.domain.composing.sources import (
    find_hearings,
)
from consult.domain.composing.treated import count_treated, open_passages
from consult.domain.composing.types import EvidenceUse, Side
from consult.domain.documents.building.data import SummaryData
from consult.domain.documents.building.figures import Figures
from consult.domain.documents.building.wording import Wording
from consult.domain.documents.freezing.changes import compare
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.documents.snapshots import read_frozen
from consult.domain.reports import rules
from consult.domain.reports.language.norwegian import Shares, shares_of
from consult.domain.reports.language.quoted import Said
from consult.domain.reports.linting import lint
from consult.domain.reports.models import Clearance
from consult.domain.reports.rules import (
    DataState,
    OpenTheme,
    ProposedPoint,
    Resting,
    WrittenPart,
)
from consult.domain.reports.types import OF_LANGUAGE, CheckKind, CheckLine, Doubt
from consult.domain.submissions.types import DeadlineStatus, Publication, SubmissionStatus
from consult.kernel.clock import utc_now
from consult.kernel.text.rich.codec import from_tree

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, Ground, Recommendation

_ORDER = {check: place for place, check in enumerate(CheckKind)}


@dataclass(frozen=True, slots=True)
class Checked:
    """What the checks of a report have found.

    Attributes:
        open: What must be mended or signed for.
        cleared: What somebody has signed for, with how.
        treated: Answers of which a passage at least is used or left out with a reason.
        answers: All answers that count and say something.
        shares: How much of the text is bokmål and nynorsk.
    """

    open: tuple[CheckLine, ...]
    cleared: tuple[tuple[CheckLine, Clearance], ...]
    treated: int
    answers: int
    shares: Shares


def check_report(composition: "Composition", *, now: datetime | None = None) -> Checked:
    """Everything that keeps a report from being published, as it stands now."""
    found = _Gathered(composition, now=now or utc_now())
    lines = sorted(found.lines(), key=lambda one: _ORDER[one.check])
    clearances = standing_clearances(composition.id)
    pairs = [(one, clearances.get(one.key) if one.may_be_signed_for else None) for one in lines]
    treated, answers = count_treated(found.hearings)
    return Checked(
        open=tuple(line for line, clearance in pairs if clearance is None),
        cleared=tuple((line, clearance) for line, clearance in pairs if clearance is not None),
        treated=treated,
        answers=answers,
        shares=shares_of(one.text for one in found.written),
    )


def blocking(composition: "Composition", *, now: datetime | None = None) -> tuple[CheckLine, ...]:
    """What must be mended or signed for before the report may be published."""
    return check_report(composition, now=now).open


def check_words(composition: "Composition", part_key: str) -> tuple[CheckLine, ...]:
    """What the words of one part say that the numbers do not, but for what is signed for.

    Cheaper than all checks: the figures are those of the frozen data. Nothing before there are any.
    """
    if composition.snapshot is None:
        return ()
    parts = _written(list_parts(composition.id))
    figures = Figures(read_frozen(composition.snapshot).data)
    cleared = standing_clearances(composition.id)
    return tuple(
        line
        for line in lint(parts, figures, Wording(composition.language))
        if line.part == part_key and line.check in OF_LANGUAGE and line.key not in cleared
    )


def standing_clearances(composition_id: int) -> dict[tuple[CheckKind, str, str], Clearance]:
    """What somebody answers for, by what it is; the latest of several."""
    query = (
        select(Clearance)
        .where(Clearance.composition_id == composition_id, Clearance.taken_back_at.is_(None))
        .order_by(Clearance.id)
    )
    return {(one.check, one.subject, one.digest): one for one in session().scalars(query)}


def get_clearance(composition_id: int, public_id: str) -> Clearance:
    """What somebody answers for in a report, by public id. Raises ``NotFound``."""
    query = select(Clearance).where(
        Clearance.composition_id == composition_id,
        Clearance.public_id == public_id,
        Clearance.taken_back_at.is_(None),
    )
    return get_one(query, "clearance", public_id)


class _Gathered:
    """All that is looked at, read once."""

    def __init__(self, composition: "Composition", *, now: datetime) -> None:
        self.composition = composition
        self.parts = list_parts(composition.id)
        self.written = _written(self.parts)
        self.hearings = find_hearings(composition, self.parts)
        self.today = gather_summary(composition.round, now=now)
        snapshot = composition.snapshot
        self.frozen = read_frozen(snapshot).data if snapshot else None
        self.proposed = list_recommendations(composition.id)
        self.resting = self._resting()

    def lines(self) -> list[CheckLine]:
        say = Wording(self.composition.language)
        resting = list(rules.check_resting(self.resting))
        known = [one.words for one in resting if one.check is CheckKind.UNPUBLISHABLE]
        figures = Figures(self.frozen or self.today)
        return [
            *rules.check_data(self._data_state()),
            *rules.check_proposals(map(_point, self.proposed)),
            *rules.check_grounding(self.written, self.resting),
            *rules.check_use(self._open_themes()),
            *resting,
            *rules.check_quotations(self.written, self._said(), known=known),
            *lint(self.written, figures, say),
        ]

    def _data_state(self) -> DataState:
        if self.frozen is None or self.composition.snapshot is None:
            return DataState()
        changes = compare(self.frozen, self.today).changes
        return DataState(
            self.composition.snapshot.name, len(changes), rules.digest_of(*map(repr, changes))
        )

    def _open_themes(self) -> list[OpenTheme]:
        """The themes that parts are about, each once, at the first of them."""
        found: dict[tuple[int, ...], OpenTheme] = {}
        for part in self.parts:
            themes = self.hearings.themes.get(part.id)
            if part.theme is not None and themes is not None and themes not in found:
                passages = open_passages(self.hearings, themes)
                found[themes] = OpenTheme(part.theme.public_id, part.theme.name, part.key, passages)
        return list(found.values())

    def _said(self) -> Said:
        """The words of answers and of the paper; those that not everybody may read apart."""
        data = self.today
        open_answers = {
            one.number
            for one in data.answers
            if one.is_analysed and one.publication is not Publication.NOT_ON_WEB
        }
        publishable = [
            one.quote
            for one in data.passages
            if one.answer in open_answers and not one.is_protected
        ]
        shut = [one.id for one in data.passages if one.is_protected]
        raw = session().scalars(select(Passage.quote).where(Passage.id.in_(shut))).all()
        hidden = [one.quote for one in data.passages if one.answer not in open_answers]
        lost = [one.quote for one in self.resting if Doubt.WITHDRAWN in one.doubts]
        return Said([*publishable, *_paper(data)], [*hidden, *raw, *lost])

    def _resting(self) -> list[Resting]:
        """What parts and proposals rest on, with what has happened to it."""
        query = (
            select(Evidence)
            .join(Part, Part.id == Evidence.part_id)
            .where(
                Part.composition_id == self.composition.id,
                Part.removed_at.is_(None),
                Evidence.removed_at.is_(None),
            )
            .options(
                joinedload(Evidence.part),
                joinedload(Evidence.passage).joinedload(Passage.submission),
            )
            .order_by(Part.position, Evidence.id)
        )
        evidence = session().scalars(query).all()
        grounds = [(one, ground) for one in self.proposed for ground in one.grounds]
        passages = {one.passage_id: one.passage for one in evidence}
        passages |= {ground.passage_id: ground.passage for _one, ground in grounds}
        looks = _Looks(self, list(passages.values()))
        marked = {mark.id for part in self.written for mark in part.text.evidence}
        return [
            *(
                looks.resting(
                    one.passage,
                    f"evidence:{one.public_id}",
                    part=one.part.key,
                    quote=one.quote,
                    since=one.added_at,
                    stands_as_quote=one.use is EvidenceUse.QUOTED and one.public_id in marked,
                )
                for one in evidence
            ),
            *(
                looks.resting(
                    ground.passage,
                    f"ground:{ground.public_id}",
                    part=one.part.key,
                    quote=ground.quote,
                    since=ground.added_at,
                )
                for one, ground in grounds
            ),
        ]


class _Looks:
    """What has happened to some passages since a text took them in."""

    def __init__(self, gathered: _Gathered, passages: Sequence[Passage]) -> None:
        ids = [one.id for one in passages]
        self._printable = find_printable(gathered.composition, passages)
        self._current = {one.id for one in gathered.today.passages}
        self._themes = themes_of_passages(ids)
        self._touched = _coding_touched(ids)

    def resting(
        self,
        passage: Passage,
        subject: str,
        *,
        part: str,
        quote: str,
        since: datetime,
        stands_as_quote: bool = False,
    ) -> Resting:
        """A passage as the rules look at it."""
        told: Printable = self._printable[passage.id]
        themes = sorted(theme.key for theme in self._themes.get(passage.id, ()))
        return Resting(
            subject,
            part,
            told.sender,
            quote,
            stands_as_quote=stands_as_quote,
            may_be_quoted=told.barrier is None,
            doubts=tuple(self._doubts(passage, told, since)),
            state=f"{passage.version_id} {themes}",
        )

    def _doubts(self, passage: Passage, told: Printable, since: datetime) -> list[Doubt]:
        submission = passage.submission
        counts = (
            submission.status is SubmissionStatus.RECEIVED
            and submission.deadline_status is not DeadlineStatus.LATE_EXCLUDED
        )
        touched = self._touched.get(passage.id)
        found = {
            Doubt.WITHDRAWN: not counts,
            Doubt.CHANGED: counts and passage.id not in self._current,
            Doubt.PROTECTED: told.barrier is Barrier.PROTECTED,
            Doubt.RECODED: touched is not None and touched > since,
        }
        return [doubt for doubt, holds in found.items() if holds]


def _coding_touched(passage_ids: Sequence[int]) -> dict[int, datetime]:
    """When somebody last changed the themes of some passages, or of a part chosen from them."""
    whole = func.coalesce(Passage.parent_id, Passage.id)
    query = (
        select(
            Passage.id, Passage.parent_id, Passage.kind, CodingStep.done_at, CodingStep.undone_at
        )
        .join(Passage, Passage.id == CodingStep.passage_id)
        .where(or_(Passage.id.in_(passage_ids), whole.in_(passage_ids)))
    )
    found: dict[int, datetime] = {}
    for passage_id, parent_id, kind, done_at, undone_at in session().execute(query):
        moment = max(filter(None, (done_at, undone_at)))
        at = (parent_id or passage_id) if kind is PassageKind.CHOSEN else passage_id
        found[at] = max(moment, found.get(at, moment))
    return found


def _written(parts: Sequence[Part]) -> list[WrittenPart]:
    """Parts with their words; what stands in a chapter is about what the chapter is about."""
    found: list[WrittenPart] = []
    chapter: Part | None = None
    for part in parts:
        chapter = part if part.depth == 1 else chapter
        own = part.theme is not None or part.proposal is not None
        source = part if own or chapter is None else chapter
        found.append(
            WrittenPart(
                part.key,
                part.heading,
                part.kind,
                from_tree(part.body),
                about=source.theme.key if source.theme else None,
                proposal=source.proposal.key if source.proposal else None,
            )
        )
    return found


def _point(one: "Recommendation") -> ProposedPoint:
    sides: Mapping[Side, list[Ground]] = {
        side: [ground for ground in one.grounds if ground.side is side] for side in Side
    }
    return ProposedPoint(
        one.key,
        one.part.key,
        one.text,
        is_proposed=one.is_proposed,
        is_supported=bool(sides[Side.FOR]),
        objections=len(sides[Side.AGAINST]),
        assessment=one.assessment,
    )


def _paper(data: SummaryData) -> list[str]:
    """What the round itself says, which may be quoted as well."""
    texts = [data.round.title, data.round.introduction, data.round.influence, data.round.settled]
    for proposal in data.proposals:
        texts += [proposal.title, proposal.text]
    for question in data.questions:
        texts += [question.text, question.help, *question.options]
    themes = [words for theme in data.themes for words in (theme.name, theme.definition)]
    meetings = [one.quote for one in data.said if one.may_be_quoted]
    return [*(words for text in texts for words in text.values()), *themes, *meetings]
