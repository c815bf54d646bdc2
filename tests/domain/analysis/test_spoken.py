"""Which answers speak of which themes: the index of codings tells the same as the passages."""

from random import Random

from sqlalchemy import false, literal, select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.filters import EVERYTHING
from consult.domain.analysis.queries.spoken import Scope, find_spoken
from consult.domain.coding.models import Passage
from consult.domain.coding.service.coding import apply_theme, remove_theme, undo_last
from consult.domain.coding.service.copying import decide_copy, take_back_copy
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.merging import merge_themes
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    SubmissionContent,
)
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme

DOOR = "Døra til kontoret må være åpen hele dagen, også for dem som ikke har avtalt time."
BUS = "Bussen går to ganger om dagen, og den siste går før kontoret åpner etter lunsj."


def both_ways(round_):
    """What is read from the index of codings, and from the passages: repetitions left out."""
    scope = Scope.of(round_.id, EVERYTHING)
    return [
        {(submission_id, theme_id) for submission_id, theme_id, _ in find_spoken(scope, is_common)}
        for is_common in (false(), literal(False))
    ]


def test_whatever_is_done_to_codings_both_ways_find_the_same(make):
    round_ = make.round(questions=1)
    source = Random(48)  # noqa: S311 -- the same changes every time
    answers = [receive(round_, f"{DOOR}\n\n{BUS}", name=name) for name in ("A", "B", "C")]
    themes = [theme(round_, name) for name in ("Dør", "Buss", "Tid")]
    whole = passages_of(answers[0])[0]
    add_passage(whole.version, start=whole.start, end=whole.start + 30, by=SYSTEM)

    def change(times=12):
        passages = session().scalars(select(Passage).order_by(Passage.id)).all()
        for _ in range(times):
            verb = source.choice((apply_theme, apply_theme, remove_theme))
            verb(source.choice(passages), source.choice(themes), by=SYSTEM)
        undo_last(round_, by=SYSTEM)

    def check():
        session().flush()
        by_index, by_passages = both_ways(round_)
        assert by_index == by_passages
        assert by_index

    change()
    check()
    decision = decide_copy(answers[1], answers[0], is_copy=True, by=SYSTEM)
    check()
    change()
    check()
    take_back_copy(decision, by=SYSTEM)
    check()
    content = SubmissionContent(
        respondent=Respondent("C", answers[2].actor_type),
        channel=Channel.FORM,
        language="nb",
        publication=Publication.WITH_NAME,
        answers=(AnswerContent(question_id=round_.questions[0].id, text=DOOR),),
    )
    receive_version(answers[2], content, by=SYSTEM, received_at=utc_now())
    check()
    merge_themes(themes.pop(), themes[0], why="Det samme", by=SYSTEM)
    change()
    check()
