"""Pages that stand still: about the site, and the choice of language."""

from flask import redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from consult.blueprints.public import bp
from consult.blueprints.shared.access import requires
from consult.blueprints.shared.redirects import local_path
from consult.kernel.i18n import LOCALES
from consult.policy import Permission


@bp.get("/language/<any(nb, nn, en):locale>")
@requires(Permission.VIEW_SITE)
def choose_language(locale: str) -> ResponseReturnValue:
    """Remember the interface language in this browser and go back to where the reader was."""
    session["locale"] = locale if locale in LOCALES else LOCALES[0]
    return redirect(local_path(request.args.get("next")))


@bp.get("/how-to-answer")
@requires(Permission.VIEW_SITE)
def how_to_answer() -> ResponseReturnValue:
    """How one answers, in very short sentences."""
    return render_template("public/how_to_answer.html")


@bp.get("/accessibility")
@requires(Permission.VIEW_SITE)
def accessibility() -> ResponseReturnValue:
    """Accessibility statement."""
    return render_template("public/accessibility.html")


@bp.get("/privacy")
@requires(Permission.VIEW_SITE)
def privacy() -> ResponseReturnValue:
    """Privacy."""
    return render_template("public/privacy.html")


@bp.get("/source")
@requires(Permission.VIEW_SITE)
def source() -> ResponseReturnValue:
    """Source code and licence."""
    return render_template("public/source.html")


@bp.get("/contact")
@requires(Permission.VIEW_SITE)
def contact() -> ResponseReturnValue:
    """Contact."""
    return render_template("public/contact.html")
