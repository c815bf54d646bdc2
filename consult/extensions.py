"""The Flask extensions, made once and bound to the app by ``create_app``."""

from collections.abc import Callable
from gettext import NullTranslations
from pathlib import Path

from flask import Flask, g
from flask_babel import Babel, get_locale, get_translations
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFProtect

from consult.db import db

babel = Babel()
compress = Compress()
csrf = CSRFProtect()
limiter = Limiter(key_func=get_remote_address, storage_uri="memory://", default_limits=[])
login_manager = LoginManager()
migrate = Migrate()


def register_extensions(app: Flask, *, locale_selector: Callable[[], str]) -> None:
    """Bind the extensions and the database to the app."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(Path(__file__).parent / "migrations"))
    babel.init_app(app, locale_selector=locale_selector)
    _translate_quickly(app)
    compress.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    login_manager.init_app(app)


def _translate_quickly(app: Flask) -> None:
    """Let templates look the catalogue up once a request, and not at each of hundreds of texts."""
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: _catalogue().gettext(text),
        ngettext=lambda one, many, number: _catalogue().ngettext(one, many, number),
        pgettext=lambda context, text: _catalogue().pgettext(context, text),
        npgettext=lambda context, *texts: _catalogue().npgettext(context, *texts),
        newstyle=True,
    )


def _catalogue() -> NullTranslations:
    """The translations of the language in force; a mail may be written in another than the page."""
    locale = get_locale()
    if not g or g.get("catalogue_locale") is not locale:
        found: NullTranslations = get_translations()
        if not g:
            return found
        g.catalogue_locale, g.catalogue = locale, found
    kept: NullTranslations = g.catalogue
    return kept
