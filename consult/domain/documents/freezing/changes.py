"""What is different between frozen data and later ones: a pure comparison of two values."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from consult.domain.documents.building.data import (
    AnswerFacts,
    PassageFacts,
    ProposalFacts,
    QuestionFacts,
    StanceFacts,
    SummaryData,
)
from consult.domain.documents.freezing.types import Change, ChangeKind, Changes
from consult.domain.submissions.types import Publication, SubmissionStatus

Fact = TypeVar("Fact", PassageFacts, StanceFacts)

_OPENNESS = (Publication.NOT_ON_WEB, Publication.WITHOUT_NAME, Publication.WITH_NAME)
"""From nothing printed to everything."""


def compare(before: SummaryData, after: SummaryData) -> Changes:
    """Every difference, in the order of :class:`ChangeKind` and then by answer.

    Of an answer that was corrected the codings and stances are not told apart: all is new. Equal
    data, whenever they were gathered, have no changes; different data have at least one.
    """
    before = replace(before, as_of=after.as_of)
    if before == after:
        return Changes()
    found = [
        *_answers(before, after),
        *_themes(before, after),
        *_round(before, after),
        *_meetings(before, after),
    ]
    order = list(ChangeKind)
    found.sort(key=lambda change: (order.index(change.kind), change.answer or 0))
    return Changes(tuple(found) or (Change(ChangeKind.OTHER),))


def _answers(before: SummaryData, after: SummaryData) -> Iterator[Change]:
    known = {answer.number: answer for answer in before.answers}
    passages = _by_answer(before.passages), _by_answer(after.passages)
    stances = _by_answer(before.stances), _by_answer(after.stances)
    for answer in after.answers:
        old = known.get(answer.number)
        if old is None:
            yield Change(ChangeKind.ARRIVED, answer.name, answer.number, after=_standing(answer))
            continue
        if answer != old:
            yield from _answer(old, answer)
        if not (old.is_analysed and answer.is_analysed) or _is_corrected(old, answer):
            continue
        words = [{one.id: one for one in side[answer.number]} for side in passages]
        if words[0] != words[1]:
            yield from _passages(answer, *words)
        told = [side[answer.number] for side in stances]
        if told[0] != told[1]:
            yield Change(
                ChangeKind.STANCES, answer.name, answer.number, number=_count_proposals(*told)
            )


def _answer(old: AnswerFacts, new: AnswerFacts) -> Iterator[Change]:
    """What is different about an answer, beside its words."""

    def change(kind: ChangeKind, before: str = "", after: str = "") -> Change:
        return Change(kind, old.name or new.name, new.number, before, after)

    if new.status is SubmissionStatus.WITHDRAWN:
        yield change(ChangeKind.WITHDRAWN, _standing(old))
        return
    if old.status is SubmissionStatus.WITHDRAWN:
        yield change(ChangeKind.COUNTS_NOW, _standing(old), _standing(new))
        return
    if _is_corrected(old, new):
        yield change(ChangeKind.CORRECTED, str(old.version), str(new.version))
    if _standing(old) != _standing(new):
        yield change(_decided(old, new), _standing(old), _standing(new))
    if old.actor_type is not new.actor_type:
        yield change(ChangeKind.KIND, old.actor_type, new.actor_type)
    if _sender(old) != _sender(new):
        yield change(ChangeKind.SENDER, old.name, new.name)
    if old.publication is not new.publication:
        yield change(_opened(old, new), old.publication, new.publication)
    if _with_told(old, new) != new:
        yield change(ChangeKind.PARTICULARS)


def _decided(old: AnswerFacts, new: AnswerFacts) -> ChangeKind:
    if old.is_analysed == new.is_analysed:
        return ChangeKind.STANDING
    return ChangeKind.COUNTS_NOW if new.is_analysed else ChangeKind.COUNTS_NO_MORE


def _opened(old: AnswerFacts, new: AnswerFacts) -> ChangeKind:
    is_less = _OPENNESS.index(new.publication) < _OPENNESS.index(old.publication)
    return ChangeKind.NARROWED if is_less else ChangeKind.WIDENED


def _is_corrected(old: AnswerFacts, new: AnswerFacts) -> bool:
    return (old.version, old.digest) != (new.version, new.digest)


def _standing(answer: AnswerFacts) -> str:
    """Why the answer counts or does not: its status, or how it stands to the deadline."""
    if answer.status is SubmissionStatus.RECEIVED:
        return answer.deadline_status
    return answer.status


def _sender(answer: AnswerFacts) -> tuple[object, ...]:
    return (answer.name, answer.organisation_id, answer.behind, answer.joins)


def _with_told(old: AnswerFacts, new: AnswerFacts) -> AnswerFacts:
    """The earlier answer with all that is told by a kind of its own as it is later."""
    return replace(
        old,
        status=new.status,
        deadline_status=new.deadline_status,
        version=new.version,
        digest=new.digest,
        actor_type=new.actor_type,
        name=new.name,
        organisation_id=new.organisation_id,
        behind=new.behind,
        joins=new.joins,
        publication=new.publication,
    )


def _by_answer(facts: Iterable[Fact]) -> dict[int, list[Fact]]:
    found: dict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        found[fact.answer].append(fact)
    return found


def _passages(
    answer: AnswerFacts, old: dict[int, PassageFacts], new: dict[int, PassageFacts]
) -> Iterator[Change]:
    """Words that may not be printed any more or again, and passages that are coded differently."""
    changed = {
        ChangeKind.PROTECTED: 0,
        ChangeKind.RELEASED: 0,
        ChangeKind.RECODED: len(old.keys() ^ new.keys()),
    }
    for number in old.keys() & new.keys():
        before, after = old[number], new[number]
        if before.is_protected != after.is_protected:
            changed[ChangeKind.PROTECTED if after.is_protected else ChangeKind.RELEASED] += 1
        if before.is_protected or after.is_protected:  # what was taken out is not frozen
            before = replace(before, quote=after.quote, voice_label=after.voice_label)
        if replace(before, is_protected=after.is_protected) != after:
            changed[ChangeKind.RECODED] += 1
    for kind, number in changed.items():
        if number:
            yield Change(kind, answer.name, answer.number, number=number)


def _count_proposals(old: Iterable[StanceFacts], new: Iterable[StanceFacts]) -> int:
    """On how many proposals the answer stands differently."""
    return len({stance.proposal for stance in set(old) ^ set(new)}) or 1


def _themes(before: SummaryData, after: SummaryData) -> Iterator[Change]:
    old = {theme.key: theme for theme in before.themes}
    new = {theme.key: theme for theme in after.themes}
    for key, theme in new.items():
        if key not in old:
            yield Change(ChangeKind.THEME_ADDED, theme.name)
        elif old[key] != theme:
            yield Change(ChangeKind.THEME_CHANGED, theme.name, before=old[key].name)
    for key, theme in old.items():
        if key not in new:
            yield Change(ChangeKind.THEME_REMOVED, theme.name)


def _round(before: SummaryData, after: SummaryData) -> Iterator[Change]:
    """What was asked, of whom, and under which terms; not how many have answered it."""
    if before.round != after.round:
        status = (before.round.status, after.round.status)
        moved = status[0] is not status[1]
        yield Change(
            ChangeKind.ROUND,
            before=status[0] if moved else "",
            after=status[1] if moved else "",
        )
    for kind, old, new in (
        (ChangeKind.QUESTIONS, before.questions, after.questions),
        (ChangeKind.PROPOSALS, before.proposals, after.proposals),
    ):
        if _asked(old) != _asked(new):
            yield Change(kind)
    if before.invited != after.invited:
        yield Change(ChangeKind.INVITED, number=abs(len(after.invited) - len(before.invited)) or 1)


def _asked(parts: Iterable[QuestionFacts | ProposalFacts]) -> list[object]:
    """The parts as they were put, without how many answered which wording."""
    return [
        replace(part, answered=0, former=tuple(replace(one, answered=0) for one in part.former))
        for part in parts
    ]


def _meetings(before: SummaryData, after: SummaryData) -> Iterator[Change]:
    old, new = ({one.id: one for one in data.meetings} for data in (before, after))
    for number in sorted(old.keys() | new.keys()):
        said = [[one for one in data.said if one.meeting_id == number] for data in (before, after)]
        if old.get(number) != new.get(number) or said[0] != said[1]:
            yield Change(ChangeKind.MEETING, (new.get(number) or old[number]).title)
