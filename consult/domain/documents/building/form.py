"""The round's questions as a form to print, fill in by hand and send back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from consult.domain.documents.building.prose import prose
from consult.domain.documents.building.wording import Wording, paragraph
from consult.domain.documents.types import (
    Block,
    Document,
    DocumentKind,
    Fact,
    MachineCode,
    Numbered,
    Section,
    TickBoxes,
    WritingLines,
)
from consult.domain.rounds.types import QuestionKind
from consult.domain.submissions.types import (
    ASKED_STANCE_LABELS,
    ASKED_STANCES,
    PUBLICATION_LABELS,
    Publication,
)
from consult.kernel.clock import to_oslo
from consult.kernel.i18n import N_, localised

if TYPE_CHECKING:
    from datetime import datetime

    from consult.domain.rounds.models import Question, Round

_ANSWER_LINES = 13
_REASON_LINES = 5

PRIVATE_PROMISE = N_(
    "What you answer here is not published. Only those who work with the answers read it. If "
    "somebody asks for access to it, the law decides what they may see."
)


def form_code(round_: "Round") -> str:
    """What stands on every sheet and ties a scan to the round: ``K7QM-2N4P-XH3D``."""
    letters = round_.public_id.upper()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def build_form(
    round_: "Round",
    questions: "Sequence[Question]",
    *,
    locale: str,
    address: str,
    now: "datetime",
) -> Document:
    """The form in a language. ``address`` is that of the round's page, for the QR code."""
    say = Wording(locale)
    sections = [
        _how(round_, say, address),
        _who(say),
        *(_question(number, one, say) for number, one in enumerate(questions, 1)),
        _rest(say),
    ]
    return Document(
        kind=DocumentKind.FORM,
        title=localised(round_.title, say.locale),
        subtitle=say.gettext(N_("Code %(code)s"), code=form_code(round_)),
        publisher=round_.owner.name,
        language=say.locale,
        date=to_oslo(now).date(),
        case_number=round_.case_number or "",
        description=say.gettext(N_("Form to fill in by hand and send back")),
        facts=_facts(round_, say),
        blocks=tuple(sections),
        contents=False,
    )


def _facts(round_: "Round", say: Wording) -> tuple[Fact, ...]:
    contact = round_.contact
    facts = (
        (N_("Who asks"), round_.owner.name),
        (N_("Deadline"), say.moment(round_.closes_at)),
        (N_("Send it to"), contact.get("address", "")),
        (N_("Or scan it and send it to"), contact.get("email", "")),
        (N_("Questions? Call"), contact.get("phone", "")),
        (N_("Case number"), round_.case_number or ""),
    )
    return tuple(Fact(say.gettext(label), value) for label, value in facts if value)


def _how(round_: "Round", say: Wording, address: str) -> Section:
    blocks: list[Block] = [
        MachineCode(
            label=say.gettext(N_("The round on the web, where you can answer as well. Code:")),
            code=form_code(round_),
            address=address,
        ),
        *prose(round_.introduction, say.locale),
        paragraph(
            say.gettext(
                N_(
                    "Answer the questions you want, in any order. Write so that it can be read. "
                    "You may use more sheets: write the code and the number of the question on "
                    "them. Do not write national identity numbers or anybody's health data."
                )
            )
        ),
        paragraph(
            say.gettext(
                N_(
                    "An answer on paper counts exactly as much as one on the web. It must be "
                    "posted or handed in before the deadline."
                )
            )
        ),
    ]
    return Section("how", say.gettext(N_("How to answer")), tuple(blocks), Numbered.NO)


def _who(say: Wording) -> Section:
    kinds = (
        N_("For myself"),
        N_("For an organisation, a municipality or another body"),
        N_("For a council that has talked about it in a meeting"),
    )
    return Section(
        "who",
        say.gettext(N_("Who are you?")),
        (
            WritingLines(say.gettext(N_("Your name, or the name of the body")), 1),
            TickBoxes(
                say.gettext(N_("I answer (tick one)")), tuple(say.gettext(kind) for kind in kinds)
            ),
            WritingLines(say.gettext(N_("E-mail or address, if you want a receipt")), 2),
            TickBoxes(
                say.gettext(N_("How may your answer be published? (tick one)")),
                tuple(say.gettext(PUBLICATION_LABELS[choice]) for choice in Publication),
            ),
        ),
        Numbered.NO,
    )


def _question(number: int, question: "Question", say: Wording) -> Section:
    blocks: list[Block] = []
    if question.proposal is not None:
        title = localised(question.proposal.title, say.locale)
        text = say.gettext(
            N_("It is about proposal %(key)s: %(title)s"), key=question.proposal.key, title=title
        )
        blocks.append(paragraph(text))
    if localised(question.help, say.locale):
        blocks += prose(question.help, say.locale)
    if question.is_private:
        blocks.append(paragraph(say.gettext(PRIVATE_PROMISE)))
    choices, instruction = _choices(question, say)
    if choices:
        blocks.append(TickBoxes(instruction, choices))
    label = say.gettext(N_("Your reasons") if choices else N_("Your answer"))
    blocks.append(WritingLines(label, _REASON_LINES if choices else _ANSWER_LINES))
    if question.kind is not QuestionKind.STANCE:
        blocks.append(
            TickBoxes(say.gettext(N_("Or")), (say.gettext(N_("No comments on this question")),))
        )
    heading = f"{number}. {localised(question.text, say.locale)}"
    return Section(f"question-{number}", heading, tuple(blocks), Numbered.NO)


def _choices(question: "Question", say: Wording) -> tuple[tuple[str, ...], str]:
    """What can be ticked at a question, and how many of it."""
    one = say.gettext(N_("Tick one"))
    if question.kind is QuestionKind.STANCE:
        return tuple(say.gettext(ASKED_STANCE_LABELS[value]) for value in ASKED_STANCES), one
    if question.kind is QuestionKind.SCALE and question.scale is not None:
        scale = question.scale
        ends = {
            scale.minimum: localised(scale.low, say.locale),
            scale.maximum: localised(scale.high, say.locale),
        }
        steps = range(scale.minimum, scale.maximum + 1)
        return tuple(f"{n} – {ends[n]}" if ends.get(n) else f"{n}" for n in steps), one
    options = tuple(localised(option.labels, say.locale) for option in question.options)
    several = say.gettext(N_("Tick as many as you want"))
    return options, several if question.kind is QuestionKind.MULTIPLE else one


def _rest(say: Wording) -> Section:
    return Section(
        "rest",
        say.gettext(N_("Is there anything else?")),
        (
            WritingLines(say.gettext(N_("Write it here")), _ANSWER_LINES),
            WritingLines(say.gettext(N_("Date and signature")), 1),
        ),
        Numbered.NO,
    )
