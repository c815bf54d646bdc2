"""What the head of a letter says: who sends it, to whom, when, and under which references."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from consult.domain.intake.recognise.lexicon import is_organisation, is_person, is_title_head
from consult.kernel.text.letters import CAPITALS

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("januar", "january", "ođđajagemánnu", "ođđajagemánu", "jan"),
            ("februar", "february", "guovvamánnu", "guovvamánu", "feb"),
            ("mars", "march", "njukčamánnu", "njukčamánu", "mar"),
            ("april", "cuoŋománnu", "cuoŋománu", "apr"),
            ("mai", "may", "miessemánnu", "miessemánu"),
            ("juni", "june", "geassemánnu", "geassemánu", "jun"),
            ("juli", "july", "suoidnemánnu", "suoidnemánu", "jul"),
            ("august", "borgemánnu", "borgemánu", "aug"),
            ("september", "čakčamánnu", "čakčamánu", "sep", "sept"),
            ("oktober", "october", "golggotmánnu", "golggotmánu", "okt", "oct"),
            ("november", "skábmamánnu", "skábmamánu", "nov"),
            ("desember", "december", "juovlamánnu", "juovlamánu", "des", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\d/.-])(?:(?P<y1>20\d\d|19\d\d)-(?P<m1>\d\d?)-(?P<d1>\d\d?)"
    rf"|(?P<d2>\d\d?)\s?[./-]\s?(?P<m2>\d\d?)\s?[./-]\s?(?P<y2>20\d\d|19\d\d|\d\d)"
    rf"|(?P<d3>\d\d?)\.?\s*(?P<m3>{_MONTH})\.?\s+(?:b\.\s*)?(?P<y3>20\d\d|19\d\d)"
    rf"|(?P<m4>{_MONTH})\s+(?P<d4>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<y4>20\d\d|19\d\d)"
    rf"|(?P<m5>{_MONTH})\s+(?P<d5>\d\d?)\.?\s*(?:b\.|beaivi)?\s*(?P<y5>20\d\d))(?![\d/-])",
    re.IGNORECASE,
)
_OUR, _THEIR, _DATED, _TO, _FROM, _OTHER = "our", "their", "date", "to", "from", "other"
_LABELS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        _OTHER,
        (r"(?:deres|dykkar|your)\s+dato?e?", r"(?:hørings|høyrings|svar)?frist", r"møtedato"),
    ),
    (_DATED, (r"(?:vår\s+)?dato", "sendt", "sent", "date", "dáhton", "beaivi", "beaiveáigi")),
    (
        _THEIR,
        (
            r"(?:deres|dykkar|your|din)\s+(?:ref(?:eranse|erence)?|saksnr|saksnummer|saksref)\.?",
            r"din\s+čuj\.?",
        ),
    ),
    (
        _OUR,
        (
            r"(?:vår|our)\s+(?:ref(?:eranse|erence)?|saksnr|saksnummer|saksref)\.?",
            r"min\s+čuj\.?",
            r"saksnummer|saks?\s?nr|arkivsaksnr|arkivsaknr|arkivsak|sak|ref(?:eranse)?\.?",
            r"journalpostid|journalpost|case\s+no\.?|dok\.?\s*nr\.?",
        ),
    ),
    (_TO, (r"til|to|mottaker|mottakar|adressat|vuostáiváldi",)),
    (
        _FROM,
        (
            r"fra|frå|from|avsender|avsendar|innsender|sáddejeaddji",
            r"(?:navn\s+på\s+)?(?:høringsinstans|høyringsinstans)|organisasjon|virksomhet",
        ),
    ),
    (
        _OTHER,
        (
            r"saksbehandl(?:er|ar)|sakshandsamar|áššemeannudeaddji|kontaktperson|contact",
            r"kopi(?:\s+til)?|cc|emne|subject|vedr(?:ørende)?|gjelder|gjeld|re|vedlegg",
            r"arkivkode|arkiv|klassering|gradering|unntatt\s+offentlighet|løpenr|side",
            r"(?:direkte\s+)?telefon|tlf|mobil|telefaks|phone|direktenummer|sentralbord",
            r"e-?post|e-?mail|nettside|internett|bankkonto",
            r"org\.?\s?(?:nr|nummer)\.?|organisasjonsnummer|utvalgssaksnr|utvalg",
            r"postadresse|besøksadresse|adresse",
        ),
    ),
)
_LABEL = re.compile(
    r"(?:(?<=^)|(?<=[\s|;,]))(?:"
    + "|".join(f"(?P<{kind}{n}>{'|'.join(words)})" for n, (kind, words) in enumerate(_LABELS))
    + r")(?P<colon>\s*:)?(?=[\s\d]|$)\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    rf"^\d{{4}}\s+(?-i:[{CAPITALS}])[\w\s\-]+$|\bpostboks\b|\bboks\s+\d"
    rf"|\b\d{{4}}\s+(?-i:[{CAPITALS}]{{2,}})"
    r"|^[\w\s.\-]+(?:gata|gate|veien|vei|vegen|veg|gt\.?|plass|torg|gáidnu|luodda|street)\s+\d+\s?[A-Za-z]?\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"\S+@\S+\.\w|https?://|www\.\w|\borg\.?\s?nr|\+47\b", re.IGNORECASE)
_MAIL_ADDRESS = re.compile(r"\s*[<(]\S+@\S+[>)]")
_TITLE_FROM = re.compile(
    r"^\w*(?:svar|uttalelse|fråsegn|innspill|innspel|response|submission)\s+(?i:fra|frå|from)\s+"
    rf"(?P<name>(?-i:[{CAPITALS}])[^–:,.]{{2,60}})$",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(rf"^(?:til|to)\s+(?=[{CAPITALS}])", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(
    rf"^(?:[{CAPITALS}][\w\-]*(?:\s[{CAPITALS}][\w\-]*)?,?\s*(?:den\s+)?)?$"
)
_SALUTATION = re.compile(
    r"^(?:hei|hallo|kjære|god\s+dag|til\s+rette\s+vedkommende|til\s+den\s+det\s+(?:måtte\s+)?gjelde"
    r"|dear|to\s+whom|hello|bures|buorre\s+beaivi|buoris)\b[^.?]{0,60}$",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    rf"^(?P<name>[{CAPITALS}][\w\-]+(?:\s+[\w\-]+){{0,6}}?)\s+\((?P<short>[{CAPITALS}][\w\-]{{1,11}})\)"
    r"\s+(?:er|takker|viser|takkar|viser|støtter|stør|ønsker|har|lea|is|thanks|welcomes|refers)\b"
)
_TELLING = frozenset(
    ("dato", "vår dato", "deres dato", "dykkar dato", "saksbehandler", "saksbehandlar", "saksnr",
     "sakshandsamar", "saksnummer", "arkivkode", "arkivsak", "arkivsaknr", "møtedato")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LetterHead:
    """What was read from the head of a letter; what it does not say is ``None``."""

    sender: str | None = None
    recipient: str | None = None
    document_date: date | None = None
    our_ref: str | None = None
    their_ref: str | None = None


def find_date(text: str) -> date | None:
    """The first full date in a text, day before month; ``None`` without one."""
    for match in _DATE.finditer(text):
        found = {name[0]: value for name, value in match.groupdict().items() if value}
        month = _MONTHS.get(found["m"].casefold()) or int(found["m"])
        year = int(found["y"]) + (2000 if len(found["y"]) == 2 else 0)
        try:
            return date(year, month, int(found["d"]))
        except ValueError:
            continue
    return None


def is_date_line(text: str) -> bool:
    """Whether a line is a date and nothing else, save the place: "Oslo, 5. mars 2026"."""
    match = _DATE.search(text)
    if not match:
        return False
    rest = (text[: match.start()] + text[match.end() :]).strip(" .,|")
    return len(rest) <= 40 and bool(_PLACE_AND_DATE.match(rest))


def is_salutation(text: str) -> bool:
    """Whether a line greets: "Hei", "Til rette vedkommende"."""
    return bool(_SALUTATION.match(text.strip()))


def is_letterhead_line(text: str) -> bool:
    """Whether a line can only belong to the head or foot of a letter."""
    flat = " ".join(text.split())
    if len(flat) > 160:
        return False
    if is_date_line(flat) or _CONTACT.search(flat) or (_ADDRESS.search(flat) and len(flat) < 80):
        return True
    return any(True for _ in _find_labels(flat))


def is_label_row(text: str) -> bool:
    """Whether a line holds labels only, so that their values stand below them."""
    cells = [" ".join(cell.split()) for cell in re.split(r"\t+|\s{3,}", text) if cell.strip()]
    return bool(cells) and all(
        any(match.end() >= len(cell) for _, match in _find_labels(cell, alone=True))
        for cell in cells
    )


def _find_labels(text: str, *, alone: bool = False) -> Iterator[tuple[str, re.Match[str]]]:
    """The labels in a line, with their kinds; ``alone`` when the text is one cell of several.

    A word such as "til" is a label only before a colon or when it opens the line of a table; the
    telling ones ("Vår ref") need none.
    """
    for match in _LABEL.finditer(text):
        kind = next(
            name[:-1] for name, value in match.groupdict().items() if value and name != "colon"
        )
        words = match[0].strip(" :").casefold()
        whole = alone and words == text.strip(" :").casefold()
        named = kind in (_OUR, _THEIR) and " " in words
        telling = words.rstrip(".") in _TELLING and len(text) < 120
        if match["colon"] or whole or named or telling:
            yield kind, match


def read_letter_head(
    lines: Sequence[str], *, title: str = "", opening: str = "", ending: Sequence[str] = ()
) -> LetterHead:
    """What the lines of a letterhead state.

    Args:
        lines: the letterhead, columns parted by tabs.
        title: the document's title, which may name the sender ("Uttalelse fra …").
        opening: the first paragraph, which may introduce the sender with its short name.
        ending: lines of the signature: an organisation or a date may stand there.
    """
    values = _read_values(lines)
    dated = values.get(_DATED, "")
    document_date = find_date(dated)
    if document_date is None:
        document_date = _first_date(lines, besides=values.get(_OTHER, "")) or _first_date(ending)
    names = [line for line in _names(lines) if line not in values.values()]
    recipient = values.get(_TO) or _recipient(lines, names)
    if recipient:
        names = [name for name in names if name != recipient]
        recipient = _TO_WHOM.sub("", recipient)
    sender = (
        _MAIL_ADDRESS.sub("", values.get(_FROM, "")).strip()
        or next(iter(names), None)
        or _introduced(opening)
        or _named_in_title(title)
        or next((_without_title(line) for line in ending if _is_organisation_line(line)), None)
    )
    return LetterHead(
        sender=sender,
        recipient=recipient,
        document_date=document_date,
        our_ref=_reference(values.get(_OUR)),
        their_ref=_reference(values.get(_THEIR)),
    )


def _first_date(lines: Iterable[str], *, besides: str = "") -> date | None:
    """The first date that stands alone, unless its label says what else it is."""
    for line in lines:
        for cell in re.split(r"\t+|\s{3,}", line):
            flat = " ".join(cell.split())
            if is_date_line(flat) and flat not in besides:
                return find_date(flat)
    return None


def _read_values(lines: Sequence[str]) -> dict[str, str]:
    """The value of each label: after it on its line, or in its column on the line below."""
    values: dict[str, str] = {}
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        for kind, value in _labelled(line, below):
            if value and kind == _OTHER:
                values[_OTHER] = f"{values.get(_OTHER, '')}\n{value}"
            elif value:
                values.setdefault(kind, value)
    return values


def _labelled(line: str, below: str) -> Iterator[tuple[str, str]]:
    cells = [cell for cell in re.split(r"\t+|\s{3,}", line.strip()) if cell.strip()]
    found = [list(_find_labels(" ".join(cell.split()), alone=len(cells) > 1)) for cell in cells]
    bare = [
        kind
        for cell, labels in zip(cells, found, strict=True)
        for kind, match in labels
        if match.end() >= len(" ".join(cell.split()))
    ]
    total = sum(map(len, found))
    if total and len(bare) == total:
        yield from zip(bare, _values_below(below, total), strict=False)
        return
    for index, (cell, labels) in enumerate(zip(cells, found, strict=True)):
        flat = " ".join(cell.split())
        for position, (kind, match) in enumerate(labels):
            end = labels[position + 1][1].start() if position + 1 < len(labels) else len(flat)
            value = flat[match.end() : end].strip(" :|;,")
            if not value and index + 1 < len(cells) and not found[index + 1]:
                value = " ".join(cells[index + 1].split())
            yield kind, value


def _values_below(below: str, count: int) -> list[str]:
    """The values under a row of so many labels; none when the columns cannot be told apart."""
    apart = _DATE.sub(lambda match: f"\t{match[0]}\t", below)
    cells = [" ".join(cell.split()) for cell in re.split(r"\t+|\s{2,}", apart) if cell.strip()]
    if len(cells) == count or any(True for cell in cells for _ in _find_labels(cell)):
        return cells if len(cells) == count else []
    words = below.split()
    return words if len(words) == count else []


def _reference(value: str | None) -> str | None:
    """A reference has a digit in it; a stray word is none."""
    if not value or not any(character.isdigit() for character in value) or len(value) > 60:
        return None
    return None if is_date_line(value) else value


def _is_organisation_line(line: str) -> bool:
    text = line.strip()
    return (
        3 <= len(text) <= 90
        and is_organisation(text)
        and not text.endswith((".", "?", ":"))
        and not any(character.isdigit() for character in text)
        and not is_person(text)
    )


def _names(lines: Sequence[str]) -> list[str]:
    """The organisations that the lines name, each on its own line or in its own column."""
    cells = [
        " ".join(cell.split()) for line in lines for cell in re.split(r"\t+|\s{3,}|\s[–|•]\s", line)
    ]
    return [
        cell
        for cell in cells
        if _is_organisation_line(cell)
        and not _CONTACT.search(cell)
        and not _ADDRESS.search(cell)
        and not any(True for _ in _find_labels(cell))
    ]


def _recipient(lines: Sequence[str], names: list[str]) -> str | None:
    """The organisation a letter is addressed to: a ministry, or the last with an address."""
    for name in names:
        if re.search(r"departement|ministry|departemeanta", name, re.IGNORECASE):
            return name
    if len(names) < 2:
        return None
    flat = [" ".join(line.split()) for line in lines]
    for name in reversed(names):
        after = flat[flat.index(name) + 1 :][:3] if name in flat else []
        if name != names[0] and any(_ADDRESS.search(line) for line in after):
            return name
    return None


def _named_in_title(title: str) -> str | None:
    match = _TITLE_FROM.search(title)
    return match["name"].strip() if match else None


def _without_title(line: str) -> str:
    """The organisation in "Chair, Fjord Data Society"."""
    before, comma, after = line.strip().partition(",")
    return (
        after.strip()
        if comma and is_title_head(before) and is_organisation(after)
        else line.strip()
    )


def _introduced(opening: str) -> str | None:
    match = _INTRODUCTION.match(opening)
    return f"{match['name']} ({match['short']})" if match else None
