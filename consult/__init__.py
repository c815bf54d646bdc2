"""consult: ask people what they think, listen, and show what came of it."""

from datetime import timedelta
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from consult.blueprints.admin import bp as admin
from consult.blueprints.auth import bp as auth
from consult.blueprints.desk import bp as desk
from consult.blueprints.public import bp as public
from consult.blueprints.respond import bp as respond
from consult.blueprints.shared.arrival import register_arrival
from consult.blueprints.shared.context import register_context, select_locale
from consult.blueprints.shared.converters import CONVERTERS
from consult.blueprints.shared.errors import register_errors
from consult.blueprints.shared.logs import register_log_cover
from consult.blueprints.shared.requests import PlainRequest
from consult.blueprints.shared.security import register_security
from consult.blueprints.shared.sessions import Sessions
from consult.blueprints.workspace import bp as workspace
from consult.config import Settings, read_settings
from consult.domain import models as _models  # noqa: F401 -- every table, known before the first query
from consult.domain.analysis import reactions as analysis_reactions
from consult.domain.coding import reactions as coding_reactions
from consult.domain.composing import reactions as composing_reactions
from consult.domain.disclosure import reactions as disclosure_reactions
from consult.domain.following import reactions as following_reactions
from consult.domain.intake import reactions as intake_reactions
from consult.extensions import register_extensions
from consult.jobs import register_jobs
from consult.kernel.clamd import Clamd
from consult.kernel.files import DerivedStore, FileStore, PartialFiles

STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings | None = None) -> Flask:
    """The application, ready to serve; settings come from the environment unless given."""
    settings = settings or read_settings()
    app = Flask(__name__, instance_path=str(settings.instance))
    app.request_class = PlainRequest
    app.config.from_mapping(
        SETTINGS=settings,
        SECRET_KEY=settings.resolved_secret_key(),
        SQLALCHEMY_DATABASE_URI=settings.resolved_database_url,
        # what people write is bound to statements; an error must not carry it into the log
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        MAX_CONTENT_LENGTH=(settings.upload_limit_mb + 1) * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=8 * 1024 * 1024,
        PERMANENT_SESSION_LIFETIME=timedelta(days=90),
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        BABEL_DEFAULT_LOCALE=settings.default_locale,
        BABEL_DEFAULT_TIMEZONE="Europe/Oslo",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # it asks for the referrer, which our own policy leaves out
        RATELIMIT_ENABLED=not settings.testing,
        TESTING=settings.testing,
    )
    app.session_interface = Sessions()
    app.extensions["files"] = FileStore(settings.instance / "files")
    app.extensions["partials"] = PartialFiles(settings.instance / "files" / "unfinished")
    app.extensions["scanner"] = Clamd(settings.clamd) if settings.clamd else None
    app.extensions["models"] = FileStore(settings.instance / "models")
    app.extensions["derived"] = DerivedStore(settings.instance / "derived")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.url_map.converters.update(CONVERTERS)
    register_arrival(app)
    register_extensions(app, locale_selector=select_locale)
    register_context(app)
    register_errors(app)
    register_security(app)
    register_log_cover()
    for blueprint in (public, auth, respond, workspace, desk, admin):
        app.register_blueprint(blueprint)
    register_jobs(app)
    coding_reactions.connect_reactions()
    analysis_reactions.connect_reactions()
    composing_reactions.connect_reactions()
    following_reactions.connect_reactions()
    intake_reactions.connect_reactions()
    disclosure_reactions.connect_reactions()
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=STATIC, prefix="static/", max_age=3600,
        immutable_file_test=lambda _path, url: "/build/" in url,
    )  # fmt: skip
    return app
