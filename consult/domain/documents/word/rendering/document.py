"""A finished document as a Word file that anybody can go on writing in."""

from pathlib import Path

from consult.domain.documents.render.charts import draw_chart
from consult.domain.documents.render.codes import draw_code
from consult.domain.documents.render.html import describe_chart
from consult.domain.documents.render.numbering import number_document
from consult.domain.documents.render.pictures import COVER, Drawing
from consult.domain.documents.tree import walk
from consult.domain.documents.types import Chart, Document, MachineCode
from consult.domain.documents.word.rendering.blocks import Place, Writer
from consult.domain.documents.word.rendering.front import WITH_COVER, Front
from consult.domain.documents.word.rendering.look import BODY_WIDTH
from consult.domain.documents.word.rendering.package import Package
from consult.domain.documents.word.rendering.sentences import Sentences

_COVER_SIZE = 210.0, 204.0  # millimetres


def render_docx(document: Document, *, assets: Path) -> bytes:
    """The document as .docx: the same words in the same order, numbered as in every rendering.

    ``assets`` is the folder of the asset build with its manifest. The same tree gives the same
    bytes.

    Raises:
        InvalidDocument: The tree is not coherent.
        AddressRefused: A file is missing from the build.
        NotTypesettable: A figure cannot be drawn.
    """
    numbering = number_document(document)
    has_cover = document.kind in WITH_COVER
    package = Package(document, on_colour=has_cover, chapters_apart=has_cover)
    sentences = Sentences(document, numbering, package)
    front = Front(sentences)
    pictures = _draw(document, assets, with_cover=has_cover)
    if has_cover:
        cover = package.picture(pictures[COVER], width=_COVER_SIZE[0], alternative="")
        opening = front.cover(cover) + front.contents() + front.facts() + front.registers()
    else:
        opening = front.head()
    writer = Writer(sentences, package, pictures)
    body = opening + writer.blocks(document.blocks, Place())
    return package.finish(body, head=front.running_head(), foot=front.running_foot())


def _draw(document: Document, assets: Path, *, with_cover: bool) -> dict[str, bytes]:
    """Every picture of the document, by the id of its figure or the address of its code.

    The engine is loaded here, at its first picture: it takes half a second and 60 MB.
    """
    from consult.domain.documents.render import typst  # noqa: PLC0415

    labels = number_document(document).labels
    drawings = {}
    for node in walk(document.blocks):
        if isinstance(node, Chart):
            told = describe_chart(node, labels[node.id].heading)
            figure = draw_chart(node, alternative=told, prefix=f"doc-{node.id}")
            drawings[node.id] = Drawing(str(figure), BODY_WIDTH)
        elif isinstance(node, MachineCode):
            drawings[node.address] = Drawing(str(draw_code(node)), BODY_WIDTH / 5)
    if with_cover:
        drawings[COVER] = Drawing("", *_COVER_SIZE)
    drawn = typst.draw_pictures(list(drawings.values()), assets=assets)
    return dict(zip(drawings, drawn, strict=True))
