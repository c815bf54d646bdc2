"""Spreadsheets of LibreOffice and of old Excel, made by hand."""

import io
import struct
import zipfile

from consult.kernel.office.compound import SIGNATURE

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(name: str, stream: bytes) -> bytes:
    """An Office file from before 2007 with one stream; a short one lies in the short sectors."""
    is_short = len(stream) < 4096
    width = 64 if is_short else 512
    count = -(-len(stream) // width)
    sectors = -(-count * width // 512)
    held = [*range(4, 3 + sectors), END]
    table = struct.pack(f"<{3 + sectors}I", TABLE, END, END, *held)
    short = struct.pack(f"<{count}I", *range(1, count), END) if is_short else b""
    directory = _entry("Root Entry", 5, 3 if is_short else END, count * width if is_short else 0)
    directory += _entry(name, 2, 0 if is_short else 3, len(stream))
    shorts = (2, 1) if is_short else (END, 0)
    sizes = struct.pack("<16xHHHHH6x", 62, 3, 0xFFFE, 9, 6)
    places = struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, *shorts, END, 0)
    header = SIGNATURE + sizes + places + struct.pack("<109I", 0, *[FREE] * 108)
    parts = (table.ljust(512, b"\xff"), directory.ljust(512, b"\0"), short.ljust(512, b"\xff"))
    return b"".join((header, *parts, stream.ljust(sectors * 512, b"\0")))


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    named = (name + "\0").encode("utf-16-le")
    child = 1 if kind == 5 else FREE
    tree = struct.pack("<HBBIII", len(named), kind, 1, FREE, FREE, child)
    return (named.ljust(64, b"\0") + tree).ljust(116, b"\0") + struct.pack("<IQ", start, size)


def xls(cells: dict[tuple[int, int], str | float]) -> bytes:
    """A workbook of Excel 97 with one sheet."""
    filled = b""
    for (row, column), value in cells.items():
        if isinstance(value, float):
            filled += _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
        else:
            words = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
            filled += _record(0x0204, struct.pack("<HHH", row, column, 0) + words)
    name = struct.pack("<BB", 4, 0) + b"Svar"
    head, last = _begin(5), _record(0x0A, b"")
    sheet_at = len(head) + 10 + len(name) + len(last)
    head += _record(0x0085, struct.pack("<IBB", sheet_at, 0, 0) + name) + last
    return compound("Workbook", head + _begin(16) + filled + last)


def _begin(kind: int) -> bytes:
    return _record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def ods(rows: str, *, mimetype: str = "application/vnd.oasis.opendocument.spreadsheet") -> bytes:
    """A spreadsheet of LibreOffice: a sheet that is hidden, and one with some rows."""
    spaces = "".join(
        f' xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"'
        for one in ("office", "table", "text", "style")
    )
    hidden = (
        '<office:automatic-styles><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    secret = '<table:table-row><table:table-cell office:value-type="string"><text:p>nei</text:p>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}>{hidden}'
            '<office:body><office:spreadsheet><table:table table:name="A" table:style-name="h">'
            f"{secret}</table:table-cell></table:table-row></table:table>"
            f'<table:table table:name="Svar">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return target.getvalue()
