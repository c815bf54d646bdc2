"""A form that two people may have open at once: nobody's text is replaced unseen (ADR 14)."""

import json
from collections.abc import Mapping
from typing import Any

from flask import request
from flask_babel import gettext as _
from wtforms import BooleanField, Field, HiddenField
from wtforms.fields import SelectField

from consult.blueprints.shared.forms import Form
from consult.kernel.ids import content_digest

TAKE = "take"
"""Name of the boxes that take over what somebody else has saved; their values name fields."""


class GuardedForm(Form):
    """A form that knows what it was opened with.

    Attributes:
        base: Names what stood in each field when the form was opened.
        theirs: What somebody else has saved meanwhile where it is not what stands here, in words,
            by field.
    """

    base = HiddenField()
    theirs: Mapping[str, str] = {}

    def meet(self, stored: Mapping[str, Any]) -> bool:
        """Whether somebody else has saved other things since this form was opened.

        The form then builds on what they saved: sent once more, it is saved. What was ticked on
        the page that showed both is taken over from them.
        """
        if not self.is_submitted():
            self.base.data = state_of(stored)
            return False
        before, now = _read_state(self.base.data), _digests(stored)
        self.base.data = json.dumps(now)
        if before is None or before == now:
            for name in request.form.getlist(TAKE):
                if name in self:
                    self[name].data = stored.get(name) or None
            return False
        self.theirs = {
            field.short_name: _in_words(field, stored.get(field.short_name))
            for field in self
            if before.get(field.short_name) != now.get(field.short_name)
            and not isinstance(field, HiddenField)
            and _plain(field.data) != _plain(stored.get(field.short_name))
        }
        return bool(self.theirs)


def state_of(stored: Mapping[str, Any]) -> str:
    """Names what a form was opened with, field by field, so that a save in between is noticed."""
    return json.dumps(_digests(stored))


def _digests(stored: Mapping[str, Any]) -> dict[str, str]:
    plain = {name: _plain(value) for name, value in stored.items()}
    return {name: content_digest(text.encode())[:12] for name, text in plain.items() if text}


def _read_state(text: str | None) -> dict[str, str] | None:
    """What a page was opened with; ``None`` where it does not say."""
    try:
        state = json.loads(text or "")
    except ValueError:
        return None
    return state if isinstance(state, dict) else None


def _plain(value: Any) -> str:
    """A value without what a browser changes on the way: line ends, outer blanks, order."""
    if isinstance(value, list | tuple):
        return ",".join(sorted(value))
    if value is None or value is False:
        return ""
    return str(value).replace("\r\n", "\n").strip()


def _in_words(field: Field, value: Any) -> str:
    """A value as a reader of the page knows it."""
    if isinstance(field, BooleanField):
        return str(_("Yes") if value else _("No"))
    if isinstance(field, SelectField):
        labels = {choice: label for choice, label, *_more in field.iter_choices()}
        chosen = value if isinstance(value, list) else [value or ""]
        return ", ".join(str(labels.get(one, one)) for one in chosen)
    return _plain(value)
