"""Part of the directory room: all that ranking and a match need to know of one candidate service.

It must never hold more of an address than reach.py lets through (D9).
"""

from dataclasses import dataclass
from enum import IntEnum

from directory import conditions
from directory.fitting import Fitting, fitting, for_minors, hurdles
from directory.hours import Hours, hours
from directory.matches import Query
from directory.models import Phone, Service
from directory.reach import Where, where_is
from directory.spoken import has_interpreter, staff_languages
from directory.vocabulary import Need, Requirement


class Speech(IntEnum):
    """How a service and the one who asks can talk, the best first (D4)."""

    STAFF = 0
    INTERPRETER = 1
    UNKNOWN = 2


@dataclass(frozen=True)
class Facts:
    """One candidate, seen from one query. `needs` are those of the query that it meets."""

    service: Service
    needs: tuple[Need, ...]
    kinds: tuple[str, ...]
    fitting: Fitting
    where: Where
    hours: Hours
    languages: tuple[str, ...]
    speech: Speech
    cost: str | None
    free: bool
    requirements: tuple[Requirement, ...]
    restrictions: tuple[str, ...]
    hurdles: int


def facts_of(service: Service, query: Query, confidential: frozenset[str]) -> Facts | None:
    """The facts, or None when the service is out of reach from the query's place."""
    where = where_is(service, query.place, confidential)
    if where is None:
        return None
    location = where.location
    levels = [
        where.at.schedules if where.at is not None else [],
        service.schedules,
        location.schedules if location is not None else [],
    ]
    languages = staff_languages(
        [*service.languages, *(location.languages if location is not None else [])]
    )
    # A house for people under 18 is worth a call, also where another kind of house was asked for.
    young = query.fits.minor and for_minors(service)
    met = conditions.needs_met(service, frozenset() if young else query.kinds)
    needs = tuple(need for need in query.needs if need in met)
    asked = conditions.requirements(service)
    ages = conditions.ages(service)
    today = query.at.date()
    return Facts(
        service=service,
        needs=needs,
        kinds=conditions.kinds_of_needs(service, query.needs),
        fitting=fitting(service, where, needs, query.fits),
        where=where,
        hours=hours(levels, where.zone, query.at),
        languages=languages,
        speech=_speech(service, languages, query.language),
        cost=conditions.cost(service, today),
        free=conditions.is_free(service, today),
        requirements=tuple(asked),
        restrictions=(*asked.values(), *([ages] if ages else [])),
        hurdles=hurdles(service, query.fits),
    )


def _speech(service: Service, languages: tuple[str, ...], language: str | None) -> Speech:
    """A record that names no language at all is taken to speak English, as nearly all here do."""
    if language is None or language in (languages or ("en",)):
        return Speech.STAFF
    if has_interpreter(service.interpretation_services, language):
        return Speech.INTERPRETER
    return Speech.UNKNOWN


def phones_of(facts: Facts) -> list[list[Phone]]:
    """The telephones of a service, those closest to it first."""
    service, where = facts.service, facts.where
    return [
        where.at.phones if where.at is not None else [],
        service.phones,
        where.location.phones if where.location is not None else [],
        service.organization.phones,
        [phone for contact in service.contacts for phone in contact.phones],
    ]
