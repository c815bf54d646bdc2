"""What is drawn for files that cannot hold vectors."""

from dataclasses import dataclass

COVER = "cover"
"""What the picture on the front is called among the pictures of a document."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Something to draw: SVG, as wide as told in millimetres.

    With a height as well, it is the picture on the front, on the colour of the cover.
    """

    svg: str
    width: float
    height: float | None = None
