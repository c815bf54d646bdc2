"""Which bodies answered a round."""

from datetime import date

from sqlalchemy import func, select

from consult.db import session
from consult.domain.analysis.bodies import Body, BodyAnswer, BodyRule, BodyTable, body_lines
from consult.domain.coding.queries.scope import counts
from consult.domain.organisations.queries import lineages_of, organisations_by_id
from consult.domain.submissions.behind import bodies_behind
from consult.domain.submissions.models import Submission
from consult.domain.submissions.parties import Capacity


def bodies_that_answered(round_id: int, rule: BodyRule, *, on: date) -> BodyTable:
    """The registered bodies whose answers count, by how each is to be counted at a day.

    A joint answer is one answer, and stands with each body that has confirmed it.
    """
    query = select(
        Submission.id, Submission.number, Submission.organisation_id, Submission.name
    ).where(counts(round_id))
    behind = bodies_behind(round_id)
    answers: list[BodyAnswer] = []
    for row in session().execute(query):
        counted = [one for one in behind.get(row.id, ()) if one.is_confirmed]
        is_for_others = any(one.capacity is Capacity.ON_BEHALF_OF for one in counted)
        if row.organisation_id is not None and not is_for_others:
            answers.append(BodyAnswer(row.number, row.organisation_id, row.name))
        answers += [BodyAnswer(row.number, one.organisation_id, one.name) for one in counted]
    lineages = lineages_of({answer.body_id for answer in answers}, on=on)
    named = set(lineages) | {heir for lineage in lineages.values() for heir in lineage.today}
    total = session().scalar(select(func.count(Submission.id)).where(counts(round_id))) or 0
    numbers = {answer.number for answer in answers}
    return BodyTable(
        lines=body_lines(answers, _with_those_above(named), lineages, rule),
        answers=len(numbers),
        others=total - len(numbers),
    )


def _with_those_above(body_ids: set[int]) -> dict[int, Body]:
    """These bodies and all above them; a query a level."""
    found: dict[int, Body] = {}
    waiting = body_ids
    while waiting:
        organisations = organisations_by_id(waiting).values()
        found |= {one.id: Body(one.id, one.name, one.parent_id) for one in organisations}
        waiting = {one.parent_id for one in organisations if one.parent_id is not None} - set(found)
    return found
