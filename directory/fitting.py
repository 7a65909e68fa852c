"""Part of the directory room: whether a service fits what must fit: children, wheelchair, age.

It must never guess (D7): what a record does not say is unknown, so it stays and is asked about.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from directory import conditions
from directory.matches import Fits
from directory.models import Accessibility, Service
from directory.reach import Where, is_physical
from directory.vocabulary import Need, Population, Requirement

# Where people sleep or sit for hours, so that it matters whether a child may come along.
_CHILDREN_MATTER = frozenset(
    {
        Need.EDUCATION_GED,
        Need.ENGLISH_CLASSES,
        Need.HOUSING,
        Need.JOB_PREPARATION,
        Need.SUBSTANCE_ABUSE_SERVICES,
    }
)
_GROWN = 18
_NO_CHILD = 16  # a house "from 16 on" takes nobody younger
_NO_YOUTH = 26  # houses for young people mostly go up to 24 or 25


class Suits(IntEnum):
    """How a service fits one thing that must fit, the best first."""

    KNOWN = 0
    UNKNOWN = 1
    DOUBTFUL = 2  # its record names others, without shutting anybody out
    NOT = 3


@dataclass(frozen=True)
class Fitting:
    """How a service fits each thing asked for; None where it was not asked.

    `ask_first` are the codes of what should be asked before going there.
    """

    children: Suits | None
    wheelchair: Suits | None
    gender: Suits | None
    minor: Suits | None
    ask_first: tuple[str, ...]

    @property
    def fits(self) -> bool:
        """Whether nothing is certain to be wrong."""
        return Suits.NOT not in (self.children, self.wheelchair, self.gender, self.minor)

    @property
    def doubts(self) -> int:
        """How far it is from being known to fit children, wheelchair and age; 0 when it is."""
        return sum(one for one in (self.children, self.wheelchair, self.minor) if one is not None)


def fitting(service: Service, where: Where, needs: Iterable[Need], fits: Fits) -> Fitting:
    """How a service fits, read off its record; `needs` are those that it would be asked for."""
    asks = frozenset(conditions.requirements(service))
    groups = conditions.populations(service)
    overnight = not where.virtual and bool(_CHILDREN_MATTER & frozenset(needs))
    children = _children(service, asks, groups, overnight) if fits.children else None
    wheelchair = _wheelchair(service, where) if fits.wheelchair else None
    # By telephone or online there is nowhere to bring a child, and no step at the door.
    ask_first: list[str] = []
    if children in (Suits.UNKNOWN, Suits.DOUBTFUL) and overnight:
        ask_first.append("ask_children")
    if wheelchair is Suits.UNKNOWN and not where.virtual:
        ask_first.append("ask_wheelchair")
    return Fitting(
        children=children,
        wheelchair=wheelchair,
        gender=_gender(fits.gender, asks, groups) if fits.gender else _with_children(asks, fits),
        minor=_minor(service, asks, groups, fits) if fits.minor else None,
        ask_first=tuple(ask_first),
    )


def only_for_the_young(service: Service, fits: Fits) -> bool:
    """Whether it is for young people, minors among them, and nobody has said to be one.

    Where children are helped, the ages are the children's.
    """
    low, high = service.minimum_age or 0, service.maximum_age
    if fits.minor or high is None or Need.CHILD_ASSISTANCE in conditions.needs_met(service):
        return False
    return low < _GROWN and high < _NO_YOUTH


def hurdles(service: Service, fits: Fits) -> int:
    """How many of its conditions may still shut out the one who asks (D13)."""
    met = {
        Requirement.WOMEN_ONLY: fits.gender == "woman",
        Requirement.MEN_ONLY: fits.gender == "man",
        Requirement.NO_CHILDREN: fits.children is False,
    }
    asked = [one for one in conditions.requirements(service) if not met.get(one, False)]
    return len(asked) + (conditions.ages(service) is not None)


def wheelchair_access(rows: Iterable[Accessibility]) -> bool | None:
    """Whether a wheelchair gets in, by what is said of a location; None when that is not plain.

    A yes and a no side by side ("step-free; the bathroom is not accessible") are not plain.
    """
    texts = [text for row in rows for text in (row.description, row.details) if text]
    parts = [part for text in texts for part in re.split(r"[.;\n]", text)]
    said = {answer for part in parts if (answer := _access(part)) is not None}
    return said.pop() if len(said) == 1 else None


_NO_STEPS = re.compile(r"\b(?:no|without|zero)\s+(?:any\s+)?(?:steps?|stairs?)\b", re.IGNORECASE)
_UNSURE = re.compile(
    r"\b(?:not all|not every|some|partly|partial\w*|limited|mostly|unknown|unclear|information|"
    r"ask|call|request|except|planned|soon)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:no|not|without|lacks?|cannot|isn['’]t)\b[^,]{0,30}\b(?:wheelchair|step-?free|accessib)|"
    r"\b(?:wheelchairs?|step-?free|access\w*)\b[^,]{0,20}\b(?:no|not|cannot|impossible)\b|"
    r"\binaccessible\b|\bstairs only\b|\bonly by (?:the )?stairs\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\bwheelchairs?[ -](?:accessib\w+|access|ramps?|lifts?|friendly|welcome|can|fit)\b|"
    r"\b(?:accessible|access|ramps?|lifts?|room)\b[^,]{0,20}\bwheelchairs?\b|"
    r"^\W*(?:wheelchairs?|(?:fully )?accessible)\W*$|"
    r"\b(?:step|barrier)-?free\b|\bADA[ -](?:accessible|compliant)\b|"
    r"\b(?:fully|handicap(?:ped)?) accessible\b",
    re.IGNORECASE,
)


def _access(part: str) -> bool | None:
    part = _NO_STEPS.sub("step-free", part)
    if _UNSURE.search(part):
        return None
    if _NO.search(part):
        return False
    return True if _YES.search(part) else None


def _children(
    service: Service,
    asks: frozenset[Requirement],
    groups: frozenset[Population],
    overnight: bool,
) -> Suits:
    """Where people stay for long, a house for grown people only comes after all others."""
    if Requirement.NO_CHILDREN in asks:
        return Suits.NOT
    helps = Need.CHILD_ASSISTANCE in conditions.needs_met(service)
    if helps or Population.FAMILIES in groups:
        return Suits.KNOWN
    grown = overnight and (service.minimum_age or 0) >= _GROWN
    return Suits.DOUBTFUL if grown else Suits.UNKNOWN


def _wheelchair(service: Service, where: Where) -> Suits:
    """What is said of the location meant; another branch may do better than a bad one."""
    location = where.location
    access = wheelchair_access(location.accessibility) if location is not None else None
    if access is None:
        return Suits.UNKNOWN
    if access:
        return Suits.KNOWN
    branches = [at for at in service.service_at_locations if is_physical(at.location)]
    return Suits.NOT if len(branches) == 1 else Suits.UNKNOWN


def _gender(gender: str, asks: frozenset[Requirement], groups: frozenset[Population]) -> Suits:
    """A record that is for women only and for men only has a house for each."""
    woman = gender == "woman"
    own, other = Requirement.WOMEN_ONLY, Requirement.MEN_ONLY
    own_group, other_group = Population.WOMEN, Population.MEN
    if not woman:
        own, other, own_group, other_group = other, own, other_group, own_group
    if other in asks and own not in asks:
        return Suits.NOT
    if own in asks or own_group in groups:
        return Suits.KNOWN
    return Suits.DOUBTFUL if other_group in groups else Suits.UNKNOWN


def _with_children(asks: frozenset[Requirement], fits: Fits) -> Suits | None:
    """A house for men only is left out for who brings children and has not said to be a man."""
    men = Requirement.MEN_ONLY in asks and Requirement.WOMEN_ONLY not in asks
    return Suits.NOT if men and fits.children else None


def for_minors(service: Service) -> bool:
    """Whether its record says that it takes people under 18 by themselves."""
    low, high = service.minimum_age, service.maximum_age
    if low is not None and low >= _GROWN:
        return False
    young = (low is not None and low > 0) or (high is not None and high < _GROWN)
    return young or Population.MINORS in conditions.populations(service)


def _minor(
    service: Service, asks: frozenset[Requirement], groups: frozenset[Population], fits: Fits
) -> Suits:
    if (service.minimum_age or 0) >= (_NO_CHILD if fits.under_16 else _GROWN):
        return Suits.NOT
    if for_minors(service):
        return Suits.KNOWN
    # A house "for women" or "for men" is one for grown people.
    grown = Population.ADULTS in groups or bool(
        asks & {Requirement.WOMEN_ONLY, Requirement.MEN_ONLY}
    )
    return Suits.DOUBTFUL if grown else Suits.UNKNOWN
