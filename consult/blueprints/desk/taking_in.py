"""Taking in a file that holds several answers, and saying why it is not taken."""

from collections.abc import Callable
from typing import TypeVar

from flask_babel import gettext as _

from consult.blueprints.shared.forms import Form
from consult.blueprints.shared.screening import screen_upload
from consult.domain.intake.errors import IntakeError, OversizedFile
from consult.domain.intake.explaining import INFECTED, Explanation
from consult.kernel.errors import InvalidInput

T = TypeVar("T")


def take_in(
    form: Form,
    begin: Callable[[bytes, str], T],
    explain: Callable[[IntakeError], Explanation],
) -> tuple[T | None, int]:
    """What was begun with the uploaded file; or nothing, the status, and the reason at its field.

    Where the round takes no answers there is no reason: the page says so where the form would be.
    """
    upload = form.file.data
    try:
        screen_upload(upload.stream)
        return begin(upload.read(), upload.filename), 200
    except IntakeError as error:
        refusal = explain(error)
        form.add_error(form.file, f"{_(refusal.problem, **refusal.data)} {_(refusal.advice)}")
        return None, 413 if isinstance(error, OversizedFile) else 422
    except InvalidInput as error:
        if error.field == "file":
            form.add_error(form.file, _(INFECTED))
        return None, 422
