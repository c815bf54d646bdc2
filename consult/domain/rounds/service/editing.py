"""Writing what a round says of itself."""

from collections.abc import Mapping

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.rounds.models import Round
from consult.domain.rounds.service.creating import clean_texts, mail_text_data
from consult.domain.rounds.service.recording import check_editable, note
from consult.domain.rounds.types import MailPlace, RoundStatus
from consult.kernel.errors import InvalidInput
from consult.kernel.i18n import CONTENT_LANGUAGES


def change_texts(
    round_: Round,
    *,
    title: dict[str, str],
    introduction: dict[str, str],
    influence: dict[str, str],
    settled: dict[str, str],
    plain: dict[str, str],
    by: Actor,
) -> None:
    """Change the title, the introduction, what can be influenced, what is settled, plain words.

    Raises:
        InvalidInput: There is no title in any language.
        RoundFrozen: The round has closed.
    """
    check_editable(round_)
    texts = {
        "title": clean_texts(title),
        "introduction": clean_texts(introduction),
        "influence": clean_texts(influence),
        "settled": clean_texts(settled),
        "plain": clean_texts(plain),
    }
    if not texts["title"]:
        raise InvalidInput("title", "required")
    changed = [name for name, value in texts.items() if getattr(round_, name) != value]
    for name in changed:
        setattr(round_, name, texts[name])
    session().flush()
    if changed:
        note(Tag.ROUND_CHANGED, round_, by=by, data={"changed": "texts", "fields": changed})


def change_mail_texts(
    round_: Round, texts: Mapping[MailPlace, dict[str, str]], *, by: Actor
) -> None:
    """Change what the owner adds to the round's mails; those that are written stay as they are."""
    kept = mail_text_data(texts)
    if kept != round_.mail_texts:
        round_.mail_texts = kept
        session().flush()
        note(Tag.ROUND_CHANGED, round_, by=by, data={"changed": "mails", "fields": sorted(kept)})


def change_frame(
    round_: Round,
    *,
    languages: tuple[str, ...],
    case_number: str | None,
    contact: dict[str, str],
    by: Actor,
) -> None:
    """Change the languages of the round, its case number and whom to ask.

    Texts in a language that is taken away are kept and come back with it.

    Raises:
        InvalidInput: No language, or one that is not known; or languages are taken away after the
            round was announced (reason ``announced``).
    """
    if not languages or not set(languages) <= set(CONTENT_LANGUAGES):
        raise InvalidInput("languages", "required")
    if round_.status is not RoundStatus.PLANNED and not set(round_.languages) <= set(languages):
        raise InvalidInput("languages", "announced")
    ordered = [code for code in CONTENT_LANGUAGES if code in languages]
    values = {
        "languages": ordered,
        "case_number": (case_number or "").strip() or None,
        "contact": {name: text.strip() for name, text in contact.items() if text.strip()},
    }
    changed = [name for name, value in values.items() if getattr(round_, name) != value]
    for name in changed:
        setattr(round_, name, values[name])
    session().flush()
    if changed:
        note(Tag.ROUND_CHANGED, round_, by=by, data={"changed": "frame", "fields": changed})
