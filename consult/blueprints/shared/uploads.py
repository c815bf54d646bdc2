"""Files that are sent in: how large they may be, and why one is not taken."""

from typing import BinaryIO, cast

from flask import current_app, request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from consult.blueprints.shared.screening import screen_upload
from consult.domain.intake.scanning import read_upload
from consult.domain.submissions.attached import MOST_FILES
from consult.domain.submissions.service.filing import MEGABYTE, UploadLimits, keep_upload
from consult.domain.submissions.types import StoredFile


def upload_limits() -> UploadLimits:
    """The largest files of this installation."""
    settings = current_app.config["SETTINGS"]
    return UploadLimits(settings.upload_limit_mb, settings.video_limit_mb)


def let_in_large() -> None:
    """Read this request's body up to the largest file; what is longer is refused by its form."""
    limits = upload_limits()
    request.max_content_length = (max(limits.file_mb, limits.video_mb) + 1) * MEGABYTE


def file_refusals(limits: UploadLimits) -> dict[str, str]:
    """What is said of a file that is not taken, by the reason."""
    too_large = _(
        "The file is too large. A document or picture can be up to %(file)s MB, a video up to "
        "%(video)s MB.",
        file=limits.file_mb,
        video=limits.video_mb,
    )
    return {
        "empty": _("The file is empty. Choose another."),
        "file_type": _(
            "We cannot take this kind of file. Send a PDF, Word, ODT or text document, a JPEG "
            "or PNG picture, or a video as MP4, MOV or WebM."
        ),
        "file_mismatch": _("The file is not what its name says. Save it once more, or as PDF."),
        "file_large": too_large,
        "video_large": too_large,
        "too_large": too_large,
        "too_many": _("There are %(most)s files already. Remove one first.", most=MOST_FILES),
        "infected": _(
            "The virus scanner found something in the file, so we did not keep it. Your answer "
            "is safe and can be sent without it. Send us another copy if you can."
        ),
        "identity_number": _(
            "There is a national identity number (11 digits) in the file or its name. We never "
            "store those. Take it out of the file and choose the file again."
        ),
    }


def keep_uploaded(upload: FileStorage | None, *, question_id: int | None) -> tuple[StoredFile, ...]:
    """Scan and keep the file that a form brought, if it brought one, for what is sent at once.

    Raises ``InvalidInput`` as :func:`file_refusals` words it.
    """
    if not upload:
        return ()
    screen_upload(cast("BinaryIO", upload.stream))
    kept = keep_upload(
        cast("BinaryIO", upload.stream),
        filename=upload.filename or "",
        question_id=question_id,
        files=current_app.extensions["files"],
        limits=upload_limits(),
        read=read_upload,
    )
    return (kept,)
