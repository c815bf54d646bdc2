"""The forms that ask for a document and that freeze what it is built from."""

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from consult.blueprints.desk.presenters.documents import LANGUAGES
from consult.blueprints.shared.context import format_moment
from consult.blueprints.shared.forms import Form
from consult.domain.documents.service.freezing import MAX_NAME_LENGTH, MAX_REASON_LENGTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from consult.domain.documents.models import Snapshot

AS_OF_NOW = "now"
"""The choice of the data as they are today."""

NOT_NOW = "none"
"""The choice of building nothing."""

_OFFERED = 3
"""Snapshots to choose from at once; older ones have a page each."""


class SummaryForm(Form):
    """From which data, and in which language to build; each language is named in itself."""

    snapshot = RadioField(_l("Data to build from"), validate_choice=False, default=AS_OF_NOW)
    locale = RadioField(
        _l("Language of the summary"),
        choices=LANGUAGES,
        validators=[InputRequired(_l("Choose a language."))],
    )

    def offer(self, snapshots: "Sequence[Snapshot]") -> "SummaryForm":
        """Fill in the newest snapshots and the data of today; the newest one is chosen."""
        self.snapshot.choices = {
            **{one.public_id: frozen_words(one) for one in snapshots[:_OFFERED]},
            AS_OF_NOW: _("The data as they are now: freeze them first"),
        }
        if not self.is_submitted() and snapshots:
            self.snapshot.data = snapshots[0].public_id
        return self


class FreezeForm(Form):
    """Under which name the data are frozen, why, and whether a summary is built at once."""

    name = StringField(
        _l("Name"),
        validators=[Length(max=MAX_NAME_LENGTH, message=_l("Use at most 120 characters."))],
        description=_l("Documents and lists call the data by this name."),
    )
    reason = TextAreaField(
        _l("Why the figures shall rest on these data"),
        validators=[Length(max=MAX_REASON_LENGTH, message=_l("Use at most 500 characters."))],
        description=_l(
            "Data were frozen before. The reason is printed in documents and kept in the log."
        ),
    )
    locale = RadioField(_l("Build a summary at once?"), default=NOT_NOW)

    def offer(self) -> "FreezeForm":
        """Fill in the languages, each named in itself."""
        self.locale.choices = {NOT_NOW: _("No, not now"), **LANGUAGES}
        return self

    @property
    def summary_locale(self) -> str:
        """The language of the summary to build at once; empty for none."""
        return "" if self.locale.data == NOT_NOW else str(self.locale.data)


def frozen_words(snapshot: "Snapshot") -> str:
    """A snapshot by its name and the moment it was taken."""
    return str(
        _("%(name)s, frozen %(moment)s",
          name=snapshot.name, moment=format_moment(snapshot.taken_at))
    )  # fmt: skip
