"""Links that carry a secret: exchanged at once for an address that carries none (docs/adr/0017).

The first request puts the secret into the signed session cookie and leads on to a page whose
address holds a random name for it. The name opens nothing in any other browser, so it may stand in
histories, bookmarks and screenshots. Following a link writes nothing else: programs that look into
mails do it too, and must neither change anything nor use the link up.
"""

from flask import redirect, session, url_for
from flask.typing import ResponseReturnValue

from consult.kernel.ids import new_public_id

_HELD = "held_links"
_MOST_HELD = 6  # a cookie holds 4 kB; the oldest give way
_LONGEST = 64  # our secrets have 43 characters; what stands in a cookie must stay small


def exchange_secret(token: str, endpoint: str) -> ResponseReturnValue:
    """Hold the secret of a link that was followed, and lead to its page.

    Args:
        token: The secret.
        endpoint: The page; it gets the name of the secret as ``held``.
    """
    token = token[:_LONGEST]
    held = _pairs()
    name = next((one for one, secret in held if secret == token), new_public_id())
    session[_HELD] = [*(pair for pair in held if pair[0] != name), [name, token]][-_MOST_HELD:]
    return redirect(url_for(endpoint, held=name), code=303)


def held_secret(name: str) -> str:
    """The secret of a link that this browser has followed; empty when it has not."""
    return dict(_pairs()).get(name, "")


def forget_secret(name: str) -> None:
    """Let go of a secret that has served its purpose."""
    session[_HELD] = [pair for pair in _pairs() if pair[0] != name]


def forget_all_secrets() -> None:
    """Let go of every link that this browser has followed."""
    session.pop(_HELD, None)


def _pairs() -> list[list[str]]:
    return list(session.get(_HELD, []))
