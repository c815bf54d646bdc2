"""Which bodies answered a round."""

from datetime import date

from sqlalchemy import func, select

from consult.db import session
from consult.domain.analysis.bodies import Body, BodyAnswer, BodyRule, BodyTable, body_lines
from consult.domain.coding.queries.scope import counts
from consult.domain.organisations.queries import lineages_of, organisations_by_id
from consult.domain.submissions.models import Submission


def bodies_that_answered(round_id: int, rule: BodyRule, *, on: date) -> BodyTable:
    """The registered bodies whose answers count, by how each is to be counted at a day."""
    query = select(Submission.number, Submission.organisation_id, Submission.name).where(
        counts(round_id), Submission.organisation_id.is_not(None)
    )
    answers = [
        BodyAnswer(number, body_id, name)
        for number, body_id, name in session().execute(query)
        if body_id is not None
    ]
    lineages = lineages_of({answer.body_id for answer in answers}, on=on)
    named = set(lineages) | {heir for lineage in lineages.values() for heir in lineage.today}
    total = session().scalar(select(func.count(Submission.id)).where(counts(round_id))) or 0
    return BodyTable(
        lines=body_lines(answers, _with_those_above(named), lineages, rule),
        answers=len(answers),
        others=total - len(answers),
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
