"""Numbers as list marks write them."""

_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def to_letters(value: int) -> str:
    """1 → a, 26 → z, 27 → aa."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def to_roman(value: int) -> str:
    """1 → i, 4 → iv, 12 → xii; list numbers stay small."""
    text = ""
    for amount, letters in _ROMAN:
        text += letters * (value // amount)
        value %= amount
    return text
