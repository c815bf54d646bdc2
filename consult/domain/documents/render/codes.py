"""QR codes drawn as vectors, with what they say in their place for those who cannot see them."""

from markupsafe import Markup, escape

from consult.domain.documents.types import MachineCode
from consult.kernel.ids import content_digest
from consult.kernel.qr import qr_rows

_QUIET = 4  # cells around the code that must stay white (ISO/IEC 18004)


def draw_code(block: MachineCode) -> Markup:
    """The code as an ``svg`` element: one path of squares, titled with the address it holds."""
    rows = qr_rows(block.address)
    size = len(rows) + 2 * _QUIET
    squares = "".join(
        f"M{column + _QUIET} {row + _QUIET}h1v1h-1z"
        for row, cells in enumerate(rows)
        for column, is_dark in enumerate(cells)
        if is_dark
    )
    anchor = f"doc-code-{content_digest(block.address.encode())[:8]}"
    return Markup(  # noqa: S704 -- texts are escaped where they are set
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img"'
        f' aria-labelledby="{anchor}"><title id="{anchor}">{escape(block.label)}'
        f" {escape(block.address)}</title>"
        f'<rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{squares}" fill="#000" shape-rendering="crispEdges"/></svg>'
    )
