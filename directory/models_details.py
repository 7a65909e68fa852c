"""Part of the directory room: how partners are reached, when, in which language, at what cost.

It must never know a survivor: phones and contacts here are all partners' own.
"""

from datetime import date, datetime

from sqlalchemy import DateTime, Float, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from directory.models_base import OURS, Record, owner, reference


class Contact(Record):
    """A named person or desk of a partner."""

    __tablename__ = "hsds_contact"
    hsds_name = "contact"

    organization_id: Mapped[str | None] = owner("organization")
    service_id: Mapped[str | None] = owner("service")
    service_at_location_id: Mapped[str | None] = owner("service_at_location")
    location_id: Mapped[str | None] = owner("location")
    name: Mapped[str | None]
    title: Mapped[str | None]
    department: Mapped[str | None]
    email: Mapped[str | None]

    phones: Mapped[list["Phone"]] = relationship(order_by="Phone.id", passive_deletes="all")


class Phone(Record):
    """A number of a partner; type "text" for messages, else it is for calling."""

    __tablename__ = "phone"
    hsds_name = "phone"

    location_id: Mapped[str | None] = owner("location")
    service_id: Mapped[str | None] = owner("service")
    organization_id: Mapped[str | None] = owner("organization")
    contact_id: Mapped[str | None] = owner("hsds_contact")
    service_at_location_id: Mapped[str | None] = owner("service_at_location")
    number: Mapped[str]
    extension: Mapped[int | None]
    type: Mapped[str | None]
    description: Mapped[str | None]
    quarantine: Mapped[str | None] = mapped_column(info=OURS)

    languages: Mapped[list["Language"]] = relationship(
        order_by="Language.id", passive_deletes="all"
    )


class Language(Record):
    """A language that staff speak (an interpreter on request is `interpretation_services`, D4)."""

    __tablename__ = "hsds_language"
    hsds_name = "language"

    service_id: Mapped[str | None] = owner("service")
    location_id: Mapped[str | None] = owner("location")
    phone_id: Mapped[str | None] = owner("phone")
    name: Mapped[str | None]
    code: Mapped[str | None]
    note: Mapped[str | None]


class Schedule(Record):
    """Opening hours as an iCalendar rule; `timezone` is an offset from UTC in hours.

    `opens_at` and `closes_at` stay as written ("09:00", "09:00-05:00", "14:00Z"): hours.py reads
    them in the place's own zone, since an offset does not know of summer time (D3).
    """

    __tablename__ = "schedule"
    hsds_name = "schedule"

    service_id: Mapped[str | None] = owner("service")
    location_id: Mapped[str | None] = owner("location")
    service_at_location_id: Mapped[str | None] = owner("service_at_location")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    dtstart: Mapped[date | None]
    timezone: Mapped[float | None]
    until: Mapped[date | None]
    count: Mapped[int | None]
    wkst: Mapped[str | None] = mapped_column(String(2))
    freq: Mapped[str | None] = mapped_column(String(16))
    interval: Mapped[int | None]
    byday: Mapped[str | None]
    byweekno: Mapped[str | None]
    bymonthday: Mapped[str | None]
    byyearday: Mapped[str | None]
    description: Mapped[str | None]
    opens_at: Mapped[str | None] = mapped_column(String(24))
    closes_at: Mapped[str | None] = mapped_column(String(24))
    schedule_link: Mapped[str | None]
    attending_type: Mapped[str | None]
    notes: Mapped[str | None]


class ServiceArea(Record):
    """Where people may live to use a service; areas.py reads `extent`, else `name`."""

    __tablename__ = "service_area"
    hsds_name = "service_area"

    service_id: Mapped[str | None] = owner("service")
    service_at_location_id: Mapped[str | None] = owner("service_at_location")
    name: Mapped[str | None]
    description: Mapped[str | None]
    extent: Mapped[str | None]
    extent_type: Mapped[str | None]
    uri: Mapped[str | None]


class CostOption(Record):
    """What a service costs, for whom, from when to when."""

    __tablename__ = "cost_option"
    hsds_name = "cost_option"

    service_id: Mapped[str | None] = owner("service")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    option: Mapped[str | None]
    currency: Mapped[str | None]
    amount: Mapped[float | None] = mapped_column(Float)
    amount_description: Mapped[str | None]


class RequiredDocument(Record):
    """A paper that a service asks for."""

    __tablename__ = "required_document"
    hsds_name = "required_document"

    service_id: Mapped[str | None] = owner("service")
    document: Mapped[str | None]
    uri: Mapped[str | None]


class Unit(Record):
    """What a capacity counts: beds, places in a course."""

    __tablename__ = "unit"
    hsds_name = "unit"

    name: Mapped[str]
    scheme: Mapped[str | None]
    identifier: Mapped[str | None]
    uri: Mapped[str | None]


class ServiceCapacity(Record):
    """How much room a service had at a stated time, never a promise (D8)."""

    __tablename__ = "service_capacity"
    hsds_name = "service_capacity"

    service_id: Mapped[str | None] = owner("service")
    unit_id: Mapped[str | None] = reference("unit")
    available: Mapped[float]
    maximum: Mapped[float | None]
    description: Mapped[str | None]
    updated: Mapped[datetime] = mapped_column(DateTime(timezone=True))

    unit: Mapped[Unit | None] = relationship()
