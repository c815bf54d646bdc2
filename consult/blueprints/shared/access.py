"""The decorators of a view: which permission it needs, and that it writes."""

from collections.abc import Callable
from functools import wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.refusals import note_missing, note_refusal
from consult.db import transaction
from consult.kernel.errors import NotFound
from consult.policy import Permission, can
from consult.policy.secrecy import ABSENT

P = ParamSpec("P")
R = TypeVar("R")
View = Callable[..., ResponseReturnValue]


def requires(
    permission: Permission,
    *,
    on: Callable[..., object] | None = None,
    refused: Callable[[], ResponseReturnValue] | None = None,
) -> Callable[[View], View]:
    """Let the view run only for actors who have the permission.

    ``on`` loads the subject: it takes those URL arguments that its parameters name. The view then
    gets the subject first and the remaining URL arguments by name. What does not exist and what
    the actor may not see both answer 404; a visitor who might see it after signing in is asked to.
    ``refused`` gives another page for both, where a form must not lose what was written in it.
    """
    refuse = refused or refuse_access
    taken = frozenset(signature(on).parameters) if on is not None else frozenset()

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**arguments: Any) -> ResponseReturnValue:
            if on is None:
                if not can(current_actor(), permission):
                    return refuse()
                return view(**arguments)
            named = {name: arguments.pop(name) for name in taken & arguments.keys()}
            try:
                subject = on(**named)
            except NotFound:
                can(current_actor(), permission, ABSENT)  # what is not there takes as long
                note_missing(permission, named)
                return refuse()
            if not can(current_actor(), permission, subject):
                note_refusal(permission, subject)
                return refuse()
            return view(subject, **arguments)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def refuse_access() -> ResponseReturnValue:
    """The same answer for "not there" and "not for you", so that addresses tell nothing."""
    if not current_actor().is_authenticated and request.method in {"GET", "HEAD"}:
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))
    return abort(404)


def transactional(view: Callable[P, R]) -> Callable[P, R]:
    """Commit once when the view returns, roll back when it raises."""

    @wraps(view)
    def committed(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction():
            return view(*args, **kwargs)

    return committed
