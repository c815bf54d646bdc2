"""Imports in progress as JSON and back; numbered, because stored ones outlive a release."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from consult.domain.intake.details import AnswerDetails
from consult.domain.intake.errors import UnknownFormat
from consult.domain.intake.types import (
    Assignment,
    BlockRole,
    IntakeWarning,
    Language,
    Reason,
    RecognisedBlock,
    RecognisedDocument,
    Signatory,
)
from consult.domain.organisations.types import ActorType
from consult.domain.submissions.types import Channel, Publication, Relay, Signer

FORMAT = 1


def document_to_json(document: RecognisedDocument) -> dict[str, Any]:
    """A recognised document as plain JSON values."""
    return {
        "format": FORMAT,
        "media_type": document.media_type,
        "blocks": [
            [block.role.value, block.text, block.level, block.page, block.number]
            for block in document.blocks
        ],
        "signatories": [[person.name, person.title] for person in document.signatories],
        "sender": document.sender,
        "recipient": document.recipient,
        "document_date": _day_to_json(document.document_date),
        "their_ref": document.their_ref,
        "our_ref": document.our_ref,
        "language": document.language,
        "page_count": document.page_count,
        "warnings": [warning.value for warning in document.warnings],
    }


def document_from_json(data: Mapping[str, Any]) -> RecognisedDocument:
    """The recognised document. Raises ``UnknownFormat`` for what a later release has written."""
    if data.get("format") != FORMAT:
        raise UnknownFormat(data.get("format"))
    return RecognisedDocument(
        media_type=data["media_type"],
        blocks=tuple(
            RecognisedBlock(BlockRole(role), text, level, page, number)
            for role, text, level, page, number in data["blocks"]
        ),
        signatories=tuple(Signatory(name, title) for name, title in data["signatories"]),
        sender=data["sender"],
        recipient=data["recipient"],
        document_date=_day_from_json(data["document_date"]),
        their_ref=data["their_ref"],
        our_ref=data["our_ref"],
        language=cast("Language | None", data["language"]),
        page_count=data["page_count"],
        warnings=tuple(IntakeWarning(value) for value in data["warnings"]),
    )


def assignments_to_json(assignments: Sequence[Assignment]) -> list[dict[str, Any]]:
    """Where each block goes, as plain JSON values."""
    return [
        {
            "block": one.block_index,
            "target": one.target,
            "heading": one.heading_index,
            "confidence": one.confidence,
            "reason": one.reason.value,
        }
        for one in assignments
    ]


def assignments_from_json(data: Sequence[Mapping[str, Any]]) -> tuple[Assignment, ...]:
    """Where each block goes."""
    return tuple(
        Assignment(
            item["block"],
            item["target"],
            item["heading"],
            item["confidence"],
            Reason(item["reason"]),
        )
        for item in data
    )


def details_to_json(details: AnswerDetails) -> dict[str, Any]:
    """What is known of the sender and the letter, as plain JSON values."""
    return {
        "sender": details.sender,
        "organisation_id": details.organisation_id,
        "actor_type": details.actor_type,
        "signatories": [[person.name, person.title] for person in details.signatories],
        "document_date": _day_to_json(details.document_date),
        "is_undated": details.is_undated,
        "their_ref": details.their_ref,
        "received_on": _day_to_json(details.received_on),
        "received_at": details.received_at.isoformat() if details.received_at else None,
        "channel": details.channel.value,
        "language": details.language,
        "publication": details.publication,
        "has_no_comments": details.has_no_comments,
        "contact_name": details.contact_name,
        "contact_email": details.contact_email,
        "posted_on": _day_to_json(details.relay.posted_on),
    }


def details_from_json(data: Mapping[str, Any]) -> AnswerDetails:
    """What is known of the sender and the letter."""
    moment = data["received_at"]
    return AnswerDetails(
        sender=data["sender"],
        organisation_id=data["organisation_id"],
        actor_type=ActorType(data["actor_type"]) if data["actor_type"] else None,
        signatories=tuple(Signer(name, title) for name, title in data["signatories"]),
        document_date=_day_from_json(data["document_date"]),
        is_undated=data["is_undated"],
        their_ref=data["their_ref"],
        received_on=_day_from_json(data["received_on"]),
        received_at=datetime.fromisoformat(moment) if moment else None,
        channel=Channel(data["channel"]),
        language=data["language"],
        publication=Publication(data["publication"]) if data["publication"] else None,
        has_no_comments=data["has_no_comments"],
        contact_name=data.get("contact_name"),
        contact_email=data.get("contact_email"),
        relay=Relay(posted_on=_day_from_json(data.get("posted_on"))),
    )


def _day_to_json(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day_from_json(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
