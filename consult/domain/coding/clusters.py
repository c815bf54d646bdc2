"""Answers that say nearly the same: values, and what a group of them seems to be."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.coding.differing import (
    Stretch,
    is_nearly_same,
    mark_differences,
    words_of,
)
from consult.domain.organisations.types import ActorType
from consult.kernel.i18n import N_

_ALMOST = 0.75
"""How long a paragraph must be, of another's length in words, to be compared with it."""
_LONGEST_GREETING = 90
_GREETING = re.compile(
    r"(?:(?:med )?(?:vennlig|venleg|beste|hjertelig) )?(?:hilsen|helsing)|mvh\b|vh\b"
    r"|(?:kind |best )?regards\b|(?:yours )?sincerely\b|dearvvuođaiguin\b",
    re.IGNORECASE,
)


class ClusterKind(StrEnum):
    """What answers that say nearly the same are to one another."""

    CAMPAIGN = "campaign"
    TEMPLATE = "template"
    SAME_SENDER = "same_sender"


CLUSTER_KIND_LABELS: dict[ClusterKind, str] = {
    ClusterKind.CAMPAIGN: N_("Campaign"),
    ClusterKind.TEMPLATE: N_("Shared template"),
    ClusterKind.SAME_SENDER: N_("Same sender twice"),
}


class ClusterState(StrEnum):
    """Whether a person has looked at a cluster, and what they said."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class MemberState(StrEnum):
    """Whether an answer belongs to a cluster: found, said so, or taken out by a person."""

    FOUND = "found"
    IN = "in"
    OUT = "out"


class CampaignPolicy(StrEnum):
    """How the answers of a campaign are counted as senders; in no majority they ever are."""

    AS_ONE = "as_one"
    EACH = "each"


CAMPAIGN_POLICY_LABELS: dict[CampaignPolicy, str] = {
    CampaignPolicy.AS_ONE: N_("A campaign counts as one, and is described"),
    CampaignPolicy.EACH: N_("Each answer of a campaign is counted"),
}


@dataclass(frozen=True, slots=True)
class SenderKey:
    """By what a sender is told from others."""

    organisation_id: int | None
    email: str | None
    name: str
    actor_type: ActorType

    @property
    def key(self) -> Hashable:
        """The same for answers that seem to come from one sender."""
        if self.organisation_id is not None:
            return ("organisation", self.organisation_id)
        if self.email:
            return ("email", self.email.strip().casefold())
        return ("name", self.actor_type, self.name.strip().casefold())


def suggest_kind(senders: Sequence[SenderKey]) -> ClusterKind:
    """What answers that say nearly the same seem to be; a person decides.

    One sender: the same sender twice. Mostly bodies: a template that they share. Else a campaign.
    """
    if len({one.key for one in senders}) == 1:
        return ClusterKind.SAME_SENDER
    bodies = sum(one.actor_type.is_organisation for one in senders)
    return ClusterKind.TEMPLATE if 2 * bodies > len(senders) else ClusterKind.CAMPAIGN


def place_groups(
    groups: Iterable[Collection[int]], standing: Mapping[int, int], decided: Collection[int]
) -> list[tuple[int | None, tuple[int, ...]]]:
    """Which cluster each group of answers belongs to, and the group; ``None`` for a new one.

    Args:
        groups: Answers found to say nearly the same.
        standing: The cluster that an answer is in already.
        decided: Clusters that a person has looked at: those keep their answers, and of several
            the one with most of the group gets the new ones.
    """
    placed: list[tuple[int | None, tuple[int, ...]]] = []
    for group in groups:
        held = Counter(standing[one] for one in group if one in standing)
        if not held:
            placed.append((None, tuple(group)))
            continue
        best = max(held, key=lambda one: (one in decided, held[one], -one))
        kept = {one for one in group if standing.get(one) in decided and standing[one] != best}
        placed.append((best, tuple(one for one in group if one not in kept)))
    return placed


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of an answer in a cluster.

    Attributes:
        answer: Number of the answer in its round.
    """

    passage_id: int
    answer: int
    fingerprint: str
    quote: str


def point_at_first(lines: Sequence[Line]) -> dict[int, int]:
    """The paragraph that each repeated one of a cluster stands for, by id: where it stands first.

    A paragraph with a few words changed stands for the common one that it comes from, but not where
    those words turn what is said. Greetings are one.

    Args:
        lines: By answer, and as each answer runs.
    """
    folded = _fold(lines)
    first: dict[str, int] = {}
    for line in lines:
        first.setdefault(line.fingerprint, line.passage_id)
    found = {}
    for line in lines:
        origin = first[folded.get(line.fingerprint, line.fingerprint)]
        if origin != line.passage_id:
            found[line.passage_id] = origin
    return found


def _fold(lines: Sequence[Line]) -> dict[str, str]:
    """The paragraph that stands for each which is nearly the same; by fingerprint.

    Only what several say, or what the first answer says, stands for others. Compared are only
    paragraphs of about the same length.
    """
    holders: dict[str, set[int]] = defaultdict(set)
    quotes: dict[str, str] = {}
    for line in lines:
        quotes.setdefault(line.fingerprint, line.quote)
        holders[line.fingerprint].add(line.answer)
    heads: dict[str, tuple[str, ...]] = {}
    folded: dict[str, str] = {}
    greeting: str | None = None
    for mark in sorted(quotes, key=lambda mark: -len(holders[mark])):  # stable: earliest first
        if is_greeting(quotes[mark]):
            greeting = greeting or mark
            folded[mark] = greeting
            continue
        own = words_of(quotes[mark])
        found = next((head for head, words in heads.items() if _is_near(own, words)), None)
        if found is not None:
            folded[mark] = found
        elif len(holders[mark]) > 1 or lines[0].answer in holders[mark]:
            heads[mark] = own
    return folded


def _is_near(words: tuple[str, ...], head: tuple[str, ...]) -> bool:
    shorter, longer = sorted((len(words), len(head)))
    return shorter >= _ALMOST * longer and is_nearly_same(words, head)


def is_greeting(text: str) -> bool:
    """Whether a paragraph only says goodbye, with a name under it or without."""
    return len(text) <= _LONGEST_GREETING and bool(_GREETING.match(text))


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A paragraph that is not as the others have it, the words marked that they do not have.

    Attributes:
        is_changed: It stands in the place of a common one; else the answer has it beside those.
    """

    stretches: tuple[Stretch, ...]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Variant:
    """Answers that differ from the common text in the same way.

    Attributes:
        answers: Their numbers.
        own: What they say of their own, as it runs.
        left_out: How many of the common paragraphs they do not have.
    """

    answers: tuple[int, ...]
    own: tuple[OwnWords, ...]
    left_out: int

    @property
    def has_own(self) -> bool:
        """Whether they have a paragraph of their own, and not only a few other words."""
        return any(not one.is_changed for one in self.own)


@dataclass(frozen=True, slots=True)
class Description:
    """What the answers of a cluster have in common, and what each has of its own.

    Attributes:
        common: The paragraphs that more than half of them have.
        same: The answers that say this and nothing else.
        variants: The others, those first that most say.
    """

    common: tuple[str, ...]
    same: tuple[int, ...]
    variants: tuple[Variant, ...]

    @property
    def with_own_words(self) -> int:
        """How many answers have a paragraph of their own."""
        return sum(len(one.answers) for one in self.variants if one.has_own)

    @property
    def with_changed_words(self) -> int:
        """How many have none, but a common paragraph with a few other words."""
        changed = (one for one in self.variants if one.own and not one.has_own)
        return sum(len(one.answers) for one in changed)


def describe(lines: Sequence[Line]) -> Description:
    """What the answers of a cluster have in common, and how they differ.

    Args:
        lines: By answer, and as each answer runs.
    """
    if not lines:
        return Description((), (), ())
    folded = _fold(lines)
    quotes: dict[str, str] = {}
    by_answer: dict[int, list[str]] = defaultdict(list)
    for line in lines:
        quotes.setdefault(line.fingerprint, line.quote)
        by_answer[line.answer].append(line.fingerprint)
    held = {
        answer: frozenset(folded.get(mark, mark) for mark in marks)
        for answer, marks in by_answer.items()
    }
    holders = Counter(mark for marks in held.values() for mark in marks)
    core = frozenset(mark for mark, number in holders.items() if 2 * number > len(by_answer))
    fullest = max(held, key=lambda one: (len(held[one] & core), -one))
    common = tuple(
        dict.fromkeys(
            folded.get(mark, mark)
            for mark in by_answer[fullest]
            if folded.get(mark, mark) in core and not is_greeting(quotes[mark])
        )
    )
    differing: dict[tuple[tuple[str, ...], frozenset[str]], list[int]] = defaultdict(list)
    for answer, marks in by_answer.items():
        own = tuple(mark for mark in marks if mark not in core and not is_greeting(quotes[mark]))
        differing[own, core - held[answer]].append(answer)
    same = differing.pop(((), frozenset()), [])
    variants = (
        Variant(
            answers=tuple(answers),
            own=tuple(_own_words(mark, folded.get(mark), core, quotes) for mark in own),
            left_out=len(missing),
        )
        for (own, missing), answers in differing.items()
    )
    return Description(
        common=tuple(quotes[mark] for mark in common),
        same=tuple(same),
        variants=tuple(sorted(variants, key=lambda one: (-len(one.answers), one.answers))),
    )


def _own_words(
    mark: str, head: str | None, core: Collection[str], quotes: Mapping[str, str]
) -> OwnWords:
    if head is None or head not in core:
        return OwnWords((Stretch(quotes[mark], is_own=True),), is_changed=False)
    return OwnWords(mark_differences(quotes[mark], quotes[head]), is_changed=True)
