"""What the field renderers promise: optional fields marked, no text cut, content escaped."""

import pytest
from flask import Flask, render_template_string
from markupsafe import escape
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, RadioField, StringField, TextAreaField, validators

FROM = '{% from "components/fields.html" import render_field %}'


class Point(Form):
    """One point of an answer."""

    text = StringField("Punkt", validators=[validators.InputRequired("Skriv punktet")])


class Sample(Form):
    """Fields whose rendering is checked below."""

    name = StringField("Navn", validators=[validators.InputRequired()])
    nickname = StringField("Kallenavn")
    text = TextAreaField("Svar", validators=[validators.Length(max=100)])
    stance = RadioField("Standpunkt", choices={"a": "Ja", "b": "Nei"})
    points = FieldList(FormField(Point), min_entries=2)


@pytest.fixture
def render(gallery_app: Flask):
    def _render(source: str, **context: object) -> str:
        with gallery_app.test_request_context():
            return render_template_string(FROM + source, **context)

    return _render


def test_only_optional_fields_are_marked(render) -> None:
    form = Sample()
    assert "(optional)" not in render("{{ render_field(form.name) }}", form=form)
    assert "(optional)" in render("{{ render_field(form.nickname) }}", form=form)
    assert "(optional)" not in render(
        "{{ render_field(form.nickname, optional=false) }}", form=form
    )


def test_a_limit_is_counted_and_never_cuts_what_is_pasted(render) -> None:
    html = render("{{ render_field(form.text) }}", form=Sample())
    assert "maxlength" not in html
    assert 'data-limit="100"' in html
    assert 'aria-describedby="text-count"' in html


def test_what_people_wrote_is_escaped(render) -> None:
    form = Sample(MultiDict({"name": '<script>"'}))
    html = render("{{ render_field(form.name, help=help) }}", form=form, help="<b>")
    assert "<script>" not in html
    assert str(escape("<b>")) in html


def test_the_chosen_answer_is_checked(render) -> None:
    html = render("{{ render_field(form.stance) }}", form=Sample(MultiDict({"stance": "b"})))
    assert html.count(" checked") == 1
    assert html.index('value="b"') < html.index(" checked")


def test_the_label_can_be_the_heading_of_the_page(render) -> None:
    for name in ("name", "text", "stance"):
        html = render("{{ render_field(form[name], heading=true) }}", form=Sample(), name=name)
        assert html.count("<h1") == 1


def test_the_error_summary_reaches_into_lists_of_forms(render) -> None:
    form = Sample(MultiDict({"points-0-text": "", "points-1-text": "Åpent på lørdag"}))
    form.validate()
    html = render(
        '{% from "components/forms.html" import error_summary %}{{ error_summary(form) }}',
        form=form,
    )
    assert '<a href="#points-0-text">Skriv punktet</a>' in html
    assert "points-1-text" not in html
