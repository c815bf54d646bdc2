"""Files that come in pieces: the pieces are taken in, and the whole stands where a file would.

A page works without this: the form is an ordinary one. Where scripts run, the file goes ahead in
pieces (``assets/modules/pieces.js``), and the form then names the upload in its field ``upload``.
"""

from flask import after_this_request, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, ImmutableMultiDict
from werkzeug.wrappers import Response

from consult.domain.files.errors import OutOfStep
from consult.domain.files.queries import find_upload
from consult.domain.files.service.pieces import begin_upload, forget_upload, receive_piece
from consult.domain.files.types import PIECE
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.files import PartialFiles


def partials() -> PartialFiles:
    """Where pieces wait."""
    store: PartialFiles = current_app.extensions["partials"]
    return store


def begin_pieces(owner: str, *, limit_mb: int) -> ResponseReturnValue:
    """Answer a browser that wants to send a file: the upload's id, and where it stands."""
    try:
        upload = begin_upload(
            owner,
            filename=request.form.get("name", ""),
            size=request.form.get("size", 0, type=int),
            fingerprint=request.form.get("fingerprint", ""),
            limit_bytes=limit_mb * 1024 * 1024,
            partials=partials(),
            now=utc_now(),
        )
    except InvalidInput as error:
        reasons = {
            "empty": _("The file is empty. Choose another."),
            "too_large": _("The file is too large. The limit is %(limit)s MB.", limit=limit_mb),
        }
        reason = reasons.get(error.reason, _("We could not do that"))
        return jsonify(reason=str(reason)), 422
    return jsonify(id=upload.public_id, received=upload.received, piece=PIECE)


def take_piece(owner: str, upload_id: str) -> ResponseReturnValue:
    """Take in the next piece; where it does not fit, say where the upload stands."""
    request.max_content_length = PIECE
    upload = find_upload(owner, upload_id)
    try:
        receive_piece(
            upload,
            request.get_data(cache=False),
            offset=request.args.get("offset", -1, type=int),
            partials=partials(),
            now=utc_now(),
        )
    except OutOfStep as step:
        return jsonify(received=step.received), 409
    except InvalidInput:
        return jsonify(received=upload.received), 422
    return jsonify(received=upload.received)


def put_in_place(owner: str, *, field: str = "file") -> None:
    """Let an upload that is complete stand in the request as if it had come with the form.

    It is forgotten when the view's transaction is through; if that fails, it can be sent once more.
    """
    wanted = request.form.get("upload", "") if request.method == "POST" else ""
    if not wanted or request.files.get(field):
        return
    try:
        upload = find_upload(owner, wanted)
        if not upload.is_complete:
            return
        stream = partials().open(upload.public_id)
    except (NotFound, FileNotFoundError):
        return
    whole = FileStorage(stream, filename=upload.filename, name=field)
    request.files = ImmutableMultiDict([*request.files.items(), (field, whole)])
    forget_upload(upload, partials=partials())

    @after_this_request
    def _close(response: Response) -> Response:
        stream.close()
        return response
