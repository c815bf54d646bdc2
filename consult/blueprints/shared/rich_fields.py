"""A form field for rich text: Markdown without scripts, the editor's JSON with them."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from wtforms import TextAreaField
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from consult.kernel.text.rich.codec import from_json, to_json
from consult.kernel.text.rich.errors import InvalidRichText, RichTextTooLarge
from consult.kernel.text.rich.markdown import from_markdown, to_markdown
from consult.kernel.text.rich.types import EMPTY, RichText


class RichTextField(TextAreaField):
    """Its ``data`` is a :class:`RichText`; show it with ``rich_text`` of components/rich.html."""

    data: Any

    def process(
        self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None
    ) -> None:
        """Read what was sent: the editor's document where there is one, else the Markdown."""
        self._sent = formdata.get(self.json_name) if formdata is not None else None
        super().process(formdata, data, extra_filters)
        if self.data is None:
            self.data = EMPTY

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Set ``data``; words that cannot be read become an error at the field."""
        if self._sent:
            self.raw_data = [self._sent]
        try:
            if self._sent:
                self.data = from_json(self._sent)
            elif valuelist:
                self.data = from_markdown(valuelist[0])
        except RichTextTooLarge as error:
            raise ValueError(_("The text is too long, or its lists nest too deeply.")) from error
        except InvalidRichText as error:
            raise ValueError(
                _("The text could not be read. Reload the page and try again.")
            ) from error

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 -- the library's signature
        """Refuse an empty text where one is required."""
        if self.flags.required and isinstance(self.data, RichText) and self.data.is_empty:
            raise StopValidation(_("Write something here."))

    @property
    def json_name(self) -> str:
        """The name that the editor's document is sent under."""
        return f"{self.name}-json"

    @property
    def document(self) -> str:
        """What the editor begins with."""
        return to_json(self.data)

    def _value(self) -> str:
        return to_markdown(self.data)
