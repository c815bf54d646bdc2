"""Letters to those who answered: kinds, words with places for each one's own values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from consult.domain.submissions.rules import check_free_text
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import N_
from consult.kernel.text.plain import canonical


class LetterKind(StrEnum):
    """Why somebody was written to."""

    QUESTION = "question"
    FORWARDED = "forwarded"
    TO_ALL = "to_all"


LETTER_KIND_LABELS: dict[LetterKind, str] = {
    LetterKind.QUESTION: N_("Question to the sender"),
    LetterKind.FORWARDED: N_("Sent on to where it belongs"),
    LetterKind.TO_ALL: N_("Letter to those who answered"),
}

LONGEST_SUBJECT = 150
LONGEST_LETTER = 6000

MERGED_FIELDS: dict[str, str] = {
    "{name}": N_("the sender's name"),
    "{number}": N_("the number of the receipt"),
}
"""What stands for each recipient's own values in a letter to all."""

_FIELD = re.compile(r"\{[^{}\n]{0,40}\}")


@dataclass(frozen=True, slots=True)
class LetterWords:
    """What a letter says, and in which language."""

    subject: str
    body: str
    language: str


@dataclass(frozen=True, slots=True)
class LetterRecipient:
    """Somebody who gets a letter: one for each address, also where it stands on several answers.

    Attributes:
        receipt_numbers: Of their answers.
        submission_ids: The same answers.
    """

    email: str
    name: str
    locale: str
    receipt_numbers: tuple[str, ...]
    submission_ids: tuple[int, ...]

    @property
    def own_values(self) -> dict[str, str]:
        """What stands in the places of :data:`MERGED_FIELDS`."""
        return {"{name}": self.name, "{number}": ", ".join(self.receipt_numbers)}


@dataclass(frozen=True, slots=True)
class MailingList:
    """Whom a letter to all goes to, and whom not.

    Attributes:
        without_address: Answers whose sender has given none.
        declined: Addresses that want no mail about the round.
        is_too_long: There are more answers than one letter can be about.
    """

    recipients: tuple[LetterRecipient, ...]
    without_address: int
    declined: int
    is_too_long: bool = False


def check_words(words: LetterWords, *, is_merged: bool) -> LetterWords:
    """The words as they are stored.

    Raises ``InvalidInput`` for ``subject`` or ``body``: ``required``, ``too_long``,
    ``identity_number`` or, where a value of each recipient's stands in it that there is not,
    ``unknown_field``.
    """
    subject = " ".join(canonical(words.subject).split())
    body = canonical(words.body).strip()
    for field, text, most in (
        ("subject", subject, LONGEST_SUBJECT),
        ("body", body, LONGEST_LETTER),
    ):
        if not text:
            raise InvalidInput(field, "required")
        if len(text) > most:
            raise InvalidInput(field, "too_long", limit=most)
        check_free_text(field, text)
        unknown = [one for one in _FIELD.findall(text) if one not in MERGED_FIELDS]
        if is_merged and unknown:
            raise InvalidInput(field, "unknown_field", value=unknown[0])
    return LetterWords(subject, body, words.language)


def merged(text: str, values: Mapping[str, str]) -> str:
    """The text with each recipient's own values; what stands in a value is not replaced again."""
    return _FIELD.sub(lambda match: values.get(match[0], match[0]), text)
