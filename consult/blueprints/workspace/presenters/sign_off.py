"""Shaping a sign-off: where it stands in words, its steps, what has happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

from consult.blueprints.shared.context import format_day, format_moment
from consult.blueprints.workspace.presenters.changes import (
    ChangedPart,
    changed_parts,
    general_changes,
)
from consult.blueprints.workspace.presenters.letter import Letter, present_letter
from consult.domain.accounts.types import Actor
from consult.domain.composing.acting import Acting, acting_as, can_hand_on
from consult.domain.composing.frozen import digest_of, read_text, short_code, unfreeze
from consult.domain.composing.sealing import current_sign_off, history_of, last_seen, standing_in
from consult.domain.composing.standing import Event, Signature, SignState, Standing, Step
from consult.domain.composing.types import FrozenText, SignEventKind
from consult.kernel.clock import utc_now
from consult.kernel.i18n import N_

if TYPE_CHECKING:
    from consult.domain.composing.models import Composition, SignEvent


@dataclass(frozen=True, slots=True)
class Notice:
    """Where it stands, at a glance.

    Attributes:
        kind: Of the notice component.
        lines: What is said under the title.
    """

    kind: str
    title: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step in the list.

    Attributes:
        who: Name and title.
        status: In words; ``tone`` of its tag.
        notes: When, for whom, by when.
    """

    label: str
    who: str
    status: str
    tone: str
    notes: tuple[str, ...] = ()
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ShownSignOff:
    """The page of a sign-off.

    Attributes:
        standing: ``None`` before the first sign-off; then there is only the text.
        code: The first letters of the text's digest; ``digest`` is all of it, in groups of eight.
        acting: In which capacity I may sign now.
        seen: The number of the version that ``changed`` counts from: the one that I signed or sent
            back last, or once signing has ended, the one that was sealed. ``None`` for none.
        changed: The parts that have changed since then.
        general_changes: What has changed outside of them.
    """

    standing: Standing | None
    letter: Letter
    code: str
    digest: str
    acting: Acting | None = None
    may_hand_on: bool = False
    notice: Notice | None = None
    steps: tuple[StepRow, ...] = ()
    seen: int | None = None
    changed: tuple[ChangedPart, ...] = ()
    general_changes: tuple[str, ...] = ()
    version: int | None = None
    history: tuple[dict[str, Any], ...] = ()

    @property
    def is_mine(self) -> bool:
        """Whether I may sign now."""
        return self.acting is not None


def present_sign_off(composition: "Composition", *, actor: Actor) -> ShownSignOff:
    """The latest sign-off of a document as an actor sees it, with its text.

    That is the sealed text while the seal holds, and the text as it stands now otherwise.
    """
    sign_off = current_sign_off(composition.id)
    standing = standing_in(sign_off) if sign_off else None
    if sign_off is None or standing is None:
        return ShownSignOff(standing=None, **_text(read_text(composition), None))
    organisation_id = composition.organisation_id
    acting = acting_as(standing, organisation_id, actor=actor, now=utc_now())
    seen = last_seen(composition.id, by=actor.reference, before=sign_off) if acting else None
    if not standing.holds:
        seen = sign_off.version
    before = unfreeze(seen.content) if seen else None
    text = unfreeze(sign_off.version.content) if standing.holds else read_text(composition)
    return ShownSignOff(
        standing=standing,
        acting=acting,
        may_hand_on=can_hand_on(standing, organisation_id, actor=actor),
        notice=notice_of(standing, acting),
        steps=tuple(step_rows(standing)),
        seen=seen.number if seen else None,
        changed=changed_parts(before, text) if before else (),
        general_changes=general_changes(before, text) if before else (),
        version=sign_off.version.number,
        history=tuple(history_items(history_of(composition.id))),
        **_text(text, standing if standing.holds else None),
    )


def _text(text: FrozenText, standing: Standing | None) -> dict[str, Any]:
    digest = digest_of(text)
    return {
        "letter": present_letter(text, standing),
        "code": short_code(digest),
        "digest": grouped(digest),
    }


def grouped(digest: str) -> str:
    """A whole digest in groups of eight, which breaks into lines on a phone."""
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))


def notice_of(standing: Standing, acting: Acting | None) -> Notice:
    """What somebody needs to know first."""
    if standing.state is SignState.COMPLETE:
        return Notice(
            "success",
            _("Everybody has signed"),
            (_("The text is sealed. It is sent exactly as it stands below."),),
        )
    if standing.turn is None:
        return _ended(standing)
    turn = standing.turn
    due = _due(turn.step)
    if acting and acting.for_name:
        title = _("You may sign for %(name)s", name=acting.for_name)
    elif acting:
        title = _("It is your turn to sign")
    else:
        title = _("It waits for %(name)s", name=turn.name)
    since = _("%(step)s, since %(moment)s.", step=turn.step.label, moment=format_moment(turn.since))
    return Notice("info", title, (since, *due))


def step_rows(standing: Standing) -> list[StepRow]:
    """Every step in order, with what has become of it."""
    rows = [_signed_row(one, holds=True) for one in standing.signatures]
    rows += [_signed_row(one, holds=False) for one in standing.fallen]
    turn = standing.turn
    if turn is not None:
        notes = _due(turn.step)
        if turn.person_id != turn.step.person_id:
            notes = (_("Handed on by or for %(name)s", name=turn.step.name), *notes)
        rows.append(
            StepRow(
                label=turn.step.label,
                who=_who(turn.name, turn.title),
                status=_("Next to sign"),
                tone="accent",
                notes=notes,
                is_current=True,
            )
        )
    rows += [
        StepRow(one.label, _who(one.name, one.title), _("Waits"), "neutral", _due(one))
        for one in standing.ahead
    ]
    return rows


def history_items(events: "Sequence[SignEvent]") -> list[dict[str, Any]]:
    """Everything that has happened, for the timeline."""
    return [
        {
            "when": event.at,
            "text": _(_HAPPENED[event.kind]) % {"step": event.step.label if event.step else ""}
            + (f" – {_said(event)}" if _said(event) else ""),
            "who": event.name,
        }
        for event in events
    ]


_HAPPENED: dict[SignEventKind, str] = {
    SignEventKind.STARTED: N_("Signing began"),
    SignEventKind.SIGNED: N_("Signed: %(step)s"),
    SignEventKind.RETURNED: N_("Sent back: %(step)s"),
    SignEventKind.DELEGATED: N_("Handed on: %(step)s"),
    SignEventKind.REMINDED: N_("Reminded: %(step)s"),
    SignEventKind.SEAL_BROKEN: N_("The text was changed, and the seal is broken"),
    SignEventKind.STOPPED: N_("Signing was stopped"),
}


def _said(event: "SignEvent") -> str:
    """What goes with an event: for whom, to whom, why, when a body met."""
    said = [
        _("for %(name)s", name=event.for_name) if event.for_name else "",
        _("to %(name)s", name=event.to.name) if event.to else "",
        _meeting(event),
        event.reason if event.kind is not SignEventKind.REMINDED else "",
    ]
    return "; ".join(one for one in said if one)


def _ended(standing: Standing) -> Notice:
    fell = len(standing.fallen)
    fallen = (
        ngettext(
            "%(num)d signature no longer holds.", "%(num)d signatures no longer hold.", fell
        ),
    ) if fell else ()  # fmt: skip
    event = standing.ending
    if event is None:
        text = _("The text has been changed since it was sealed.")
        return Notice("danger", _("The seal is broken"), (text, *fallen))
    who, when = event.name or _("The system"), format_moment(event.at)
    if event.kind is SignEventKind.RETURNED:
        title = _("%(name)s has sent the text back", name=who)
        return Notice("warning", title, (event.reason, when, *fallen))
    if event.kind is SignEventKind.STOPPED:
        title = _("%(name)s has stopped the signing", name=who)
        return Notice("warning", title, (event.reason, when, *fallen))
    text = _("%(name)s changed the text %(moment)s.", name=who, moment=when)
    if event.reason:
        text = _(
            "%(name)s changed “%(part)s” %(moment)s.", name=who, part=event.reason, moment=when
        )
    return Notice("danger", _("The seal is broken"), (text, *fallen))


def _signed_row(signature: Signature, *, holds: bool) -> StepRow:
    event = signature.event
    title = "" if event.for_name else event.title
    notes = [_("Signed %(moment)s", moment=format_moment(event.at))]
    if event.for_name:
        notes.insert(0, _("for %(name)s", name=_who(event.for_name, event.title)))
    if meeting := _meeting(event):
        notes.append(meeting)
    return StepRow(
        label=signature.step.label,
        who=_who(event.name, title),
        status=_("Signed") if holds else _("No longer holds"),
        tone="success" if holds else "warning",
        notes=tuple(notes),
    )


def _meeting(event: "Event | SignEvent") -> str:
    if event.decided_on is None:
        return ""
    day = format_day(event.decided_on)
    if event.case_number:
        return str(_("Meeting of %(day)s, case %(case)s", day=day, case=event.case_number))
    return str(_("Meeting of %(day)s", day=day))


def _due(step: Step) -> tuple[str, ...]:
    if step.due_on is None:
        return ()
    day = format_day(step.due_on)
    text = _("Meets %(day)s", day=day) if step.is_body else _("By %(day)s", day=day)
    return (text,)


def _who(name: str, title: str) -> str:
    return f"{name}, {title}" if title else name


def version_name(now: datetime) -> str:
    """What a version is called that is frozen for signing."""
    return str(_("For sign-off, %(day)s", day=format_day(now)))
