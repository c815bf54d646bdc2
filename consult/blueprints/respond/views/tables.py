"""The table host's page: writing what a group says, on a phone and without an account.

A form with ``data-offline-form`` may be kept on the phone and posted later, any number of times:
``client_id`` tells that it is the same note, ``written_at`` when it was written. A phone that sends
behind the page is answered as by the question page's autosave (assets/modules/sending.js).
"""

from typing import TYPE_CHECKING

from flask import flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf

from consult.blueprints.respond import bp
from consult.blueprints.respond.forms import ConfirmForm
from consult.blueprints.respond.table_forms import TableNoteForm
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import remember_key
from consult.blueprints.shared.secret_links import exchange_secret, forget_secret, held_secret
from consult.blueprints.shared.sessions import is_background
from consult.domain.accounts.types import Actor
from consult.domain.meetings.errors import MeetingClosed
from consult.domain.meetings.queries import find_group_by_link, get_group
from consult.domain.meetings.rules import link_expires_at
from consult.domain.meetings.service.writing import approve_group, strike_note, write_note
from consult.domain.meetings.types import WORDING_LABELS, MeetingState
from consult.extensions import limiter
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.meetings.models import MeetingGroup


def _table(public_id: str) -> "MeetingGroup":
    """The group by public id. Raises ``NotFound``."""
    return get_group(public_id)


@bp.get("/table-link/<token>")
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
def table_link(token: str) -> ResponseReturnValue:
    """Lead a table host to the page that opens the notes, at an address without the secret."""
    return exchange_secret(token, "respond.open_table")


@bp.route("/table-link/held/<pid:held>", methods=["GET", "POST"])
@requires(Permission.VIEW_SITE)
@limiter.limit("60 per minute")
def open_table(held: str) -> ResponseReturnValue:
    """Open a group's notes in this browser, on a press of the button."""
    group = find_group_by_link(held_secret(held))
    if group is None or not group.is_link_live(utc_now()):
        return render_template("respond/table_link_unknown.html"), 404
    form = ConfirmForm()
    if not form.validate_on_submit():
        page = render_template(
            "respond/table_link.html",
            form=form,
            held=held,
            group=group,
            meeting=group.meeting,
            ends=link_expires_at(group.meeting.ends_at),
        )
        return page, 422 if form.is_submitted() else 200
    remember_key(group.access_key)
    forget_secret(held)
    return redirect(_address(group))


@bp.get("/table/<pid:public_id>")
@requires(Permission.WRITE_NOTES, on=_table)
def table(group: "MeetingGroup") -> ResponseReturnValue:
    """What the group has noted, and a field for the next remark."""
    return _page(group, TableNoteForm(group.meeting, formdata=None))


@bp.post("/table/<pid:public_id>/notes")
@requires(Permission.WRITE_NOTES, on=_table)
@limiter.limit("120 per minute")
@transactional
def table_note(group: "MeetingGroup") -> ResponseReturnValue:
    """Store a note once, however often it is posted."""
    form = TableNoteForm(group.meeting)
    if not form.validate_on_submit():
        return _refusal(group, form)
    try:
        write_note(group, form.note, by=group.reference, received_at=utc_now())
    except InvalidInput as error:
        form.refuse(error, {})
        return _refusal(group, form)
    except MeetingClosed:
        form.form_errors.append(
            _("The notes of this meeting are approved. This one came too late and is not stored.")
        )
        return _refusal(group, form, 409)
    if is_background():
        return jsonify(saved_at=utc_now().isoformat())
    # The next remark is often about the same thing.
    return redirect(_address(group, prompt=form.prompt.data or None, anchor="write"))


@bp.post("/table/<pid:public_id>/notes/<pid:note_id>/remove")
@requires(Permission.WRITE_NOTES, on=_table)
@transactional
def table_note_remove(group: "MeetingGroup", note_id: str) -> ResponseReturnValue:
    """Take a remark out before the notes are approved, because somebody asks for it."""
    note = next((one for one in group.notes if one.public_id == note_id), None)
    if (
        ConfirmForm().validate_on_submit()
        and note is not None
        and group.meeting.state is MeetingState.OPEN
    ):
        strike_note(note, by=_host(group), at=utc_now())
        flash(_("The remark is removed."), "success")
    return redirect(_address(group))


@bp.post("/table/<pid:public_id>/approve")
@requires(Permission.WRITE_NOTES, on=_table)
@transactional
def table_approve(group: "MeetingGroup") -> ResponseReturnValue:
    """Note that the notes were read aloud and the group agrees."""
    if ConfirmForm().validate_on_submit() and group.notes:
        try:
            approve_group(group, by=_host(group), at=utc_now())
        except MeetingClosed:
            return redirect(_address(group))
        flash(_("Thank you. The group has approved its notes."), "success")
    return redirect(_address(group))


def _host(group: "MeetingGroup") -> Actor:
    """Whoever writes by the link, for the log: the table, for nobody signed in."""
    return Actor(reference=group.reference, person_id=None, name="")


def _page(group: "MeetingGroup", form: TableNoteForm) -> str:
    meeting = group.meeting
    return render_template(
        "respond/table.html",
        group=group,
        meeting=meeting,
        round=meeting.round,
        form=form,
        is_open=meeting.state is MeetingState.OPEN,
        ends=link_expires_at(meeting.ends_at),
        wordings=WORDING_LABELS,
        confirm=ConfirmForm(formdata=None),
    )


def _refusal(group: "MeetingGroup", form: TableNoteForm, status: int = 422) -> ResponseReturnValue:
    """The same page with what is wrong; for a phone that sends behind the page, what it is."""
    if not is_background():
        return _page(group, form), status
    if form.token_is_old:
        return jsonify(error="token", csrf_token=generate_csrf()), 422
    return jsonify(error="refused", reason=form.reason), status


def _address(group: "MeetingGroup", *, prompt: str | None = None, anchor: str | None = None) -> str:
    return url_for("respond.table", public_id=group.public_id, prompt=prompt, _anchor=anchor)
