"""The form for a ZIP of documents."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from consult.blueprints.shared.forms import Form


class ArchiveForm(Form):
    """A ZIP to take in."""

    file = FileField(
        _l("ZIP file"),
        validators=[FileRequired(_l("Choose a ZIP file."))],
        render_kw={"accept": ".zip"},
    )
