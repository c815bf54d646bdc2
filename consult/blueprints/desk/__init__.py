"""Whoever owns a round: its answers, coding, analysis and documents."""

from flask import Blueprint

bp = Blueprint("desk", __name__, url_prefix="/desk")

from consult.blueprints.desk import views  # noqa: F401 -- views register themselves on bp
