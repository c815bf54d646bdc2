"""The matrix and the stances on a proposal as figures and files that may leave the desk."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from markupsafe import Markup

from consult.blueprints.desk.presenters.analysis import count_words
from consult.blueprints.shared.context import current_locale
from consult.domain.analysis.shown_stances import ShownCampaign, ShownStances
from consult.domain.analysis.small_groups import NOTHING
from consult.domain.analysis.tables import explain_hidden
from consult.domain.analysis.types import UNIT_LABELS
from consult.domain.documents.building.context import STANCE_TONES
from consult.domain.documents.render.charts import draw_chart
from consult.domain.documents.render.html import describe_chart
from consult.domain.documents.types import Chart, ChartKind, Series, Tone
from consult.domain.organisations.types import ACTOR_GROUP_LABELS
from consult.domain.submissions.types import STANCE_LABELS, Stance
from consult.kernel.text.spreadsheet import write_csv

if TYPE_CHECKING:
    from consult.domain.analysis.shown_matrix import ShownMatrix


def draw(chart: Chart, *, foot: Sequence[str] = ()) -> Markup:
    """A figure as an ``svg`` element, with lines below it that tell what is not drawn."""
    alternative = " ".join((describe_chart(chart, ""), *foot))
    return draw_chart(chart, alternative=alternative, prefix=f"view-{chart.id}", foot=foot)


def matrix_figure(matrix: "ShownMatrix") -> Markup | None:
    """The matrix as a figure; nothing while it is empty."""
    if not matrix.rows or not matrix.columns:
        return None
    return draw(
        Chart(
            "matrix",
            ChartKind.HEAT_MAP,
            _("Themes and who speaks of them"),
            _("A row for each theme, the darker the more."),
            tuple(row.theme.full_name for row in matrix.rows),
            tuple(
                Series(
                    _(column.label),
                    tuple(row.cells[place].known for row in matrix.rows),
                    texts=tuple(count_words(row.cells[place]) for row in matrix.rows),
                )
                for place, column in enumerate(matrix.columns)
            ),
            unit=_(UNIT_LABELS[matrix.unit]),
        )
    )


def stances_figure(key: str, shown: ShownStances) -> Markup | None:
    """Where groups stand on a proposal; those with a hidden number are left out of the drawing."""
    drawn = [one for one in shown.groups if not any(count.is_hidden for count in one.stances)]
    if not drawn:
        return None
    return draw(
        Chart(
            "stances",
            ChartKind.STACKED_BAR,
            _("Where answers stand on proposal %(key)s", key=key),
            _("A bar for each group of actors, divided by stance."),
            tuple(_(ACTOR_GROUP_LABELS[one.group]) for one in drawn),
            tuple(
                Series(
                    _(STANCE_LABELS[stance]),
                    tuple(one.stances[place].known for one in drawn),
                    STANCE_TONES.get(stance, Tone.NEUTRAL),
                )
                for place, stance in enumerate(shown.values)
            ),
            unit=_("number of answers"),
        ),
        foot=[_campaign_line(one, shown.values) for one in shown.campaigns],
    )


def _campaign_line(campaign: ShownCampaign, values: Sequence[Stance]) -> str:
    """Where a campaign's answers stand, in words: they are in no bar and no row of a group."""
    counts = [*zip((_(STANCE_LABELS[one]) for one in values), campaign.stances, strict=True)]
    counts.append((_("Not mentioned"), campaign.not_mentioned))
    parts = [f"{label}: {count_words(count)}" for label, count in counts if count != NOTHING]
    text: str = _(
        "Campaign %(number)s, in none of the numbers above: %(stances)s. Answers: %(answers)s.",
        number=campaign.number,
        stances=", ".join(parts),
        answers=campaign.received,
    )
    return text


def stances_csv(shown: ShownStances, threshold: int) -> str:
    """Answers by group and stance, those that do not mention the proposal, and all.

    Campaigns have rows of their own below, for their answers are in no group.
    """
    header = [_("Group"), *(_(STANCE_LABELS[one]) for one in shown.values)]
    rows: list[list[object]] = [
        [
            _(ACTOR_GROUP_LABELS[one.group]),
            *(count_words(count) for count in (*one.stances, one.not_mentioned)),
            one.received,
        ]
        for one in shown.groups
    ]
    rows += [
        [
            _("Campaign %(number)s (in no row above)", number=one.number),
            *(count_words(count) for count in (*one.stances, one.not_mentioned)),
            one.received,
        ]
        for one in shown.campaigns
    ]
    if shown.has_hidden:
        rows.append([explain_hidden(threshold, locale=current_locale())])
    return write_csv([*header, _("Not mentioned"), _("Received")], rows)
