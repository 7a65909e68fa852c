"""Part of the directory room: SQL finds the services that may come into question.

It must never let through what may not be shown: inactive (D1), quarantined (D10), law enforcement
unless it was asked for (K1, S12).
"""

import re

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.interfaces import ORMOption

from directory.matches import Query
from directory.models import (
    Attribute,
    Contact,
    Location,
    Organization,
    Phone,
    Service,
    ServiceAtLocation,
    ServiceStatus,
    TaxonomyTerm,
)
from directory.vocabulary import (
    KINDS,
    NEEDS_TAXONOMY,
    PARTNER_KINDS_TAXONOMY,
    Mark,
    Need,
    PartnerKind,
)

# Catches an office that came in from elsewhere without a partner kind (K1, S12).
_LAW_ENFORCEMENT_NAME = re.compile(
    r"\b(?:police|sheriffs?|constables?|state troopers?|highway patrol|border patrol|fbi|"
    r"federal bureau of investigation|homeland security|hsi|immigration and customs|u\.?s\.? ice|"
    r"customs and border|citizenship and immigration services|uscis|marshals service|"
    r"district attorney|prosecutors?)\b",
    re.IGNORECASE,
)


def candidates(session: Session, query: Query) -> list[Service]:
    """Services that may be shown and meet one of the needs, with all that ranking reads.

    Only the query's needs and whether it asks for law enforcement count here.
    """
    codes = _codes(query.needs)
    meets = (
        select(Attribute.link_id)
        .join(TaxonomyTerm)
        .where(
            Attribute.link_entity == Service.hsds_name,
            TaxonomyTerm.taxonomy == NEEDS_TAXONOMY,
            TaxonomyTerm.code.in_(codes),
        )
    )
    statement = (
        select(Service)
        .join(Organization)
        .where(Service.id.in_(meets), *_may_be_shown(query))
        .order_by(Service.id)
        .options(*_LOADED)
    )
    return [one for one in session.scalars(statement) if _fit_to_show(one, query)]


def one_candidate(session: Session, service_id: str, query: Query) -> Service | None:
    """One service by its id, None when there is none that may be shown."""
    statement = (
        select(Service)
        .join(Organization)
        .where(Service.id == service_id, *_may_be_shown(query))
        .options(*_LOADED)
    )
    service = session.scalars(statement).one_or_none()
    return service if service is not None and _fit_to_show(service, query) else None


def confidential_location_ids(session: Session) -> frozenset[str]:
    """All locations whose address may not be told to anybody (D9).

    A location is confidential when it is marked, or its organization is, or any service given there
    or that service's organization: whichever mark somebody set, the address stays unsaid.
    """
    marked = (
        select(Attribute.link_id)
        .join(TaxonomyTerm)
        .where(TaxonomyTerm.code == Mark.CONFIDENTIAL_ADDRESS)
    )
    given_there = (
        select(ServiceAtLocation.location_id)
        .join(Service)
        .where(
            or_(
                ServiceAtLocation.id.in_(marked),
                Service.id.in_(marked),
                Service.organization_id.in_(marked),
            )
        )
    )
    statement = select(Location.id).where(
        or_(
            Location.id.in_(marked),
            Location.organization_id.in_(marked),
            Location.id.in_(given_there),
        )
    )
    return frozenset(session.scalars(statement))


def kinds_of(organization: Organization) -> frozenset[str]:
    """The codes of the partner kinds (K1-K18) that an organization is given."""
    return frozenset(
        attribute.taxonomy_term.code or ""
        for attribute in organization.attributes
        if attribute.taxonomy_term.taxonomy == PARTNER_KINDS_TAXONOMY
    )


def _codes(needs: tuple[Need, ...]) -> list[str]:
    return [code for need in needs for code in (need, *(f"{need}.{kind}" for kind in KINDS[need]))]


def _may_be_shown(query: Query) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        Service.status == ServiceStatus.ACTIVE,
        Service.quarantine.is_(None),
        Organization.quarantine.is_(None),
    ]
    if not query.include_law_enforcement:
        enforces = (
            exists()
            .where(
                and_(
                    Attribute.link_id == Organization.id,
                    Attribute.link_entity == Organization.hsds_name,
                )
            )
            .where(
                Attribute.taxonomy_term_id == TaxonomyTerm.id,
                TaxonomyTerm.taxonomy == PARTNER_KINDS_TAXONOMY,
                TaxonomyTerm.code == PartnerKind.LAW_ENFORCEMENT,
            )
        )
        conditions.append(~enforces)
    return conditions


def _fit_to_show(service: Service, query: Query) -> bool:
    """What SQL cannot see: an office that is law enforcement by its name alone."""
    organization = service.organization
    if query.include_law_enforcement or kinds_of(organization):
        return True
    names = f"{organization.name} {organization.alternate_name or ''}"
    return _LAW_ENFORCEMENT_NAME.search(names) is None


def _loaded() -> tuple[ORMOption, ...]:
    """Everything that facts.py reads, in a fixed number of queries."""
    term = selectinload(Attribute.taxonomy_term)
    place = selectinload(Service.service_at_locations)
    location = place.selectinload(ServiceAtLocation.location)
    spoken = selectinload(Phone.languages)
    return (
        selectinload(Service.attributes).options(term),
        selectinload(Service.phones).options(spoken),
        selectinload(Service.contacts).selectinload(Contact.phones).options(spoken),
        selectinload(Service.schedules),
        selectinload(Service.service_areas),
        selectinload(Service.languages),
        selectinload(Service.cost_options),
        selectinload(Service.organization).options(
            selectinload(Organization.attributes).options(term),
            selectinload(Organization.phones).options(spoken),
        ),
        place.options(
            selectinload(ServiceAtLocation.schedules),
            selectinload(ServiceAtLocation.service_areas),
            selectinload(ServiceAtLocation.phones).options(spoken),
        ),
        location.options(
            selectinload(Location.addresses),
            selectinload(Location.schedules),
            selectinload(Location.languages),
            selectinload(Location.accessibility),
            selectinload(Location.phones).options(spoken),
        ),
    )


_LOADED = _loaded()
