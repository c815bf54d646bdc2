"""What a report begins with, and how its parts change places."""

import pytest

from consult.domain.composing.outlines import Subject, plan_report
from consult.domain.composing.rules import moved
from consult.domain.composing.types import REPORTS, BlockKind, CompositionKind, PartKind
from consult.domain.documents.types import Numbered

THEMES = (Subject("Åpningstider", theme_id=1), Subject("Ledelse", theme_id=2))
PROPOSALS = (Subject("Et brukerutvalg i hver kommune", proposal_id=7),)


def plan(kind):
    return plan_report(kind, themes=THEMES, proposals=PROPOSALS)


@pytest.mark.parametrize("kind", sorted(REPORTS))
def test_every_template_begins_with_a_chapter_and_says_how_it_came_about(kind):
    parts = plan(kind)
    assert parts[0].depth == 1
    assert any(part.block is BlockKind.FLOW for part in parts)
    assert all((part.block is not None) == (part.kind is PartKind.BLOCK) for part in parts)


def test_a_report_has_a_chapter_with_a_box_for_each_theme():
    parts = plan(CompositionKind.REPORT)
    about = [part for part in parts if part.subject]
    assert [(part.heading, part.block) for part in about] == [
        ("Åpningstider", None),
        ("", BlockKind.PROPOSED),
        ("Ledelse", None),
        ("", BlockKind.PROPOSED),
    ]
    assert [part.heading for part in parts if part.numbered is Numbered.NO] == [
        "Preface",
        "In short",
    ]


def test_a_chapter_of_a_bill_keeps_views_and_assessment_apart():
    kinds = [part.kind for part in plan(CompositionKind.CHAPTER) if part.subject]
    assert kinds.index(PartKind.VIEWS) < kinds.index(PartKind.ASSESSMENT)


def test_a_report_without_themes_follows_the_proposals():
    parts = plan_report(CompositionKind.REPORT, themes=(), proposals=PROPOSALS)
    assert next(part.subject for part in parts if part.subject) == PROPOSALS[0]


def test_nobody_plans_a_response():
    with pytest.raises(KeyError):
        plan(CompositionKind.RESPONSE)


DEPTHS = [1, 2, 2, 1, 1, 2]


@pytest.mark.parametrize(
    ("place", "step", "order"),
    [
        (0, 1, [3, 0, 1, 2, 4, 5]),  # a chapter takes along what stands in it
        (3, -1, [3, 0, 1, 2, 4, 5]),
        (1, 1, [0, 2, 1, 3, 4, 5]),
        (4, -1, [0, 1, 2, 4, 5, 3]),
        (0, -1, None),
        (4, 1, None),
        (1, -1, None),  # never out of its chapter
        (2, 1, None),
    ],
)
def test_a_part_changes_places_with_its_neighbour(place, step, order):
    assert moved(DEPTHS, place, step) == order
