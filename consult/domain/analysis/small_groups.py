"""Small groups of persons: which numbers may be told, so that none of the others can be computed.

The one rule for tables, charts, quotations and files (ADR 41). Organisations answer for what they
say and are always shown. Of persons a number under the round's threshold is hidden, and with it
whatever it could be computed from. How many persons answered in all is public and never hidden.

A rule that hides too little is found out by those who know it. Therefore it is enough that no
number can be computed even by somebody who knows this module; the tests try all small tables.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

UNPROTECTED = 0
"""What stays at the desk is not hidden from those who read each answer there."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number as far as it may be told.

    Attributes:
        known: What may be told of it; of a total the part that is not hidden.
        is_hidden: Whether it holds more than that.
    """

    known: int
    is_hidden: bool = False

    def __add__(self, other: "Count") -> "Count":
        return Count(self.known + other.known, self.is_hidden or other.is_hidden)


NOTHING = Count(0)
HIDDEN = Count(0, is_hidden=True)


@dataclass(frozen=True, slots=True)
class Node:
    """A theme, or the whole of them: how many persons speak of it itself, and with those under it.

    Attributes:
        parent: The key of what it stands under.
    """

    parent: str | None
    own: int
    whole: int


@dataclass(frozen=True, slots=True)
class HiddenNodes:
    """Which numbers of a tree of themes are hidden: by key, alone and with those under it."""

    own: frozenset[str]
    whole: frozenset[str]


@dataclass(frozen=True, slots=True)
class SmallGroups:
    """The rule for the persons of one round.

    Attributes:
        threshold: The smallest number of persons that is told; ``UNPROTECTED`` for no rule.
        persons: How many persons answered.
    """

    threshold: int
    persons: int

    @property
    def is_silent(self) -> bool:
        """Whether so few persons answered that nothing is told of them but their number."""
        return 0 < self.persons < self.threshold

    def hides(self, number: int) -> bool:
        """Whether a number of persons that stands alone is hidden."""
        return self.is_silent or self._is_small(number)

    def _is_small(self, number: int) -> bool:
        return 0 < number < self.threshold

    def hidden_parts(self, parts: Sequence[int]) -> frozenset[int]:
        """The places of the hidden parts of a whole that is known, such as persons by stance.

        Together with the small ones the smallest that is not small is hidden: any of those hidden
        may then be the large one. Where that would leave no large one to be seen, all are hidden,
        also those that are nought.
        """
        everything = frozenset(range(len(parts)))
        if self.is_silent:
            return everything
        small = {place for place, number in enumerate(parts) if self._is_small(number)}
        if not small:
            return frozenset()
        large = sorted({number for number in parts if number >= self.threshold and number})
        if len(large) < 2:
            return everything
        return frozenset(
            place for place, number in enumerate(parts) if place in small or number == large[0]
        )

    def hidden_nodes(self, nodes: Mapping[str, Node]) -> HiddenNodes:
        """The hidden numbers of themes that stand in one another; each node after its parent.

        Those who speak of a theme are no more than those who speak of its parts taken together, and
        no fewer than those of any part. A number is hidden as well where it would therefore tell a
        part that is hidden.
        """
        if self.is_silent:
            return HiddenNodes(own=frozenset(nodes), whole=frozenset(nodes))
        own = frozenset(key for key, node in nodes.items() if self._is_small(node.own))
        whole: set[str] = set()
        told: dict[str, int] = {}
        below: dict[str, list[str]] = {key: [] for key in nodes}
        for key, node in reversed(list(nodes.items())):
            shown = [told[part] for part in below[key] if part not in whole]
            hidden = [told[part] for part in below[key] if part in whole]
            if key not in own:
                shown.append(node.own)
            told[key] = sum(shown) + sum(hidden)
            is_telling = self._tells(node.whole, shown, hidden) if hidden or key in own else False
            if self._is_small(node.whole) or is_telling:
                whole.add(key)
            else:
                told[key] = node.whole
            if node.parent is not None:
                below[node.parent].append(key)
        return HiddenNodes(own=own, whole=frozenset(whole))

    def _tells(self, number: int, shown: Sequence[int], hidden: Sequence[int]) -> bool:
        """Whether the number of a theme would tell something of its hidden parts.

        It does where the parts that are shown do not account for it alone, unless it must be nearly
        everybody anyhow; and where it lies close above a hidden part that is itself not small.

        Args:
            number: How many speak of the theme.
            shown: The numbers of its parts that are shown.
            hidden: What of each hidden part its own shown parts account for.
        """
        accounted = sum(shown) + sum(hidden)
        least = max(shown, default=0)
        if least == self.persons:
            return False  # it is everybody, as whoever sees the part knows
        if number > accounted and accounted + 1 < self.persons:
            return True
        return any(part and least <= part + 1 and number <= part + 2 for part in hidden)


def join_hidden(found: Iterable[HiddenNodes]) -> HiddenNodes:
    """What is hidden for any of several sets of persons, each with its own rule.

    Of the persons who speak of a theme some send a campaign's text. That is known and could be
    subtracted: so they, and those with words of their own, must each be enough (ADR 41).
    """
    parts = list(found)
    return HiddenNodes(
        own=frozenset(key for part in parts for key in part.own),
        whole=frozenset(key for part in parts for key in part.whole),
    )
