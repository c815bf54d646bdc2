"""Which answers speak of which themes: the indexes of codings tell the same as the passages."""

from collections import defaultdict
from random import Random

from sqlalchemy import select

from consult.db import session
from consult.domain.accounts.types import SYSTEM
from consult.domain.analysis.filters import EVERYTHING
from consult.domain.analysis.queries.counting import matrix
from consult.domain.analysis.queries.places import find_places
from consult.domain.analysis.queries.spoken import Scope, find_spoken
from consult.domain.analysis.types import CountUnit
from consult.domain.coding.models import Passage
from consult.domain.coding.service.coding import apply_theme, remove_theme, undo_last
from consult.domain.coding.service.copying import decide_copy, take_back_copy
from consult.domain.coding.service.dividing import add_passage
from consult.domain.coding.service.merging import merge_themes
from consult.domain.coding.types import PassageKind
from consult.domain.submissions.service.revising import receive_version
from consult.domain.submissions.types import (
    AnswerContent,
    Channel,
    Publication,
    Respondent,
    SubmissionContent,
    SubmissionStatus,
)
from consult.kernel.clock import utc_now
from tests.support.coded import passages_of, receive, theme

DOOR = "Døra til kontoret må være åpen hele dagen, også for dem som ikke har avtalt time."
BUS = "Bussen går to ganger om dagen, og den siste går før kontoret åpner etter lunsj."


def by_passages(round_):
    """The paragraphs of each answer and theme, and the pairs of those, passage by passage."""
    whole = {PassageKind.PARAGRAPH, PassageKind.BULLET}
    query = select(Passage).where(Passage.round_id == round_.id).order_by(Passage.id)
    passages = session().scalars(query.execution_options(populate_existing=True)).all()
    on = {one.id: {coding.theme_id for coding in one.codings} for one in passages}
    at = defaultdict(set)
    for one in passages:
        if one.copy_of_id is None:
            at[one.id if one.kind in whole else one.parent_id] |= on[one.id]
    pairs, counted = set(), defaultdict(set)
    for one in passages:
        stands = one.submission.status is SubmissionStatus.RECEIVED
        if stands and one.kind in whole and one.version is one.submission.current_version:
            paragraph = one.copy_of_id or one.id
            for theme_id in at[paragraph]:
                pairs.add((one.submission_id, theme_id))
                counted[theme_id].add(paragraph)
    return pairs, {theme_id: len(found) for theme_id, found in counted.items()}


def test_whatever_is_done_the_indexes_tell_what_the_passages_do(make):
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
        session().expire_all()
        pairs, counted = by_passages(round_)
        found = find_spoken(Scope.of(round_.id, EVERYTHING))
        assert {(submission_id, theme_id) for submission_id, theme_id, _ in found} == pairs
        assert pairs
        for theme_id in counted:
            assert find_places(round_.id, [theme_id]).passages == counted[theme_id]
        rows = matrix(round_.id, unit=CountUnit.PASSAGES).rows
        assert {row.theme.id: row.total for row in rows if row.total} == counted

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
