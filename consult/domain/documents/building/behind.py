"""Who is behind an answer, in words: several senders, on behalf of others, joining another's."""

from collections.abc import Iterator, Sequence

from consult.domain.documents.building.context import Context
from consult.domain.documents.building.counted import Position, ProposalFigures
from consult.domain.documents.building.data import AnswerFacts
from consult.domain.documents.building.senders import is_listed, names_of
from consult.domain.submissions.parties import BodyBehind, Capacity
from consult.kernel.i18n import N_

_NAMED_UP_TO = 5
"""So many that take a stance from the same answer are named."""


def entries_of(answer: AnswerFacts, context: Context) -> Iterator[tuple[AnswerFacts, str]]:
    """Each body that an answer is listed under, with a note on how it stands behind it.

    A body that has not confirmed is listed, marked, and not counted.
    """
    say = context.say
    principals = [one for one in answer.behind if one.capacity is Capacity.ON_BEHALF_OF]
    is_for_others = any(one.is_confirmed for one in principals)
    if not is_for_others:
        notes = [_behind(one, context) for one in answer.behind]
        notes += [_joins(answer, context), *_joined_by(answer, context)]
        yield answer, "; ".join(filter(None, notes))
    for body in answer.behind:
        if body.capacity is Capacity.ON_BEHALF_OF:
            note = say.gettext(N_("sent on its behalf by %(name)s"), name=answer.name)
            if body.is_confirmed:
                yield answer.as_of(body), note
        else:
            note = say.gettext(N_("together with %(names)s"), names=answer.name)
            if not body.is_confirmed:
                note = say.gettext(N_("%(note)s; not confirmed and not counted"), note=note)
            yield answer.as_of(body), note


def _behind(body: BodyBehind, context: Context) -> str:
    say = context.say
    if body.capacity is Capacity.ON_BEHALF_OF:
        return say.gettext(
            N_("on behalf of %(name)s, which says it is not its own"), name=body.name
        )
    name = body.name
    if not body.is_confirmed:
        name = say.gettext(N_("%(name)s (not confirmed)"), name=name)
    return say.gettext(N_("together with %(names)s"), names=name)


def _joins(answer: AnswerFacts, context: Context) -> str:
    joins, say = answer.joins, context.say
    if joins is None:
        return ""
    name = joins.name if joins.number is None else source_name(joins.number, context)
    if joins.is_partial:
        text = say.gettext(N_("joins %(name)s on some points"), name=name)
    else:
        text = say.gettext(N_("joins %(name)s"), name=name)
    if joins.has_reservations:
        text = say.gettext(N_("%(text)s, with a reservation"), text=text)
    return text


def _joined_by(answer: AnswerFacts, context: Context) -> Sequence[str]:
    joining = [
        one
        for one in context.figures.analysed
        if one.joins is not None and one.joins.number == answer.number
    ]
    if not joining:
        return ()
    say = context.say
    text = say.ngettext("%(num)s sender joins it", "%(num)s senders join it", len(joining))
    return (text,)


def source_name(number: int, context: Context) -> str:
    """What the answer that others join is called: by name where that may be printed."""
    found = next((one for one in context.data.answers if one.number == number), None)
    if found is not None and is_listed(found):
        return found.name
    return context.say.gettext(N_("answer %(number)s"), number=str(number))


def describe_joining(proposal: ProposalFigures, context: Context) -> str:
    """Which of the positions on a proposal are taken from the answers that senders join."""
    say = context.say
    by_source: dict[int, list[Position]] = {}
    for one in (*proposal.addressing, *proposal.no_comments):
        if one.stance.derived_from is not None:
            by_source.setdefault(one.stance.derived_from, []).append(one)
    sentences = []
    for number, joining in by_source.items():
        positions = proposal.without_few_persons(joining)
        if not positions:
            continue
        who = say.number(len(positions))
        if len(positions) <= _NAMED_UP_TO:
            who = say.join_names(names_of([one.answer for one in positions], say))
        sentences.append(
            say.ngettext(
                "%(who)s takes a stance here by joining %(source)s.",
                "%(who)s take a stance here by joining %(source)s.",
                len(positions),
                who=who,
                source=source_name(number, context),
            )
        )
    return " ".join(sentences)
