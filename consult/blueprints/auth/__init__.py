"""Signing in and out."""

from flask import Blueprint

bp = Blueprint("auth", __name__)

from consult.blueprints.auth import views  # noqa: F401 -- views register themselves on bp
