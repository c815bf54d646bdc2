"""Turning a message's folder of templates into subject, text and HTML in the reader's language."""

from functools import cache
from pathlib import Path

from babel.dates import format_date, format_datetime
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from consult.kernel.clock import OSLO, to_oslo
from consult.kernel.i18n import translator
from consult.kernel.text.markdown import render_markdown

_FOLDER = Path(__file__).parent.parent.parent / "templates" / "emails"


@cache
def _environment(locale: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"]),
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(translator(locale), newstyle=True)  # type: ignore[attr-defined]
    environment.filters["moment"] = lambda value: format_datetime(
        value, "d. MMMM y 'kl.' HH.mm" if locale != "en" else "d MMMM y 'at' HH:mm",
        tzinfo=OSLO, locale=locale,
    )  # fmt: skip
    environment.filters["day"] = lambda value: format_date(
        to_oslo(value).date(), "d. MMMM y" if locale != "en" else "d MMMM y", locale=locale
    )
    environment.filters["plain_day"] = lambda value: format_date(
        value, "d. MMMM y" if locale != "en" else "d MMMM y", locale=locale
    )
    environment.filters["markdown"] = lambda text: Markup(render_markdown(text))  # noqa: S704 -- sanitised by render_markdown
    return environment


def render_message(kind: str, locale: str, **values: object) -> tuple[str, str, str]:
    """Subject, plain text and HTML of a message kind in a language."""
    environment = _environment(locale)
    context = {"locale": locale, "stop_link": None, **values}
    subject, text, foot, html = (
        environment.get_template(name).render(context).strip()
        for name in (f"{kind}/subject.txt", f"{kind}/body.txt", "foot.txt", f"{kind}/body.html")
    )
    return " ".join(subject.split()), f"{text}\n\n-- \n{foot}\n", f"{html}\n"
