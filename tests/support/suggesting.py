"""Rounds with a model that suggests themes."""

from flask import current_app

from consult.db import session
from consult.domain.coding.queries.suggesting import suggest_themes
from consult.domain.rounds.models import Round
from consult.jobs.suggesting import learn_suggestions
from tests.support.coded import receive, theme

DOORS = "Døra er stengt når vi kommer, og åpningstida passer ikke.\n\nVeilederen har aldri tid."


def round_with_model(make, **values) -> Round:
    """A round with two themes, an answer that nobody has coded, and a first model."""
    round_ = make.round(**values)
    theme(round_, "Åpen dør", definition="Når døra er åpen, og åpningstida.", include="Stengt dør.")
    theme(round_, "Tid", definition="At veilederen har tid til samtalen.", include="Hastverk, kø.")
    receive(round_, DOORS)
    session().commit()
    learn_suggestions()
    return round_


def suggestions_for(passage):
    return suggest_themes(passage, models=current_app.extensions["models"])
