"""Saving a part: revisions, two writers at once, replies that are lost on the way."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from consult.db import session
from consult.domain.composing.errors import PartChanged
from consult.domain.composing.models import PartRevision
from consult.domain.composing.service.saving import (
    MERGING_MEMORY,
    content_of,
    list_revision_marks,
    save_part,
)
from consult.domain.composing.types import SaveKind
from consult.domain.organisations.types import Role
from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.text.rich.markdown import to_markdown
from consult.kernel.text.rich.merging import Choice
from tests.support.drafted import start_drafting, written

TWO = "Første avsnitt står her.\n\nAndre avsnitt står her."


@pytest.fixture
def made(make):
    return start_drafting(make)


@pytest.fixture
def part(made):
    return made.parts["q-q1"]


@pytest.fixture
def amir(made, make):
    return make.actor(make.member(made.union, Role.DRAFTER))


def text_of(part):
    return to_markdown(content_of(part).body)


def test_each_explicit_save_is_a_revision(made, part):
    saved = save_part(part, written("Vi støtter dette."), revision=1, by=made.by)
    assert (saved.revision, saved.base, saved.merged) == (2, 2, None)
    again = save_part(part, written("Vi støtter dette."), revision=2, by=made.by)
    assert again.revision == 2
    assert [one.kind for one in list_revision_marks(part.id)] == [SaveKind.BEGUN, SaveKind.TYPED]


def test_text_takes_no_comments_back(made, part):
    save_part(part, written("", no_comments=True), revision=1, by=made.by)
    assert part.no_comments
    save_part(part, written("Likevel.", no_comments=True), revision=2, by=made.by)
    assert not part.no_comments


def test_two_writers_in_different_paragraphs_are_put_together(made, part, amir):
    save_part(part, written(TWO), revision=1, by=made.by)
    save_part(part, written(TWO.replace("Første", "Det første")), revision=2, by=made.by)
    theirs = TWO.replace("Andre", "Det andre")
    saved = save_part(part, written(theirs), revision=2, by=amir, window="b", is_autosave=True)
    assert text_of(part) == "Det første avsnitt står her.\n\nDet andre avsnitt står her."
    assert saved.merged is not None
    assert (saved.base, saved.revision) == (4, 5)
    kinds = [one.kind for one in list_revision_marks(part.id)]
    assert kinds[-2:] == [SaveKind.ASIDE, SaveKind.MERGED]

    # The page shows what it sent, not the merged text, and its writer goes on from there.
    more = theirs + "\n\nOg et tredje."
    save_part(part, written(more), revision=saved.base, by=amir, window="b", is_autosave=True)
    assert text_of(part) == (
        "Det første avsnitt står her.\n\nDet andre avsnitt står her.\n\nOg et tredje."
    )


def test_what_else_a_part_holds_is_merged_as_well(made, make):
    part = made.parts["p-4.1"]
    amir = make.actor(make.member(made.union, Role.DRAFTER))
    save_part(part, written("Tekst.", stance=Stance.SUPPORT), revision=1, by=made.by)
    mine = written("Tekst.", modifiers=(StanceModifier.CONDITION,))
    save_part(part, mine, revision=1, by=amir)
    assert part.stance is Stance.SUPPORT
    assert part.modifiers == ["condition"]


@pytest.mark.scenario(29)
def test_the_same_words_changed_by_two_lose_neither(made, part, amir):
    save_part(part, written("Åpent til klokka tre."), revision=1, by=made.by)
    save_part(part, written("Åpent til klokka fire."), revision=2, by=made.by)
    with pytest.raises(PartChanged) as refused:
        save_part(part, written("Åpent til klokka fem."), revision=2, by=amir)
    changed = refused.value
    assert text_of(part) == "Åpent til klokka fire."
    assert changed.revision == 3
    assert changed.changed_by == made.by.reference
    assert to_markdown(changed.merge.decided(Choice.MINE).body) == "Åpent til klokka fem."
    assert to_markdown(changed.merge.decided(Choice.THEIRS).body) == "Åpent til klokka fire."
    both = to_markdown(changed.merge.decided(Choice.BOTH).body)
    assert "fem" in both
    assert "fire" in both


def test_clashing_stances_are_for_a_person_to_decide(made, amir):
    part = made.parts["p-4.1"]
    save_part(part, written("", stance=Stance.SUPPORT), revision=1, by=made.by)
    with pytest.raises(PartChanged) as refused:
        save_part(part, written("", stance=Stance.OPPOSE), revision=1, by=amir)
    merge = refused.value.merge
    assert merge.clashes == ("stance",)
    assert merge.decided(Choice.MINE).stance is Stance.OPPOSE
    assert merge.decided(Choice.THEIRS).stance is Stance.SUPPORT


def test_a_page_whose_reply_was_lost_goes_on_from_what_it_saved(made, part, amir):
    save_part(part, written("Vi"), revision=1, by=made.by, window="a", is_autosave=True)
    saved = save_part(
        part, written("Vi mener"), revision=1, by=made.by, window="a", is_autosave=True
    )
    assert saved.merged is None
    save_part(part, written("Vi mener\n\nNytt avsnitt"), revision=3, by=amir)
    save_part(part, written("Vi mener det"), revision=1, by=made.by, window="a", is_autosave=True)
    assert text_of(part) == "Vi mener det\n\nNytt avsnitt"


def test_autosaves_of_one_sitting_become_one_revision(made, part, amir, monkeypatch):
    revision = 1
    for words in ("Vi", "Vi mener", "Vi mener at"):
        revision = save_part(
            part, written(words), revision=revision, by=made.by, window="a", is_autosave=True
        ).revision
    save_part(part, written("Vi mener at det"), revision=revision, by=amir)
    assert [one.number for one in list_revision_marks(part.id)] == [1, 2, 3, 4, 5]
    for one in session().scalars(select(PartRevision).where(PartRevision.part_id == part.id)):
        one.saved_at -= MERGING_MEMORY + timedelta(minutes=1)
    save_part(part, written("Vi mener at det går"), revision=5, by=made.by)
    assert [one.number for one in list_revision_marks(part.id)] == [1, 4, 5, 6]

    # A page opened at a revision that is gone goes on from the nearest older one.
    save_part(part, written("Vi mener\n\nHilsen"), revision=3, by=amir)
    assert "går" in text_of(part)
    assert "Hilsen" in text_of(part)
