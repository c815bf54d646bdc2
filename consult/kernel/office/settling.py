"""Office packages without the moment of their writing: the same content gives the same bytes."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can tell
_CORE = "docProps/core.xml"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_STILL = b"1980-01-01T00:00:00Z"


def settle_package(content: bytes) -> bytes:
    """The package with entries of no date; workbooks inside it forget when they were made."""
    settled = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(settled, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith(".xlsx"):
                part = _without_moments(part)
            entry = ZipInfo(name, _EPOCH)
            entry.compress_type = ZIP_DEFLATED
            new.writestr(entry, part)
    return settled.getvalue()


def _without_moments(workbook: bytes) -> bytes:
    still = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(still, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, _MOMENT.sub(_STILL, part) if name == _CORE else part)
    return settle_package(still.getvalue())
