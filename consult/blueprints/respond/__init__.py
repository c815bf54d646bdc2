"""Answering, on a phone first.

No form here is refused for an old token before its view has seen it: a page that had been open for
too long gets its text back in a fresh form. Every view that writes validates a form with a token.
"""

from flask import Blueprint

from consult.extensions import csrf

bp = Blueprint("respond", __name__, url_prefix="/answer")
csrf.exempt(bp)

from consult.blueprints.respond import views  # noqa: F401 -- views register themselves on bp
