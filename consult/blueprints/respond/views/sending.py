"""Checking the answers and sending them, once."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.respond import bp
from consult.blueprints.respond.caring import noticed_questions
from consult.blueprints.respond.forms import ConfirmForm, name_required_message
from consult.blueprints.respond.keeping import refuse_sending, while_unsent
from consult.blueprints.respond.links import base_url, keep_token
from consult.blueprints.respond.presenters import (
    answer_rows,
    meeting_facts,
    progress_of,
    sender_facts,
)
from consult.blueprints.respond.views.drafts import standing_for
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor, remember_key
from consult.blueprints.shared.arrival import request_arrived_at
from consult.blueprints.shared.confirmations import confirmations_in_words
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.grounds import ground_facts
from consult.domain.rounds.errors import DeadlinePassed, RoundNotOpen
from consult.domain.rounds.queries import list_questions
from consult.domain.submissions.companions import confirmations_about
from consult.domain.submissions.errors import (
    AnswersMissing,
    ExposureNotChosen,
    NothingAnswered,
    NothingChanged,
    PublicationNotChosen,
)
from consult.domain.submissions.queries import get_draft, list_draft_answers
from consult.domain.submissions.service.sending import send_draft
from consult.domain.submissions.service.statement import statement_of
from consult.domain.submissions.types import PUBLICATION_LABELS
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.submissions.models import Draft


@bp.route("/drafts/<pid:public_id>/check", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft, refused=refuse_sending)
@while_unsent
@transactional
def check(draft: "Draft") -> ResponseReturnValue:
    """Show everything that will be sent, and send it."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _page(draft, form, status=422 if form.is_submitted() else 200)
    try:
        sent = send_draft(
            draft,
            by=current_actor(),
            received_at=request_arrived_at(),
            base_url=base_url(),
            files=current_app.extensions["files"],
        )
    except (ExposureNotChosen, PublicationNotChosen):
        return redirect(_choice_address(draft))
    except InvalidInput:  # only the name: what is written is checked whenever it is saved
        flash(name_required_message(), "warning")
        return redirect(url_for("respond.who", public_id=draft.public_id))
    except (DeadlinePassed, RoundNotOpen):
        return _page(draft, form, status=409)
    except AnswersMissing:
        form.form_errors.append(_("Some questions must be answered before you can send."))
        return _page(draft, form, status=422)
    except NothingChanged:
        form.form_errors.append(
            _("Nothing is changed yet. What you sent stands, so there is nothing to send.")
        )
        return _page(draft, form, status=422)
    except NothingAnswered:
        form.form_errors.append(
            _("You have not answered anything yet. Answer a question, or say «No comments».")
        )
        return _page(draft, form, status=422)
    if draft.organisation_id is None:
        remember_key(sent.submission.access_key)
        if sent.token is not None:
            keep_token(sent.submission.public_id, sent.token)
    return redirect(url_for("respond.receipt", public_id=sent.submission.public_id))


def _page(draft: "Draft", form: ConfirmForm, *, status: int) -> ResponseReturnValue:
    statement = statement_of(draft)
    questions = list_questions(draft.round_id)
    page = render_template(
        "respond/check.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        form=form,
        facts=sender_facts(draft),
        meeting=meeting_facts(draft),
        ground_rows=_ground_rows(draft),
        confirmations=confirmations_in_words(
            confirmations_about(draft), digest=statement.digest, versions={}
        ),
        rows=answer_rows(draft, statement, current_locale()),
        progress=progress_of(draft, questions, statement, current_locale()),
        noticed=noticed_questions(draft, statement.asked, list_draft_answers(draft.id)),
        publication_label=PUBLICATION_LABELS[draft.publication] if draft.publication else None,
    )
    return page, status


def _ground_rows(draft: "Draft") -> list[dict[str, object]]:
    """What stands in the place of publishing where an answer stays inside its organisation."""
    href = url_for("respond.mandate", public_id=draft.public_id)
    told = ground_facts(draft)
    if draft.exposure is None:
        told.append((_("How far it may go"), _("Not chosen yet")))
    return [{"label": label, "value": text, "href": href} for label, text in told]


def _choice_address(draft: "Draft") -> str:
    """Where the sender chooses what may become of the answer."""
    name = "respond.mandate" if draft.is_internal else "respond.publication"
    return url_for(name, public_id=draft.public_id)
