"""A document as it stands, as one value, and the digest that signatures are sealed by.

What is sealed is what the organisation writes: the letter's head and every part, in order. What
others write, the wording of a question and a body's registered name, is kept beside it as it was
seen, and is not sealed: nobody outside can make signatures fall by correcting a comma.
"""

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from consult.domain.composing.queries import list_parts
from consult.domain.composing.recommended import list_recommendations
from consult.domain.composing.types import (
    BlockKind,
    FrozenGround,
    FrozenPart,
    FrozenRecommendation,
    FrozenText,
    Horizon,
    Instrument,
    LetterHead,
    PartKind,
    Side,
)
from consult.domain.documents.types import Numbered
from consult.domain.submissions.types import Stance, StanceModifier
from consult.kernel.i18n import localised
from consult.kernel.ids import content_digest
from consult.kernel.text.rich.codec import from_json, from_tree, to_json, to_tree

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, Part, Recommendation

_RECOMMENDED = (
    "key",
    "text",
    "is_proposed",
    "reason",
    "addressee",
    "horizon",
    "begins_in",
    "instrument",
    "concretises",
    "legal_need",
    "assessment",
)
_HEAD_TEXTS = ("title", "language", "recipient", "their_ref", "our_ref", "basis")


def read_text(composition: "Composition") -> FrozenText:
    """The document as it stands now."""
    head = LetterHead(
        sender=composition.organisation.name,
        document_date=composition.document_date,
        **{name: getattr(composition, name) or "" for name in _HEAD_TEXTS},
    )
    parts = tuple(_read_part(one, composition.language) for one in list_parts(composition.id))
    if not composition.is_report:
        return FrozenText(head, parts)
    proposed = tuple(_read_recommendation(one) for one in list_recommendations(composition.id))
    data = composition.snapshot.digest if composition.snapshot else ""
    return FrozenText(head, parts, proposed, data)


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
    proposed = tuple(_unfreeze_recommendation(one) for one in sealed.get("recommendations", ()))
    return FrozenText(head, parts, proposed, sealed.get("data", ""))


def _sealed(text: FrozenText) -> dict[str, Any]:
    day = text.head.document_date
    head = {name: getattr(text.head, name) for name in _HEAD_TEXTS}
    sealed: dict[str, Any] = {
        "head": {**head, "document_date": day.isoformat() if day else None},
        "parts": [_sealed_part(part) for part in text.parts],
    }
    if text.recommendations:
        sealed["recommendations"] = [asdict(one) for one in text.recommendations]
    return sealed | ({"data": text.data} if text.data else {})


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
        **_placed(part),
    }


def _placed(part: FrozenPart) -> dict[str, Any]:
    """Where a part of a report stands and what it is made from.

    A response says nothing of this: its fingerprints are older than reports.
    """
    placed: dict[str, Any] = {"depth": part.depth} if part.depth != 1 else {}
    if part.numbered is not Numbered.YES:
        placed["numbered"] = part.numbered.value
    if part.block is not None:
        placed["block"] = part.block.value
    return placed | ({"about": part.about} if part.about else {})


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
        depth=stored.get("depth", 1),
        numbered=Numbered(stored.get("numbered", Numbered.YES)),
        block=BlockKind(stored["block"]) if stored.get("block") else None,
        about=stored.get("about"),
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
        depth=part.depth,
        numbered=part.numbered,
        block=part.block,
        about=part.theme.key if part.theme else None,
    )


def _read_recommendation(one: "Recommendation") -> FrozenRecommendation:
    return FrozenRecommendation(
        part=one.part.key,
        grounds=tuple(
            FrozenGround(ground.passage.public_id, ground.side, ground.reason, ground.quote)
            for ground in one.grounds
        ),
        **{name: getattr(one, name) for name in _RECOMMENDED},
    )


def _unfreeze_recommendation(stored: dict[str, Any]) -> FrozenRecommendation:
    return FrozenRecommendation(
        **{name: stored[name] for name in _RECOMMENDED if name not in ("horizon", "instrument")},
        part=stored["part"],
        horizon=Horizon(stored["horizon"]) if stored["horizon"] else None,
        instrument=Instrument(stored["instrument"]) if stored["instrument"] else None,
        grounds=tuple(
            FrozenGround(one["passage"], Side(one["side"]), one["reason"], one["quote"])
            for one in stored["grounds"]
        ),
    )


def _asked(part: "Part", language: str) -> str:
    if part.question is not None:
        return localised(part.question.text, language)
    return localised(part.proposal.title, language) if part.proposal else ""
