"""Giving roles, ending them, and answering who asks for one."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.fields import TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.blueprints.shared.giving_roles import RoleForm
from consult.blueprints.shared.organisations import RoleEndForm, offer
from consult.domain.organisations.types import ROLE_LABELS, Role
from consult.kernel.clock import start_of_day

if TYPE_CHECKING:
    from consult.domain.organisations.models import Membership

_ADDRESS = _l("Write an e-mail address, such as kari@example.no.")


class GiveRoleForm(RoleForm):
    """Gives a person a role in the organisation, from–to."""

    deputises_for = SelectField(
        _l("In whose place does a deputy sign?"),
        description=_l("Only for deputies."),
        validators=[Optional()],
    )
    starts_on = DateField(
        _l("From"), description=_l("Leave it empty for now."), validators=[Optional()]
    )
    ends_on = DateField(
        _l("Until the end of"),
        description=_l("Leave it empty if you do not know yet. You can end a role at any time."),
        validators=[Optional()],
    )

    def __init__(self, *args: Any, signatories: Sequence["Membership"], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {one.public_id: one.person.name for one in signatories}
        offer(self.deputises_for, {"": _("Any signatory's"), **named})
        self._signatories = {one.public_id: one for one in signatories}

    @property
    def signatory(self) -> "Membership | None":
        """The signatory whose deputy it is, for a deputy who is named for one."""
        if self.role.data != Role.DEPUTY:
            return None
        return self._signatories.get(str(self.deputises_for.data))

    @property
    def starts_at(self) -> datetime | None:
        """The beginning of the first day, or ``None`` for now."""
        return start_of_day(self.starts_on.data) if self.starts_on.data else None

    @property
    def ends_at(self) -> datetime | None:
        """The end of the last day, which is the beginning of the next."""
        last = self.ends_on.data
        return start_of_day(last + timedelta(days=1)) if last else None


class ChangeEndForm(RoleEndForm):
    """Ends a role, moves its end or takes it away."""

    understood = BooleanField(
        _l("I understand that nobody will manage our members afterwards"), validators=[Optional()]
    )

    def __init__(self, *args: Any, has_end: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {"now": _("Now"), "later": _("At a later time")}
        offer(self.when, {**choices, "never": _("It has no end")} if has_end else choices)


class ApproveForm(Form):
    """Gives whoever asked a role."""

    role = RadioField(
        _l("Which role?"),
        default=Role.DRAFTER.value,
        validators=[DataRequired(_l("Choose a role."))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.role, {role.value: _(label) for role, label in ROLE_LABELS.items()})


class DeclineForm(Form):
    """Says no to whoever asked."""

    reason = TextAreaField(
        _l("Why not?"),
        description=_l("They get your reason by e-mail. You may leave it empty."),
        validators=[Length(max=500)],
    )


class AskForm(Form):
    """Asks an organisation's coordinators for a role."""

    message = TextAreaField(
        _l("Who are you there?"),
        description=_l("Such as where you work, so that they know whom they let in."),
        validators=[Length(max=500)],
    )
