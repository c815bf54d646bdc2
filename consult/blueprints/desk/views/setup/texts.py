"""What a round is about, its languages and contact, and its dates."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.languages import in_languages, stored_texts
from consult.blueprints.desk.forms.setup import (
    DatesForm,
    FrameForm,
    TextsForm,
    after_parent_message,
)
from consult.blueprints.desk.views.setup.pages import hold_if_saving, last_save, show, status_of
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.rules import closing_moment, opening_moment
from consult.domain.rounds.service import change_dates, change_frame, change_texts
from consult.kernel.clock import to_oslo
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.route("/rounds/<slug:round_slug>/setup/texts", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def setup_texts(round_: "Round") -> ResponseReturnValue:
    """Title, introduction, what can be influenced and what is settled, in every language."""
    hold_if_saving(round_)
    names = ("title", "introduction", "influence", "settled", "plain")
    stored = stored_texts(**{name: getattr(round_, name) for name in names})
    form = in_languages(TextsForm, tuple(round_.languages))(data=stored)
    if form.meet(stored) or not form.validate_on_submit():
        saved = last_save(round_, form, "texts")
        return show("texts.html", round_, form=form, last_save=saved), status_of(form)
    kept = {name: _with_hidden(getattr(round_, name), form.texts(name)) for name in names}
    change_texts(round_, **kept, by=current_actor())
    return _saved(round_)


@bp.route("/rounds/<slug:round_slug>/setup/frame", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def setup_frame(round_: "Round") -> ResponseReturnValue:
    """Languages, whom to ask, and the case number."""
    contact = {f"contact_{name}": text for name, text in round_.contact.items()}
    form = FrameForm(
        data={"languages": round_.languages, "case_number": round_.case_number, **contact}
    )
    if not form.validate_on_submit():
        return show("frame.html", round_, form=form), 422 if form.errors else 200
    try:
        change_frame(
            round_,
            languages=tuple(form.languages.data or ()),
            case_number=form.case_number.data,
            contact=form.contact,
            by=current_actor(),
        )
    except InvalidInput as error:
        form.refuse(error, {"announced": _("The round is announced: languages can only be added.")})
        return show("frame.html", round_, form=form), 422
    return _saved(round_)


@bp.route("/rounds/<slug:round_slug>/setup/dates", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def setup_dates(round_: "Round") -> ResponseReturnValue:
    """When the round opens and closes, as long as it is being prepared."""
    stored = {
        "opens": to_oslo(round_.opens_at).date(),
        "closes": to_oslo(round_.closes_at).date(),
        "short_deadline_reason": round_.short_deadline_reason,
    }
    form = DatesForm(data=stored)
    if not form.validate_on_submit():
        return show("dates.html", round_, form=form), 422 if form.errors else 200
    try:
        change_dates(
            round_,
            opens_at=_moment(form.opens.day, round_.opens_at, opening_moment(form.opens.day)),
            closes_at=_moment(form.closes.day, round_.closes_at, closing_moment(form.closes.day)),
            short_deadline_reason=form.short_deadline_reason.data,
            by=current_actor(),
            may_outlast_parent=bool(form.may_outlast_parent.data),
        )
    except InvalidInput:
        form.add_error(form.closes, after_parent_message())
        return show("dates.html", round_, form=form), 422
    return _saved(round_)


def _moment(day: date, stored: datetime, otherwise: datetime) -> datetime:
    """The stored moment when its day was left as it is: an imported hour survives."""
    return stored if to_oslo(stored).date() == day else otherwise


def _with_hidden(stored: dict[str, str], written: dict[str, str]) -> dict[str, str]:
    """What was written, and stored texts in languages that the round does not show now."""
    return {**{code: text for code, text in stored.items() if code not in written}, **written}


def _saved(round_: "Round") -> ResponseReturnValue:
    flash(_("Saved."), "success")
    return redirect(url_for("desk.setup", round_slug=round_.slug))
