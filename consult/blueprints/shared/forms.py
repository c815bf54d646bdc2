"""The base of forms: shape is checked here, rules are checked by the services."""

from enum import StrEnum
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_wtf import FlaskForm
from wtforms import Field

from consult.kernel.errors import InvalidInput

E = TypeVar("E", bound=StrEnum)


class Form(FlaskForm):
    """A form with a CSRF token whose built-in messages come in the reader's language."""

    class Meta(FlaskForm.Meta):
        """Message translations follow the interface language, falling back to English."""

        locales = False

    def add_error(self, field: Field, message: str) -> None:
        """Put a message at a field, as a service's refusal."""
        field.errors = [*field.errors, message]

    def refuse(self, error: InvalidInput, messages: dict[str, str]) -> None:
        """Show a service's :class:`InvalidInput` at the field it names, or at the first field.

        Args:
            error: What the service refused.
            messages: Ready sentences by the error's ``reason``.
        """
        fields: list[Any] = [field for field in self if field.type != "CSRFTokenField"]
        named = [field for field in fields if field.short_name == error.field]
        text = messages.get(error.reason) or _refusal(error.reason)
        self.add_error((named or fields)[0], text)


def member_of(kind: type[E], value: str | None) -> E | None:
    """The member of a code list with this value; ``None`` where there is none.

    For what a page that shows a refused form again needs to know of it.
    """
    try:
        return kind(value or "")
    except ValueError:
        return None


def _refusal(reason: str) -> str:
    """What is said of a refused value where its form has no words of its own."""
    message: str = (
        _(
            "There is a national identity number (11 digits) in this field. We never store those. "
            "Take it out and try again; everything else is still here."
        )
        if reason == "identity_number"
        else _("This value cannot be used. Nothing was saved.")
    )
    return message
