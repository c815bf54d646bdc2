"""What the tags of a long report lack when Typst has written it.

The engine tags nearly all that PDF/UA (ISO 14289-1) asks for. What it offers no way to say is put
right here: that the first cell of a row heads it, and where a link to a chapter leads. The file is
written anew, which packs its objects to less than half.
"""

import io
from collections.abc import Iterator, Mapping, Sequence

import pikepdf

Element = pikepdf.Object

_MAKER = "consult"


def finish_tags(
    content: bytes, *, row_headers: Sequence[bool], link_texts: Mapping[str, str]
) -> bytes:
    """The PDF with its row headings and link texts; the same bytes for the same input.

    Args:
        content: The PDF as the engine wrote it.
        row_headers: For every table in reading order, whether its first column heads the rows.
        link_texts: What stands at the named places that links lead to.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tables = [part for part in _below(pdf.Root.StructTreeRoot) if part.get("/S") == "/Table"]
        for table, headed in zip(tables, row_headers, strict=True):
            if headed:
                _head_rows(table)
        for page in pdf.pages:
            for link in page.get("/Annots", pikepdf.Array()):
                text = link_texts.get(str(link.get("/Dest", "")))
                if text:
                    link.Contents = pikepdf.String(text)
        with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
            metadata["xmp:CreatorTool"] = _MAKER  # also in the older place for it
        finished = io.BytesIO()
        pdf.save(
            finished,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return finished.getvalue()


def _head_rows(table: Element) -> None:
    """Make a heading of the first cell in every row of a table's body."""
    for row in (part for part in _below(table) if part.get("/S") == "/TR"):
        first = next(_children(row))
        if first.S == "/TD":
            first.S = pikepdf.Name.TH
            scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
            told = first.get("/A", pikepdf.Array())
            others = list(told) if isinstance(told, pikepdf.Array) else [told]
            first.A = pikepdf.Array([scope, *(one for one in others if one.get("/O") != "/Table")])


def _below(element: Element) -> Iterator[Element]:
    """Every structure element under one, in reading order."""
    for child in _children(element):
        yield child
        yield from _below(child)


def _children(element: Element) -> Iterator[Element]:
    """The structure elements directly under one."""
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
