"""Following a round: asked for, confirmed by the address itself, and stopped for good."""

from datetime import datetime
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import VISITOR, Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import SYSTEM_STREAM, Tag
from consult.domain.following.models import Follower, Following
from consult.domain.following.queries import find_follower, find_following, list_unconfirmed
from consult.domain.following.types import ASK_AGAIN_AFTER, CONFIRM_WITHIN, Rhythm
from consult.domain.notifications.news import send_follow_confirmation
from consult.domain.notifications.rules import FOLLOWED, address_digest, round_topic
from consult.domain.notifications.service import forget_mail_about
from consult.domain.notifications.stopping import allow_mail
from consult.domain.notifications.types import Recipient
from consult.kernel.i18n import localised, localised_language
from consult.kernel.ids import new_token, token_digest

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


def ask_to_follow(
    round_: "Round", email: str, *, locale: str, rhythm: Rhythm, base_url: str, now: datetime
) -> None:
    """Ask an address whether it wants to follow a round. It is told nothing until it says so.

    Whoever asks learns nothing of the address: neither whether it follows something already, nor
    whether the mail was sent once more. What the address itself has chosen stays as it is.

    Args:
        round_: What to follow.
        email: The address.
        locale: The language to write in.
        rhythm: How often to write.
        base_url: Address that the link to confirm starts with.
        now: The moment of asking.
    """
    follower = _follower(email, locale=locale, rhythm=rhythm, now=now)
    if all(one.confirmed_at is None for one in follower.followings):
        follower.locale, follower.rhythm = locale, rhythm
    following = find_following(follower, round_)
    if following is not None and (
        following.confirmed_at is not None or now - following.asked_at < ASK_AGAIN_AFTER
    ):
        return
    if following is None:
        following = Following(round_id=round_.id)
        follower.followings.append(following)
    token = new_token()
    following.token_digest, following.asked_at = token_digest(token), now
    session().flush()
    send_follow_confirmation(
        Recipient(follower.email, "", follower.locale),
        about=follower.reference,
        round_title=localised(round_.title, follower.locale),
        language=localised_language(round_.title, follower.locale),
        link=f"{base_url}/follow/{token}",
        days=CONFIRM_WITHIN.days,
    )


def confirm_following(following: Following, *, now: datetime) -> None:
    """Begin to tell an address about a round; what it declined before, it now wants again."""
    if following.confirmed_at is not None:
        return
    following.confirmed_at = now
    allow_mail(following.follower.email, round_topic(following.round.public_id))
    allow_mail(following.follower.email, FOLLOWED)
    session().flush()
    _record(Tag.FOLLOWING_STARTED, following, by=VISITOR)


def follow_as_person(round_: "Round", actor: Actor, *, locale: str, now: datetime) -> None:
    """Let a signed-in person follow a round at once: their address is known to be theirs."""
    follower = _follower(actor.email, locale=locale, rhythm=Rhythm.SINGLE, now=now)
    follower.person_id = actor.person_id
    following = find_following(follower, round_)
    if following is None:
        following = Following(round=round_, asked_at=now)
        follower.followings.append(following)
        session().flush()
    confirm_following(following, now=now)


def stop_following(following: Following, *, by: Actor) -> None:
    """Forget that an address follows a round; with its last round the address itself."""
    _record(Tag.FOLLOWING_ENDED, following, by=by)
    _remove(following)


def change_rhythm(follower: Follower, rhythm: Rhythm, *, now: datetime) -> None:
    """Change how often an address gets mail; a digest begins with what happens from now on."""
    if rhythm is Rhythm.DAILY and follower.rhythm is not Rhythm.DAILY:
        follower.digested_at = now
    follower.rhythm = rhythm
    session().flush()


def forget_unconfirmed(*, now: datetime) -> int:
    """Delete addresses that never confirmed; returns how many requests those were."""
    stale = list_unconfirmed(before=now - CONFIRM_WITHIN)
    for following in stale:
        _remove(following)
    return len(stale)


def _follower(email: str, *, locale: str, rhythm: Rhythm, now: datetime) -> Follower:
    """The follower with an address, made where there is none."""
    found = find_follower(email)
    if found is not None:
        return found
    follower = Follower(
        email=email.strip().lower(),
        address_digest=address_digest(email),
        locale=locale,
        rhythm=rhythm,
        created_at=now,
    )
    session().add(follower)
    session().flush()
    return follower


def _remove(following: Following) -> None:
    follower = following.follower
    follower.followings.remove(following)
    if not follower.followings:
        forget_mail_about(follower.reference)
        session().delete(follower)
    session().flush()


def _record(tag: Tag, following: Following, *, by: Actor) -> None:
    record(
        tag,
        subject=following.follower.reference,
        by=by.reference,
        stream=SYSTEM_STREAM,
        data={"round": following.round.reference},
    )
