"""A gallery of every component and layout with invented content: python scripts/gallery.py [port].

For developers, and for tests/templates: the pages are the real templates with stand-ins for what
the application provides (routes, the actor, the language). Build the assets first (make assets).
"""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, flash, render_template, request, url_for
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    Form,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
)

from consult.blueprints.shared.rich_fields import RichTextField
from consult.kernel.text.rich.differences import compare
from consult.kernel.text.rich.markdown import from_markdown
from consult.kernel.text.rich.showing import content_html, to_html

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "components",
    "front",
    "round",
    "sign_in",
    "tasks",
    "question",
    "question_errors",
    "check",
    "receipt",
    "desk",
    "matrix",
    "coding",
    "rich_text",
    "admin",
)
TAG_COLORS = (
    "blue",
    "green",
    "orange",
    "purple",
    "red",
    "teal",
    "yellow",
    "pink",
    "brown",
    "grey",
    "indigo",
    "lime",
)
DESK_PAGES = (
    "overview",
    "answers",
    "queue",
    "intake",
    "meetings",
    "review",
    "search",
    "coding",
    "codebook",
    "matrix",
    "proposals",
    "documents",
    "follow_up",
    "setup",
)
STANCES = {
    "support": "Støtter forslaget",
    "partly": "Støtter delvis",
    "oppose": "Støtter ikke",
    "none": "Ingen merknader",
}


class QuestionForm(Form):
    """One question of an answer, as the respond pages ask it."""

    revision = HiddenField(default="7")
    stance = RadioField(
        "Hva mener dere?", choices=STANCES, validators=[validators.InputRequired("Velg ett svar")]
    )
    reason = TextAreaField(
        "Hvorfor?", validators=[validators.Optional(), validators.Length(max=4000)]
    )


class DraftForm(Form):
    """A section of a hearing response, as the drafting table asks for it."""

    text = RichTextField("Vårt svar", validators=[validators.InputRequired()])


class EveryField(Form):
    """One field of each kind."""

    name = StringField(
        "Navn", description="Slik det skal stå i svaret", validators=[validators.InputRequired()]
    )
    email = EmailField("E-post", validators=[validators.InputRequired("Skriv en e-postadresse")])
    members = IntegerField("Hvor mange medlemmer har dere?")
    held_on = DateField("Når hadde dere møtet?", validators=[validators.Optional()])
    kind = SelectField(
        "Hvem er dere?",
        choices={"": "Velg", "council": "Brukerutvalg", "union": "Fagforening"},
    )
    channels = SelectMultipleField(
        "Hvordan vil dere ha beskjed?",
        choices={"mail": "E-post", "letter": "Brev", "sms": "SMS"},
        validators=[validators.Optional()],
    )
    text = TextAreaField(
        "Hva vil dere si?", validators=[validators.InputRequired(), validators.Length(max=500)]
    )
    attachment = FileField("Vedlegg", description="PDF, Word eller OpenDocument, inntil 20 MB")
    agreed = BooleanField("Vi har behandlet svaret i et møte")


def create_gallery() -> Flask:
    """The gallery as a Flask application."""
    app = Flask("gallery", static_folder=str(ROOT / "consult" / "static"))
    app.config["TEMPLATES_AUTO_RELOAD"] = True
    app.secret_key = "only for the gallery"  # noqa: S105 -- guards nothing
    _set_up_templates(app)
    for endpoint, rule in _STAND_INS.items():
        app.add_url_rule(rule, endpoint, _stand_in, methods=["GET", "POST"])
    app.add_url_rule("/gallery/<name>", "gallery", show_page, methods=["GET", "POST"])
    app.add_url_rule("/", "front_door", lambda: show_page("components"))
    return app


_STAND_INS = {
    "public.index": "/public",
    "public.choose_language": "/language/<locale>",
    "public.how_to_answer": "/how-to-answer",
    "public.accessibility": "/accessibility",
    "public.privacy": "/privacy",
    "public.source": "/source",
    "public.contact": "/contact",
    "auth.sign_in": "/sign-in",
    "auth.sign_out": "/sign-out",
    "admin.index": "/admin",
    **{f"admin.{name}": f"/admin/{name}" for name in ("organisations", "people", "log", "mail")},
    **{f"desk.{name}": f"/desk/<round_slug>/{name}" for name in DESK_PAGES},
}


def _stand_in(**_values: str) -> Response:
    return Response("A page of the application.", mimetype="text/plain")


def _moment(moment: datetime) -> str:
    return f"{moment.day}. oktober {moment.year} kl. {moment:%H.%M}"


def _set_up_templates(app: Flask) -> None:
    templates = [ROOT / "consult" / "templates", ROOT / "scripts" / "gallery"]
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder) for folder in templates])
    env = app.jinja_env
    env.undefined = StrictUndefined
    env.add_extension("jinja2.ext.i18n")
    env.install_null_translations(newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(
        moment=_moment,
        date=lambda day: f"{day.day}. oktober {day.year}",
        localise=lambda text: text,
    )
    env.globals.update(
        asset=_asset, csrf_token=lambda: "token-of-the-gallery", can=lambda *_args: True
    )

    @app.context_processor
    def _context() -> dict[str, Any]:
        signed_in = request.args.get("as") != "nobody"
        return {
            "current_locale": "nb",
            "current_actor": SimpleNamespace(is_authenticated=signed_in, name="Kari Nordvik"),
            "account_links": [("Mine runder", url_for("public.index"))],
            "pages": PAGES,
        }


def _asset(name: str) -> str:
    manifest = ROOT / "consult" / "static" / "build" / "manifest.json"
    built = json.loads(manifest.read_text()) if manifest.exists() else {}
    return url_for("static", filename=f"build/{built.get(name, name)}")


def show_page(name: str) -> str:
    """One page of the gallery."""
    if name not in PAGES:
        raise NotFound
    question = QuestionForm(MultiDict({"stance": "partly", "reason": _REASON}))
    wrong = QuestionForm(MultiDict({"reason": "Vi er enige."}))
    wrong.validate()
    every, every_wrong = EveryField(), EveryField(MultiDict({"kind": "union"}), prefix="wrong-")
    every_wrong.validate()
    if name == "round":
        flash("Vi sier fra når noe skjer i denne runden.", "success")
    return render_template(
        f"gallery_{name}.html",
        round=SimpleNamespace(slug="rom-for-lokale-kontor", title="Rom for lokale kontor"),
        deadline=datetime(2026, 10, 31, 23, 59, tzinfo=UTC),
        tag_colors=TAG_COLORS,
        question_form=wrong if name == "question_errors" else question,
        every=every,
        every_wrong=every_wrong,
        draft_form=DraftForm(
            MultiDict(request.form) or None, data={"text": from_markdown(_WRITTEN)}
        ),
        written=to_html(from_markdown(_WRITTEN), evidence_address=lambda key: f"#{key}"),
        difference=compare(from_markdown(_WRITTEN), from_markdown(_REWRITTEN)),
        show=content_html,
    )


_REASON = (
    "Vi er enige i at åpningstiden bør bestemmes her. Men to av oss er avhengige av drop-in "
    "fordi de ikke bruker nett. Det må finnes minst én fast dag uten timeavtale."
)

_WRITTEN = """\
## Vårt syn

Vi støtter forslaget. [Tre av våre lag vil ha minst én fast dag uten timeavtale]{e:p14}, og \
[oahppit dárbbašit veahki]{e:p22@se}^[Svar fra Innlandet lag, 3. oktober.].

- Én fast dag i uka
- Åpent til klokka 18
    1. Først i **de største** kommunene

> [Vi som ikke bruker nett, må kunne møte opp.]{e:p31}"""
_REWRITTEN = _WRITTEN.replace("Vi støtter forslaget", "Vi støtter forslaget *delvis*").replace(
    "- Åpent til klokka 18", "- Åpent til klokka 20 på torsdager"
)

if __name__ == "__main__":
    create_gallery().run(port=int(sys.argv[1]) if len(sys.argv) > 1 else 8123)
