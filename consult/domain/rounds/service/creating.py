"""Making a round out of its specification."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from consult.db import session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.organisations.rules import slug_of
from consult.domain.rounds.checking import spec_problems
from consult.domain.rounds.errors import RoundSlugTaken
from consult.domain.rounds.models import Invitation, Proposal, Question, Round, Section
from consult.domain.rounds.queries import is_slug_taken, organisation_ids_by_slug
from consult.domain.rounds.rules import next_key
from consult.domain.rounds.service.recording import note
from consult.domain.rounds.types import (
    ROUND_RULES,
    Condition,
    InvitationSpec,
    MailPlace,
    Option,
    QuestionSpec,
    RoundSpec,
    RoundStatus,
    Scale,
)
from consult.kernel.clock import utc_now
from consult.kernel.errors import InvalidInput, NotFound
from consult.kernel.i18n import localised
from consult.kernel.ids import new_public_id

if TYPE_CHECKING:
    from consult.domain.organisations.models import Organisation

RESERVED_SLUGS = frozenset({"new"})
"""Short names that addresses of the desk use for something else."""


def create_round(
    spec: RoundSpec, *, owner: "Organisation", by: Actor, parent: Round | None = None
) -> Round:
    """Store a round with all its parts, being prepared: nobody but its desk sees it yet.

    Raises:
        InvalidInput: The specification breaks a rule; ``field`` is the place of the first.
        RoundSlugTaken: Another round has the chosen short name.
        NotFound: A body to invite is not registered.
    """
    for problem in spec_problems(spec):
        raise InvalidInput(problem.place, problem.text)
    round_ = Round(
        slug=_free_slug(spec),
        owner_id=owner.id,
        parent=parent,
        type=spec.type,
        status=RoundStatus.PLANNED,
        languages=list(spec.languages),
        title=clean_texts(spec.title),
        introduction=clean_texts(spec.introduction),
        influence=clean_texts(spec.influence),
        settled=clean_texts(spec.settled),
        plain=clean_texts(spec.plain),
        case_number=spec.case_number,
        contact=dict(spec.contact),
        opens_at=spec.opens_at,
        closes_at=spec.closes_at,
        short_deadline_reason=spec.short_deadline_reason,
        answer_publishing=spec.answer_publishing,
        mail_texts=mail_text_data(spec.mail_texts),
        created_at=utc_now(),
    )
    session().add(round_)
    _add_parts(round_, spec)
    _add_invitations(round_, spec.invitations)
    session().flush()
    note(
        Tag.ROUND_CREATED,
        round_,
        by=by,
        data={
            "type": spec.type.value,
            "sections": len(spec.sections),
            "proposals": len(spec.proposals),
            "questions": len(spec.questions),
            "invitations": len(spec.invitations),
        },
    )
    return round_


def clean_texts(texts: dict[str, str]) -> dict[str, str]:
    """Texts by language without outer blanks, with LF line ends; languages without any left out."""
    cleaned = {
        language: text.replace("\r\n", "\n").strip() for language, text in texts.items() if text
    }
    return {language: text for language, text in cleaned.items() if text}


def option_data(options: tuple[Option, ...]) -> list[dict[str, object]]:
    """Options as they are stored."""
    return [{"key": item.key, "labels": clean_texts(item.labels)} for item in options]


def scale_data(scale: Scale | None) -> dict[str, object] | None:
    """A scale as it is stored."""
    if scale is None:
        return None
    return {
        "minimum": scale.minimum,
        "maximum": scale.maximum,
        "low": clean_texts(scale.low),
        "high": clean_texts(scale.high),
    }


def condition_data(condition: Condition | None) -> dict[str, object] | None:
    """A condition as it is stored."""
    if condition is None:
        return None
    return {"question": condition.question, "values": list(condition.values)}


def mail_text_data(texts: Mapping[MailPlace, dict[str, str]]) -> dict[str, dict[str, str]]:
    """What the owner adds to mails, as it is stored: nothing for mails left as they are."""
    cleaned = {place.value: clean_texts(words) for place, words in texts.items()}
    return {place: words for place, words in cleaned.items() if words}


def make_question(spec: QuestionSpec, *, key: str, position: int) -> Question:
    """A question with what it holds itself; what it is about is set by the caller."""
    return Question(
        key=key,
        position=position,
        kind=spec.kind,
        is_required=spec.is_required,
        is_private=spec.is_private,
        audience=[group.value for group in spec.audience],
        text=clean_texts(spec.text),
        help=clean_texts(spec.help),
        option_data=option_data(spec.options),
        scale_data=scale_data(spec.scale),
        condition_data=condition_data(spec.shown_if),
    )


def _add_parts(round_: Round, spec: RoundSpec) -> None:
    sections: dict[str, Section] = {}
    for position, part in enumerate(spec.sections, start=1):
        key = part.key or next_key("", [*sections, *(s.key for s in spec.sections if s.key)])
        sections[key] = Section(
            key=key,
            position=position,
            title=clean_texts(part.title),
            body=clean_texts(part.body),
            plain=clean_texts(part.plain),
        )
    proposals: dict[str, Proposal] = {}
    for position, item in enumerate(spec.proposals, start=1):
        key = item.key or next_key("p", [*proposals, *(p.key for p in spec.proposals if p.key)])
        proposals[key] = Proposal(
            key=key,
            position=position,
            section=sections[item.section] if item.section else None,
            title=clean_texts(item.title),
            text=clean_texts(item.text),
        )
    round_.sections = list(sections.values())
    round_.proposals = list(proposals.values())
    taken = [question.key for question in spec.questions if question.key]
    for position, asked in enumerate(spec.questions, start=1):
        key = asked.key or next_key("q", taken)
        taken.append(key)
        question = make_question(asked, key=key, position=position)
        question.section = sections[asked.section] if asked.section else None
        question.proposal = proposals[asked.proposal] if asked.proposal else None
        round_.questions.append(question)


def _add_invitations(round_: Round, invitations: tuple[InvitationSpec, ...]) -> None:
    ids = organisation_ids_by_slug([item.organisation for item in invitations])
    now = utc_now()
    for item in invitations:
        if item.organisation not in ids:
            raise NotFound("organisation", item.organisation)
        round_.invitations.append(
            Invitation(
                organisation_id=ids[item.organisation],
                reason=item.reason,
                email=item.email,
                created_at=now,
            )
        )


def _free_slug(spec: RoundSpec) -> str:
    """The chosen short name, or one made of the title with a number behind it where needed.

    A round that is not open to all gets a random one: a title that is taken would tell of it.
    """
    if spec.slug is None and not ROUND_RULES[spec.type].is_open_to_all:
        return f"intern-{new_public_id()}"  # an address that nobody can guess from the title
    wanted = spec.slug or slug_of(localised(spec.title, spec.languages[0])) or "round"
    candidate, attempt = wanted, 1
    while candidate in RESERVED_SLUGS or is_slug_taken(candidate):
        if spec.slug:
            raise RoundSlugTaken(candidate)
        attempt += 1
        candidate = f"{wanted[:74]}-{attempt}"
    return candidate
