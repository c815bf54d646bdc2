"""The words of a document in its language: sentences, dates, lists, and the senders' names."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal

from consult.domain.documents.rules import Quantifier, choose_quantifier
from consult.domain.documents.types import (
    Foreign,
    Inline,
    ItemList,
    ListItem,
    Paragraph,
    Strong,
    Text,
)
from consult.kernel.clock import OSLO, to_oslo
from consult.kernel.i18n import N_, choose_locale, translator

# In bokmål and nynorsk the relative clause ends with a comma, which belongs to the translation:
# "De fleste av de %(total)s som uttaler seg om forslaget,".
_WHO_ADDRESS_IT = {
    Quantifier.NONE: N_("None of the %(total)s who address the proposal"),
    Quantifier.ONE: N_("One of the %(total)s who address the proposal"),
    Quantifier.A_FEW: N_("A few of the %(total)s who address the proposal"),
    Quantifier.SOME: N_("Some of the %(total)s who address the proposal"),
    Quantifier.SEVERAL: N_("Several of the %(total)s who address the proposal"),
    Quantifier.MANY: N_("Many of the %(total)s who address the proposal"),
    Quantifier.MAJORITY: N_("A majority of the %(total)s who address the proposal"),
    Quantifier.MOST: N_("Most of the %(total)s who address the proposal"),
    Quantifier.ALL: N_("All %(total)s who address the proposal"),
}
_OF_THE_SENDERS = {
    Quantifier.NONE: N_("none of the %(total)s senders with comments"),
    Quantifier.ONE: N_("one of the %(total)s senders with comments"),
    Quantifier.A_FEW: N_("a few of the %(total)s senders with comments"),
    Quantifier.SOME: N_("some of the %(total)s senders with comments"),
    Quantifier.SEVERAL: N_("several of the %(total)s senders with comments"),
    Quantifier.MANY: N_("many of the %(total)s senders with comments"),
    Quantifier.MAJORITY: N_("a majority of the %(total)s senders with comments"),
    Quantifier.MOST: N_("most of the %(total)s senders with comments"),
    Quantifier.ALL: N_("all %(total)s senders with comments"),
}


class Wording:
    """Says things in one language."""

    def __init__(self, locale: str) -> None:
        self.locale = choose_locale(locale)
        self._catalogue = translator(self.locale)

    def gettext(self, message: str, **values: object) -> str:
        """The text in this language with its values filled in."""
        text = self._catalogue.gettext(message)
        return text % self._shown(values) if values else text

    def ngettext(self, singular: str, plural: str, num: int, **values: object) -> str:
        """The text for a number, which it may name as ``%(num)s``."""
        text = self._catalogue.ngettext(singular, plural, num)
        return text % self._shown({"num": num, **values})

    def _shown(self, values: dict[str, object]) -> dict[str, str]:
        return {
            name: self.number(value) if isinstance(value, int) else str(value)
            for name, value in values.items()
        }

    def number(self, value: int) -> str:
        """A count as people write it: ``1 234``."""
        return str(format_decimal(value, locale=self.locale))

    def day(self, value: date | datetime) -> str:
        """``31. oktober 2026``, in Norway."""
        day = to_oslo(value).date() if isinstance(value, datetime) else value
        pattern = "d MMMM y" if self.locale == "en" else "d. MMMM y"
        return str(format_date(day, pattern, locale=self.locale))

    def moment(self, value: datetime) -> str:
        """``31. oktober 2026 kl. 23.59``, in Norway."""
        pattern = "d MMMM y 'at' HH:mm" if self.locale == "en" else "d. MMMM y 'kl.' HH.mm"
        return str(format_datetime(value, pattern, tzinfo=OSLO, locale=self.locale))

    def join(self, parts: Sequence[str]) -> str:
        """``a, b og c``."""
        if not parts:
            return ""
        text = str(format_list(list(parts), locale=self.locale))
        return text.replace(", and ", " and ") if self.locale == "en" else text

    def join_names(self, names: Sequence[str]) -> str:
        """``A, B og C``, or ``A; B, avdeling 2; C`` where a name has a comma of its own."""
        return "; ".join(names) if any("," in name for name in names) else self.join(names)

    def language(self, code: str) -> str:
        """What a language is called."""
        names = Locale.parse(self.locale).languages
        return str(names.get(code, code))

    def who_address_it(self, count: int, *, of: int) -> str:
        """The subject of a sentence about a proposal: "Most of the 27 who address the proposal"."""
        return self.gettext(_WHO_ADDRESS_IT[choose_quantifier(count, of=of)], total=of)

    def of_the_senders(self, count: int, *, of: int) -> str:
        """Within a sentence about a theme: "most of the 38 senders with comments"."""
        if of == 1:
            return self.gettext(N_("the only sender with comments"))
        return self.gettext(_OF_THE_SENDERS[choose_quantifier(count, of=of)], total=of)

    def foreign(self, text: str, language: str) -> Inline:
        """The text, marked when it is in another language than the document."""
        if language == self.locale:
            return Text(text)
        return Foreign((Text(text),), language)


def fact_lines(facts: Iterable[tuple[str, str]]) -> ItemList:
    """Facts with their names, a line each; those without a value are left out."""
    lines = (
        Paragraph((Strong((Text(f"{name}:"),)), Text(f" {value}")))
        for name, value in facts
        if value
    )
    return ItemList(tuple(ListItem((line,)) for line in lines))


def paragraph(text: str, *, lead: bool = False) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph((Text(text),), lead=lead)
