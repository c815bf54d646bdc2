"""The form of a comment on the paper."""

from collections.abc import Mapping, Sequence
from typing import Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from consult.blueprints.respond.forms import AnswerForm, id_of_window, identity_number_message
from consult.domain.submissions.types import MAX_ANSWER_LENGTH, MOST_COMMENTS
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import excerpt

MARKED = "marked"
"""The choice that stands for the words somebody marked in the paper."""


class CommentForm(AnswerForm):
    """What somebody says of a section, and which words of it they mean.

    Attributes:
        section: Which section, on a page that belongs to none; it can be kept on a phone.
        quote: What was marked in the paper, for such a page.
        window: The name of the open page, made in the browser.
    """

    section = SelectField(
        _l("Which section is it about?"), validators=[InputRequired(_l("Choose a section."))]
    )
    quote = HiddenField()
    window = HiddenField()
    about = RadioField(_l("What is the comment about?"), validators=[Optional()])
    text = TextAreaField(
        _l("Your comment"),
        validators=[
            DataRequired(_l("Write your comment.")),
            Length(max=MAX_ANSWER_LENGTH, message=_l("The comment is too long.")),
        ],
    )
    revision = HiddenField()

    def offer(self, blocks: Sequence[str], marked: str | None) -> Self:
        """Let one choose: the marked words, the whole section, or one of its paragraphs."""
        del self.section, self.quote
        choices = {MARKED: f"«{excerpt(marked, 200)}»"} if marked else {}
        choices[""] = _("The whole section")
        self.about.choices = choices | {
            str(number): f"«{excerpt(block, 80)}»" for number, block in enumerate(blocks)
        }
        return self

    def offer_sections(self, sections: Mapping[str, str]) -> Self:
        """Let one choose the section, all of which the comment is about or what was marked."""
        del self.about
        self.section.choices = {"": _("Choose"), **sections}
        return self

    def keep_to_text(self) -> Self:
        """Leave out what cannot be changed any more."""
        del self.section, self.quote, self.about
        return self

    @property
    def client_id(self) -> str | None:
        """The id that the browser made for the comment, if it looks like one of ours."""
        return id_of_window(self.window)

    @property
    def words(self) -> str:
        """What was written."""
        return str(self.text.data or "")

    @property
    def base_revision(self) -> int:
        """The revision the page was opened with; 0 when it does not say."""
        data = str(self.revision.data or "")
        return int(data) if data.isdecimal() and len(data) < 9 else 0

    def quote_of(self, blocks: Sequence[str], marked: str | None) -> str | None:
        """The words of the paper that the comment is about; ``None`` for the whole section."""
        if "about" not in self:
            return marked
        if self.about.data == MARKED:
            return marked
        return blocks[int(self.about.data)] if self.about.data else None

    def refuse_comment(self, error: InvalidInput) -> None:
        """Show at the text why the comment was not saved."""
        self.refuse(
            InvalidInput("text", error.reason),
            {
                "identity_number": identity_number_message(),
                "empty": _("Write your comment."),
                "too_long": _("The comment is too long."),
                "too_many": _("There is room for %(most)s comments.", most=MOST_COMMENTS),
            },
        )
