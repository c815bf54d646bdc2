"""Forms that ask for the same text in every language of a round."""

from collections.abc import Callable, Mapping
from types import new_class
from typing import Any, ClassVar, TypeVar, cast

from flask_babel import gettext as _
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import Length, Optional

from consult.blueprints.desk.forms.guarding import GuardedForm

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


class LanguageForm(GuardedForm):
    """A form with some fields once per language, such as ``title_nb`` and ``title_nn``.

    Attributes:
        languages: The round's languages, in order.
        by_language: Makers of the fields that each language gets, by name.
        required_texts: Names of fields of which at least one language must be filled in.
    """

    languages: ClassVar[tuple[str, ...]] = ()
    by_language: ClassVar[Makers] = {}
    required_texts: ClassVar[tuple[str, ...]] = ()

    def texts(self, name: str) -> dict[str, str]:
        """What was written in each language."""
        return {language: self[f"{name}_{language}"].data or "" for language in self.languages}

    def validate(self, extra_validators: Any = None) -> bool:
        """Also ask for at least one language of every required text."""
        is_valid: bool = super().validate(extra_validators)
        for name in self.required_texts:
            if not any(text.strip() for text in self.texts(name).values()):
                first = self[f"{name}_{self.languages[0]}"]
                self.add_error(first, _("Write this in at least one language."))
                is_valid = False
        return is_valid


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
