"""Forms of tables of answers: a file to take in, what its columns hold, registering them."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, SelectField
from wtforms.validators import Optional

from consult.blueprints.desk.forms.intake import kind_choices
from consult.blueprints.shared.forms import Form, member_of
from consult.domain.organisations.types import ActorType


class _KindForm(Form):
    """The kind of senders whose row names none."""

    default_kind = SelectField(
        _l("Kind of sender where the row says nothing"),
        validators=[Optional()],
        description=_l("For example “Private person”, when a whole survey was answered by people."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.default_kind.choices = kind_choices(_("No kind: each row must say it"))

    @property
    def kind(self) -> ActorType | None:
        """The chosen kind."""
        return member_of(ActorType, self.default_kind.data)


class TableForm(_KindForm):
    """A table to take in."""

    file = FileField(
        _l("Table"),
        validators=[FileRequired(_l("Choose a table to import."))],
        render_kw={"accept": ".xlsx,.xls,.ods,.csv,.txt"},
    )


class ColumnsForm(_KindForm):
    """What each column holds; :func:`columns_form` adds the fields."""

    count = 0

    @property
    def columns(self) -> list[str]:
        """The targets of the columns, in order."""
        return [self[f"column_{index}"].data or "" for index in range(self.count)]


def columns_form(
    headings: Sequence[str],
    choices: Sequence[tuple[str, str]],
    *,
    columns: Sequence[str],
    default_kind: ActorType | None,
) -> ColumnsForm:
    """The form for naming the columns of a table, as they are named now."""
    fields: dict[str, Any] = {
        f"column_{index}": SelectField(
            _("What “%(heading)s” holds", heading=heading or _("no heading")),
            choices=dict(choices),
        )
        for index, heading in enumerate(headings)
    }
    stored = {f"column_{index}": column for index, column in enumerate(columns)}
    kind = type("TableColumnsForm", (ColumnsForm,), {**fields, "count": len(headings)})
    form: ColumnsForm = kind(data={**stored, "default_kind": default_kind or ""})
    return form


class RegisterTableForm(Form):
    """The word that the rows become answers."""

    sends_receipt = BooleanField(
        _l("Mail each sender a receipt"),
        description=_l(
            "With every word of the answer and a personal link, where the row has an address."
        ),
    )
    despite_same_file = BooleanField(_l("Register the same file once more"))
