"""What waits to be checked: mails that came in, and answers that need a decision."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from consult.blueprints.desk import bp
from consult.blueprints.desk.forms.incoming_mail import SetAsideForm
from consult.blueprints.desk.presenters.incoming_mail import (
    can_read_words,
    mail_address,
    problem_tag,
    problem_text,
    state_tag,
)
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.downloads import send_stored
from consult.blueprints.shared.settings import upload_limit_bytes
from consult.domain.intake.errors import IntakeError
from consult.domain.intake.explaining import explain
from consult.domain.intake.mail_queries import get_mail, list_mails
from consult.domain.intake.service.incoming_mail import (
    read_attachment,
    read_text,
    set_aside,
    take_up,
)
from consult.domain.intake.types import MailState
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.decisions import list_undecided_late, list_unread
from consult.kernel.errors import InvalidInput, NotFound
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.intake.models import ImportDraft, IncomingFile, IncomingMail
    from consult.domain.rounds.models import Round


@bp.get("/rounds/<slug:round_slug>/to-check")
@requires(Permission.REGISTER_ANSWER, on=get_round)
def to_check(round_: "Round") -> ResponseReturnValue:
    """What somebody must look at before it counts."""
    return render_template(
        "desk/to_check.html",
        round=round_,
        mails=list_mails(round_.id, MailState.TO_CHECK),
        aside=list_mails(round_.id, MailState.SET_ASIDE),
        unread=list_unread(round_.id),
        late=list_undecided_late(round_.id),
        problem_tag=problem_tag,
    )


@bp.get("/rounds/<slug:round_slug>/to-check/<pid:mail_id>")
@requires(Permission.REGISTER_ANSWER, on=get_mail)
def incoming_mail(mail: "IncomingMail") -> ResponseReturnValue:
    """One mail: who sent it, what came with it, and what to do with it."""
    return _mail_page(mail, SetAsideForm())


def _mail_page(mail: "IncomingMail", form: SetAsideForm) -> str:
    return render_template(
        "desk/incoming_mail.html",
        round=mail.round,
        mail=mail,
        form=form,
        state=state_tag(mail.state),
        is_undecided=mail.state is MailState.TO_CHECK,
        is_aside=mail.state is MailState.SET_ASIDE,
        can_read_words=can_read_words(mail),
        problem_text=problem_text,
    )


@bp.get("/rounds/<slug:round_slug>/to-check/<pid:mail_id>/original")
@requires(Permission.REGISTER_ANSWER, on=get_mail)
def incoming_mail_original(mail: "IncomingMail") -> ResponseReturnValue:
    """The mail as it came."""
    if mail.digest is None:
        raise NotFound("mail", mail.public_id)
    return send_stored(mail.digest, "mail.eml", "message/rfc822")


@bp.get("/rounds/<slug:round_slug>/to-check/<pid:mail_id>/files/<pid:file_id>")
@requires(Permission.REGISTER_ANSWER, on=get_mail)
def incoming_mail_file(mail: "IncomingMail", file_id: str) -> ResponseReturnValue:
    """A file that came with a mail, byte for byte."""
    file = _file_of(mail, file_id)
    if file.digest is None:
        raise NotFound("file", file_id)
    return send_stored(file.digest, file.filename, file.media_type)


@bp.post("/rounds/<slug:round_slug>/to-check/<pid:mail_id>/read")
@requires(Permission.REGISTER_ANSWER, on=get_mail)
@transactional
def incoming_mail_read(mail: "IncomingMail") -> ResponseReturnValue:
    """Read the mail's own words as the answer."""
    return _read(mail, lambda: read_text(mail, **_means()))


@bp.post("/rounds/<slug:round_slug>/to-check/<pid:mail_id>/files/<pid:file_id>/read")
@requires(Permission.REGISTER_ANSWER, on=get_mail)
@transactional
def incoming_mail_file_read(mail: "IncomingMail", file_id: str) -> ResponseReturnValue:
    """Read a file that came with the mail as the answer, in place of the mail's own words."""
    file = _file_of(mail, file_id)
    return _read(mail, lambda: read_attachment(mail, file, **_means()))


def _means() -> dict[str, Any]:
    """Who reads, and what with."""
    return {
        "by": current_actor(),
        "files": current_app.extensions["files"],
        "limit_bytes": upload_limit_bytes(),
    }


def _read(mail: "IncomingMail", read: Callable[[], "ImportDraft"]) -> ResponseReturnValue:
    """To the check of what was read, or back to the mail with what is wrong."""
    try:
        draft = read()
    except IntakeError as error:
        refusal = explain(error)
        flash(_(refusal.problem, **refusal.data), "danger")
        return redirect(mail_address(mail.round.slug, mail.public_id))
    return redirect(
        url_for("desk.intake_import", round_slug=mail.round.slug, import_id=draft.public_id)
    )


def _file_of(mail: "IncomingMail", file_id: str) -> "IncomingFile":
    for file in mail.files:
        if file.public_id == file_id:
            return file
    raise NotFound("file", file_id)


@bp.post("/rounds/<slug:round_slug>/to-check/<pid:mail_id>/set-aside")
@requires(Permission.REGISTER_ANSWER, on=get_mail)
@transactional
def incoming_mail_set_aside(mail: "IncomingMail") -> ResponseReturnValue:
    """Decide that a mail is no answer."""
    form = SetAsideForm()
    if not form.validate_on_submit():
        return _mail_page(mail, form), 422
    try:
        set_aside(mail, reason=form.reason.data or "", by=current_actor())
    except InvalidInput as error:
        form.refuse(error, {})
        return _mail_page(mail, form), 422
    flash(_("The mail is set aside. You find it at the bottom of this page."), "success")
    return redirect(url_for("desk.to_check", round_slug=mail.round.slug))


@bp.post("/rounds/<slug:round_slug>/to-check/<pid:mail_id>/take-up")
@requires(Permission.REGISTER_ANSWER, on=get_mail)
@transactional
def incoming_mail_take_up(mail: "IncomingMail") -> ResponseReturnValue:
    """Put a mail back among those to be checked."""
    take_up(mail, by=current_actor())
    flash(_("The mail waits to be checked again."), "success")
    return redirect(mail_address(mail.round.slug, mail.public_id))
