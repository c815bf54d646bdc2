"""What the names of paragraph styles state, in the languages of office programs."""


def is_list_style(name: str) -> int | None:
    """The nesting (from 0) that the name of a list style states, or ``None`` for other styles."""
    folded = name.casefold().replace("_20_", " ").strip()
    for prefix in ("list bullet", "list number", "punktliste", "punktmerket liste",
                   "nummerert liste", "nummerliste", "punktmerkt liste"):  # fmt: skip
        if folded.startswith(prefix):
            digits = "".join(
                character for character in folded[len(prefix) :] if character.isdigit()
            )
            return int(digits) - 1 if digits and 0 < int(digits) < 10 else 0
    return None


def heading_level_of_style(name: str) -> int | None:
    """The level a style's name states: 0 for a title, 1–9 for headings, ``None`` for others."""
    folded = name.casefold().replace("_20_", " ").strip()
    if folded in ("title", "tittel", "hovudtittel", "hovedtittel", "dokumenttittel"):
        return 0
    for prefix in ("heading", "overskrift"):
        rest = folded[len(prefix) :].strip() if folded.startswith(prefix) else "-"
        if rest.isdigit() and 0 < int(rest) < 10:
            return int(rest)
        if not rest:
            return 1
    return None
