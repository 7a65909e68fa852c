"""Part of the directory room: partners and what they offer where, as in HSDS 3.x.

It must never know a survivor, nor which of them was told about a service.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.models_base import OURS, Record, owner, reference

if TYPE_CHECKING:
    from directory.models_details import (
        Contact,
        CostOption,
        Language,
        Phone,
        Schedule,
        ServiceArea,
    )
    from directory.models_terms import Attribute


class ServiceStatus(StrEnum):
    """HSDS's states of a service; only an active one is ever suggested (D1)."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"
    TEMPORARILY_CLOSED = "temporarily closed"


class Organization(Record):
    """A partner."""

    __tablename__ = "organization"
    hsds_name = "organization"

    name: Mapped[str]
    alternate_name: Mapped[str | None]
    description: Mapped[str]
    email: Mapped[str | None]
    website: Mapped[str | None]
    tax_status: Mapped[str | None]
    tax_id: Mapped[str | None]
    year_incorporated: Mapped[int | None]
    legal_status: Mapped[str | None]
    logo: Mapped[str | None]
    uri: Mapped[str | None]
    parent_organization_id: Mapped[str | None] = reference("organization")
    # Why this record may not be shown (D10); empty when it may.
    quarantine: Mapped[str | None] = mapped_column(info=OURS)

    services: Mapped[list["Service"]] = relationship(
        back_populates="organization", order_by="Service.id", passive_deletes="all"
    )
    phones: Mapped[list["Phone"]] = relationship(order_by="Phone.id", passive_deletes="all")
    attributes: Mapped[list["Attribute"]] = relationship(
        primaryjoin="and_(foreign(Attribute.link_id) == Organization.id,"
        " Attribute.link_entity == 'organization')",
        order_by="Attribute.id",
        viewonly=True,
    )


class Url(Record):
    """A further web address of a partner or a service."""

    __tablename__ = "url"
    hsds_name = "url"

    organization_id: Mapped[str | None] = owner("organization")
    service_id: Mapped[str | None] = owner("service")
    label: Mapped[str | None]
    url: Mapped[str]


class OrganizationIdentifier(Record):
    """A partner's number in a register."""

    __tablename__ = "organization_identifier"
    hsds_name = "organization_identifier"

    organization_id: Mapped[str | None] = owner("organization")
    identifier_scheme: Mapped[str | None]
    identifier_type: Mapped[str]
    identifier: Mapped[str]


class Funding(Record):
    """Where a partner's or a service's money comes from."""

    __tablename__ = "funding"
    hsds_name = "funding"

    organization_id: Mapped[str | None] = owner("organization")
    service_id: Mapped[str | None] = owner("service")
    source: Mapped[str | None]


class Program(Record):
    """Services of a partner that belong together."""

    __tablename__ = "program"
    hsds_name = "program"

    organization_id: Mapped[str | None] = owner("organization")
    name: Mapped[str]
    alternate_name: Mapped[str | None]
    description: Mapped[str]


class Service(Record):
    """What a partner offers, and what it asks of those who come."""

    __tablename__ = "service"
    hsds_name = "service"
    __table_args__ = (Index("ix_service_status_organization_id", "status", "organization_id"),)

    organization_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("organization.id", ondelete="CASCADE"), index=True
    )
    program_id: Mapped[str | None] = reference("program")
    name: Mapped[str]
    alternate_name: Mapped[str | None]
    description: Mapped[str | None]
    url: Mapped[str | None]
    email: Mapped[str | None]
    status: Mapped[str] = mapped_column(String(32))
    interpretation_services: Mapped[str | None]
    application_process: Mapped[str | None]
    fees_description: Mapped[str | None]
    wait_time: Mapped[str | None]
    fees: Mapped[str | None]
    accreditations: Mapped[str | None]
    eligibility_description: Mapped[str | None]
    minimum_age: Mapped[float | None]
    maximum_age: Mapped[float | None]
    assured_date: Mapped[date | None]
    assurer_email: Mapped[str | None]
    licenses: Mapped[str | None]
    alert: Mapped[str | None]
    last_modified: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    quarantine: Mapped[str | None] = mapped_column(info=OURS)

    organization: Mapped[Organization] = relationship(back_populates="services")
    service_at_locations: Mapped[list["ServiceAtLocation"]] = relationship(
        back_populates="service", order_by="ServiceAtLocation.id", passive_deletes="all"
    )
    phones: Mapped[list["Phone"]] = relationship(order_by="Phone.id", passive_deletes="all")
    contacts: Mapped[list["Contact"]] = relationship(order_by="Contact.id", passive_deletes="all")
    schedules: Mapped[list["Schedule"]] = relationship(
        order_by="Schedule.id", passive_deletes="all"
    )
    service_areas: Mapped[list["ServiceArea"]] = relationship(
        order_by="ServiceArea.id", passive_deletes="all"
    )
    languages: Mapped[list["Language"]] = relationship(
        order_by="Language.id", passive_deletes="all"
    )
    cost_options: Mapped[list["CostOption"]] = relationship(
        order_by="CostOption.id", passive_deletes="all"
    )
    attributes: Mapped[list["Attribute"]] = relationship(
        primaryjoin="and_(foreign(Attribute.link_id) == Service.id,"
        " Attribute.link_entity == 'service')",
        order_by="Attribute.id",
        viewonly=True,
    )


class Location(Record):
    """Where services are given; its address may be confidential (D9)."""

    __tablename__ = "location"
    hsds_name = "location"

    organization_id: Mapped[str | None] = owner("organization")
    location_type: Mapped[str] = mapped_column(String(16))
    url: Mapped[str | None]
    name: Mapped[str | None]
    alternate_name: Mapped[str | None]
    description: Mapped[str | None]
    transportation: Mapped[str | None]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    external_identifier: Mapped[str | None]
    external_identifier_type: Mapped[str | None]

    service_at_locations: Mapped[list["ServiceAtLocation"]] = relationship(
        back_populates="location", order_by="ServiceAtLocation.id", passive_deletes="all"
    )
    addresses: Mapped[list["Address"]] = relationship(order_by="Address.id", passive_deletes="all")
    phones: Mapped[list["Phone"]] = relationship(order_by="Phone.id", passive_deletes="all")
    schedules: Mapped[list["Schedule"]] = relationship(
        order_by="Schedule.id", passive_deletes="all"
    )
    languages: Mapped[list["Language"]] = relationship(
        order_by="Language.id", passive_deletes="all"
    )
    accessibility: Mapped[list["Accessibility"]] = relationship(
        order_by="Accessibility.id", passive_deletes="all"
    )
    attributes: Mapped[list["Attribute"]] = relationship(
        primaryjoin="and_(foreign(Attribute.link_id) == Location.id,"
        " Attribute.link_entity == 'location')",
        order_by="Attribute.id",
        viewonly=True,
    )


class Address(Record):
    """A location's postal address."""

    __tablename__ = "hsds_address"
    hsds_name = "address"

    location_id: Mapped[str | None] = owner("location")
    attention: Mapped[str | None]
    address_1: Mapped[str]
    address_2: Mapped[str | None]
    city: Mapped[str]
    region: Mapped[str | None]
    state_province: Mapped[str]
    postal_code: Mapped[str]
    country: Mapped[str]
    address_type: Mapped[str] = mapped_column(String(16))


class Accessibility(Record):
    """How people with disabilities get into and about a location."""

    __tablename__ = "accessibility"
    hsds_name = "accessibility"

    location_id: Mapped[str | None] = owner("location")
    description: Mapped[str | None]
    details: Mapped[str | None]
    url: Mapped[str | None]


class ServiceAtLocation(Record):
    """A service as it is given at one of its locations."""

    __tablename__ = "service_at_location"
    hsds_name = "service_at_location"

    service_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("service.id", ondelete="CASCADE"), index=True
    )
    location_id: Mapped[str] = mapped_column(
        String(36), ForeignKey("location.id", ondelete="CASCADE"), index=True
    )
    description: Mapped[str | None]

    service: Mapped[Service] = relationship(back_populates="service_at_locations")
    location: Mapped[Location] = relationship(back_populates="service_at_locations")
    phones: Mapped[list["Phone"]] = relationship(order_by="Phone.id", passive_deletes="all")
    schedules: Mapped[list["Schedule"]] = relationship(
        order_by="Schedule.id", passive_deletes="all"
    )
    service_areas: Mapped[list["ServiceArea"]] = relationship(
        order_by="ServiceArea.id", passive_deletes="all"
    )
