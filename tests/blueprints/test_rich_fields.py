"""Rich text in a form: the editor's document, Markdown where there is none, and refusals."""

from werkzeug.datastructures import MultiDict
from wtforms import Form
from wtforms.validators import InputRequired

from consult.blueprints.shared.rich_fields import RichTextField
from consult.kernel.text.rich.codec import to_json
from consult.kernel.text.rich.markdown import from_markdown
from consult.kernel.text.rich.types import EMPTY


class Section(Form):
    text = RichTextField("Text", validators=[InputRequired()])
    note = RichTextField("Note")


TEXT = from_markdown("## Svar\n\n[Ja]{e:p1}")


def test_shows_what_stands_there_in_both_forms():
    form = Section(data={"text": TEXT})
    assert "[Ja]{e:p1}" in form.text()
    assert form.text.document == to_json(TEXT)
    assert form.note.data == EMPTY


def test_the_editors_document_goes_before_markdown():
    sent = MultiDict({"text": "gammelt", "text-json": to_json(TEXT)})
    form = Section(sent)
    assert form.validate()
    assert form.text.data == TEXT
    assert Section(MultiDict({"text-json": to_json(TEXT)})).validate()


def test_without_scripts_markdown_is_read():
    form = Section(MultiDict({"text": "## Svar\n\n[Ja]{e:p1}", "note": ""}))
    assert form.validate()
    assert form.text.data == TEXT
    assert form.note.data == EMPTY


def test_what_is_empty_or_no_document_is_refused_at_the_field():
    for sent in ({}, {"text": "  "}, {"text-json": to_json(EMPTY)}, {"text-json": "{}"},
                 {"text-json": '{"type":"doc","content":[{"type":"script"}]}'}):  # fmt: skip
        form = Section(MultiDict(sent))
        assert not form.validate()
        assert form.errors.keys() == {"text"}
