"""Forms about answers that say nearly the same, and about how campaigns are counted."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from consult.blueprints.shared.forms import Form
from consult.domain.coding.clusters import (
    CAMPAIGN_POLICY_LABELS,
    CLUSTER_KIND_LABELS,
    CampaignPolicy,
    ClusterKind,
)
from consult.domain.coding.service.campaign_policy import MAX_POLICY_REASON
from consult.kernel.errors import InvalidInput

NOT_TOGETHER = "apart"
"""What is chosen when the answers only happen to agree."""


class ClusterForm(Form):
    """What the answers are to one another."""

    kind = RadioField(_l("What are they?"), validators=[InputRequired(_l("Choose what they are."))])
    let_in = BooleanField(_l("Let in those that stand aside as a possible flood"))

    def __init__(self, chosen: ClusterKind | None = None, *, may_reject: bool = True) -> None:
        super().__init__(data={"kind": chosen.value if chosen else None, "let_in": True})
        self.kind.choices = [(kind.value, _(CLUSTER_KIND_LABELS[kind])) for kind in ClusterKind]
        if may_reject:
            self.kind.choices.append((NOT_TOGETHER, _("They do not belong together")))

    @property
    def chosen(self) -> ClusterKind | None:
        """The kind; ``None`` where they do not belong together."""
        return None if self.kind.data == NOT_TOGETHER else ClusterKind(self.kind.data)


class MembersForm(Form):
    """Some of the answers, by number."""

    numbers = SelectMultipleField(coerce=int, validate_choice=False)


class DescribeForm(Form):
    """Who is behind a campaign, and what it asks for."""

    organiser = StringField(
        _l("Who organises it, if you know"),
        validators=[Optional(), Length(max=250)],
        description=_l("An organisation or a website. Write no names of persons."),
    )
    demand = TextAreaField(
        _l("What it asks for, in one or two sentences"),
        validators=[Optional(), Length(max=1000)],
        description=_l("Stands in the summary, in the chapter on campaigns."),
    )

    def refuse_description(self, error: InvalidInput) -> None:
        """Show at its field why it was not kept."""
        self.refuse(error, {})


class PolicyForm(Form):
    """How campaigns are counted, and why."""

    policy = RadioField(
        _l("How do you count campaigns?"), validators=[InputRequired(_l("Choose one."))]
    )
    reason = TextAreaField(
        _l("Why"),
        validators=[Optional(), Length(max=MAX_POLICY_REASON)],
        description=_l("Printed in the summary once the change holds."),
    )

    def __init__(self, current: CampaignPolicy) -> None:
        super().__init__(data={"policy": current.value})
        self.policy.choices = [
            (one.value, _(CAMPAIGN_POLICY_LABELS[one])) for one in CampaignPolicy
        ]

    def refuse_choice(self, error: InvalidInput) -> None:
        """Show at its field why nothing was chosen."""
        self.refuse(
            error,
            {
                "same": _("Campaigns are counted like this already. Choose the other way."),
                "required": _("Write why. Stances have been read, so the change is printed."),
            },
        )
