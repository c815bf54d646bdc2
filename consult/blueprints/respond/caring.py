"""Care for the writer: a gentle question about what a text seems to hold; the writer decides.

Nothing here is logged, and nothing but a national identity number is ever refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import flash, request, url_for
from flask_babel import gettext as _

from consult.blueprints.respond.places import shown_card
from consult.blueprints.shared.actor import current_actor
from consult.blueprints.shared.context import language_of, localise
from consult.domain.disclosure.types import FINDING_LABELS
from consult.domain.submissions.queries import list_draft_answers
from consult.domain.submissions.service.answering import save_answer
from consult.domain.submissions.service.noticing import keep_notice
from consult.kernel.ids import content_digest
from consult.kernel.text.plain import canonical
from consult.kernel.text.sensitive import Found, find_sensitive, without_found

if TYPE_CHECKING:
    from consult.domain.rounds.models import Question
    from consult.domain.submissions.models import Draft, DraftAnswer


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a text seems to hold.

    Attributes:
        digest: Names the same words in this answer; short enough for a button.
        label: What it seems to be, for the reader.
        places: Where the words stand.
    """

    digest: str
    label: str
    words: str
    places: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class NoticedQuestion:
    """A question whose answer holds something that its writer has not decided on."""

    question: str
    lang: str
    href: str
    notices: tuple[Notice, ...]


def notices_in(draft: "Draft", text: str, stored: "DraftAnswer | None") -> tuple[Notice, ...]:
    """What a text seems to hold, once for the same words, without what the writer keeps."""
    text = canonical(text)
    kept = frozenset(stored.kept_notices if stored else ())
    places: dict[str, list[Found]] = {}
    for found in find_sensitive(text, own_names=(draft.name, draft.contact_name or "")):
        digest = content_digest(f"{found.kind}\n{text[found.start : found.end]}".encode())[:16]
        places.setdefault(digest, []).append(found)
    return tuple(
        Notice(
            digest=digest,
            label=_(FINDING_LABELS[some[0].kind]),
            words=text[some[0].start : some[0].end],
            places=tuple(some),
        )
        for digest, some in places.items()
        if digest not in kept
    )


def noticed_questions(
    draft: "Draft", questions: Sequence["Question"], answers: Mapping[int, "DraftAnswer"]
) -> list[NoticedQuestion]:
    """The questions to look at once more before sending."""
    noticed = []
    for question in questions:
        stored = answers.get(question.id)
        notices = notices_in(draft, stored.text, stored) if stored else ()
        if notices:
            noticed.append(
                NoticedQuestion(
                    question=localise(question.text),
                    lang=language_of(question.text),
                    href=_address(draft, question),
                    notices=notices,
                )
            )
    return noticed


def care_address(draft: "Draft", question: "Question") -> str | None:
    """Where to lead after a save that was about a notice, or that found something new.

    Whoever has seen a notice and goes on, goes on: the page sends along what it has shown.
    """
    step, _colon, digest = request.form.get("step", "").partition(":")
    if step == "keep":
        keep_notice(draft, question, digest)
        return _address(draft, question)
    stored = list_draft_answers(draft.id).get(question.id)
    notices = notices_in(draft, stored.text, stored) if stored else ()
    if stored is None or not notices:
        return None
    if step == "remove":
        _remove(draft, question, stored, [one for one in notices if one.digest == digest])
        return _address(draft, question)
    if {one.digest for one in notices} <= set(request.form.get("noticed", "").split()):
        return None
    flash(_("Your answer is saved. Look at it once more before you go on."), "info")
    return _address(draft, question)


def _remove(
    draft: "Draft", question: "Question", stored: "DraftAnswer", notices: Sequence[Notice]
) -> None:
    places = [place for one in notices for place in one.places]
    written = replace(stored.written, text=without_found(stored.text, places))
    save_answer(draft, question, written, revision=stored.revision, by=current_actor())


def _address(draft: "Draft", question: "Question") -> str:
    return url_for(
        "respond.question",
        public_id=draft.public_id,
        question_key=question.key,
        card=shown_card() or None,
        _anchor="care",
    )
