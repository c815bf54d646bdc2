"""An organisation's own rooms: its members, the bodies under it, and what it works on together."""

from flask import Blueprint

bp = Blueprint("workspace", __name__, url_prefix="/workspace")

from consult.blueprints.workspace import views  # noqa: F401 -- views register themselves on bp
