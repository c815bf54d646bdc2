"""Rules of analysis: whose word counts, and in which order names stand."""

from consult.domain.analysis.types import Sender
from consult.domain.submissions.types import Stance

FOR = (Stance.SUPPORT, Stance.SUPPORT_WITH_COMMENTS)
"""Stances that speak for a proposal."""

PARTLY = (Stance.SUPPORT_PARTLY,)

AGAINST = (Stance.OPPOSE,)
"""Stances that speak against a proposal."""

NEUTRAL = (Stance.NO_POSITION, Stance.NO_COMMENTS, Stance.UNCLEAR)
"""Stances that speak neither for nor against; "no comments" is not support (scenario 43)."""

_ALPHABET = str.maketrans({"æ": "{a", "ä": "{b", "ø": "{c", "ö": "{d", "å": "{e"})


def name_key(name: str) -> tuple[str, str]:
    """Sorts names as a Norwegian reader expects: letter case aside, æ ø å after z."""
    return name.casefold().translate(_ALPHABET), name


def sender_key(sender: Sender) -> tuple[int, tuple[str, str], int]:
    """The order of a list of senders: kind of actor, then name, then number of the answer."""
    return sender.actor_type.list_rank, name_key(sender.name), sender.number
