"""What a round's owner adds to its mails."""

from typing import TYPE_CHECKING

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.languages import in_languages, stored_texts
from consult.blueprints.desk.forms.setup import MailTextsForm
from consult.blueprints.desk.views.setup.pages import hold_if_saving, last_save, show, status_of
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.domain.rounds.queries import get_round
from consult.domain.rounds.service import change_mail_texts
from consult.domain.rounds.types import MAIL_PLACE_LABELS, MailPlace
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round


@bp.route("/rounds/<slug:round_slug>/setup/mails", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def setup_mails(round_: "Round") -> ResponseReturnValue:
    """Words of one's own in the mails, in every language of the round."""
    hold_if_saving(round_)
    stored = stored_texts(**round_.mail_texts)
    form = in_languages(MailTextsForm, tuple(round_.languages))(data=stored)
    if form.meet(stored) or not form.validate_on_submit():
        saved = last_save(round_, form, "mails")
        page = show("mails.html", round_, form=form, labels=MAIL_PLACE_LABELS, last_save=saved)
        return page, status_of(form)
    texts = {place: form.texts(place.value) for place in MailPlace}
    change_mail_texts(round_, texts, by=current_actor())
    flash(_("Saved."), "success")
    return redirect(url_for("desk.setup", round_slug=round_.slug))
