"""Writing to those who answered: a question, a letter to many, an answer sent on."""

from typing import TYPE_CHECKING

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.desk import bp
from consult.blueprints.desk.addresses import answer_address
from consult.blueprints.desk.answer_filter import asked_answers
from consult.blueprints.desk.forms.letters import (
    ForwardForm,
    LetterForm,
    QuestionForm,
    ReplyForm,
)
from consult.blueprints.desk.presenters.answers import filter_values
from consult.blueprints.desk.presenters.letters import preview_of
from consult.blueprints.shared.access import requires, transactional
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.settings import site_address
from consult.domain.accounts.queries import names_by_reference
from consult.domain.rounds.queries import get_round
from consult.domain.submissions.letter_queries import (
    MOST_ANSWERS,
    get_letter_copy,
    list_letters,
    mailing_list,
)
from consult.domain.submissions.letters import check_words
from consult.domain.submissions.listing import get_answer
from consult.domain.submissions.service.writing import (
    RecipientsChanged,
    ask_sender,
    forward_answer,
    note_reply,
    write_to_all,
)
from consult.kernel.errors import InvalidInput
from consult.policy import Permission

if TYPE_CHECKING:
    from consult.domain.rounds.models import Round
    from consult.domain.submissions.models import SenderLetterCopy, Submission

_ANSWER = "/rounds/<slug:round_slug>/answers/<number:number>"


@bp.route(f"{_ANSWER}/ask", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def ask_the_sender(submission: "Submission") -> ResponseReturnValue:
    """Ask the sender what was meant, by mail."""
    form = QuestionForm()
    if submission.contact_email is not None and form.validate_on_submit():
        try:
            ask_sender(
                submission,
                form.body.data or "",
                contact=_contact(submission.round),
                by=current_actor(),
                base_url=site_address(),
            )
        except InvalidInput as error:
            form.refuse(error, {})
        else:
            flash(_("The sender is asked by mail."), "success")
            return redirect(answer_address(submission))
    return _form_page("desk/letters/ask.html", submission, form)


@bp.route(f"{_ANSWER}/send-on", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_answer)
@transactional
def send_answer_on(submission: "Submission") -> ResponseReturnValue:
    """Send an answer on to where it belongs, and tell the sender."""
    form = ForwardForm()
    if not submission.is_internal and form.validate_on_submit():
        try:
            forward_answer(
                submission,
                recipient=form.recipient.data or "",
                email=form.email.data or "",
                reason=form.body.data or "",
                tells_sender=bool(form.tells_sender.data),
                contact=_contact(submission.round),
                by=current_actor(),
            )
        except InvalidInput as error:
            form.refuse(error, {})
        else:
            flash(_("The answer is sent on to %(name)s.", name=form.recipient.data), "success")
            return redirect(answer_address(submission))
    return _form_page("desk/letters/forward.html", submission, form)


def _form_page(
    template: str, submission: "Submission", form: QuestionForm | ForwardForm
) -> ResponseReturnValue:
    page = render_template(
        template,
        round=submission.round,
        submission=submission,
        form=form,
        contact=_contact(submission.round),
    )
    return page, 422 if form.errors else 200


@bp.route("/rounds/<slug:round_slug>/letters/<pid:copy_id>/reply", methods=["GET", "POST"])
@requires(Permission.REGISTER_ANSWER, on=get_letter_copy)
@transactional
def letter_reply(copy: "SenderLetterCopy") -> ResponseReturnValue:
    """Note what the sender replied to a letter."""
    form = ReplyForm(data={"reply": copy.reply})
    if form.validate_on_submit():
        try:
            note_reply(copy, form.reply.data or "", by=current_actor())
        except InvalidInput as error:
            form.refuse(error, {})
        else:
            flash(_("The reply is kept with the answer."), "success")
            return redirect(answer_address(copy.submission))
    page = render_template(
        "desk/letters/reply.html",
        round=copy.round,
        submission=copy.submission,
        copy=copy,
        form=form,
    )
    return page, 422 if form.errors else 200


@bp.get("/rounds/<slug:round_slug>/letters")
@requires(Permission.MANAGE_ROUND, on=get_round)
def letters(round_: "Round") -> ResponseReturnValue:
    """The letters that were sent to many."""
    sent = list_letters(round_.id)
    return render_template(
        "desk/letters/list.html",
        round=round_,
        letters=sent,
        names=names_by_reference([letter.created_by for letter, _number in sent]),
    )


@bp.route("/rounds/<slug:round_slug>/letters/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_ROUND, on=get_round)
def new_letter(round_: "Round") -> ResponseReturnValue:
    """Write a letter to the senders in a filter, and see it as the first of them gets it."""
    form = LetterForm()
    if not form.validate_on_submit() or "edit" in request.form:
        shown_again = form.is_submitted() and "edit" not in request.form
        return _letter_page(round_, form), 422 if shown_again else 200
    try:
        check_words(form.words, is_merged=True)
    except InvalidInput as error:
        form.refuse_words(error)
        return _letter_page(round_, form), 422
    return _preview_page(round_, form)


@bp.post("/rounds/<slug:round_slug>/letters/send")
@requires(Permission.MANAGE_ROUND, on=get_round)
@transactional
def send_letter(round_: "Round") -> ResponseReturnValue:
    """Send a letter that was looked at to everybody in its filter."""
    form = LetterForm()
    if not form.validate_on_submit():
        return _letter_page(round_, form), 422
    try:
        sent = write_to_all(
            round_,
            asked_answers(),
            form.words,
            expected=request.form.get("expected", 0, type=int),
            contact=_contact(round_),
            by=current_actor(),
            base_url=site_address(),
        )
    except InvalidInput as error:
        form.refuse_words(error)
        return _letter_page(round_, form), 422
    except RecipientsChanged:
        flash(
            _("Others would get the letter now than when you looked. Nothing was sent."), "warning"
        )
        return _letter_page(round_, form), 409
    text = ngettext(
        "The letter is sent to %(num)d address.", "The letter is sent to %(num)d addresses.", sent
    )
    flash(text, "success")
    return redirect(url_for("desk.letters", round_slug=round_.slug))


def _letter_page(round_: "Round", form: LetterForm) -> str:
    wanted = asked_answers()
    return render_template(
        "desk/letters/new.html",
        round=round_,
        form=form,
        found=mailing_list(round_, wanted),
        most=MOST_ANSWERS,
        address={"round_slug": round_.slug, **filter_values(wanted)},
        wanted=wanted,
    )


def _preview_page(round_: "Round", form: LetterForm) -> str:
    wanted = asked_answers()
    found = mailing_list(round_, wanted)
    return render_template(
        "desk/letters/preview.html",
        round=round_,
        form=form,
        found=found,
        address={"round_slug": round_.slug, **filter_values(wanted)},
        preview=preview_of(form.words, found.recipients[0]) if found.recipients else None,
    )


def _contact(round_: "Round") -> str:
    """Where a sender writes to: the round's contact, else the site's."""
    own = round_.contact.get("email")
    return str(own or current_app.config["SETTINGS"].contact_email)
