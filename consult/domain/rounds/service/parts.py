"""Adding, changing, moving and removing sections, proposals and questions.

Keys never change: answers, codings and reports point at them.
"""

from dataclasses import replace
from typing import Literal

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from consult.db import savepoint, session
from consult.domain.accounts.types import Actor
from consult.domain.audit.types import Tag
from consult.domain.rounds.checking import has_text, question_problems
from consult.domain.rounds.conditions import condition_problems
from consult.domain.rounds.errors import PartInUse
from consult.domain.rounds.models import Proposal, Question, Round, Section
from consult.domain.rounds.queries import question_spec
from consult.domain.rounds.rules import next_key
from consult.domain.rounds.service.correcting import keep_wording
from consult.domain.rounds.service.creating import (
    clean_texts,
    condition_data,
    make_question,
    option_data,
    scale_data,
)
from consult.domain.rounds.service.recording import check_editable, note, status_now
from consult.domain.rounds.types import (
    ProposalSpec,
    QuestionSpec,
    RoundStatus,
    SectionSpec,
)
from consult.kernel.errors import InvalidInput

RoundPart = Section | Proposal | Question


def add_section(round_: Round, spec: SectionSpec, *, by: Actor) -> Section:
    """Put a section at the end of the paper. Raises ``InvalidInput`` without a title."""
    check_editable(round_)
    _require_text("title", spec.title)
    section = Section(
        key=next_key("", [section.key for section in round_.sections]),
        position=len(round_.sections) + 1,
        title=clean_texts(spec.title),
        body=clean_texts(spec.body),
        plain=clean_texts(spec.plain),
    )
    round_.sections.append(section)
    _note(section, "added", by)
    return section


def change_section(section: Section, spec: SectionSpec, *, by: Actor) -> None:
    """Change a section's texts. Raises ``InvalidInput`` without a title."""
    check_editable(section.round)
    _require_text("title", spec.title)
    section.title = clean_texts(spec.title)
    section.body = clean_texts(spec.body)
    section.plain = clean_texts(spec.plain)
    _note(section, "changed", by)


def add_proposal(round_: Round, spec: ProposalSpec, *, by: Actor) -> Proposal:
    """Put a proposal last; it is numbered within its section: ``4.1``, ``4.2``."""
    check_editable(round_)
    _require_text("title", spec.title)
    section = _section_of(round_, spec.section)
    taken = [proposal.key for proposal in round_.proposals]
    prefix = f"{section.key}." if section else "p"
    within = [key for key in taken if key.startswith(prefix)]
    proposal = Proposal(
        key=next_key(prefix, within),
        position=len(taken) + 1,
        section=section,
        title=clean_texts(spec.title),
        text=clean_texts(spec.text),
    )
    round_.proposals.append(proposal)
    _note(proposal, "added", by)
    return proposal


def change_proposal(proposal: Proposal, spec: ProposalSpec, *, by: Actor) -> None:
    """Change a proposal's texts and its section; its key stays. See :func:`change_question`."""
    check_editable(proposal.round)
    _require_text("title", spec.title)
    proposal.section = _section_of(proposal.round, spec.section)
    title, text = clean_texts(spec.title), clean_texts(spec.text)
    is_correction = keep_wording(proposal, title=title, text=text, by=by)
    proposal.title, proposal.text = title, text
    _note(proposal, "corrected" if is_correction else "changed", by)


def add_question(round_: Round, spec: QuestionSpec, *, by: Actor) -> Question:
    """Put a question last. Raises ``InvalidInput`` for what its kind lacks."""
    check_editable(round_)
    _check_question(spec)
    _check_conditions(_specs_with(round_, spec))
    question = make_question(
        spec,
        key=next_key("q", [question.key for question in round_.questions]),
        position=len(round_.questions) + 1,
    )
    question.section = _section_of(round_, spec.section)
    question.proposal = _proposal_of(round_, spec.proposal)
    round_.questions.append(question)
    _note(question, "added", by)
    return question


def change_question(question: Question, spec: QuestionSpec, *, by: Actor) -> None:
    """Change a question; its key and kind stay.

    Other words in an open round are a correction, and so is another promise about publishing: the
    former wording is kept, and those who have answered or begun to are told.

    Raises:
        InvalidInput: Something that its kind needs is missing; or, once the round is open, an
            option, the steps of the scale or the proposal would change under answers that have
            been given (reason ``open``).
    """
    check_editable(question.round)
    _check_question(spec)
    if spec.kind is not question.kind:
        raise InvalidInput("kind", "fixed")
    _check_conditions(_specs_with(question.round, spec, instead_of=question))
    if status_now(question.round) is RoundStatus.OPEN:
        _check_answers_still_fit(question, spec)
    question.section = _section_of(question.round, spec.section)
    question.proposal = _proposal_of(question.round, spec.proposal)
    question.is_required = spec.is_required
    question.audience = [group.value for group in spec.audience]
    question.condition_data = condition_data(spec.shown_if)
    text = clean_texts(spec.text)
    is_correction = keep_wording(
        question, text=text, options=spec.options, is_private=spec.is_private, by=by
    )
    question.is_private = spec.is_private
    question.text = text
    question.help = clean_texts(spec.help)
    question.option_data = option_data(spec.options)
    question.scale_data = scale_data(spec.scale)
    _note(question, "corrected" if is_correction else "changed", by)


def move_part(part: RoundPart, direction: Literal["up", "down"], *, by: Actor) -> bool:
    """Swap a part with its neighbour; ``False`` when it stands at that end already.

    Raises ``InvalidInput`` (``shown_if``) when a question would come before the one that decides
    whether it is asked.
    """
    check_editable(part.round)
    siblings: list[RoundPart] = sorted(_siblings(part), key=lambda item: item.position)
    index = siblings.index(part)
    other = index - 1 if direction == "up" else index + 1
    if not 0 <= other < len(siblings):
        return False
    siblings[index], siblings[other] = siblings[other], siblings[index]
    if isinstance(part, Question):
        _check_conditions([question_spec(item) for item in siblings if isinstance(item, Question)])
    _number(siblings)
    session().expire(part.round, [_collection(part)])
    _note(part, f"moved {direction}", by)
    return True


def remove_part(part: RoundPart, *, by: Actor) -> None:
    """Take a part out of the round.

    The database's own foreign keys decide whether something points at it: answers, drafts,
    codings and whatever areas above this one may add. That also holds for what arrives in the
    same moment.

    Raises:
        PartInUse: Questions ask about it or depend on it, or somebody has begun to answer it.
    """
    round_ = part.round
    check_editable(round_)
    _hold(round_)
    kind, key = _kind(part), part.key
    if isinstance(part, Proposal):
        asked_in = tuple(item.key for item in round_.questions if item.proposal_id == part.id)
        if asked_in:
            raise PartInUse(kind, key, asked_in=asked_in)
    if isinstance(part, Question):
        deciding = tuple(q.key for q in round_.questions if _decides(part, q))
        if deciding:
            raise PartInUse(kind, key, asked_in=deciding)
    remaining = [item for item in _siblings(part) if item is not part]
    try:
        with savepoint():
            if isinstance(part, Section):
                _detach(part)
            session().delete(part)
            session().flush()
    except IntegrityError:
        raise PartInUse(kind, key) from None
    _number(remaining)
    session().expire(round_, [_collection(part)])
    note(Tag.ROUND_CHANGED, round_, by=by, data={"changed": kind, "key": key, "how": "removed"})


def hold_for_change(thing: RoundPart | Round) -> None:
    """Let nobody else save a round or a part of it until this is done, and read it as it is now."""
    _hold(thing if isinstance(thing, Round) else thing.round)
    session().refresh(thing)


def _hold(round_: Round) -> None:
    """Take the round's row, as sending an answer does: the two wait for one another.

    It also opens the transaction on SQLite, whose driver would take the savepoint for one.
    """
    session().execute(
        update(Round)
        .where(Round.id == round_.id)
        .values(last_number=Round.last_number)
        .execution_options(synchronize_session=False)
    )


def _detach(section: Section) -> None:
    """Let the proposals and questions of a section stand on their own."""
    items: list[Proposal | Question] = [*section.round.proposals, *section.round.questions]
    for item in items:
        if item.section_id == section.id:
            item.section = None
    session().flush()


def _check_answers_still_fit(question: Question, spec: QuestionSpec) -> None:
    before = {option.key for option in question.options}
    if not before <= {option.key for option in spec.options}:
        raise InvalidInput("options", "open")
    scale = question.scale
    if scale is not None and spec.scale is not None:
        steps = (scale.minimum, scale.maximum)
        if steps != (spec.scale.minimum, spec.scale.maximum):
            raise InvalidInput("scale", "open")
    about = question.proposal.key if question.proposal else None
    if about != spec.proposal:
        raise InvalidInput("proposal", "open")


def _check_question(spec: QuestionSpec) -> None:
    for problem in question_problems(spec):
        raise InvalidInput(problem.place.removeprefix("question."), "required", why=problem.text)


def _decides(question: Question, other: Question) -> bool:
    return other.shown_if is not None and other.shown_if.question == question.key


def _specs_with(
    round_: Round, spec: QuestionSpec, *, instead_of: Question | None = None
) -> list[QuestionSpec]:
    """The round's questions in order, with one changed or one more at the end."""
    specs = [
        replace(spec, key=item.key) if item is instead_of else question_spec(item)
        for item in sorted(round_.questions, key=lambda item: item.position)
    ]
    return specs if instead_of is not None else [*specs, spec]


def _check_conditions(specs: list[QuestionSpec]) -> None:
    for problem in condition_problems(specs):
        raise InvalidInput("shown_if", "condition", why=str(problem))


def _require_text(field: str, texts: dict[str, str]) -> None:
    if not has_text(texts):
        raise InvalidInput(field, "required")


def _section_of(round_: Round, key: str | None) -> Section | None:
    if not key:
        return None
    found = next((section for section in round_.sections if section.key == key), None)
    if found is None:
        raise InvalidInput("section", "unknown")
    return found


def _proposal_of(round_: Round, key: str | None) -> Proposal | None:
    if not key:
        return None
    found = next((proposal for proposal in round_.proposals if proposal.key == key), None)
    if found is None:
        raise InvalidInput("proposal", "unknown")
    return found


def _kind(part: RoundPart) -> str:
    return type(part).__name__.lower()


def _collection(part: RoundPart) -> str:
    return f"{_kind(part)}s"


def _siblings(part: RoundPart) -> list[RoundPart]:
    return list(getattr(part.round, _collection(part)))


def _number(parts: list[RoundPart]) -> None:
    for position, part in enumerate(parts, start=1):
        part.position = position
    session().flush()


def _note(part: RoundPart, how: str, by: Actor) -> None:
    session().flush()
    note(
        Tag.ROUND_CHANGED,
        part.round,
        by=by,
        data={"changed": _kind(part), "key": part.key, "how": how},
    )
