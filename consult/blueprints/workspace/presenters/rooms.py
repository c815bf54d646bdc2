"""The rooms of a case: where the work on an answer is done, as far as they are built."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import current_app, request, url_for
from flask_babel import gettext as _

from consult.blueprints.shared.actor import current_actor
from consult.kernel.i18n import N_
from consult.policy import Permission, can

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation
    from consult.domain.rounds.models import Round

ROOMS: tuple[tuple[str, str, Permission], ...] = (
    ("case", N_("Overview"), Permission.VIEW_WORKSPACE),
    ("hearing", N_("Internal hearing"), Permission.VIEW_WORKSPACE),
    ("draft", N_("Draft"), Permission.VIEW_WORKSPACE),
    ("comments", N_("Comments"), Permission.VIEW_WORKSPACE),
    ("versions", N_("Versions"), Permission.VIEW_WORKSPACE),
    ("word", N_("Word"), Permission.WRITE_RESPONSE),
    ("sign_off", N_("Sign-off"), Permission.VIEW_WORKSPACE),
    ("send", N_("Send"), Permission.VIEW_WORKSPACE),
    ("feedback", N_("Feedback to branches"), Permission.VIEW_WORKSPACE),
    ("compare", N_("Compare"), Permission.VIEW_WORKSPACE),
)
"""Endpoint in the workspace, its name, and who may enter."""


def room_tabs(organisation: "Organisation", round_: "Round") -> Sequence[dict[str, Any]]:
    """The rooms of a case that there are and that I may enter, the present one marked."""
    here = (request.endpoint or "").removeprefix("workspace.")
    return [
        {
            "text": _(text),
            "href": url_for(
                f"workspace.{name}", organisation=organisation.slug, round_slug=round_.slug
            ),
            "current": name == here,
        }
        for name, text, permission in ROOMS
        if f"workspace.{name}" in current_app.view_functions
        and can(current_actor(), permission, organisation)
    ]
