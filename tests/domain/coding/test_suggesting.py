"""Suggestions in the database: made from codebook and codings, accepted by people, measured."""

from datetime import timedelta

import pytest
import time_machine
from flask import current_app
from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.audit.queries import entries_about
from consult.domain.coding.errors import SuggestionGone
from consult.domain.coding.models import Coding, SuggestionModel
from consult.domain.coding.queries.suggesting import (
    fared_by_model,
    fared_by_theme,
    gather_lesson,
    latest_model,
    rounds_to_learn,
    suggest_stance_of,
)
from consult.domain.coding.queries.themes import find_theme
from consult.domain.coding.service.claiming import claim_learning
from consult.domain.coding.service.coding import apply_theme, remove_theme, undo_last
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.examples import add_line
from consult.domain.coding.service.suggesting import (
    accept_stance,
    accept_suggestion,
    note_outcome,
    switch_suggestions,
)
from consult.domain.coding.types import CodingMethod
from consult.domain.documents.queries.gathering import gather_summary
from consult.domain.submissions.types import AnswerContent, Stance
from consult.jobs import suggesting as job
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme
from tests.support.suggesting import DOORS, round_with_model, suggestions_for


@pytest.fixture
def round_(make):
    return round_with_model(make)


def passages(round_):
    query = select(SuggestionModel).where(SuggestionModel.round_id == round_.id)
    assert session().scalars(query).first() is not None
    return passages_of(receive(round_, DOORS, name="Havnes kommune"))


@pytest.mark.scenario(77)
def test_an_accepted_suggestion_says_which_model_and_who(make, round_):
    first, _second = passages(round_)
    door = find_theme(round_.id, "apen-dor")
    found = suggestions_for(first)
    assert found.shown[0].theme_id == door.id
    assert "Døra" in [first.quote[start:end] for start, end in found.shown[0].words]
    assert not session().scalars(select(Coding)).all()  # a suggestion alone is nothing
    person = make.actor(make.member(round_.owner, "case_officer"))
    assert accept_suggestion(first, door, found, number=1, by=person)
    coding = session().scalars(select(Coding)).one()
    assert (coding.method, coding.coded_by) == (CodingMethod.SUGGESTED, person.reference)
    assert coding.model.number == 1
    entry = entries_about(first.reference)[0]
    assert entry.data["model"] == 1
    assert entry.data["model_digest"] == found.model.digest
    assert entry.actor == person.reference
    undo_last(round_, by=person)
    assert not session().scalars(select(Coding)).all()
    assert fared_by_model(round_.id)[0][1].taken_back == 1


@pytest.mark.scenario(77)
def test_what_nobody_has_accepted_is_in_no_summary(round_):
    first, _second = passages(round_)
    assert suggestions_for(first).shown
    facts = gather_summary(round_, now=utc_now())
    assert all(not passage.themes for passage in facts.passages)


def test_nothing_is_accepted_that_is_not_suggested_now(round_):
    first, _second = passages(round_)
    door, later = find_theme(round_.id, "apen-dor"), theme(round_, "Nytt tema")
    found = suggestions_for(first)
    for one, suggested, number in ((door, found, 2), (later, found, 1), (door, None, 1)):
        with pytest.raises(SuggestionGone):
            accept_suggestion(first, one, suggested, number=number, by=SYSTEM)
    assert not session().scalars(select(Coding)).all()


def test_themes_that_are_there_are_not_suggested_again(round_):
    first, _second = passages(round_)
    door = find_theme(round_.id, "apen-dor")
    assert accept_suggestion(first, door, suggestions_for(first), number=1, by=SYSTEM)
    assert door.id not in [one.theme_id for one in suggestions_for(first).shown]
    assert not accept_suggestion(first, door, suggestions_for(first), number=1, by=SYSTEM)


def test_how_the_model_fared_is_counted_by_what_stands(round_):
    first, second = passages(round_)
    door, time = find_theme(round_.id, "apen-dor"), find_theme(round_.id, "tid")
    other = theme(round_, "Noe annet")
    accept_suggestion(first, door, suggestions_for(first), number=1, by=SYSTEM)
    for one in (time, other):
        found = suggestions_for(second)
        apply_theme(second, one, by=SYSTEM)
        note_outcome(second, one, found)
    _model, fared = fared_by_model(round_.id)[0]
    assert (fared.decided, fared.first, fared.among, fared.accepted) == (3, 2, 2, 1)
    assert fared_by_theme(round_.id)[other.id].among == 0
    remove_theme(second, other, by=SYSTEM)
    assert fared_by_model(round_.id)[0][1].decided == 2


def test_written_examples_are_learned_and_a_split_theme_is_suggested_no_more(round_):
    first, _second = passages(round_)
    door, time = find_theme(round_.id, "apen-dor"), find_theme(round_.id, "tid")
    add_line(time, "Bussen går klokka to.", by=SYSTEM)
    door.retired_at = utc_now()
    session().flush()
    assert door.id not in [one.theme_id for one in suggestions_for(first).shown]
    lesson = gather_lesson(round_.id)
    said = {one.id: [text for text, _weight in one.texts] for one in lesson.themes}
    assert "Bussen går klokka to." in said[time.id]
    assert door.id not in said


def test_switched_off_nothing_is_suggested_or_learned(round_):
    first, _second = passages(round_)
    assert switch_suggestions(round_, is_on=False, by=SYSTEM)
    assert not switch_suggestions(round_, is_on=False, by=SYSTEM)
    assert suggestions_for(first) is None
    theme(round_, "Nytt tema")
    later = utc_now() + timedelta(hours=1)
    assert round_ not in rounds_to_learn(later, models=current_app.extensions["models"])
    assert entries_about(round_.reference)[0].tag == "suggestions:switched"


def test_a_new_codebook_makes_a_new_model_and_takes_the_old_file_away(round_):
    models = current_app.extensions["models"]
    old = latest_model(round_.id)
    theme(round_, "Brukerutvalg", definition="Hvem som sitter i utvalget.")
    session().commit()
    job.learn_suggestions()
    assert latest_model(round_.id).number == 1  # it has just been made
    with time_machine.travel(utc_now() + timedelta(minutes=30)):
        job.learn_suggestions()
    new = latest_model(round_.id)
    assert (new.number, new.themes) == (2, 3)
    assert models.has(new.digest)
    assert not models.has(old.digest)
    assert entries_about(round_.reference)[0].data["model"] == 2


def test_two_workers_do_not_learn_the_same(round_):
    now = utc_now()
    assert claim_learning(round_.id, now=now)
    assert not claim_learning(round_.id, now=now + timedelta(minutes=1))
    assert claim_learning(round_.id, now=now + timedelta(hours=1))


def test_a_file_that_is_lost_or_not_ours_is_made_anew(round_, tmp_path):
    models = current_app.extensions["models"]
    models.remove(latest_model(round_.id).digest)
    assert round_ in rounds_to_learn(utc_now(), models=models)


def test_a_lesson_has_parts_with_their_whole_and_no_copies(round_):
    first, second = passages(round_)
    part = add_passage(first.version, start=first.start, end=first.start + 17, by=SYSTEM)
    apply_theme(part, find_theme(round_.id, "apen-dor"), by=SYSTEM)
    lesson = gather_lesson(round_.id)
    assert sorted(one.passage.text for one in lesson.examples) == sorted((first.quote, part.quote))
    near = {one.passage.text: one.passage.near for one in lesson.examples}
    assert near[first.quote] == second.quote
    assert {one.passage.place for one in lesson.examples} == set(lesson.places) & {
        f"question:{first.answer.question_id}"
    }


def test_a_stance_is_suggested_where_nobody_has_said(make, round_):
    proposal = make.proposal(round_)
    texts = AnswerContent(proposal_id=proposal.id, text="Vi støtter ikke dette forslaget.")
    ticked = AnswerContent(proposal_id=proposal.id, text="Vi går imot.", stance=Stance.SUPPORT)
    (said,) = passages_of(receive(round_, answers=(texts,)))
    (chosen,) = passages_of(receive(round_, answers=(ticked,), name="Havnes kommune"))
    assert suggest_stance_of(chosen) is None
    assert suggest_stance_of(said)[1].value is Stance.OPPOSE
    with pytest.raises(SuggestionGone):
        accept_stance(said, value=Stance.SUPPORT, by=SYSTEM)
    assert accept_stance(said, value=Stance.OPPOSE, by=SYSTEM) == proposal.key
    assert entries_about(said.submission.reference)[0].data["suggested_edition"] == 1
    assert suggest_stance_of(said) is None
    with pytest.raises(SuggestionGone):
        accept_stance(said, value=Stance.OPPOSE, by=SYSTEM)
