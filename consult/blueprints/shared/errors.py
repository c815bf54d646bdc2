"""Errors to pages, in one place: what happened, what was kept, what to do."""

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from consult.domain.files.errors import FileHeld, FileQuarantined
from consult.kernel.errors import Conflict, NotFound


def _page(status: int, title: str, text: str, advice: str) -> ResponseReturnValue:
    body = render_template("shared/error.html", title=title, text=text, advice=advice)
    return body, status


def _not_found(_error: Exception) -> ResponseReturnValue:
    return _page(
        404,
        _("We did not find this page"),
        _("The address may be mistyped, the page may have moved, or it is not open to you."),
        _("Check the address, or go to the front page and look from there."),
    )


def _csrf(_error: CSRFError) -> ResponseReturnValue:
    return _page(
        400,
        _("The page had been open for too long"),
        _("Nothing was sent, and nothing that was saved before has changed."),
        _("Go back, copy what you have written if it is long, load the page again and send it."),
    )


def _conflict(_error: Conflict) -> ResponseReturnValue:
    return _page(
        409,
        _("This was changed in the meantime"),
        _("Somebody else, or you in another window, changed it. Your step was not carried out."),
        _("Go back, load the page again and look at how it stands now."),
    )


def _held(_error: FileHeld) -> ResponseReturnValue:
    return _page(
        409,
        _("The file is being checked for viruses"),
        _("Nobody can download it before that. It is kept safe."),
        _("Try again in a few minutes."),
    )


def _quarantined(_error: FileQuarantined) -> ResponseReturnValue:
    return _page(
        409,
        _("There is a virus in this file"),
        _("The file is kept apart, and nobody can download it. The answer itself is not touched."),
        _("If it is yours, send a clean copy. Otherwise ask the sender for one."),
    )


def _too_large(_error: Exception) -> ResponseReturnValue:
    return _page(
        413,
        _("The file is too large"),
        _("Nothing of it was kept. The limit is %(limit)s MB.",
          limit=current_app.config["SETTINGS"].upload_limit_mb),
        _("Send a smaller file, or split it into parts."),
    )  # fmt: skip


def _too_many(_error: Exception) -> ResponseReturnValue:
    return _page(
        429,
        _("That was a lot at once"),
        _("We got very many requests from your network and need a short break."),
        _("Wait a minute and try again. What you have saved is safe."),
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    return _page(
        error.code or 500,
        _("We could not do that"),
        _("Your browser asked for something that this page does not do. Nothing was changed."),
        _("Go back and try another way."),
    )


def _failure(error: Exception) -> ResponseReturnValue:
    # The rule, not the address: addresses can hold the secret of a personal link.
    current_app.logger.error("%s %s failed", request.method, request.url_rule, exc_info=error)
    busy = isinstance(error, OperationalError)
    return _page(
        503 if busy else 500,
        _("Something went wrong on our side"),
        _("What you saved before this is safe. Your last step was not carried out."),
        _("Go back and try again in a moment. If it happens again, please tell us."),
    )


def register_errors(app: Flask) -> None:
    """Answer errors with pages in the reader's language."""
    app.register_error_handler(NotFound, _not_found)
    app.register_error_handler(404, _not_found)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Conflict, _conflict)
    app.register_error_handler(FileHeld, _held)
    app.register_error_handler(FileQuarantined, _quarantined)
    app.register_error_handler(413, _too_large)
    app.register_error_handler(429, _too_many)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failure)
