"""Kinds of actor, roles, and what can happen to a body (domain guide §2.1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.kernel.i18n import N_


class ActorGroup(StrEnum):
    """The part of society a kind of actor belongs to; the order is that of lists of consultees."""

    STATE = "state"
    LOCAL = "local"
    KNOWLEDGE = "knowledge"
    WORKING_LIFE = "working_life"
    USERS = "users"
    PEOPLE = "people"


class ActorType(StrEnum):
    """What kind of body or person answers."""

    MINISTRY = "ministry"
    DIRECTORATE = "directorate"
    AGENCY = "agency"
    SUPERVISORY_AUTHORITY = "supervisory_authority"
    OMBUD = "ombud"
    COURT = "court"
    COUNTY_GOVERNOR = "county_governor"
    SAMI_PARLIAMENT = "sami_parliament"
    STATE_BODY_OTHER = "state_body_other"
    NAV_DIRECTORATE = "nav_directorate"
    NAV_COUNTY = "nav_county"
    NAV_OFFICE = "nav_office"
    NAV_SPECIAL_UNIT = "nav_special_unit"
    COUNTY = "county"
    MUNICIPALITY = "municipality"
    CITY_DISTRICT = "city_district"
    INTERMUNICIPAL = "intermunicipal"
    KS = "ks"
    KS_COMMITTEE = "ks_committee"
    MUNICIPAL_COUNCIL = "municipal_council"
    UNIVERSITY = "university"
    RESEARCH_INSTITUTE = "research_institute"
    SERVICE_PROVIDER = "service_provider"
    CONSULTANT_SUPPLIER = "consultant_supplier"
    MEDIA = "media"
    CONFEDERATION = "confederation"
    UNION = "union"
    UNION_BRANCH = "union_branch"
    EMPLOYEE_REP_BODY = "employee_rep_body"
    EMPLOYER_ORGANISATION = "employer_organisation"
    EMPLOYER = "employer"
    INDUSTRY_NETWORK = "industry_network"
    USER_COUNCIL_CENTRAL = "user_council_central"
    USER_COUNCIL_COUNTY = "user_council_county"
    USER_COUNCIL_LOCAL = "user_council_local"
    USER_COUNCIL_SPECIAL = "user_council_special"
    UMBRELLA_ORGANISATION = "umbrella_organisation"
    USER_ORGANISATION = "user_organisation"
    INTEREST_ORGANISATION = "interest_organisation"
    VOLUNTARY_ORGANISATION = "voluntary_organisation"
    FOUNDATION = "foundation"
    PROFESSIONAL_ASSOCIATION = "professional_association"
    FAITH_COMMUNITY = "faith_community"
    PRIVATE_PERSON = "private_person"
    ANONYMOUS_PARTICIPANT = "anonymous_participant"
    INFORMAL_GROUP = "informal_group"

    @property
    def group(self) -> ActorGroup:
        """The part of society this kind belongs to."""
        return _GROUP_OF[self]

    @property
    def is_organisation(self) -> bool:
        """Whether answers of this kind count as an organisation's."""
        return self.group is not ActorGroup.PEOPLE

    @property
    def list_rank(self) -> int:
        """Place in a list of senders: authorities, local government, …, persons last."""
        return _RANK_OF[self]


_GROUPS: dict[ActorGroup, tuple[ActorType, ActorType]] = {
    ActorGroup.STATE: (ActorType.MINISTRY, ActorType.NAV_SPECIAL_UNIT),
    ActorGroup.LOCAL: (ActorType.COUNTY, ActorType.MUNICIPAL_COUNCIL),
    ActorGroup.KNOWLEDGE: (ActorType.UNIVERSITY, ActorType.MEDIA),
    ActorGroup.WORKING_LIFE: (ActorType.CONFEDERATION, ActorType.INDUSTRY_NETWORK),
    ActorGroup.USERS: (ActorType.USER_COUNCIL_CENTRAL, ActorType.FAITH_COMMUNITY),
    ActorGroup.PEOPLE: (ActorType.PRIVATE_PERSON, ActorType.INFORMAL_GROUP),
}
_ORDER = list(ActorType)
_RANK_OF = {kind: rank for rank, kind in enumerate(_ORDER)}
_GROUP_OF = {
    kind: group
    for group, (first, last) in _GROUPS.items()
    for kind in _ORDER[_ORDER.index(first) : _ORDER.index(last) + 1]
}

ACTOR_TYPE_LABELS: dict[ActorType, str] = {
    ActorType.MINISTRY: N_("Ministry"),
    ActorType.DIRECTORATE: N_("Directorate"),
    ActorType.AGENCY: N_("Central agency"),
    ActorType.SUPERVISORY_AUTHORITY: N_("Supervisory authority"),
    ActorType.OMBUD: N_("Ombud"),
    ActorType.COURT: N_("Court"),
    ActorType.COUNTY_GOVERNOR: N_("County governor"),
    ActorType.SAMI_PARLIAMENT: N_("Sámi Parliament"),
    ActorType.STATE_BODY_OTHER: N_("Other state body"),
    ActorType.NAV_DIRECTORATE: N_("Labour and welfare directorate"),
    ActorType.NAV_COUNTY: N_("County office of the welfare agency"),
    ActorType.NAV_OFFICE: N_("Local welfare office"),
    ActorType.NAV_SPECIAL_UNIT: N_("Special unit of the welfare agency"),
    ActorType.COUNTY: N_("County authority"),
    ActorType.MUNICIPALITY: N_("Municipality"),
    ActorType.CITY_DISTRICT: N_("City district"),
    ActorType.INTERMUNICIPAL: N_("Intermunicipal body"),
    ActorType.KS: N_("Association of municipalities"),
    ActorType.KS_COMMITTEE: N_("Committee of the association of municipalities"),
    ActorType.MUNICIPAL_COUNCIL: N_("Municipal participation council"),
    ActorType.UNIVERSITY: N_("University or university college"),
    ActorType.RESEARCH_INSTITUTE: N_("Research institute"),
    ActorType.SERVICE_PROVIDER: N_("Provider of labour market measures"),
    ActorType.CONSULTANT_SUPPLIER: N_("Consultant or supplier"),
    ActorType.MEDIA: N_("Media"),
    ActorType.CONFEDERATION: N_("Confederation of unions"),
    ActorType.UNION: N_("Trade union"),
    ActorType.UNION_BRANCH: N_("Union branch"),
    ActorType.EMPLOYEE_REP_BODY: N_("Employee representatives"),
    ActorType.EMPLOYER_ORGANISATION: N_("Employers' organisation"),
    ActorType.EMPLOYER: N_("Employer"),
    ActorType.INDUSTRY_NETWORK: N_("Industry network"),
    ActorType.USER_COUNCIL_CENTRAL: N_("Central user council"),
    ActorType.USER_COUNCIL_COUNTY: N_("County user council"),
    ActorType.USER_COUNCIL_LOCAL: N_("Local user council"),
    ActorType.USER_COUNCIL_SPECIAL: N_("User council of a special unit"),
    ActorType.UMBRELLA_ORGANISATION: N_("Umbrella organisation"),
    ActorType.USER_ORGANISATION: N_("Service-user organisation"),
    ActorType.INTEREST_ORGANISATION: N_("Interest organisation"),
    ActorType.VOLUNTARY_ORGANISATION: N_("Voluntary organisation"),
    ActorType.FOUNDATION: N_("Foundation"),
    ActorType.PROFESSIONAL_ASSOCIATION: N_("Professional association"),
    ActorType.FAITH_COMMUNITY: N_("Faith or life-stance community"),
    ActorType.PRIVATE_PERSON: N_("Private person"),
    ActorType.ANONYMOUS_PARTICIPANT: N_("Meeting participant"),
    ActorType.INFORMAL_GROUP: N_("Group without legal form"),
}

ACTOR_GROUP_LABELS: dict[ActorGroup, str] = {
    ActorGroup.STATE: N_("State"),
    ActorGroup.LOCAL: N_("Municipalities and counties"),
    ActorGroup.KNOWLEDGE: N_("Research, providers and media"),
    ActorGroup.WORKING_LIFE: N_("Working life"),
    ActorGroup.USERS: N_("Users and civil society"),
    ActorGroup.PEOPLE: N_("People"),
}


class Role(StrEnum):
    """What a member may do for the organisation."""

    COORDINATOR = "coordinator"
    CASE_OFFICER = "case_officer"
    DRAFTER = "drafter"
    READER = "reader"
    SIGNATORY = "signatory"
    DEPUTY = "deputy"


ROLE_LABELS: dict[Role, str] = {
    Role.COORDINATOR: N_("Coordinator"),
    Role.CASE_OFFICER: N_("Case officer"),
    Role.DRAFTER: N_("Drafter"),
    Role.READER: N_("Reader"),
    Role.SIGNATORY: N_("Signatory"),
    Role.DEPUTY: N_("Deputy"),
}

ROLE_HINTS: dict[Role, str] = {
    Role.COORDINATOR: N_(
        "Sets up rounds, handles answers, writes answers, and decides who else has a role."
    ),
    Role.CASE_OFFICER: N_("Registers and codes answers, and makes documents."),
    Role.DRAFTER: N_("Writes the organisation's answers to rounds."),
    Role.READER: N_("Reads the answers to the organisation's rounds and changes nothing."),
    Role.SIGNATORY: N_("Signs the organisation's answers."),
    Role.DEPUTY: N_("Signs in the place of somebody who is away."),
}

NAME_LANGUAGES: tuple[str, ...] = ("nb", "nn", "se", "en")
"""Languages in which a body may have a name of its own, beside the registered one."""


class EventKind(StrEnum):
    """What can happen to a body's identity."""

    RENAMED = "renamed"
    RENUMBERED = "renumbered"
    MERGED = "merged"
    SPLIT = "split"
    DISSOLVED = "dissolved"

    @property
    def is_end(self) -> bool:
        """Whether the body is no more afterwards."""
        return self in {EventKind.MERGED, EventKind.SPLIT, EventKind.DISSOLVED}


EVENT_KIND_LABELS: dict[EventKind, str] = {
    EventKind.RENAMED: N_("New name"),
    EventKind.RENUMBERED: N_("New organisation number"),
    EventKind.MERGED: N_("Became part of another body"),
    EventKind.SPLIT: N_("Split into several bodies"),
    EventKind.DISSOLVED: N_("Dissolved"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """Why the register says so: since when, for what reason, and where that is written."""

    on: date
    reason: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """What a body was called and which number it had at a certain time."""

    name: str
    names: dict[str, str]
    organisation_number: str | None


class RequestOutcome(StrEnum):
    """What became of somebody's wish to represent an organisation."""

    APPROVED = "approved"
    DECLINED = "declined"
