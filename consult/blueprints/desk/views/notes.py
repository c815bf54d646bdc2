"""What the team says among itself about an answer."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.queue import NoteChangeForm, NoteTextForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.settings import site_address
from consult.domain.accounts.queries import names_by_reference
from consult.domain.handling.queries.notes import get_note, get_note_post, list_notes
from consult.domain.handling.queries.tasks import list_team
from consult.domain.handling.service.noting import (
    change_note,
    open_note,
    reopen_note,
    reply_to_note,
    settle_note,
)
from consult.domain.submissions.listing import get_answer
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.accounts.models import Person
    from consult.domain.handling.models import NotePost, NoteThread
    from consult.domain.submissions.models import Submission


@bp.get("/rounds/<slug:round_slug>/answers/<number:number>/notes")
@requires(Permission.VIEW_DESK, on=get_answer)
def answer_notes(submission: "Submission") -> ResponseReturnValue:
    """The discussions about an answer, open ones first."""
    return _page(submission)


def _form(submission: "Submission", *, thread: "NoteThread | None" = None) -> NoteTextForm:
    """An empty form whose fields are told from those of the page's others.

    The page's own token guards it: one with a prefix would be another.
    """
    prefix = thread.public_id if thread else "new"
    form = NoteTextForm(formdata=None, prefix=prefix, meta={"csrf": False})
    return form.offer(_team(submission), me=current_actor().person_id)


def _team(submission: "Submission") -> "list[Person]":
    return list_team(submission.round.owner_id, now=utc_now())


def _page(submission: "Submission", *, refused: NoteTextForm | None = None, at: str = "new") -> str:
    """The page; the form that was refused in place of a fresh one, at the discussion ``at``."""
    threads = list_notes(submission.id)
    forms = {one.public_id: _form(submission, thread=one) for one in threads}
    forms["new"] = _form(submission)
    if refused is not None:
        forms[at] = refused
    references = {post.written_by for thread in threads for post in thread.posts}
    references |= {one for thread in threads for post in thread.posts for one in post.mentions}
    names = names_by_reference(references)
    return render_template(
        "desk/queue/notes.html",
        round=submission.round,
        submission=submission,
        threads=threads,
        names=names,
        told={
            post.id: ", ".join(names[one] for one in post.mentions if one in names)
            for thread in threads
            for post in thread.posts
        },
        forms=forms,
        refused=refused,
    )


@bp.post("/rounds/<slug:round_slug>/answers/<number:number>/notes")
@requires(Permission.HANDLE_ANSWERS, on=get_answer)
@transactional
def note_new(submission: "Submission") -> ResponseReturnValue:
    """Begin a discussion about an answer."""
    form = _form(submission)
    form.process(request.form)
    if not form.validate_on_submit():
        return _page(submission, refused=form), 422
    try:
        thread = open_note(submission, **_said(submission, form))
    except InvalidInput as error:
        form.refuse(error, {})
        return _page(submission, refused=form), 422
    flash(_("Your note is there for everybody at this desk."), "success")
    return redirect(_address(thread))


@bp.post("/rounds/<slug:round_slug>/notes/<pid:thread_id>/reply")
@requires(Permission.HANDLE_ANSWERS, on=get_note)
@transactional
def note_reply(thread: "NoteThread") -> ResponseReturnValue:
    """Say something in a discussion about an answer."""
    form = _form(thread.submission, thread=thread)
    form.process(request.form)
    if not form.validate_on_submit():
        return _page(thread.submission, refused=form, at=thread.public_id), 422
    try:
        reply_to_note(thread, **_said(thread.submission, form))
    except InvalidInput as error:
        form.refuse(error, {})
        return _page(thread.submission, refused=form, at=thread.public_id), 422
    return redirect(_address(thread))


@bp.post("/rounds/<slug:round_slug>/notes/<pid:thread_id>/<any(settle, reopen):step>")
@requires(Permission.HANDLE_ANSWERS, on=get_note)
@transactional
def note_step(thread: "NoteThread", step: str) -> ResponseReturnValue:
    """Put a discussion aside, or take it up again."""
    if step == "settle":
        settle_note(thread, by=current_actor())
        flash(_("The discussion is settled. It stays on this page."), "success")
    else:
        reopen_note(thread, by=current_actor())
        flash(_("The discussion is open again."), "success")
    return redirect(_address(thread))


@bp.route("/rounds/<slug:round_slug>/notes/<pid:post_id>/change", methods=["GET", "POST"])
@requires(Permission.CHANGE_NOTE, on=get_note_post)
@transactional
def note_change(post: "NotePost") -> ResponseReturnValue:
    """Let one's own note say something else."""
    form = NoteChangeForm(data={"text": post.text})
    if not form.validate_on_submit():
        return _change_page(post, form), 422 if form.is_submitted() else 200
    try:
        if change_note(post, form.text.data or "", by=current_actor()):
            flash(_("The note is changed. What it said before stands below it."), "success")
    except InvalidInput as error:
        form.refuse(error, {})
        return _change_page(post, form), 422
    return redirect(_address(post.thread))


def _change_page(post: "NotePost", form: NoteChangeForm) -> str:
    return render_template(
        "desk/queue/note_change.html",
        round=post.round,
        submission=post.thread.submission,
        post=post,
        form=form,
        back=_address(post.thread),
    )


def _said(submission: "Submission", form: NoteTextForm) -> dict[str, Any]:
    """What was written, by whom, and who is told."""
    return {
        "text": form.text.data or "",
        "mentions": form.told(_team(submission)),
        "by": current_actor(),
        "base_url": site_address(),
    }


def _address(thread: "NoteThread") -> str:
    return url_for(
        "desk.answer_notes",
        round_slug=thread.round.slug,
        number=thread.submission.number,
        _anchor=f"note-{thread.public_id}",
    )
