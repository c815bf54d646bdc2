"""The service worker, at the root so that it may serve any page of this site."""

from pathlib import Path

from flask import Response, current_app, request

from consult.blueprints.public import bp
from consult.blueprints.shared.access import requires
from consult.policy import Permission


@bp.get("/service-worker.js")
@requires(Permission.VIEW_SITE)
def service_worker() -> Response:
    """The script that keeps pages of drafts; its address never changes, so it is asked for anew."""
    script = Path(str(current_app.static_folder)) / "build" / "service-worker.js"
    headers = {"Cache-Control": "no-cache"}
    response = Response(script.read_bytes(), mimetype="text/javascript", headers=headers)
    response.add_etag()
    response.make_conditional(request)
    return response
