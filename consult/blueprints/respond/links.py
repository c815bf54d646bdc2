"""Personal links and codes, kept in the browser that got them, so that it can show them again."""

from typing import TYPE_CHECKING

from flask import current_app, session

from consult.blueprints.shared.actor import remember_key
from consult.domain.submissions.queries import get_submission
from consult.domain.submissions.service.linking import link_address
from consult.kernel.errors import NotFound

if TYPE_CHECKING:
    from consult.domain.submissions.models import Submission
    from consult.domain.submissions.service.linking import Accessible

_LINKS = "personal_links"
_CODES = "personal_codes"
_OPENED = "opened_link"
_MOST_KEPT = 8  # a cookie holds 4 kB; the oldest give way


def linked_answer(public_id: str) -> "Submission":
    """An answer that a personal link or a code can open. Raises ``NotFound``.

    What is said inside an organisation has none: only a role opens it.
    """
    submission = get_submission(public_id)
    if submission.is_internal:
        raise NotFound("submission", public_id)
    return submission


def keep_token(public_id: str, token: str) -> None:
    """Remember the secret of a draft's or an answer's personal link in this browser."""
    _keep(_LINKS, public_id, token)


def keep_code(public_id: str, code: str) -> None:
    """Remember a draft's or an answer's printed code in this browser."""
    _keep(_CODES, public_id, code)


def drop_token(public_id: str) -> None:
    """Forget a personal link and a code in this browser."""
    for name in (_LINKS, _CODES):
        session[name] = [pair for pair in session.get(name, []) if pair[0] != public_id]


def drop_all_tokens() -> None:
    """Forget every personal link in this browser."""
    session.pop(_LINKS, None)


def kept_link(public_id: str) -> str | None:
    """The personal link, where this browser knows it."""
    token = dict(session.get(_LINKS, [])).get(public_id)
    return link_address(base_url(), token) if token else None


def kept_code(public_id: str) -> str | None:
    """The code, where this browser knows it."""
    return dict(session.get(_CODES, [])).get(public_id)


def hold_opened(token: str) -> None:
    """Carry the secret of a link to the page that asks whether to open it, outside the address."""
    session[_OPENED] = token


def opened_token() -> str:
    """The secret of the link that was followed last; empty when there is none."""
    return str(session.get(_OPENED, ""))


def drop_opened() -> None:
    """Forget which link was followed last."""
    session.pop(_OPENED, None)


def let_in(thing: "Accessible") -> None:
    """Let this browser open a draft or an answer from now on."""
    remember_key(thing.access_key)


def base_url() -> str:
    """The address that links to this site start with."""
    return str(current_app.config["SETTINGS"].base_url)


def _keep(name: str, public_id: str, secret: str) -> None:
    others = [pair for pair in session.get(name, []) if pair[0] != public_id]
    session[name] = [*others, [public_id, secret]][-_MOST_KEPT:]
