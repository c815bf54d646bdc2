"""What following does when an address declines mail: it forgets the address.

And when a theme is to be removed: it keeps what has been told of it.
"""

from consult.domain.accounts.types import VISITOR
from consult.domain.coding.models import Theme
from consult.domain.coding.service.codebook import removal_asked
from consult.domain.following.outcomes import outcome_of
from consult.domain.following.queries import find_follower_by_digest, find_watch_by_topic
from consult.domain.following.service.following import stop_following
from consult.domain.following.service.watching import end_watch
from consult.domain.notifications.models import MailStop
from consult.domain.notifications.rules import FOLLOWED, round_topic
from consult.domain.notifications.stopping import mail_stopped


def _forget(stop: MailStop) -> None:
    watch = find_watch_by_topic(stop.topic)
    if watch is not None:
        end_watch(watch, by=VISITOR)
    follower = find_follower_by_digest(stop.address_digest)
    if follower is None:
        return
    for following in list(follower.followings):
        if stop.topic in {FOLLOWED, round_topic(following.round.public_id)}:
            stop_following(following, by=VISITOR)


def _is_told_of(theme: Theme) -> bool:
    return outcome_of(theme.id) is not None


def connect_reactions() -> None:
    """Tie the area to what the areas below tell."""
    mail_stopped.connect(_forget)
    removal_asked.connect(_is_told_of)
