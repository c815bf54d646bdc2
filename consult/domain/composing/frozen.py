"""A document as it stands, as one value, and the digest that signatures are sealed by.

What is sealed is what the organisation writes: the letter's head and every part, in order. What
others write, the wording of a question and a body's registered name, is kept beside it as it was
seen, and is not sealed: nobody outside can make signatures fall by correcting a comma.
"""

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from consult.domain.composing.queries import list_parts
from consult.domain.composing.types import FrozenPart, FrozenText, LetterHead, PartKind
from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.i18n import localised
from consult.kernel.ids import content_digest
from consult.kernel.text.rich.codec import from_json, from_tree, to_json, to_tree

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, Part

_HEAD_TEXTS = ("title", "language", "recipient", "their_ref", "our_ref", "basis")


def read_text(composition: "Composition") -> FrozenText:
    """The document as it stands now."""
    head = LetterHead(
        sender=composition.organisation.name,
        document_date=composition.document_date,
        **{name: getattr(composition, name) or "" for name in _HEAD_TEXTS},
    )
    parts = tuple(_read_part(one, composition.language) for one in list_parts(composition.id))
    return FrozenText(head, parts)


def current_digest(composition: "Composition") -> str:
    """The digest of the document as it stands now; a signature holds while it names this one."""
    return digest_of(read_text(composition))


def digest_of(text: FrozenText) -> str:
    """SHA-256, in hexadecimal, of the canonical JSON of what is sealed."""
    sealed = json.dumps(_sealed(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return content_digest(sealed.encode())


def short_code(digest: str) -> str:
    """What is shown of a digest: its first letters, in two groups, so that they can be read aloud.

    Enough to compare two papers at a glance; the whole digest decides.
    """
    return f"{digest[:4]} {digest[4:8]}"


def to_content(text: FrozenText) -> dict[str, Any]:
    """A document as a version stores it: what is sealed, and what was seen beside it."""
    seen = {"sender": text.head.sender, "asked": {part.key: part.asked for part in text.parts}}
    return {"sealed": _sealed(text), "seen": seen}


def unfreeze(content: dict[str, Any]) -> FrozenText:
    """The document that a version stores."""
    sealed, seen = content["sealed"], content["seen"]
    day = sealed["head"]["document_date"]
    head = LetterHead(
        sender=seen["sender"],
        document_date=date.fromisoformat(day) if day else None,
        **{name: sealed["head"][name] for name in _HEAD_TEXTS},
    )
    parts = tuple(_unfreeze_part(one, seen["asked"][one["key"]]) for one in sealed["parts"])
    return FrozenText(head, parts)


def _sealed(text: FrozenText) -> dict[str, Any]:
    day = text.head.document_date
    head = {name: getattr(text.head, name) for name in _HEAD_TEXTS}
    return {
        "head": {**head, "document_date": day.isoformat() if day else None},
        "parts": [_sealed_part(part) for part in text.parts],
    }


def _sealed_part(part: FrozenPart) -> dict[str, Any]:
    return {
        "key": part.key,
        "kind": part.kind.value,
        "heading": part.heading,
        "body": to_tree(from_json(part.body)),
        "question": part.question,
        "proposal": part.proposal,
        "stance": part.stance.value if part.stance else None,
        "modifiers": [one.value for one in part.modifiers],
        "no_comments": part.no_comments,
    }


def _unfreeze_part(stored: dict[str, Any], asked: str) -> FrozenPart:
    return FrozenPart(
        key=stored["key"],
        kind=PartKind(stored["kind"]),
        heading=stored["heading"],
        body=to_json(from_tree(stored["body"])),
        question=stored["question"],
        proposal=stored["proposal"],
        asked=asked,
        stance=Stance(stored["stance"]) if stored["stance"] else None,
        modifiers=tuple(StanceModifier(one) for one in stored["modifiers"]),
        no_comments=stored["no_comments"],
    )


def _read_part(part: "Part", language: str) -> FrozenPart:
    return FrozenPart(
        key=part.key,
        kind=part.kind,
        heading=part.heading,
        body=to_json(from_tree(part.body)),
        question=part.question.key if part.question else None,
        proposal=part.proposal.key if part.proposal else None,
        asked=_asked(part, language),
        stance=part.stance,
        modifiers=tuple(sorted(StanceModifier(one) for one in part.modifiers)),
        no_comments=part.no_comments,
    )


def _asked(part: "Part", language: str) -> str:
    if part.question is not None:
        return localised(part.question.text, language)
    return localised(part.proposal.title, language) if part.proposal else ""
