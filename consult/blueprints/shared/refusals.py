"""Writing down who tried to get at what is only an organisation's own."""

from collections.abc import Callable, Mapping

from flask import Flask, Response, after_this_request, current_app
from sqlalchemy.exc import SQLAlchemyError

from consult.blueprints.shared.actor import current_actor
from consult.db import transaction
from consult.domain.accounts.types import Actor
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.domain.organisations.queries import get_organisation
from consult.kernel.errors import NotFound
from consult.policy import Permission, can
from consult.policy.secrecy import WORKSPACE, Secret, secret_of


def note_refusal(permission: Permission, subject: object) -> None:
    """Note in the organisation's log that somebody was refused something that only it knows of.

    It is written when the response has gone out: a page that is refused must not take longer than
    one that does not exist. Whoever is not signed in is asked to do that first; most of them follow
    a link in a mail that is theirs.
    """
    secret = secret_of(permission, subject)
    if secret is not None:
        _note(permission, lambda _actor: secret)


def note_missing(permission: Permission, arguments: Mapping[str, object]) -> None:
    """Note that somebody looked in an organisation's own rooms for what is not there.

    An outsider who guesses is refused before anything is found: the attempt is one all the same.
    Those who belong there have only mistyped.
    """
    slug = arguments.get("organisation")
    if permission not in WORKSPACE or not isinstance(slug, str):
        return

    def look(actor: Actor) -> Secret | None:
        try:
            found = get_organisation(slug)
        except NotFound:
            return None
        if can(actor, permission, found):
            return None
        return Secret(found.id, found.reference)

    _note(permission, look)


def _note(permission: Permission, secret_for: Callable[[Actor], Secret | None]) -> None:
    actor = current_actor()
    if not actor.is_authenticated:
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    @after_this_request
    def note_afterwards(response: Response) -> Response:
        response.call_on_close(lambda: _write(app, secret_for, permission, actor))
        return response


def _write(
    app: Flask,
    secret_for: Callable[[Actor], Secret | None],
    permission: Permission,
    actor: Actor,
) -> None:
    """Write the entry; what fails here is logged, for the response is out already."""
    try:
        with app.app_context(), transaction():
            secret = secret_for(actor)
            if secret is None:
                return
            record(
                Tag.ACCESS_DENIED,
                subject=secret.reference,
                by=actor.reference,
                stream=organisation_stream(secret.owner_id),
                data={"permission": permission.value},
            )
    except SQLAlchemyError as problem:
        app.logger.error("a refused attempt could not be noted", exc_info=problem)
