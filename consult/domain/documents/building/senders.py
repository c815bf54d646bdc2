"""Who may be named, and how: the sender's own choice about publishing decides.

With name: named. Without name: called by kind, or by group where the kind is one body alone. Not on
the web: counted, but neither named nor quoted. Private persons are never named in lists.
"""

from collections.abc import Sequence

from consult.domain.documents.building.counted import list_order
from consult.domain.documents.building.data import AnswerFacts
from consult.domain.documents.building.wording import Wording
from consult.domain.organisations.types import ACTOR_GROUP_LABELS, ACTOR_TYPE_LABELS, ActorType
from consult.domain.submissions.types import Publication
from consult.kernel.i18n import N_

_ONE_OF_A_KIND = frozenset(
    {
        ActorType.SAMI_PARLIAMENT,
        ActorType.NAV_DIRECTORATE,
        ActorType.KS,
        ActorType.USER_COUNCIL_CENTRAL,
    }
)
"""Kinds with one body each: the kind would tell the name."""

_COUNTED_IN_LISTS = frozenset({ActorType.PRIVATE_PERSON, ActorType.ANONYMOUS_PARTICIPANT})


def is_quotable(answer: AnswerFacts) -> bool:
    """Whether words of the answer may be printed."""
    return answer.publication is not Publication.NOT_ON_WEB


def is_listed(answer: AnswerFacts) -> bool:
    """Whether the sender is named in lists."""
    return (
        answer.publication is Publication.WITH_NAME and answer.actor_type not in _COUNTED_IN_LISTS
    )


def kind_of(answer: AnswerFacts, say: Wording) -> str:
    """What a sender without a name is called."""
    if answer.actor_type in _ONE_OF_A_KIND:
        return say.gettext(ACTOR_GROUP_LABELS[answer.group])
    return say.gettext(ACTOR_TYPE_LABELS[answer.actor_type])


def countable_kind(answer: AnswerFacts, say: Wording) -> str:
    """The kind that a sender is counted under, wider where the kind would tell the name."""
    if answer.publication is Publication.WITH_NAME:
        return say.gettext(ACTOR_TYPE_LABELS[answer.actor_type])
    return kind_of(answer, say)


def attribution(answer: AnswerFacts, say: Wording) -> str:
    """Who said a quoted passage."""
    if answer.publication is Publication.WITH_NAME:
        return answer.name
    return say.gettext(N_("%(kind)s (without name)"), kind=kind_of(answer, say))


def answer_reference(answer: AnswerFacts, say: Wording) -> str:
    """Where a quoted passage stands: "answer 12"."""
    return reference_to(answer.number, say)


def reference_to(number: int, say: Wording) -> str:
    """How a document refers to the answer with a number."""
    return say.gettext(N_("answer %(number)s"), number=str(number))


def names_of(answers: Sequence[AnswerFacts], say: Wording) -> tuple[str, ...]:
    """Each sender who may be named, once, and the others as numbers."""
    ordered = sorted(answers, key=list_order)
    names = list(dict.fromkeys(answer.name for answer in ordered if is_listed(answer)))
    persons = sum(answer.actor_type in _COUNTED_IN_LISTS for answer in ordered)
    unnamed = sum(not is_listed(answer) for answer in ordered) - persons
    if unnamed:
        names.append(
            say.ngettext("%(num)s sender without name", "%(num)s senders without name", unnamed)
        )
    if persons:
        names.append(say.ngettext("%(num)s private person", "%(num)s private persons", persons))
    return tuple(names)
