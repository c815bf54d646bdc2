"""Writing a plain .xlsx: texts in sheets, a bold first row, cells that offer words to choose.

The least that ECMA-376 (Office Open XML, part 1, chapter 18) asks of a workbook. The same sheets
give the same bytes.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WRITTEN = (2020, 1, 1, 0, 0, 0)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">'
    '<alignment vertical="top" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet of texts.

    Attributes:
        name: On its tab; at most 31 characters are kept.
        rows: The first is bold and stays in sight.
        choices: The columns, from 0, whose cells offer the words of a range, such as
            ``'Words'!$A$2:$A$9``.
        most_rows: How far down the words are offered.
    """

    name: str
    rows: Sequence[Sequence[str]]
    choices: Mapping[int, str] = field(default_factory=dict)
    most_rows: int = 1000


def write_workbook(sheets: Sequence[PlainSheet]) -> bytes:
    """The sheets as an .xlsx file."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, xml in _members(sheets):
            member = ZipInfo(name, _WRITTEN)
            member.compress_type = ZIP_DEFLATED
            archive.writestr(member, _HEAD + xml)
    return buffer.getvalue()


def column_letters(index: int) -> str:
    """What a spreadsheet calls a column, counted from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def words_range(sheet: str, column: int, count: int) -> str:
    """The reference to the words below the heading of a column, from 0, of another sheet."""
    letters, name = column_letters(column), sheet.replace("'", "''")
    return f"'{name}'!${letters}$2:${letters}${count + 1}"


def _members(sheets: Sequence[PlainSheet]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" '
        f'ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{_PACKAGE}/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{parts}</Types>'
        ),
    )
    yield "_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")])
    tabs = "".join(
        f'<sheet name={quoteattr(sheet.name[:31])} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in zip(numbers, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{tabs}</sheets></workbook>',
    )
    targets = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    yield "xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")])
    yield "xl/styles.xml", _STYLES
    for number, sheet in zip(numbers, sheets, strict=True):
        yield f"xl/worksheets/sheet{number}.xml", _sheet(sheet)


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _sheet(sheet: PlainSheet) -> str:
    width = max((len(row) for row in sheet.rows), default=1) or 1
    rows = "".join(_row(number, cells) for number, cells in enumerate(sheet.rows, start=1))
    return (
        f'<worksheet xmlns="{_MAIN}">'
        '<sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        "</sheetView></sheetViews>"
        f'<cols><col min="1" max="{width}" width="28" customWidth="1"/></cols>'
        f"<sheetData>{rows}</sheetData>{_validations(sheet)}</worksheet>"
    )


def _row(number: int, cells: Sequence[str]) -> str:
    style = ' s="1"' if number == 1 else ""
    written = "".join(
        f'<c r="{column_letters(index)}{number}"{style} t="inlineStr">'
        f'<is><t xml:space="preserve">{escape(cell)}</t></is></c>'
        for index, cell in enumerate(cells)
        if cell
    )
    return f'<row r="{number}">{written}</row>'


def _validations(sheet: PlainSheet) -> str:
    if not sheet.choices:
        return ""
    offered = "".join(
        '<dataValidation type="list" allowBlank="1" showErrorMessage="0" '
        f'sqref="{column_letters(index)}2:{column_letters(index)}{sheet.most_rows}">'
        f"<formula1>{escape(words)}</formula1></dataValidation>"
        for index, words in sheet.choices.items()
    )
    return f'<dataValidations count="{len(sheet.choices)}">{offered}</dataValidations>'
