"""Comparing frozen data with later ones: nothing that differs goes unnoticed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from consult.domain.analysis.meetings import HeldMeeting
from consult.domain.documents.building.counts import FrozenCounts
from consult.domain.documents.building.data import (
    FormerWordingFacts,
    InvitedFacts,
    StanceFacts,
    SummaryData,
    ThemeFacts,
)
from consult.domain.documents.freezing.changes import compare
from consult.domain.documents.freezing.types import Change, ChangeKind
from consult.domain.meetings.types import MeetingKind
from consult.domain.organisations.types import ActorType
from consult.domain.rounds.types import RoundStatus
from consult.domain.submissions.parties import BodyBehind, Capacity
from consult.domain.submissions.types import (
    DeadlineStatus,
    Publication,
    Stance,
    SubmissionStatus,
)
from tests.domain.documents.building.small_round import AS_OF, answer, passage, small_round

BEFORE = small_round()
COUNTY_UNCONFIRMED = BodyBehind(
    5, "Fylket", ActorType.COUNTY, Capacity.CO_SENDER, is_confirmed=False
)


def answered(number: int, **values) -> SummaryData:
    """The data with something different about one answer."""
    return replace(
        BEFORE,
        answers=tuple(
            replace(one, **values) if one.number == number else one for one in BEFORE.answers
        ),
    )


def passages(number: int, **values) -> SummaryData:
    return replace(
        BEFORE,
        passages=tuple(
            replace(one, **values) if one.answer == number else one for one in BEFORE.passages
        ),
    )


def first_of(parts: str, **values) -> SummaryData:
    """The data with the first of some parts different."""
    first, *others = getattr(BEFORE, parts)
    return replace(BEFORE, **{parts: (replace(first, **values), *others)})


MEETING = HeldMeeting(1, MeetingKind.OPEN_HOUSE, "Open house", "Solvik", AS_OF, 1, 2, {})
LATE = DeadlineStatus.LATE_EXCLUDED


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (
            replace(BEFORE, answers=(*BEFORE.answers, answer(10, "Sen", deadline_status=LATE))),
            Change(ChangeKind.ARRIVED, "Sen", 10, after=LATE),
        ),
        (answered(1, version=2), Change(ChangeKind.CORRECTED, "Granli kommune", 1, "1", "2")),
        (
            answered(1, status=SubmissionStatus.WITHDRAWN, name="", organisation_id=None),
            Change(ChangeKind.WITHDRAWN, "Granli kommune", 1, DeadlineStatus.IN_TIME),
        ),
        (
            answered(8, status=SubmissionStatus.RECEIVED, name="Back kommune", digest="ab"),
            Change(
                ChangeKind.COUNTS_NOW, "Gone kommune", 8, SubmissionStatus.WITHDRAWN,
                DeadlineStatus.IN_TIME,
            ),
        ),
        (
            answered(2, status=SubmissionStatus.OFF_TOPIC),
            Change(
                ChangeKind.COUNTS_NO_MORE, "Havnes kommune", 2, DeadlineStatus.IN_TIME,
                SubmissionStatus.OFF_TOPIC,
            ),
        ),
        (
            answered(9, deadline_status=DeadlineStatus.LATE_INCLUDED),
            Change(
                ChangeKind.COUNTS_NOW, "Late kommune", 9, LATE, DeadlineStatus.LATE_INCLUDED
            ),
        ),
        (
            answered(3, deadline_status=DeadlineStatus.IN_TIME),
            Change(
                ChangeKind.STANDING, "Solvik kommune", 3, DeadlineStatus.LATE_INCLUDED,
                DeadlineStatus.IN_TIME,
            ),
        ),
        (
            answered(6, actor_type=ActorType.CONFEDERATION),
            Change(
                ChangeKind.KIND, "The Secret Union", 6, ActorType.UNION,
                ActorType.CONFEDERATION,
            ),
        ),
        (
            answered(1, name="Nye Granli"),
            Change(ChangeKind.SENDER, "Granli kommune", 1, "Granli kommune", "Nye Granli"),
        ),
        (
            answered(1, behind=(COUNTY_UNCONFIRMED,)),
            Change(ChangeKind.SENDER, "Granli kommune", 1, "Granli kommune", "Granli kommune"),
        ),
        (
            answered(1, publication=Publication.NOT_ON_WEB),
            Change(
                ChangeKind.NARROWED, "Granli kommune", 1, Publication.WITH_NAME,
                Publication.NOT_ON_WEB,
            ),
        ),
        (
            answered(6, publication=Publication.WITH_NAME),
            Change(
                ChangeKind.WIDENED, "The Secret Union", 6, Publication.WITHOUT_NAME,
                Publication.WITH_NAME,
            ),
        ),
        (answered(1, language="nn"), Change(ChangeKind.PARTICULARS, "Granli kommune", 1)),
        (passages(2, is_protected=True), Change(ChangeKind.PROTECTED, "Havnes kommune", 2)),
        (passages(2, themes=("access",)), Change(ChangeKind.RECODED, "Havnes kommune", 2)),
        (
            replace(
                BEFORE,
                passages=(*BEFORE.passages, replace(passage(70, "a part", "access"), answer=3)),
            ),
            Change(ChangeKind.RECODED, "Solvik kommune", 3),
        ),
        (
            replace(BEFORE, stances=(*BEFORE.stances, StanceFacts(3, "4.2", Stance.OPPOSE))),
            Change(ChangeKind.STANCES, "Solvik kommune", 3),
        ),
        (
            replace(BEFORE, themes=(*BEFORE.themes, ThemeFacts("new", "New"))),
            Change(ChangeKind.THEME_ADDED, "New"),
        ),
        (replace(BEFORE, themes=BEFORE.themes[:2]), Change(ChangeKind.THEME_REMOVED, "Unused")),
        (
            first_of("themes", name="Getting in"),
            Change(ChangeKind.THEME_CHANGED, "Getting in", before="Access"),
        ),
        (
            first_of(
                "questions", wording=2, former=(FormerWordingFacts({"en": "What?"}, AS_OF, 3),)
            ),
            Change(ChangeKind.QUESTIONS),
        ),
        (first_of("proposals", title={"en": "Open"}), Change(ChangeKind.PROPOSALS)),
        (
            replace(BEFORE, round=replace(BEFORE.round, status=RoundStatus.REPORTED)),
            Change(
                ChangeKind.ROUND, before=RoundStatus.ANALYSIS, after=RoundStatus.REPORTED
            ),
        ),
        (
            replace(BEFORE, round=replace(BEFORE.round, owner="Ministry")),
            Change(ChangeKind.ROUND),
        ),
        (
            replace(BEFORE, invited=(*BEFORE.invited, InvitedFacts(78, ActorType.KS))),
            Change(ChangeKind.INVITED),
        ),
        (replace(BEFORE, meetings=(MEETING,)), Change(ChangeKind.MEETING, "Open house")),
        (replace(BEFORE, coders=3), Change(ChangeKind.OTHER)),
    ],
)  # fmt: skip
def test_every_difference_is_told(after, expected):
    found = compare(BEFORE, after)
    assert found.changes == (expected,)
    assert len(found) == 1


def test_the_moment_alone_is_no_difference():
    later = replace(small_round(), as_of=AS_OF + timedelta(days=1))
    assert not compare(BEFORE, later)


def test_a_corrected_answer_is_one_change_however_much_it_says_differently():
    after = answered(1, version=2, digest="cd" * 32)
    words = tuple(one for one in BEFORE.passages if one.answer != 1)
    after = replace(after, passages=(passage(91, "New words", "digital"), *words), stances=())
    kinds = compare(BEFORE, after).by_kind
    assert kinds[ChangeKind.CORRECTED] == 1
    assert ChangeKind.RECODED not in kinds


def test_after_some_changes_nothing_may_be_printed():
    assert compare(BEFORE, passages(2, is_protected=True)).forbidding
    assert compare(BEFORE, answered(1, publication=Publication.WITHOUT_NAME)).forbidding
    assert not compare(BEFORE, answered(1, version=2)).forbidding
    assert not compare(BEFORE, answered(1, status=SubmissionStatus.WITHDRAWN)).forbidding


def test_changes_are_counted_by_kind_in_the_order_of_lists():
    after = replace(
        answered(6, actor_type=ActorType.CONFEDERATION),
        themes=(*BEFORE.themes, ThemeFacts("new", "New")),
    )
    after = replace(after, answers=(*after.answers, answer(10), answer(11)))
    assert list(compare(BEFORE, after).by_kind.items()) == [
        (ChangeKind.ARRIVED, 2),
        (ChangeKind.KIND, 1),
        (ChangeKind.THEME_ADDED, 1),
    ]


def test_data_are_counted():
    counts = FrozenCounts.of(BEFORE)
    assert (counts.received, counts.analysed, counts.withdrawn) == (9, 7, 1)
    assert (counts.passages, counts.themes, counts.questions) == (6, 3, 2)
    assert FrozenCounts.from_json(counts.to_json()) == counts
