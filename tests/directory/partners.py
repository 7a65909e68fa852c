"""Builds partners for the directory's tests, with as much said as the test is about."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from directory.models import (
    Accessibility,
    Address,
    Attribute,
    CostOption,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    TaxonomyTerm,
)
from directory.vocabulary import (
    MARKS_TAXONOMY,
    NEEDS_TAXONOMY,
    PARTNER_KINDS_TAXONOMY,
    POPULATIONS_TAXONOMY,
    REQUIREMENTS_TAXONOMY,
)


def new_id() -> str:
    """A fresh id."""
    return str(uuid.uuid4())


def term(session: Session, taxonomy: str, code: str) -> TaxonomyTerm:
    """The term of a code, made when first used."""
    known = session.query(TaxonomyTerm).filter_by(taxonomy=taxonomy, code=code).one_or_none()
    if known is None:
        known = TaxonomyTerm(id=new_id(), taxonomy=taxonomy, code=code, name=code, description=code)
        session.add(known)
        session.flush()
    return known


def attach(
    session: Session, entity: str, link_id: str, taxonomy: str, code: str, value: str | None = None
) -> None:
    """Attach a term to a record."""
    session.add(
        Attribute(
            id=new_id(),
            link_id=link_id,
            link_entity=entity,
            taxonomy_term_id=term(session, taxonomy, code).id,
            value=value,
        )
    )


def add_partner(
    session: Session,
    name: str = "Paper Boat",
    *,
    needs: Sequence[str] = ("housing",),
    area: str | None = None,
    zip_code: str | None = None,
    virtual: bool = False,
    confidential: bool = False,
    kind: str | None = None,
    languages: Sequence[str] = (),
    hours: Sequence[dict[str, Any]] = (),
    asks: Sequence[str] = (),
    groups: Sequence[str] = (),
    access: str | None = None,
    free: bool = False,
    organization_id: str | None = None,
    number: str = "313-555-0123",
    **service: Any,
) -> str:
    """Add a service, with its partner unless one is given, and give its id."""
    if organization_id is None:
        organization_id = new_id()
        session.add(Organization(id=organization_id, name=name, description="A partner"))
        session.flush()
        session.add(Phone(id=new_id(), organization_id=organization_id, number=number))
        if kind is not None:
            attach(session, "organization", organization_id, PARTNER_KINDS_TAXONOMY, kind)
    service_id = new_id()
    service = {"name": f"{name} service", "status": "active", **service}
    session.add(Service(id=service_id, organization_id=organization_id, **service))
    session.flush()
    if zip_code is not None or virtual:
        location_id = new_id()
        location_type = "virtual" if virtual else "physical"
        session.add(
            Location(id=location_id, organization_id=organization_id, location_type=location_type)
        )
        session.flush()
        if zip_code is not None:
            session.add(
                Address(
                    id=new_id(), location_id=location_id, address_1="77 Whisper Lane",
                    city="Anytown", state_province="MI", postal_code=zip_code, country="US",
                    address_type="physical",
                )
            )  # fmt: skip
        if access is not None:
            session.add(Accessibility(id=new_id(), location_id=location_id, description=access))
        if confidential:
            attach(session, "location", location_id, MARKS_TAXONOMY, "confidential_address")
        session.add(ServiceAtLocation(id=new_id(), service_id=service_id, location_id=location_id))
    if area is not None:
        session.add(ServiceArea(id=new_id(), service_id=service_id, name=area))
    session.add_all(Language(id=new_id(), service_id=service_id, code=code) for code in languages)
    session.add_all(Schedule(id=new_id(), service_id=service_id, **one) for one in hours)
    if free:
        session.add(CostOption(id=new_id(), service_id=service_id, amount=0, currency="USD"))
    for need in needs:
        attach(session, "service", service_id, NEEDS_TAXONOMY, need)
    for code in asks:
        attach(session, "service", service_id, REQUIREMENTS_TAXONOMY, code)
    for group in groups:
        attach(session, "service", service_id, POPULATIONS_TAXONOMY, group)
    session.flush()
    return service_id


WEEKDAYS = {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00"}
EVERY_NIGHT = {
    "freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "20:00", "closes_at": "08:00",
}  # fmt: skip
ALWAYS = EVERY_NIGHT | {"opens_at": "00:00", "closes_at": "00:00"}
LONG_AGO = date(2020, 1, 1)
