"""A map of the counties as tiles: each a square, about where it lies; drawn without geodata.

Colours are fixed, as on paper; every tile shows its number. Names that are no county of today
stand in rows of their own below; where all are such, only these are drawn.
"""

from collections.abc import Mapping
from html import escape

from markupsafe import Markup

_TILES: dict[str, tuple[str, float, int]] = {
    "Troms": ("Troms", 3, 0),
    "Finnmark": ("Finnm.", 4, 0),
    "Nordland": ("Nordl.", 2, 1),
    "Trøndelag": ("Trønd.", 2, 2),
    "Møre og Romsdal": ("M. og R.", 1, 3),
    "Innlandet": ("Innl.", 2, 3),
    "Vestland": ("Vestl.", 0, 4),
    "Buskerud": ("Busk.", 1, 4),
    "Oslo": ("Oslo", 2, 4),
    "Akershus": ("Akersh.", 3, 4),
    "Rogaland": ("Rogal.", 0, 5),
    "Telemark": ("Telem.", 1, 5),
    "Vestfold": ("Vestf.", 2, 5),
    "Østfold": ("Østf.", 3, 5),
    "Agder": ("Agder", 0.5, 6),
}
"""The counties of 2024: what stands on the tile, and its column and row."""

_SIDE, _GAP = 72.0, 6.0
_COLUMNS = 5
_SHADES = ("#ffffff", "#e3eefa", "#c2daf3", "#8fbbe6", "#2b70b8", "#0b4f94")
_INK, _WHITE, _EDGE = "#1e2b3c", "#ffffff", "#5d6b7c"
_FONTS = "Inter, sans-serif"


def short_name(county: str) -> str:
    """The first of a county's names: ``Troms`` of "Troms – Romsa – Tromssa"."""
    return county.split(" – ")[0].split(" - ")[0].strip()


def draw_county_map(numbers: Mapping[str, int], *, alternative: str) -> Markup:
    """The map as an ``svg`` element; ``alternative`` says in words all that it shows."""
    by_name = {short_name(county): number for county, number in numbers.items()}
    others = [name for name in by_name if name not in _TILES]
    places: dict[str, tuple[str, float, float]] = {}
    if by_name.keys() & _TILES.keys():
        places.update(_TILES)
    top = 7.5 if places else 0
    for place, name in enumerate(others):
        label = name if len(name) <= _FITS else name[: _FITS - 1] + "."
        places[name] = (label, place % _COLUMNS, top + place // _COLUMNS)
    highest = max(len(_SHADES) - 1, *by_name.values()) if by_name else 1
    tiles = [
        _tile(label, by_name.get(name, 0), column, row, highest)
        for name, (label, column, row) in places.items()
    ]
    width = _COLUMNS * (_SIDE + _GAP)
    height = max(row + 1 for _label, _column, row in places.values()) * (_SIDE + _GAP)
    return Markup(  # noqa: S704 -- texts are escaped where they are set
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}"'
        f' width="{width:g}" height="{height:g}" role="img" aria-labelledby="county-map-title"'
        f' font-family="{_FONTS}"><title id="county-map-title">{escape(alternative)}</title>'
        f"{''.join(tiles)}</svg>"
    )


_FITS = 9
"""Letters that fit on a tile."""


def _tile(label: str, number: int, column: float, row: float, highest: int) -> str:
    x, y = column * (_SIDE + _GAP), row * (_SIDE + _GAP)
    darkest = len(_SHADES) - 1
    shade = 0 if not number else 1 + number * (darkest - 1) // highest
    ink = _WHITE if shade >= darkest - 1 else _INK
    middle = x + _SIDE / 2
    return (
        f'<rect x="{x + 1:g}" y="{y + 1:g}" width="{_SIDE:g}" height="{_SIDE:g}" rx="4"'
        f' fill="{_SHADES[shade]}" stroke="{_EDGE}"/>'
        f'<text x="{middle:g}" y="{y + 27:g}" font-size="13" text-anchor="middle" fill="{ink}">'
        f"{escape(label)}</text>"
        f'<text x="{middle:g}" y="{y + 54:g}" font-size="19" font-weight="600"'
        f' text-anchor="middle" fill="{ink}">{number}</text>'
    )
