"""Who is asking: made once per request from the session cookie and the roles in force now."""

from dataclasses import replace

from flask import g, session
from flask_login import UserMixin, current_user, login_user, logout_user

from consult.domain.accounts.queries import find_person
from consult.domain.accounts.types import VISITOR, Actor
from consult.domain.organisations.queries import grants_of
from consult.extensions import login_manager
from consult.kernel.clock import utc_now

_KEYS = "draft_keys"
_MOST_KEYS = 40  # a cookie holds 4 kB; the oldest keys give way


class SessionUser(UserMixin):
    """What Flask-Login keeps of a person: an id that a new password makes invalid."""

    def __init__(self, person_id: int, session_epoch: int) -> None:
        self.id = f"{person_id}.{session_epoch}"
        self.person_id = person_id


@login_manager.user_loader
def _load_user(session_id: str) -> SessionUser | None:
    person_id, _, epoch = session_id.partition(".")
    person = find_person(int(person_id)) if person_id.isdigit() else None
    if person is None or str(person.session_epoch) != epoch:
        return None
    return SessionUser(person.id, person.session_epoch)


def current_actor() -> Actor:
    """The actor of this request, with the roles in force when it began."""
    if "actor" not in g:
        g.actor = _load_actor()
    return g.actor  # type: ignore[no-any-return]


def _load_actor() -> Actor:
    keys = frozenset(session.get(_KEYS, ()))
    person = find_person(current_user.person_id) if current_user.is_authenticated else None
    if person is None:
        return replace(VISITOR, draft_keys=keys)
    return Actor(
        reference=person.reference,
        person_id=person.id,
        name=person.name,
        email=person.email,
        locale=person.locale,
        is_admin=person.is_admin,
        grants=grants_of(person.id, now=utc_now()),
        draft_keys=keys,
    )


def sign_in_person(person_id: int, session_epoch: int) -> None:
    """Open a session. Keys of drafts begun before signing in stay; all else is left behind."""
    keys = session.get(_KEYS)
    session.clear()
    if keys:
        session[_KEYS] = keys
    session.permanent = True
    login_user(SessionUser(person_id, session_epoch))
    g.pop("actor", None)


def sign_out_person() -> None:
    """End the session; on a shared machine nothing of it stays, draft keys included."""
    logout_user()
    session.clear()
    g.pop("actor", None)


def remember_key(access_key: str) -> None:
    """Let this browser open a draft or receipt again without signing in."""
    keys = [key for key in session.get(_KEYS, []) if _thing_of(key) != _thing_of(access_key)]
    session[_KEYS] = [*keys, access_key][-_MOST_KEYS:]
    session.permanent = True
    g.pop("actor", None)


def forget_all_keys() -> None:
    """Take every draft and receipt away from this browser."""
    session.pop(_KEYS, None)
    g.pop("actor", None)


def forget_key(public_id: str) -> None:
    """Take a draft or receipt away from this browser."""
    session[_KEYS] = [key for key in session.get(_KEYS, []) if _thing_of(key) != public_id]
    g.pop("actor", None)


def _thing_of(access_key: str) -> str:
    """The public id in a key, whose other half tells which turning off it has survived."""
    return access_key.partition(".")[0]
