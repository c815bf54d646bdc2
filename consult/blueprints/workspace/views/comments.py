"""Comments in threads beside the draft."""

from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.site import base_url
from consult.blueprints.workspace.forms.cases import StepForm
from consult.blueprints.workspace.forms.comments import ChangeForm, ReplyForm, ThreadForm
from consult.blueprints.workspace.loading import (
    DraftPlace,
    draft_of,
    draft_place,
    place_of,
    thread_at,
)
from consult.blueprints.workspace.presenters.comments import threads_by_part
from consult.blueprints.workspace.presenters.drafting import label_of
from consult.blueprints.workspace.presenters.rooms import room_tabs
from consult.blueprints.workspace.routes import written
from consult.domain.composing.queries import get_part, list_parts
from consult.domain.composing.service.discussing import (
    can_change,
    change_comment,
    open_thread,
    reopen,
    reply,
    resolve,
)
from consult.domain.composing.sources import find_hearings, get_sources
from consult.domain.composing.threads import get_post, list_mentionable, list_threads
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission, can

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.domain.coding.models import Passage
    from consult.domain.composing.models import CommentThread, Composition, Part
    from consult.domain.organisations.models import Membership

_PLACE = "/draft/comments"
_SHOWN = {"open": True, "resolved": False, "all": None}
"""Which discussions a page shows, and whether those are open."""


@written(_PLACE)
@requires(Permission.VIEW_WORKSPACE, on=draft_place)
def comments(place: DraftPlace) -> ResponseReturnValue:
    """What is discussed beside the draft, part by part."""
    return _page(place)


@written(f"{_PLACE}/new", methods=["GET", "POST"])
@requires(Permission.DISCUSS_RESPONSE, on=draft_of)
@transactional
def comment_new(composition: "Composition") -> ResponseReturnValue:
    """Begin a discussion at a part, at words of it, or at a passage beside it."""
    members, parts = _members(composition), list_parts(composition.id)
    form = ThreadForm(
        data={name: request.args.get(name, "") for name in ("part", "quote", "passage")}
    )
    form.offer(members, besides=current_actor().person_id)
    form.part.choices = [(part.key, label_of(part).text) for part in parts]
    passage = _passage(composition, parts, form.passage.data)
    if not form.validate_on_submit() or not _open(composition, form, members, passage):
        page = render_template(
            "workspace/review/comment_new.html",
            organisation=composition.organisation,
            round=composition.round,
            form=form,
            passage=passage,
        )
        return page, 422 if form.is_submitted() else 200
    flash(_("Your comment is there for all who work on the draft."), "success")
    return redirect(address(composition, part=str(form.part.data)))


@written(f"{_PLACE}/<pid:thread_id>/reply", methods=["POST"])
@requires(Permission.DISCUSS_RESPONSE, on=thread_at)
@transactional
def comment_reply(thread: "CommentThread") -> ResponseReturnValue:
    """Say something in a discussion."""
    composition = thread.part.composition
    members = _members(composition)
    form = _reply_form(thread, members)
    form.process(request.form)
    if not form.validate_on_submit():
        place = place_of(composition)
        return _page(place, refused=form, at=thread.public_id), 422
    reply(
        thread,
        str(form.text.data),
        mentions=form.mentioned(members),
        base_url=base_url(),
        by=current_actor(),
    )
    return redirect(_place_of(thread))


@written(f"{_PLACE}/<pid:thread_id>/<any(resolve, reopen):step>", methods=["POST"])
@requires(Permission.DISCUSS_RESPONSE, on=thread_at)
@transactional
def comment_step(thread: "CommentThread", step: str) -> ResponseReturnValue:
    """Put a discussion aside, or take it up again."""
    if StepForm().validate_on_submit():
        if step == "resolve":
            resolve(thread, by=current_actor())
            flash(_("The discussion is resolved. You find it under “Resolved”."), "success")
        else:
            reopen(thread, by=current_actor())
            flash(_("The discussion is open again."), "success")
    return redirect(address(thread.part.composition))


@written(f"{_PLACE}/posts/<pid:post_id>", methods=["GET", "POST"])
@requires(Permission.DISCUSS_RESPONSE, on=draft_of)
@transactional
def comment_change(composition: "Composition", post_id: str) -> ResponseReturnValue:
    """Say one's own comment otherwise, shortly after it was written."""
    post = get_post(composition.id, post_id)
    if not can_change(post, by=current_actor(), now=utc_now()):
        flash(_("Only your own comments can be changed, and only for ten minutes."), "warning")
        return redirect(_place_of(post.thread))
    form = ChangeForm(obj=post)
    if not form.validate_on_submit():
        page = render_template(
            "workspace/review/comment_change.html",
            organisation=composition.organisation,
            round=composition.round,
            form=form,
            post=post,
        )
        return page, 422 if form.is_submitted() else 200
    change_comment(post, str(form.text.data), by=current_actor())
    return redirect(_place_of(post.thread))


def address(composition: "Composition", **values: Any) -> str:
    """The page of a draft's comments."""
    return url_for(
        "workspace.comments",
        organisation=composition.organisation.slug,
        round_slug=composition.round.slug,
        **values,
    )


def _place_of(thread: "CommentThread") -> str:
    anchor = f"thread-{thread.public_id}"
    return address(thread.part.composition, show="all", _anchor=anchor)


def _page(place: DraftPlace, *, refused: ReplyForm | None = None, at: str = "") -> str:
    """The page; the form that was refused in place of a fresh one, at the thread ``at``."""
    composition, actor = place.composition, current_actor()
    show, part_key = request.args.get("show", "open"), request.args.get("part") or None
    if show not in _SHOWN or at:
        show = "all" if at else "open"
    parts = list_parts(composition.id) if composition else []
    threads = list_threads(composition.id) if composition else []
    wanted = [
        one
        for one in threads
        if _SHOWN[show] in (None, one.is_open) and part_key in (None, one.part.key)
    ]
    forms = {}
    if composition and can(actor, Permission.DISCUSS_RESPONSE, composition):
        forms = _reply_forms(wanted, _members(composition))
    if refused is not None:
        forms[at] = refused
    return render_template(
        "workspace/review/comments.html",
        organisation=place.organisation,
        round=place.round,
        rooms=room_tabs(place.organisation, place.round, place.kind),
        composition=composition,
        groups=threads_by_part(wanted, actor=actor, now=utc_now()),
        counts=_counts(threads),
        parts=[(part.key, label_of(part)) for part in parts],
        show=show,
        part_key=part_key,
        forms=forms,
        refused=refused,
    )


def _reply_forms(
    threads: "Sequence[CommentThread]", members: "Sequence[Membership]"
) -> dict[str, ReplyForm]:
    """A form for each discussion, by its public id."""
    return {one.public_id: _reply_form(one, members) for one in threads}


def _reply_form(thread: "CommentThread", members: "Sequence[Membership]") -> ReplyForm:
    """An empty reply whose fields are told from those of the page's other replies.

    The page's own token guards it: one with a prefix would be another.
    """
    form = ReplyForm(formdata=None, prefix=thread.public_id, meta={"csrf": False})
    return form.offer(members, besides=current_actor().person_id)


def _counts(threads: "Sequence[CommentThread]") -> dict[str, int]:
    is_open = [one.is_open for one in threads]
    return {"open": sum(is_open), "resolved": len(is_open) - sum(is_open), "all": len(is_open)}


def _members(composition: "Composition") -> "Sequence[Membership]":
    return list_mentionable(composition.organisation_id, now=utc_now())


def _passage(
    composition: "Composition", parts: "Sequence[Part]", public_id: str | None
) -> "Passage | None":
    """The passage that a comment is about. Raises ``NotFound`` for none of the draft's own."""
    if not public_id:
        return None
    return get_sources(find_hearings(composition, parts), [public_id])[0]


def _open(
    composition: "Composition",
    form: ThreadForm,
    members: "Sequence[Membership]",
    passage: "Passage | None",
) -> bool:
    """Begin the discussion; says whether it was begun."""
    try:
        open_thread(
            get_part(composition, str(form.part.data)),
            str(form.text.data),
            quote=form.quote.data or "",
            passage=passage,
            mentions=form.mentioned(members),
            base_url=base_url(),
            by=current_actor(),
        )
    except InvalidInput as error:
        form.refuse(error, {"not_there": _("These words do not stand in that part.")})
        return False
    return True
