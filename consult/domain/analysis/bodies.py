"""Who answered, by body: as each was called then, or by the body that carries it on today.

A body that has merged is counted with its successor only under the rule that says so. Where it is
open who that is, it is never guessed: the answer stays with the old name, and the line says why.
A body under another one, such as a city district, is an actor of its own: it stands under it, and
both are counted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from consult.domain.analysis.rules import name_key
from consult.domain.organisations.succession import Lineage
from consult.kernel.i18n import N_


class BodyRule(StrEnum):
    """Which body an answer is counted with."""

    THEN = "then"
    TODAY = "today"


BODY_RULE_LABELS: dict[BodyRule, str] = {
    BodyRule.THEN: N_("As they were then"),
    BodyRule.TODAY: N_("Today's bodies"),
}


@dataclass(frozen=True, slots=True)
class BodyAnswer:
    """An answer of a registered body.

    Attributes:
        name: What the body was called when it answered.
    """

    number: int
    body_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it is registered today."""

    id: int
    name: str
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One actor of the table.

    Attributes:
        depth: How many actors of the table it stands under.
        under: The name of the body it belongs under, where that one did not answer itself.
        answers: Its answers, by number.
        former: Under which other names some of them came.
        heirs: It has ended, and these carry it on; several leave open which.
        is_over: It has ended, and nobody carries it on.
    """

    body_id: int
    name: str
    answers: tuple[BodyAnswer, ...]
    depth: int = 0
    under: str | None = None
    former: tuple[str, ...] = ()
    heirs: tuple[str, ...] = ()
    is_over: bool = False

    @property
    def is_unclear(self) -> bool:
        """Whether it is open who carries it on."""
        return len(self.heirs) > 1


@dataclass(frozen=True, slots=True)
class BodyTable:
    """The actors that answered a round.

    Attributes:
        answers: How many answers the lines hold.
        others: How many further answers count that are no registered body's.
    """

    lines: tuple[BodyLine, ...]
    answers: int
    others: int


def body_lines(
    answers: Sequence[BodyAnswer],
    bodies: Mapping[int, Body],
    lineages: Mapping[int, Lineage],
    rule: BodyRule,
) -> tuple[BodyLine, ...]:
    """The actors by name, each right below the one it belongs under.

    ``bodies`` holds the senders, those that carry them on, and everything above either.
    """
    counted: dict[int, list[BodyAnswer]] = {}
    for answer in answers:
        counted.setdefault(_counted_with(answer, lineages, rule), []).append(answer)
    lines = {
        body_id: _line(bodies[body_id], given, bodies, lineages, rule)
        for body_id, given in counted.items()
    }
    return _in_order(lines, bodies)


def _counted_with(answer: BodyAnswer, lineages: Mapping[int, Lineage], rule: BodyRule) -> int:
    if rule is BodyRule.THEN:
        return answer.body_id
    successor = lineages[answer.body_id].successor
    return answer.body_id if successor is None else successor


def _line(
    body: Body,
    answers: list[BodyAnswer],
    bodies: Mapping[int, Body],
    lineages: Mapping[int, Lineage],
    rule: BodyRule,
) -> BodyLine:
    given = tuple(sorted(answers, key=lambda answer: answer.number))
    lineage = lineages.get(body.id)
    has_ended = lineage is not None and not lineage.lasts
    name = given[-1].name if rule is BodyRule.THEN or has_ended else body.name
    heirs = lineage.today if lineage is not None and has_ended else ()
    return BodyLine(
        body_id=body.id,
        name=name,
        answers=given,
        former=tuple(dict.fromkeys(one.name for one in given if one.name != name)),
        heirs=tuple(bodies[heir].name for heir in heirs),
        is_over=has_ended and not heirs,
    )


def _in_order(lines: Mapping[int, BodyLine], bodies: Mapping[int, Body]) -> tuple[BodyLine, ...]:
    below: dict[int | None, list[BodyLine]] = {}
    for line in lines.values():
        above = _nearest(line.body_id, lines, bodies)
        below.setdefault(above, []).append(_placed(line, above, bodies))
    ordered: list[BodyLine] = []
    waiting = [(line, 0) for line in _by_name(below.get(None, []))]
    while waiting:
        line, depth = waiting.pop(0)
        ordered.append(replace(line, depth=depth))
        waiting = [(one, depth + 1) for one in _by_name(below.get(line.body_id, []))] + waiting
    return tuple(ordered)


def _placed(line: BodyLine, above: int | None, bodies: Mapping[int, Body]) -> BodyLine:
    parent = bodies[line.body_id].parent_id
    if above is not None or parent is None:
        return line
    return replace(line, under=bodies[parent].name)


def _nearest(body_id: int, lines: Mapping[int, BodyLine], bodies: Mapping[int, Body]) -> int | None:
    """The nearest body above that answered too."""
    seen = {body_id}
    parent = bodies[body_id].parent_id
    while parent is not None and parent not in seen:
        if parent in lines:
            return parent
        seen.add(parent)
        parent = bodies[parent].parent_id
    return None


def _by_name(lines: Sequence[BodyLine]) -> list[BodyLine]:
    return sorted(lines, key=lambda line: name_key(line.name))
