"""A group of a meeting: its link, its notes, what it approves."""

from typing import TYPE_CHECKING

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import meeting_address
from consult.blueprints.desk.forms.meetings import GroupForm
from consult.blueprints.desk.presenters.meetings import link_state, note_rows
from consult.blueprints.desk.table_links import keep_table_link, kept_table_link
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.note_form import NoteForm, prompt_words
from consult.domain.meetings.queries import get_group, get_meeting, get_note
from consult.domain.meetings.rules import link_expires_at
from consult.domain.meetings.service import planning
from consult.domain.meetings.service.writing import approve_group, strike_note, write_note
from consult.domain.meetings.types import MeetingState
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.qr import qr_data_uri
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.meetings.models import Meeting, MeetingGroup, MeetingNote


def _group_of_round(round_slug: str, group_id: str) -> "MeetingGroup":
    """A group by public id, where it belongs to the round. Raises ``NotFound``."""
    group = get_group(group_id)
    if group.round.slug != round_slug:
        raise NotFound("group", group_id)
    return group


@bp.get("/rounds/<slug:round_slug>/groups/<pid:group_id>")
@requires(Permission.VIEW_DESK, on=_group_of_round)
def meeting_group(group: "MeetingGroup") -> ResponseReturnValue:
    """What a group noted, and its host's link."""
    return _group_page(group)


def _group_page(group: "MeetingGroup", form: NoteForm | None = None) -> str:
    meeting = group.meeting
    link = kept_table_link(group.access_key)
    return render_template(
        "desk/meetings/group.html",
        round=meeting.round,
        meeting=meeting,
        group=group,
        rows=note_rows(group),
        prompts=[prompt_words(prompt) for prompt in meeting.prompts],
        is_open=meeting.state is MeetingState.OPEN,
        link=link,
        link_picture=qr_data_uri(link) if link else None,
        link_state=link_state(group, now=utc_now()),
        link_ends=link_expires_at(meeting.ends_at),
        form=form or NoteForm(meeting, formdata=None),
    )


@bp.post("/rounds/<slug:round_slug>/meetings/<pid:meeting_id>/groups")
@requires(Permission.MANAGE_MEETINGS, on=get_meeting)
@transactional
def meeting_group_add(meeting: "Meeting") -> ResponseReturnValue:
    """Set up one more table."""
    form = GroupForm()
    try:
        planning.add_group(meeting, host=(form.host.data or "")[:200], by=current_actor())
    except InvalidInput as error:
        too_many = _("A meeting can have 40 groups.")
        flash(too_many if error.reason == "too_many" else _("Nothing was changed."), "warning")
    return redirect(meeting_address(meeting, anchor="groups"))


@bp.post("/rounds/<slug:round_slug>/groups/<pid:group_id>/link")
@requires(Permission.MANAGE_MEETINGS, on=_group_of_round)
@transactional
def meeting_link(group: "MeetingGroup") -> ResponseReturnValue:
    """Make the host's link; one that was made before stops working."""
    token = planning.issue_link(group, by=current_actor())
    keep_table_link(group.access_key, token)
    return redirect(_address(group))


@bp.post("/rounds/<slug:round_slug>/groups/<pid:group_id>/link/revoke")
@requires(Permission.MANAGE_MEETINGS, on=_group_of_round)
@transactional
def meeting_link_revoke(group: "MeetingGroup") -> ResponseReturnValue:
    """Let nobody write by the link any more."""
    planning.revoke_link(group, by=current_actor(), at=utc_now())
    flash(_("The link no longer works. What was written stays."), "success")
    return redirect(_address(group))


@bp.post("/rounds/<slug:round_slug>/groups/<pid:group_id>/notes")
@requires(Permission.MANAGE_MEETINGS, on=_group_of_round)
@transactional
def meeting_note(group: "MeetingGroup") -> ResponseReturnValue:
    """Write a note for the group, from paper for instance."""
    form = NoteForm(group.meeting)
    if not form.validate_on_submit():
        return _group_page(group, form), 422
    try:
        write_note(group, form.note, by=current_actor().reference, received_at=utc_now())
    except InvalidInput as error:
        form.refuse(error, {})
        return _group_page(group, form), 422
    return redirect(_address(group, anchor="notes"))


@bp.post("/rounds/<slug:round_slug>/groups/<pid:group_id>/approve")
@requires(Permission.MANAGE_MEETINGS, on=_group_of_round)
@transactional
def meeting_group_approve(group: "MeetingGroup") -> ResponseReturnValue:
    """Note that the group has heard its notes and agrees."""
    approve_group(group, by=current_actor(), at=utc_now())
    flash(_("It is noted that the group has approved its notes."), "success")
    return redirect(_address(group))


@bp.post("/rounds/<slug:round_slug>/notes/<pid:note_id>/strike")
@requires(Permission.MANAGE_MEETINGS, on=get_note)
@transactional
def meeting_note_strike(note: "MeetingNote") -> ResponseReturnValue:
    """Take a remark back: removed before approval, marked as struck afterwards."""
    group = note.group
    is_removed = group.meeting.state is MeetingState.OPEN
    strike_note(note, by=current_actor(), at=utc_now())
    removed = _("The remark is removed.")
    struck = _("The remark is struck. It is not counted and never quoted.")
    flash(removed if is_removed else struck, "success")
    return redirect(_address(group, anchor="notes"))


def _address(group: "MeetingGroup", *, anchor: str | None = None) -> str:
    return url_for(
        "desk.meeting_group",
        round_slug=group.round.slug,
        group_id=group.public_id,
        _anchor=anchor,
    )
