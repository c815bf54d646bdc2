"""Administration."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.admin import bp
from consult.blueprints.shared.access import requires
from consult.policy import Permission


@bp.get("/")
@requires(Permission.ADMINISTER)
def index() -> ResponseReturnValue:
    """What there is to look after."""
    return render_template("admin/index.html")


@bp.get("/organisations")
@requires(Permission.ADMINISTER)
def organisations() -> ResponseReturnValue:
    """Organisations."""
    return render_template("admin/organisations.html")


@bp.get("/people")
@requires(Permission.ADMINISTER)
def people() -> ResponseReturnValue:
    """People and roles."""
    return render_template("admin/people.html")


@bp.get("/log")
@requires(Permission.ADMINISTER)
def log() -> ResponseReturnValue:
    """Log."""
    return render_template("admin/log.html")


@bp.get("/mail")
@requires(Permission.ADMINISTER)
def mail() -> ResponseReturnValue:
    """Mail."""
    return render_template("admin/mail.html")
