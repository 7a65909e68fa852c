"""Part of the directory room: words for needs (N1-N26), partner kinds (K1-K18) and marks.

It must never know how a word is spoken to a survivor: that is the catalogues' work.
"""

from enum import StrEnum


class Need(StrEnum):
    """What a survivor may need, in the order of N1-N26; the value is the slug used everywhere."""

    CASE_MANAGEMENT = "case_management"
    CHILD_ASSISTANCE = "child_assistance"
    CLOTHING = "clothing"
    CRISIS_INTERVENTION = "crisis_intervention"
    CULTURAL_COMMUNITY_SUPPORT = "cultural_community_support"
    DENTAL_CARE = "dental_care"
    EDUCATION_GED = "education_ged"
    ENGLISH_CLASSES = "english_classes"
    FINANCIAL_LITERACY = "financial_literacy"
    FAMILY_CONTACT = "family_contact"
    FOOD = "food"
    HOUSING = "housing"
    IDENTIFICATION_DOCUMENTS = "identification_documents"
    JOB_PREPARATION = "job_preparation"
    LEGAL_REPRESENTATION = "legal_representation"
    MEDICAL_CARE = "medical_care"
    MENTAL_HEALTH_CARE = "mental_health_care"
    PUBLIC_BENEFITS = "public_benefits"
    RELIGIOUS_SPIRITUAL = "religious_spiritual"
    REPATRIATION = "repatriation"
    SAFETY_PLANNING = "safety_planning"
    SEXUAL_ASSAULT_SERVICES = "sexual_assault_services"
    SUBSTANCE_ABUSE_SERVICES = "substance_abuse_services"
    INTERPRETATION = "interpretation"
    TRANSPORTATION = "transportation"
    VICTIM_ADVOCACY = "victim_advocacy"


NEED_NUMBER: dict[Need, str] = {need: f"N{number}" for number, need in enumerate(Need, start=1)}

# Kinds of a need. In the directory's taxonomy a kind is the term "<need>.<kind>" under its need.
KINDS: dict[Need, tuple[str, ...]] = dict.fromkeys(Need, ()) | {
    Need.CHILD_ASSISTANCE: ("childcare", "supplies"),
    Need.DENTAL_CARE: ("emergency", "long_term"),
    Need.FINANCIAL_LITERACY: ("coerced_debt",),
    Need.HOUSING: ("emergency", "transitional", "permanent"),
    Need.LEGAL_REPRESENTATION: ("immigration", "criminal", "civil"),
    Need.MEDICAL_CARE: ("emergency", "long_term"),
    Need.MENTAL_HEALTH_CARE: ("emergency", "long_term"),
}


class PartnerKind(StrEnum):
    """Who belongs in a referral partnership, in the order of K1-K18."""

    LAW_ENFORCEMENT = "law_enforcement"
    CHILD_WELFARE = "child_welfare"
    JUVENILE_JUSTICE = "juvenile_justice"
    CHILD_ADVOCACY_CENTER = "child_advocacy_center"
    SEXUAL_ASSAULT_SERVICES = "sexual_assault_services"
    DOMESTIC_VIOLENCE = "domestic_violence"
    CIVIL_LEGAL_SERVICES = "civil_legal_services"
    IMMIGRANT_SERVICES = "immigrant_services"
    YOUTH_SERVICES = "youth_services"
    COURT_ADVOCATES = "court_advocates"
    PUBLIC_DEFENDERS = "public_defenders"
    HUMAN_TRAFFICKING_PROGRAM = "human_trafficking_program"
    HEALTH_CARE = "health_care"
    SCHOOLS = "schools"
    STUDENT_GROUPS = "student_groups"
    SERVICE_ORGANIZATIONS = "service_organizations"
    FAITH_BASED = "faith_based"
    BUSINESS_LEADERS = "business_leaders"


PARTNER_KIND_NUMBER: dict[PartnerKind, str] = {
    kind: f"K{number}" for number, kind in enumerate(PartnerKind, start=1)
}


class Requirement(StrEnum):
    """What a service asks of people that can shut a survivor out (D13)."""

    SOBRIETY = "sobriety"
    POLICE_COOPERATION = "police_cooperation"
    IDENTIFICATION = "identification"
    RESIDENCE = "residence"
    REFERRAL = "referral"
    APPOINTMENT = "appointment"
    WOMEN_ONLY = "women_only"
    MEN_ONLY = "men_only"
    NO_CHILDREN = "no_children"
    FAITH_PRACTICE = "faith_practice"
    WAITLIST = "waitlist"


# Plain words for a requirement, used where the record brings none of its own.
REQUIREMENT_WORDS: dict[Requirement, str] = {
    Requirement.SOBRIETY: "You need to be sober",
    Requirement.POLICE_COOPERATION: "They ask you to cooperate with the police",
    Requirement.IDENTIFICATION: "They ask for identification papers",
    Requirement.RESIDENCE: "Only for people who live in the area",
    Requirement.REFERRAL: "Another agency has to refer you",
    Requirement.APPOINTMENT: "By appointment only",
    Requirement.WOMEN_ONLY: "For women",
    Requirement.MEN_ONLY: "For men",
    Requirement.NO_CHILDREN: "They do not take children",
    Requirement.FAITH_PRACTICE: "Taking part in worship is expected",
    Requirement.WAITLIST: "There is a waiting list",
}


class Population(StrEnum):
    """Whom a service is meant for, as its partner says; it shuts nobody out, a requirement does.

    `families` are people with children in their care.
    """

    ADULTS = "adults"
    MINORS = "minors"
    FAMILIES = "families"
    WOMEN = "women"
    MEN = "men"
    LGBTQ = "lgbtq"
    LABOR_TRAFFICKING = "labor_trafficking"
    SEX_TRAFFICKING = "sex_trafficking"
    FOREIGN_NATIONALS = "foreign_nationals"
    TRIBAL = "tribal"


class Mark(StrEnum):
    """Facts about a record that HSDS has no field for, kept as attributes."""

    CONFIDENTIAL_ADDRESS = "confidential_address"  # on a location, service or organization (D9)
    INVENTED = "invented"  # on an organization: sample data, not a real place
    TIME_ZONE = "time_zone"  # value: an IANA zone; HSDS itself knows only an offset (D3)


# Names of our taxonomies, as they stand in taxonomy_term.taxonomy.
NEEDS_TAXONOMY = "waymark-needs"
PARTNER_KINDS_TAXONOMY = "waymark-partner-kinds"
REQUIREMENTS_TAXONOMY = "waymark-requirements"
POPULATIONS_TAXONOMY = "waymark-populations"
MARKS_TAXONOMY = "waymark-marks"


def need_of_code(code: str) -> Need | None:
    """The need of a term code; "housing" and its kind "housing.emergency" are both housing."""
    slug = code.partition(".")[0]
    return Need(slug) if slug in _NEED_SLUGS else None


_NEED_SLUGS = frozenset(need.value for need in Need)
