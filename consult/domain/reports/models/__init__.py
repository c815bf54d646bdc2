"""Tables of reports beside their text."""

from consult.domain.reports.models.clearances import Clearance
from consult.domain.reports.models.editions import Edition
from consult.domain.reports.models.fact_checks import FactCheck

__all__ = ["Clearance", "Edition", "FactCheck"]
