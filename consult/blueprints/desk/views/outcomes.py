"""What comes of a theme, told to those whose words have it."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.outcome import OutcomeForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.coding.queries.themes import get_theme
from consult.domain.following.outcomes import outcome_of
from consult.domain.following.service.answering import take_outcome_back, tell_outcome
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.coding.models import Theme


@bp.route("/rounds/<slug:round_slug>/themes/<key:theme_key>/outcome", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_theme)
@transactional
def theme_outcome(theme: "Theme") -> ResponseReturnValue:
    """Write what is recommended or done on a theme, and why."""
    told = outcome_of(theme.id)
    form = OutcomeForm(
        outcome=told.outcome if told else None,
        text=told.text if told else "",
        language=told.language if told else theme.round.owner.language,
    ).offer()
    if form.validate_on_submit() and _told(theme, form):
        flash(_("Saved. Those whose words have this theme can read it."), "success")
        return redirect(_page(theme))
    page = render_template(
        "desk/analysis/outcome.html", round=theme.round, theme=theme, told=told, form=form
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/rounds/<slug:round_slug>/themes/<key:theme_key>/outcome/take-back")
@requires(Permission.MANAGE_ROUND, on=get_theme)
@transactional
def theme_outcome_take_back(theme: "Theme") -> ResponseReturnValue:
    """Tell nobody any more what comes of a theme."""
    if (told := outcome_of(theme.id)) is not None:
        take_outcome_back(told, by=current_actor())
        flash(_("Taken back. Nobody reads it any more."), "success")
    return redirect(_page(theme))


def _told(theme: "Theme", form: OutcomeForm) -> bool:
    try:
        tell_outcome(
            theme,
            form.chosen,
            form.text.data or "",
            language=form.language.data,
            by=current_actor(),
        )
    except InvalidInput as error:
        form.refuse(error, {"required": _("Write what, and why.")})
        return False
    return True


def _page(theme: "Theme") -> str:
    return url_for("desk.theme", round_slug=theme.round.slug, theme_key=theme.key)
