"""Writing down who tried to get at what is only an organisation's own."""

from flask import Flask, Response, after_this_request, current_app

from consult.blueprints.shared.actor import current_actor
from consult.db import transaction
from consult.domain.audit.service import record
from consult.domain.audit.types import Tag, organisation_stream
from consult.policy import Permission
from consult.policy.secrecy import Secret, secret_of


def note_refusal(permission: Permission, subject: object) -> None:
    """Note in the organisation's log that somebody was refused something that only it knows of.

    It is written when the response has gone out: a page that is refused must not take longer than
    one that does not exist.
    """
    secret = secret_of(permission, subject)
    if secret is None:
        return
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    actor = current_actor().reference

    @after_this_request
    def note_afterwards(response: Response) -> Response:
        response.call_on_close(lambda: _write(app, secret, permission, actor))
        return response


def _write(app: Flask, secret: Secret, permission: Permission, actor: str) -> None:
    with app.app_context(), transaction():
        record(
            Tag.ACCESS_DENIED,
            subject=secret.reference,
            by=actor,
            stream=organisation_stream(secret.owner_id),
            data={"permission": permission.value},
        )
