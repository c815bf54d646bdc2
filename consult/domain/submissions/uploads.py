"""What may be sent in as a file with an answer, told from its first bytes and not its name."""

from dataclasses import dataclass
from pathlib import PurePath

from consult.domain.submissions.types import AttachmentKind
from consult.kernel.errors import InvalidInput
from consult.kernel.text.plain import canonical

HEAD_LENGTH = 64
"""How many bytes of a file :func:`recognise_upload` looks at."""


@dataclass(frozen=True, slots=True)
class UploadType:
    """A kind of file that is taken in."""

    media_type: str
    kind: AttachmentKind
    extensions: tuple[str, ...]


PDF = UploadType("application/pdf", AttachmentKind.ATTACHMENT, (".pdf",))
JPEG = UploadType("image/jpeg", AttachmentKind.ATTACHMENT, (".jpg", ".jpeg"))
PNG = UploadType("image/png", AttachmentKind.ATTACHMENT, (".png",))
DOCX = UploadType(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    AttachmentKind.ATTACHMENT,
    (".docx",),
)
ODT = UploadType("application/vnd.oasis.opendocument.text", AttachmentKind.ATTACHMENT, (".odt",))
TXT = UploadType("text/plain", AttachmentKind.ATTACHMENT, (".txt",))
MP4 = UploadType("video/mp4", AttachmentKind.VIDEO, (".mp4", ".m4v"))
MOV = UploadType("video/quicktime", AttachmentKind.VIDEO, (".mov",))
WEBM = UploadType("video/webm", AttachmentKind.VIDEO, (".webm",))

UPLOAD_TYPES: tuple[UploadType, ...] = (PDF, DOCX, ODT, TXT, JPEG, PNG, MP4, MOV, WEBM)

ACCEPTED_EXTENSIONS: tuple[str, ...] = tuple(
    extension for upload in UPLOAD_TYPES for extension in upload.extensions
)

_PACKAGES = {upload.extensions[0]: upload for upload in (DOCX, ODT)}


def recognise_upload(head: bytes, filename: str) -> UploadType:
    """The kind of a file by its first :data:`HEAD_LENGTH` bytes.

    The name decides only between kinds that begin alike: zipped documents, and plain text.

    Raises:
        InvalidInput: ``file`` (``empty``, ``file_type``, ``file_mismatch``: it is not what its name
            says).
    """
    if not head:
        raise InvalidInput("file", "empty")
    extension = PurePath(filename).suffix.lower()
    if extension not in ACCEPTED_EXTENSIONS:
        raise InvalidInput("file", "file_type")
    found = _recognise(head, extension)
    same_kind = found is not None and (
        extension in found.extensions or found.kind is AttachmentKind.VIDEO
    )
    named_video = any(
        extension in upload.extensions and upload.kind is AttachmentKind.VIDEO
        for upload in UPLOAD_TYPES
    )
    is_video = found is not None and found.kind is AttachmentKind.VIDEO
    if found is None or not same_kind or named_video != is_video:
        raise InvalidInput("file", "file_mismatch")
    return found


def _recognise(head: bytes, extension: str) -> UploadType | None:
    if head.startswith(b"%PDF-"):
        return PDF
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head[4:8] == b"ftyp":
        return MOV if head[8:12] == b"qt  " else MP4
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return WEBM
    if head.startswith(b"PK\x03\x04"):
        return _PACKAGES.get(extension)
    return TXT if extension == ".txt" and b"\x00" not in head else None


def clean_filename(name: str) -> str:
    """The last part of a file's name without control characters, at most 120 characters."""
    last = PurePath(canonical(name).replace("\\", "/").replace("\n", " ")).name.strip()
    return last[-120:] if last.strip(".") else "file"
