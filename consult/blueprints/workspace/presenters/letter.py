"""A frozen text as the letter it will be: in its own language, whatever the reader's is."""

from collections.abc import Sequence
from dataclasses import dataclass

from babel.dates import format_date
from markupsafe import Markup

from consult.domain.composing.letter import stance_in_words, written_parts
from consult.domain.composing.sealing import printed_title
from consult.domain.composing.standing import Standing
from consult.domain.composing.types import FrozenPart, FrozenText
from consult.kernel.clock import to_oslo
from consult.kernel.i18n import N_, choose_locale, translator
from consult.kernel.text.rich.codec import from_json
from consult.kernel.text.rich.showing import to_html


@dataclass(frozen=True, slots=True)
class LetterPart:
    """A part of the letter.

    Attributes:
        stance: In words, with what goes with it; empty for none.
        body: Safe HTML.
    """

    title: str
    stance: str
    body: Markup
    no_comments: str


@dataclass(frozen=True, slots=True)
class LetterSigner:
    """A place under the letter; ``is_signed`` tells whether somebody stands there already."""

    name: str
    title: str
    is_signed: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter.

    Attributes:
        facts: Its references and date, label and value.
    """

    sender: str
    recipient: str
    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    basis: str
    parts: tuple[LetterPart, ...]
    signers: tuple[LetterSigner, ...]


def present_letter(text: FrozenText, standing: Standing | None) -> Letter:
    """The letter with those who have signed, and places for those who are asked to."""
    head = text.head
    return Letter(
        sender=head.sender,
        recipient=head.recipient,
        title=head.title,
        language=head.language,
        facts=_facts(text, standing),
        basis=head.basis,
        parts=tuple(_part(one, head.language) for one in written_parts(text.parts)),
        signers=_signers(standing, head.language) if standing else (),
    )


def _facts(text: FrozenText, standing: Standing | None) -> tuple[tuple[str, str], ...]:
    head, locale = text.head, choose_locale(text.head.language)
    say = translator(locale).gettext
    day = head.document_date
    if day is None and standing and standing.signed_at is not None:
        day = to_oslo(standing.signed_at).date()
    pattern = "d MMMM y" if locale == "en" else "d. MMMM y"
    facts = (
        (say(N_("Date")), format_date(day, pattern, locale=locale) if day else ""),
        (say(N_("Your ref.")), head.their_ref),
        (say(N_("Our ref.")), head.our_ref),
    )
    return tuple((label, value) for label, value in facts if value)


def _part(part: FrozenPart, language: str) -> LetterPart:
    say = translator(choose_locale(language)).gettext
    html = to_html(from_json(part.body), top_level=4, note_prefix=f"note-{part.key}")
    return LetterPart(
        title=part.title,
        stance=stance_in_words(part.stance, part.modifiers, language),
        body=Markup(html),  # noqa: S704 -- made safe by to_html
        no_comments=say(N_("No comments")) if part.no_comments else "",
    )


def _signers(standing: Standing, language: str) -> tuple[LetterSigner, ...]:
    signed = [
        LetterSigner(one.event.name, printed_title(one, language=language), True)
        for one in standing.signatures
        if one.step.on_letter
    ]
    turn = standing.turn
    waiting: Sequence[tuple[bool, str, str]] = [
        *([(turn.step.on_letter, turn.name, turn.title)] if turn else []),
        *((step.on_letter, step.name, step.title) for step in standing.ahead),
    ]
    return (*signed, *(LetterSigner(name, title, False) for shown, name, title in waiting if shown))
