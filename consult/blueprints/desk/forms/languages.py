"""Forms that ask for the same text in every language of a round."""

import json
from collections.abc import Callable, Mapping
from types import new_class
from typing import Any, ClassVar, TypeVar, cast

from flask_babel import gettext as _
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from consult.blueprints.shared.forms import Form
from consult.kernel.ids import content_digest

Makers = Mapping[str, Callable[[], Field]]
F = TypeVar("F", bound="LanguageForm")


def line(*, limit: int = 300) -> StringField:
    """One line of text in one language."""
    return StringField(validators=[Optional(), Length(max=limit)])


def prose(*, limit: int = 20_000) -> TextAreaField:
    """A longer text in one language."""
    return TextAreaField(validators=[Optional(), Length(max=limit)])


def own_words() -> TextAreaField:
    """A few words in one language."""
    return prose(limit=2_000)


class LanguageForm(Form):
    """A form with some fields once per language, such as ``title_nb`` and ``title_nn``.

    Attributes:
        base: Names the texts that the form was opened with.
        languages: The round's languages, in order.
        by_language: Makers of the fields that each language gets, by name.
        required_texts: Names of fields of which at least one language must be filled in.
    """

    base = HiddenField()
    languages: ClassVar[tuple[str, ...]] = ()
    by_language: ClassVar[Makers] = {}
    required_texts: ClassVar[tuple[str, ...]] = ()

    def texts(self, name: str) -> dict[str, str]:
        """What was written in each language."""
        return {language: self[f"{name}_{language}"].data or "" for language in self.languages}

    def overtaken_by(self, stored: Mapping[str, str]) -> dict[str, str]:
        """Other texts that somebody else has saved since this form was opened, by field.

        The form then builds on what they saved: sent once more, it is saved.
        """
        present = state_of(stored)
        opened_with, self.base.data = self.base.data, present
        if not opened_with or opened_with == present:
            return {}
        return {
            name: text
            for name, text in stored.items()
            if name in self and _folded(self[name].data or "") != _folded(text)
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Also ask for at least one language of every required text."""
        is_valid: bool = super().validate(extra_validators)
        for name in self.required_texts:
            if not any(text.strip() for text in self.texts(name).values()):
                first = self[f"{name}_{self.languages[0]}"]
                self.add_error(first, _("Write this in at least one language."))
                is_valid = False
        return is_valid


def _folded(text: str) -> str:
    """A text without what a browser changes on the way: line ends and outer blanks."""
    return text.replace("\r\n", "\n").strip()


def state_of(stored: Mapping[str, object]) -> str:
    """Names what a form was opened with, so that a save in between is noticed."""
    return content_digest(json.dumps(stored, sort_keys=True, default=str).encode())


def in_languages(base: type[F], languages: tuple[str, ...]) -> type[F]:
    """The form with its fields in some languages."""
    fields: dict[str, Any] = {
        f"{name}_{language}": make()
        for name, make in base.by_language.items()
        for language in languages
    }
    return derive(base, {"languages": languages, **fields})


def derive(base: type[F], attributes: Mapping[str, Any]) -> type[F]:
    """A form with further fields, made while the program runs."""
    made = new_class(base.__name__, (base,), exec_body=lambda space: space.update(attributes))
    return cast("type[F]", made)


def stored_texts(**texts: Mapping[str, str] | None) -> dict[str, str]:
    """Stored texts as the data of a form: ``title={"nb": …}`` → ``title_nb``."""
    return {
        f"{name}_{language}": text
        for name, by_language in texts.items()
        for language, text in (by_language or {}).items()
    }
