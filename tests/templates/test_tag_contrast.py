"""The tag colours are readable: 4.5:1 or more, light and dark (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

TAGS = Path(__file__).resolve().parents[2] / "consult" / "assets" / "parts" / "tags.css"
LIGHT, DARK = TAGS.read_text().split("@media (prefers-color-scheme: dark)")
COLORS = re.findall(r"\.tag--(\w+) {", DARK)


def luminance(color: str) -> float:
    """Relative luminance of #rrggbb, 0–1, as WCAG defines it."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1–21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def token(css: str, color: str, part: str) -> str:
    found = re.search(rf"--tag-{color}-{part}: (#[0-9a-f]{{6}});", css)
    assert found, f"--tag-{color}-{part} is missing"
    return found[1]


def test_there_are_twelve_colors() -> None:
    assert len(COLORS) == len(set(COLORS)) == 12


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("color", COLORS)
def test_tag_text_is_readable(scheme: str, color: str) -> None:
    assert contrast(token(scheme, color, "text"), token(scheme, color, "background")) >= 4.5
