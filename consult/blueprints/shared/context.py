"""What templates can use everywhere: the actor, the policy, assets, dates, Markdown, languages."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask, current_app, request, session, url_for
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup

from consult.blueprints.shared.actor import current_actor
from consult.kernel.clock import OSLO, to_oslo, utc_now
from consult.kernel.i18n import LOCALES, choose_locale, localised, localised_language
from consult.kernel.text.markdown import render_markdown
from consult.kernel.text.plain import excerpt
from consult.kernel.text.rich.showing import to_html
from consult.kernel.text.rich.types import Block, RichText
from consult.policy import Permission, can
from consult.policy.scope import desk_owner_ids


def select_locale() -> str:
    """The interface language: chosen in this browser, else the person's, else the browser's."""
    if (chosen := session.get("locale")) in LOCALES:
        return str(chosen)
    if own := current_actor().locale:
        return choose_locale(own)
    wanted = request.accept_languages.best_match(["nb", "nn", "no", "en"])
    return choose_locale(wanted or current_app.config["SETTINGS"].default_locale)


def current_locale() -> str:
    """The interface language of this request."""
    return str(get_locale() or "nb")


def format_day(value: date | datetime) -> str:
    """``31. oktober 2026``: a date as people write it."""
    day = to_oslo(value).date() if isinstance(value, datetime) else value
    locale = current_locale()
    return str(format_date(day, "d MMMM y" if locale == "en" else "d. MMMM y", locale=locale))


def format_moment(value: datetime) -> str:
    """``31. oktober 2026 kl. 23.59``: a moment in Norwegian time."""
    locale = current_locale()
    pattern = "d MMMM y 'at' HH:mm" if locale == "en" else "d. MMMM y 'kl.' HH.mm"
    return str(format_datetime(value, pattern, tzinfo=OSLO, locale=locale))


def format_clock(value: datetime) -> str:
    """``12.03``: the time of day in Norway."""
    pattern = "HH:mm" if current_locale() == "en" else "HH.mm"
    return str(format_datetime(value, pattern, tzinfo=OSLO, locale=current_locale()))


@cache
def _manifest(folder: str) -> dict[str, str]:
    return dict(json.loads((Path(folder) / "build" / "manifest.json").read_text()))


def asset(name: str) -> str:
    """The address of a built style sheet, script or font, with the hash of its content."""
    manifest = _manifest(str(current_app.static_folder))
    return url_for("static", filename=f"build/{manifest[name]}")


def localise(texts: dict[str, str] | None) -> str:
    """The text in the interface language, or in the next best one there is."""
    return localised(texts, current_locale())


def language_of(texts: dict[str, str] | None) -> str:
    """The language :func:`localise` picks, for a ``lang`` attribute."""
    return localised_language(texts, current_locale())


def format_size(size: int) -> str:
    """The size of a file in the interface language, in the largest unit that gives at least one."""
    if size < 1000:
        return str(ngettext("%(num)d byte", "%(num)d bytes", size))
    unit, factor = ("kB", 1000) if size < 999_500 else ("MB", 1_000_000)
    value = size / factor
    digits = "0.0" if value < 9.95 else "0"
    return f"{format_decimal(value, format=digits, locale=current_locale())} {unit}"


def rich_html(text: RichText | Sequence[Block], prefix: str = "note", top_level: int = 3) -> Markup:
    """Rich text, or some of its blocks, as HTML; ``prefix`` tells the notes of several apart."""
    whole = text if isinstance(text, RichText) else RichText(tuple(text))
    return Markup(to_html(whole, top_level=top_level, note_prefix=prefix))  # noqa: S704 -- safe by construction


def permitted(permission: str, subject: object = None) -> bool:
    """``can("view_desk", round)`` in a template: the same policy that guards the views."""
    return can(current_actor(), Permission(permission), subject)


def account_links() -> list[tuple[str, str]]:
    """Where the signed-in person can go, for the account menu."""
    actor = current_actor()
    links = []
    if desk_owner_ids(actor):
        links.append((_("My desk"), url_for("desk.home")))
    if actor.is_authenticated:
        links.append((_("My organisations"), url_for("workspace.mine")))
        links.append((_("My answers"), url_for("respond.mine")))
        links.append((_("Rounds you follow"), url_for("public.following")))
    if actor.is_admin:
        links.append((_("Administration"), url_for("admin.index")))
    return links


def register_context(app: Flask) -> None:
    """Give templates their globals and filters."""

    @app.context_processor
    def _values() -> dict[str, Any]:
        return {
            "current_actor": current_actor(),
            "current_locale": current_locale(),
            "account_links": account_links(),
            "shows_local_inbox": app.config["SETTINGS"].shows_local_inbox,
            "contact_email": app.config["SETTINGS"].contact_email,
        }

    app.jinja_env.globals.update(
        asset=asset,
        can=permitted,
        language_of=language_of,
        rendered_at=lambda: utc_now().isoformat(),
    )
    app.jinja_env.filters.update(
        date=format_day,
        moment=format_moment,
        clock=format_clock,
        localise=localise,
        excerpt=excerpt,
        filesizeformat=format_size,
        rich=rich_html,
        markdown=lambda text, top_level=3: Markup(render_markdown(text, top_level=top_level)),  # noqa: S704 -- sanitised by render_markdown
    )
