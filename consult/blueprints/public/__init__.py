"""Rounds, papers and what came of them, for everybody."""

from flask import Blueprint

bp = Blueprint("public", __name__)

from consult.blueprints.public import views  # noqa: F401 -- views register themselves on bp
