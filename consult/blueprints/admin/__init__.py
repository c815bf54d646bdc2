"""Running the installation."""

from flask import Blueprint

bp = Blueprint("admin", __name__, url_prefix="/admin")

from consult.blueprints.admin import views  # noqa: F401 -- views register themselves on bp
