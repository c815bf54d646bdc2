"""Answering, on a phone first."""

from flask import Blueprint

bp = Blueprint("respond", __name__, url_prefix="/answer")

from consult.blueprints.respond import views  # noqa: F401 -- views register themselves on bp
