"""A draft: its list of tasks, who it is from, how it may be published, and deleting it."""

from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.respond import bp
from consult.blueprints.respond.details import show_unsaved, tell_saved
from consult.blueprints.respond.forms import ConfirmForm, DetailsForm, PublicationForm, WhoForm
from consult.blueprints.respond.keeping import while_unsent
from consult.blueprints.respond.links import drop_token
from consult.blueprints.respond.presenters import (
    comment_tasks,
    draft_as_text,
    progress_of,
    sender_facts,
    sender_kind,
    standing_of,
)
from consult.blueprints.respond.presenting_beside import tasks_beside
from consult.blueprints.respond.views.starting import respondent_of
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor, forget_key
from consult.blueprints.shared.context import current_locale
from consult.blueprints.shared.settings import site_address
from consult.domain.rounds.queries import list_questions
from consult.domain.submissions.queries import get_draft, own_deadline_of
from consult.domain.submissions.service.answering import mark_rest_no_comments
from consult.domain.submissions.service.drafting import (
    change_publication,
    change_respondent,
    delete_draft,
)
from consult.domain.submissions.service.filing import forget_files
from consult.domain.submissions.service.statement import statement_of
from consult.domain.submissions.types import PUBLICATION_LABELS, Publication
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.blueprints.respond.presenters import Standing
    from consult.domain.submissions.models import Draft


def standing_for(draft: "Draft") -> "Standing":
    """Where the round stands for the sender of a draft."""
    own = own_deadline_of(draft)
    return standing_of(draft.round, own_deadline=own, now=utc_now())


@bp.get("/drafts/<pid:public_id>")
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
def tasks(draft: "Draft") -> ResponseReturnValue:
    """Every question with its state, and what is left before sending."""
    statement = statement_of(draft)
    questions = list_questions(draft.round_id)
    return render_template(
        "respond/tasks.html",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        progress=progress_of(draft, questions, statement, current_locale()),
        beside=tasks_beside(draft, statement),
        comments=comment_tasks(statement.comments, current_locale()),
        publication_label=PUBLICATION_LABELS[draft.publication] if draft.publication else None,
        form=ConfirmForm(),
    )


@bp.post("/drafts/<pid:public_id>/no-comments")
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
@transactional
def no_comments(draft: "Draft") -> ResponseReturnValue:
    """Answer "no comments" to every question that has no answer."""
    if ConfirmForm().validate_on_submit():
        marked = mark_rest_no_comments(draft, by=current_actor())
        flash(
            ngettext(
                "«No comments» is noted on %(num)d question. You can still change it.",
                "«No comments» is noted on %(num)d questions. You can still change them.",
                marked,
            ),
            "success",
        )
        return redirect(url_for("respond.check", public_id=draft.public_id))
    flash(_("The page had been open for too long. Press the button once more."), "warning")
    return redirect(url_for("respond.tasks", public_id=draft.public_id))


@bp.route("/drafts/<pid:public_id>/who", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
@transactional
def who(draft: "Draft") -> ResponseReturnValue:
    """Change who the answer is from."""
    form, stored = _who_form(draft), _who_form(draft, formdata=None)
    form.show(stored)
    if form.validate_on_submit() and form.is_based_on(stored):
        try:
            change_respondent(
                draft,
                respondent_of(form, draft.organisation),
                language=str(form.language.data),
                base_url=site_address(),
                discussed_on=form.discussed_on.data if "discussed_on" in form else None,
            )
        except InvalidInput as error:
            form.refuse_name(error)
        else:
            stored = _who_form(draft, formdata=None)
            return tell_saved(stored, then=url_for("respond.tasks", public_id=draft.public_id))
    known = ", ".join(words for _label, words in sender_facts(draft))
    page = _page("who.html", draft, form, body=draft.organisation, known=known)
    return show_unsaved(form, page)


def _who_form(draft: "Draft", **kwargs: Any) -> WhoForm:
    """The form of who a draft is from, with what is stored; ``formdata=None`` for only that."""
    claimed = draft.claimed_organisation
    data = {
        "actor_type": draft.actor_type.value,
        "council_type": draft.actor_type.value,
        "claimed": claimed.public_id if claimed else "",
    }
    form = WhoForm(obj=draft, data=data, **kwargs)
    return form.suit(sender_kind(draft.actor_type), is_registered=draft.organisation is not None)


def _page(template: str, draft: "Draft", form: DetailsForm, **values: object) -> str:
    return render_template(
        f"respond/{template}",
        draft=draft,
        round=draft.round,
        standing=standing_for(draft),
        kind=sender_kind(draft.actor_type),
        form=form,
        **values,
    )


@bp.route("/drafts/<pid:public_id>/publication", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
@transactional
def publication(draft: "Draft") -> ResponseReturnValue:
    """Choose how the answer may be published."""
    data = {"publication": draft.publication and draft.publication.value}
    form, stored = PublicationForm(data=data), PublicationForm(formdata=None, data=data)
    form.show(stored)
    if form.validate_on_submit() and form.is_based_on(stored):
        change_publication(draft, Publication(form.publication.data))
        return tell_saved(form, then=url_for("respond.check", public_id=draft.public_id))
    chosen = _(PUBLICATION_LABELS[draft.publication]) if draft.publication else None
    return show_unsaved(form, _page("publication.html", draft, form, chosen=chosen))


@bp.route("/drafts/<pid:public_id>/delete", methods=["GET", "POST"])
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
@transactional
def delete(draft: "Draft") -> ResponseReturnValue:
    """Delete the draft and all that is written in it, after one more press."""
    form = ConfirmForm()
    if not form.validate_on_submit():
        page = render_template(
            "respond/delete.html",
            draft=draft,
            round=draft.round,
            standing=standing_for(draft),
            form=form,
        )
        return page, 422 if form.is_submitted() else 200
    public_id, slug, amended = draft.public_id, draft.round.slug, draft.amends
    forget_files(draft, files=current_app.extensions["files"])
    delete_draft(draft, by=current_actor())
    forget_key(public_id)
    drop_token(public_id)
    if amended is not None:
        flash(_("The changes are deleted. Your answer stands as you sent it."), "success")
        return redirect(url_for("respond.receipt", public_id=amended.public_id))
    flash(_("Your draft is deleted. Nothing of it is left with us."), "success")
    return redirect(url_for("respond.start", round_slug=slug))


@bp.get("/drafts/<pid:public_id>/text")
@requires(Permission.EDIT_DRAFT, on=get_draft)
@while_unsent
def text(draft: "Draft") -> ResponseReturnValue:
    """The draft as a text file, to keep."""
    body = draft_as_text(draft, statement_of(draft), current_locale())
    headers = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Disposition": f'attachment; filename="{draft.round.slug}.txt"',
    }
    return body, headers
