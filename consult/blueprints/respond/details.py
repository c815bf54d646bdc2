"""Answering a form beside the questions: on a page, or to a phone that sends what it kept."""

from flask import jsonify, redirect
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from consult.blueprints.respond.forms import AnswerForm, DetailsForm
from consult.blueprints.respond.keeping import is_autosave
from consult.kernel.clock import utc_now


def tell_saved(stored: DetailsForm, *, then: str) -> ResponseReturnValue:
    """Lead on to ``then``; a script is told what is stored now."""
    if is_autosave():
        return jsonify(revision=stored.content_digest, saved_at=utc_now().isoformat())
    return redirect(then)


def show_unsaved(form: AnswerForm, page: str) -> ResponseReturnValue:
    """Show the form: for the first time, or with what is wrong; a script is told only that."""
    if not form.is_submitted():
        return page
    status = 409 if isinstance(form, DetailsForm) and form.is_outdated else 422
    if not is_autosave():
        return page, status
    token = {"csrf_token": generate_csrf()} if form.token_is_old else {}
    return jsonify(error="unsaved", **token), status
