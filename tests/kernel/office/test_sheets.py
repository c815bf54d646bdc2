"""Spreadsheets are read as rows of text, whatever wrote them; what cannot be is refused."""

import io
import zipfile

import pytest

from consult.kernel.office.compound import SIGNATURE
from consult.kernel.office.errors import (
    EmptyDocument,
    EncryptedFile,
    OversizedFile,
    UnreadableFile,
    UnsupportedFormat,
)
from consult.kernel.office.sheets import (
    CSV,
    MAX_ROWS,
    ODS,
    XLS,
    XLSX,
    TooManyRows,
    read_rows,
    tell_sheet_type,
)
from consult.kernel.office.workbook import (
    PlainSheet,
    column_letters,
    words_range,
    write_workbook,
)
from tests.support.spreadsheets import compound, ods, xls

REST = (  # how LibreOffice ends every sheet
    '<table:table-row table:number-rows-repeated="1048573">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def with_sheet(xml: str) -> bytes:
    """A workbook whose only sheet holds some rows, as written here."""
    plain = write_workbook([PlainSheet("A", [["x"]])])
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                before, rest = text.split("<sheetData>")
                text = f"{before}<sheetData>{xml}</sheetData>{rest.split('</sheetData>')[1]}"
            if name == "xl/styles.xml":
                text = text.replace('<xf numFmtId="0" fontId="1"', '<xf numFmtId="14" fontId="1"')
            archive.writestr(name, text)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (b"Navn;Svar\nKari;Ja\n", [["Navn", "Svar"], ["Kari", "Ja"]]),
        ("Navn,Svar\r\nBåen,«Ja»\r\n".encode("utf-8-sig"), [["Navn", "Svar"], ["Båen", "«Ja»"]]),
        ("Navn\tSvar\nŠávža\tJa\n".encode("utf-16"), [["Navn", "Svar"], ["Šávža", "Ja"]]),
        ("Navn;Svar\nBåen;Ja\n".encode("cp1252"), [["Navn", "Svar"], ["Båen", "Ja"]]),
        (b'A;B\n\n"En, to\ntre";"Si ""ja"""\n', [["A", "B"], [], ["En, to\ntre", 'Si "ja"']]),
        (b"A;B\n'=1+1;'-5\n", [["A", "B"], ["=1+1", "-5"]]),
        (b"sep=;\r\nA;B, C, D\r\n1;2\r\n", [[], ["A", "B, C, D"], ["1", "2"]]),
        (b"Navn;For, mot, vet\nA;For, mot\n", [["Navn", "For, mot, vet"], ["A", "For, mot"]]),
    ],
)
def test_csv_of_every_kind(content, rows):
    assert read_rows(content, filename="svar.csv") == rows
    assert tell_sheet_type(content, filename="svar.csv") == CSV


def test_what_is_written_is_read_again():
    rows = [["Navn", "Svar <1>"], ["Kari & Ola", " Ja\n\nNei "], ["", "🙂"]]
    content = write_workbook(
        [PlainSheet("Svar", rows, {1: "Ord!$A$2:$A$3"}), PlainSheet("Ord", [])]
    )
    assert read_rows(content, filename="svar.xlsx") == [
        ["Navn", "Svar <1>"], ["Kari & Ola", "Ja\n\nNei"], ["", "🙂"],
    ]  # fmt: skip
    assert tell_sheet_type(content, filename="a.csv") == XLSX
    assert content == write_workbook(
        [PlainSheet("Svar", rows, {1: "Ord!$A$2:$A$3"}), PlainSheet("Ord", [])]
    )


def test_old_excel_is_read():
    rows = {(0, 0): "Navn", (0, 1): "Svar", (2, 0): "Šávža båtlag", (2, 1): 974760673.0}
    expected = [["Navn", "Svar"], ["", ""], ["Šávža båtlag", "974760673"]]
    assert read_rows(xls(rows), filename="svar.xls") == expected
    long = {**rows, (3, 0): "a" * 3000}
    assert read_rows(xls(long), filename="svar.xls")[:3] == expected
    assert tell_sheet_type(xls(rows), filename="svar.csv") == XLS
    with pytest.raises(TooManyRows):
        read_rows(xls({**rows, (65535, 255): "langt ute"}), filename="svar.xls")
    with pytest.raises(UnreadableFile):
        read_rows(xls(long)[:-2048], filename="svar.xls")
    with pytest.raises(EncryptedFile):
        read_rows(compound("EncryptedPackage", b"x"), filename="svar.xlsx")
    with pytest.raises(UnsupportedFormat):
        read_rows(compound("WordDocument", b"x"), filename="svar.doc")


def test_open_document_is_read():
    def cell(words: str) -> str:
        return f'<table:table-cell office:value-type="string">{words}</table:table-cell>'

    rows = (
        f"<table:table-row>{cell('<text:p>Navn</text:p>')}{cell('<text:p>Svar</text:p>')}"
        '<table:table-cell table:number-columns-repeated="16382"/></table:table-row>'
        '<table:table-row><table:table-cell table:number-columns-repeated="16384"/>'
        "</table:table-row><table:table-row>"
        f"{cell('<text:p>Båen</text:p><text:p/><text:p>to</text:p>')}"
        '<table:table-cell office:value-type="date" office:date-value="2026-10-31">'
        "<text:p>31.10.2026</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="974760673"/></table:table-row>'
    )
    assert read_rows(ods(rows + REST), filename="svar.ods") == [
        ["Navn", "Svar", ""], ["", "", ""], ["Båen\n\nto", "2026-10-31", "974760673"],
    ]  # fmt: skip
    assert tell_sheet_type(ods(rows), filename="a.csv") == ODS
    often = f'<table:table-row table:number-rows-repeated="20001">{cell("<text:p>x</text:p>")}'
    with pytest.raises(TooManyRows):
        read_rows(ods(f"{often}</table:table-row>"), filename="svar.ods")
    with pytest.raises(UnsupportedFormat):
        read_rows(ods(rows, mimetype="application/vnd.oasis.opendocument.text"), filename="a.odt")


def test_numbers_and_days_read_as_people_write_them():
    rows = (
        '<row r="1"><c r="A1"><v>974760673</v></c><c r="B1"><v>2.5</v></c>'
        '<c r="C1" t="b"><v>1</v></c><c r="D1" s="1"><v>46326</v></c>'
        '<c r="E1" s="1"><v>46326.5</v></c></row>'
    )
    assert read_rows(with_sheet(rows), filename="a.xlsx") == [
        ["974760673", "2.5", "true", "2026-10-31", "2026-10-31 12:00"]
    ]


def test_a_sheet_with_a_cell_in_the_far_corner_is_refused_before_it_takes_memory():
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    with pytest.raises(TooManyRows):
        read_rows(with_sheet(far), filename="a.xlsx")
    with pytest.raises(TooManyRows):
        read_rows(b"A\n" * (MAX_ROWS + 1), filename="a.csv")


@pytest.mark.parametrize(
    ("content", "filename", "error"),
    [
        (b"", "a.csv", EmptyDocument),
        (b" \n \n", "a.csv", EmptyDocument),
        (SIGNATURE + bytes(600), "a.xls", UnreadableFile),
        (b"<table><tr><td>Navn</td></tr></table>", "a.xls", UnreadableFile),
        (b"PK\x03\x04 cut off", "a.xlsx", UnreadableFile),
        (b"Navn;Svar\n", "a.xlsx", UnreadableFile),
        (b"%PDF-1.7\x00\x01", "a.csv", UnsupportedFormat),
        (b'A;B\n"open;1\n', "a.csv", UnreadableFile),
        (with_sheet('<row r="1"><c r="A1" t="s"><v>99</v></c></row>'), "a.xlsx", UnreadableFile),
        (with_sheet("<row"), "a.xlsx", UnreadableFile),
    ],
)
def test_what_is_no_table_is_refused(content, filename, error):
    with pytest.raises(error):
        read_rows(content, filename=filename)


def test_an_archive_of_another_kind_or_with_entities_is_refused():
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(UnsupportedFormat):
        read_rows(other.getvalue(), filename="a.xlsx")
    with pytest.raises(UnreadableFile):
        read_rows(with_sheet('<!ENTITY a "b"><row r="1">'), filename="a.xlsx")


def test_a_workbook_that_unpacks_to_more_than_a_table_needs_is_refused(monkeypatch):
    monkeypatch.setattr("consult.kernel.office.container.MAX_MARKUP_BYTES", 100)
    with pytest.raises(OversizedFile):
        read_rows(write_workbook([PlainSheet("A", [["x"] * 50])]), filename="a.xlsx")


def test_columns_are_named_as_spreadsheets_name_them():
    assert [column_letters(one) for one in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert words_range("Ord å velge", 1, 3) == "'Ord å velge'!$B$2:$B$4"
