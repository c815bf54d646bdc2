"""Answering."""

from flask import render_template
from flask.typing import ResponseReturnValue

from consult.blueprints.respond import bp
from consult.blueprints.shared.access import requires
from consult.policy import Permission


@bp.get("/mine")
@requires(Permission.SIGN_OUT)
def mine() -> ResponseReturnValue:
    """My drafts and the answers I have sent."""
    return render_template("respond/mine.html")
