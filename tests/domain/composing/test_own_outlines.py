"""An own template keeps the pattern of a report, and nothing that was written in it."""

from consult.domain.composing.outlines import Subject
from consult.domain.composing.own_outlines import (
    Each,
    OutlinedPart,
    WrittenOutline,
    outline_of,
    plan_own,
)
from consult.domain.composing.types import BlockKind, PartKind

HOURS, ROOMS = Subject("Hours", theme_id=1), Subject("Rooms", theme_id=2)


def _about(name, subject, **values):
    part = OutlinedPart(values.pop("heading", name), each=Each.THEME, **values)
    return WrittenOutline(part, subject, name)


WRITTEN = (
    WrittenOutline(OutlinedPart("Preface", guidance="Two paragraphs.")),
    _about("Hours", 7),
    WrittenOutline(OutlinedPart("What it costs", depth=2)),
    _about("Hours", 7, heading="", kind=PartKind.BLOCK, block=BlockKind.PROPOSED, depth=2),
    _about("Doors", 8),
    WrittenOutline(OutlinedPart("Only about doors", depth=2)),
    WrittenOutline(OutlinedPart("Carrying it out")),
)


def test_chapters_about_themes_are_kept_as_one_pattern_without_their_names():
    outline = outline_of(WRITTEN)
    assert [one.heading for one in outline] == [
        "Preface", "", "What it costs", "", "Carrying it out",
    ]  # fmt: skip
    assert [one.each for one in outline] == [None, Each.THEME, Each.THEME, Each.THEME, None]
    assert [one.is_about for one in outline] == [False, True, False, True, False]
    assert outline[1].is_named


def test_each_theme_gets_the_pattern():
    plan = list(plan_own(outline_of(WRITTEN), themes=[HOURS, ROOMS], proposals=[]))
    assert [(one.heading, one.subject) for one in plan] == [
        ("Preface", None),
        ("Hours", HOURS), ("What it costs", None), ("", HOURS),
        ("Rooms", ROOMS), ("What it costs", None), ("", ROOMS),
        ("Carrying it out", None),
    ]  # fmt: skip
    assert plan[0].guidance == "Two paragraphs."
    assert plan[3].block is BlockKind.PROPOSED


def test_a_template_is_read_as_it_was_stored():
    for one in outline_of(WRITTEN):
        assert OutlinedPart.from_json(one.to_json()) == one
