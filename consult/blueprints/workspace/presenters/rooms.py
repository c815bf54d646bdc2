"""The rooms of a case: where the work on an answer is done, as far as they are built."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask import current_app, request, url_for
from flask_babel import gettext as _

from consult.blueprints.shared.actor import current_actor
from consult.domain.composing.types import CompositionKind
from consult.domain.rounds.types import RoundType
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

REPORT_ROOMS: tuple[tuple[str, str, Permission], ...] = (
    ("draft", N_("Text"), Permission.VIEW_WORKSPACE),
    ("recommendations", N_("Proposals"), Permission.VIEW_WORKSPACE),
    ("report_data", N_("Data"), Permission.VIEW_WORKSPACE),
    ("report_checks", N_("Checks"), Permission.VIEW_WORKSPACE),
    ("comments", N_("Comments"), Permission.VIEW_WORKSPACE),
    ("versions", N_("Versions"), Permission.VIEW_WORKSPACE),
    ("word", N_("Word"), Permission.WRITE_RESPONSE),
    ("fact_checks", N_("Fact check"), Permission.VIEW_WORKSPACE),
    ("sign_off", N_("Sign-off"), Permission.VIEW_WORKSPACE),
    ("editions", N_("Editions"), Permission.VIEW_WORKSPACE),
)
"""The same for a report."""

PROGRAMME_ROOMS: tuple[tuple[str, str, Permission], ...] = (
    ("case", N_("Overview"), Permission.VIEW_WORKSPACE),
    ("hearing", N_("Our own round"), Permission.VIEW_WORKSPACE),
    ("sub_report", N_("Sub-report"), Permission.VIEW_WORKSPACE),
)
"""The same for a programme that we are a working group of: we answer it with a sub-report."""


def room_tabs(
    organisation: "Organisation",
    round_: "Round",
    kind: CompositionKind = CompositionKind.RESPONSE,
) -> Sequence[dict[str, Any]]:
    """The rooms of a case or a report that I may enter, the present one marked."""
    rooms = REPORT_ROOMS
    if kind is CompositionKind.RESPONSE:
        rooms = PROGRAMME_ROOMS if round_.type is RoundType.PROGRAMME else ROOMS
    place: dict[str, Any] = {"organisation": organisation.slug, "round_slug": round_.slug}
    if kind is not CompositionKind.RESPONSE:
        place["kind"] = kind
    here = (request.endpoint or "").removeprefix("workspace.")
    return [
        {
            "text": _(text),
            "href": url_for(f"workspace.{name}", **place),
            "current": name == here,
        }
        for name, text, permission in rooms
        if f"workspace.{name}" in current_app.view_functions
        and can(current_actor(), permission, organisation)
    ]
