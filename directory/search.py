"""Part of the directory room: finds the partners that fit needs, a place, a language and a time.

It must never know who asks, and never answer with a confidential address (D9).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session

from directory.candidates import candidates, confidential_location_ids, one_candidate
from directory.choosing import chosen
from directory.conditions import about, marked
from directory.facts import Facts, facts_of, phones_of
from directory.matches import Fits, Match, Query, Reason
from directory.models import Service
from directory.phones import number_for_calls, number_for_texts
from directory.ranking import ranked, reasons
from directory.spoken import has_interpreter
from directory.vocabulary import Mark, Need

__all__ = [
    "Fits",
    "Match",
    "Query",
    "Reason",
    "find_each",
    "find_matches",
    "get_match",
    "unmet",
]


def find_matches(session: Session, query: Query) -> list[Match]:
    """The best matches, at most `query.limit`, best first; empty when nothing fits.

    Only active services (D1), never law enforcement unless asked for (K1, S12). Those that serve
    the place come first, then statewide and national ones, then others further away (D5, D6); every
    match says by its reasons which it is. Without a place, those for everywhere come first, and the
    others say where they serve. What certainly does not fit is left out, and what is known to fit
    comes before what is not known (D7).
    """
    (matches,) = find_each(session, [query])
    return matches


def find_each(session: Session, queries: Sequence[Query]) -> list[list[Match]]:
    """`find_matches` of each query, in their order, reading the directory once for all of them.

    For queries that differ a little: other kinds, what must fit, how far, which to leave out.
    """
    if not queries:
        return []
    confidential = confidential_location_ids(session)
    services = _services(session, queries)
    found: list[list[Match]] = []
    for query in queries:
        fitting = _fitting(services[query.include_law_enforcement], query, confidential)
        number = partial(_number, query)
        few = chosen(ranked(fitting, query), query, number)
        found.append([_match(facts, query) for facts in few])
    return found


def unmet(session: Session, query: Query) -> tuple[Need, ...]:
    """The query's needs for which nothing at all fits, in their order.

    What there was no room for, or was left out by `exclude`, does fit.
    """
    services = candidates(session, query) if query.needs else []
    everything = replace(query, exclude=frozenset())
    fitting = _fitting(services, everything, confidential_location_ids(session))
    met = {need for facts in fitting for need in facts.needs}
    return tuple(need for need in query.needs if need not in met)


def get_match(session: Session, service_id: str, query: Query) -> Match | None:
    """One service as a match, even if it meets none of the needs; None when it may not be shown."""
    service = one_candidate(session, service_id, query)
    if service is None:
        return None
    confidential = confidential_location_ids(session)
    facts = facts_of(service, query, confidential)
    if facts is None:
        # Out of reach from the place, but asked for by name: seen from nowhere in particular.
        nowhere = replace(query, place=None)
        facts = facts_of(service, nowhere, confidential)
    return _match(facts, query) if facts is not None else None


def _services(session: Session, queries: Sequence[Query]) -> dict[bool, list[Service]]:
    """The candidates for all needs of the queries, by whether law enforcement may be among them."""
    found: dict[bool, list[Service]] = {}
    for enforcement in sorted({query.include_law_enforcement for query in queries}):
        alike = [query for query in queries if query.include_law_enforcement == enforcement]
        needs = dict.fromkeys(need for query in alike for need in query.needs)
        asked = any(query.limit > 0 for query in alike) and needs
        together = replace(alike[0], needs=tuple(needs))
        found[enforcement] = candidates(session, together) if asked else []
    return found


def _fitting(
    services: Sequence[Service], query: Query, confidential: frozenset[str]
) -> list[Facts]:
    """What meets one of the needs, is in reach, and is not certain to be wrong."""
    return [
        facts
        for service in services
        if service.id not in query.exclude
        and (facts := facts_of(service, query, confidential)) is not None
        and facts.needs
        and facts.fitting.fits
        and (query.wider or not facts.where.wider)
    ]


def _number(query: Query, facts: Facts) -> str | None:
    """The number under which a service is named."""
    phones = phones_of(facts)
    return number_for_calls(phones, query.language) or number_for_texts(phones, query.language)


def _match(facts: Facts, query: Query) -> Match:
    service, where = facts.service, facts.where
    organization = service.organization
    phones = phones_of(facts)
    return Match(
        service_id=service.id,
        partner=organization.name,
        service=service.name,
        needs=facts.needs,
        phone=number_for_calls(phones, query.language),
        text_number=number_for_texts(phones, query.language),
        url=_web(service.url) or _web(organization.website),
        address=where.address,
        languages=facts.languages,
        reasons=reasons(facts, query),
        open_now=facts.hours.open_now,
        next_opening=facts.hours.next_opening,
        zone=where.zone,
        cost=facts.cost,
        distance_km=where.distance_km,
        virtual=where.virtual,
        restrictions=facts.restrictions,
        invented=marked(organization.attributes, Mark.INVENTED) is not None,
        interpreters=has_interpreter(service.interpretation_services, query.language or "en"),
        requirements=facts.requirements,
        assured=service.assured_date,
        minimum_age=_years(service.minimum_age),
        maximum_age=_years(service.maximum_age),
        kinds=facts.kinds,
        about=about(service),
        wider=where.wider,
        ask_first=facts.fitting.ask_first,
    )


def _years(age: float | None) -> int | None:
    """An age as people say it; HSDS allows fractions of a year."""
    return int(age) if age is not None else None


def _web(address: str | None) -> str | None:
    """A web address, if it is one that a page may link to."""
    return address if address and address.startswith(("https://", "http://")) else None
