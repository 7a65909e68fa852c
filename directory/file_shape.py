"""Part of the directory room: how HSDS 3.x nests its records in JSON, as one table both ways read.

It must never know what is in a record.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import inspect

from directory.models import (
    OURS,
    Accessibility,
    Address,
    Attribute,
    Base,
    Change,
    Contact,
    CostOption,
    Funding,
    Language,
    Location,
    Organization,
    OrganizationIdentifier,
    Phone,
    Program,
    Record,
    RequiredDocument,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    Taxonomy,
    TaxonomyTerm,
    Unit,
    Url,
)

Model = type[Record]
Value = str | int | float | date | datetime | None


@dataclass(frozen=True)
class Many:
    """A list of records inside a record: they point back to it with `link`."""

    key: str
    model: Model
    link: str


@dataclass(frozen=True)
class One:
    """A single record inside a record, which points to it with `link`."""

    key: str
    model: Model
    link: str


@dataclass(frozen=True)
class Field:
    """A plain value of a record."""

    name: str
    kind: type
    length: int | None
    required: bool
    points_to: Model | None


MANY: dict[Model, tuple[Many, ...]] = {
    Organization: (
        Many("additional_websites", Url, "organization_id"),
        Many("phones", Phone, "organization_id"),
        Many("contacts", Contact, "organization_id"),
        Many("organization_identifiers", OrganizationIdentifier, "organization_id"),
        Many("funding", Funding, "organization_id"),
        Many("programs", Program, "organization_id"),
        Many("locations", Location, "organization_id"),
        Many("services", Service, "organization_id"),
    ),
    Service: (
        Many("additional_urls", Url, "service_id"),
        Many("phones", Phone, "service_id"),
        Many("contacts", Contact, "service_id"),
        Many("schedules", Schedule, "service_id"),
        Many("service_areas", ServiceArea, "service_id"),
        Many("languages", Language, "service_id"),
        Many("cost_options", CostOption, "service_id"),
        Many("required_documents", RequiredDocument, "service_id"),
        Many("funding", Funding, "service_id"),
        Many("capacities", ServiceCapacity, "service_id"),
        Many("service_at_locations", ServiceAtLocation, "service_id"),
    ),
    Location: (
        Many("addresses", Address, "location_id"),
        Many("phones", Phone, "location_id"),
        Many("contacts", Contact, "location_id"),
        Many("schedules", Schedule, "location_id"),
        Many("languages", Language, "location_id"),
        Many("accessibility", Accessibility, "location_id"),
    ),
    ServiceAtLocation: (
        Many("phones", Phone, "service_at_location_id"),
        Many("contacts", Contact, "service_at_location_id"),
        Many("schedules", Schedule, "service_at_location_id"),
        Many("service_areas", ServiceArea, "service_at_location_id"),
    ),
    Contact: (Many("phones", Phone, "contact_id"),),
    Phone: (Many("languages", Language, "phone_id"),),
}

ONE: dict[Model, tuple[One, ...]] = {
    Service: (One("program", Program, "program_id"),),
    ServiceAtLocation: (One("location", Location, "location_id"),),
    ServiceCapacity: (One("unit", Unit, "unit_id"),),
    Attribute: (One("taxonomy_term", TaxonomyTerm, "taxonomy_term_id"),),
    TaxonomyTerm: (One("taxonomy_detail", Taxonomy, "taxonomy_id"),),
}

# These two hang on any record, by its id and the name of its table.
ATTRIBUTES = "attributes"
METADATA = "metadata"
GENERIC_LINKS: dict[Model, tuple[str, str]] = {
    Attribute: ("link_id", "link_entity"),
    Change: ("resource_id", "resource_type"),
}

# Of a confidential location only the rest is written to files (D9): these could lead to its door.
HIDDEN_FIELDS = frozenset(
    {
        "latitude",
        "longitude",
        "alternate_name",
        "description",
        "transportation",
        "url",
        "external_identifier",
        "external_identifier_type",
    }
)
HIDDEN_MODELS: frozenset[Model] = frozenset({Address, Accessibility})

_BY_TABLE: dict[str, Model] = {
    mapper.local_table.name: mapper.class_  # type: ignore[attr-defined]
    for mapper in Base.registry.mappers
}
# Parents before their children, so that rows can be written in this order and removed in reverse.
MODELS: tuple[Model, ...] = tuple(
    _BY_TABLE[table.name] for table in Base.metadata.sorted_tables if table.name in _BY_TABLE
)


@cache
def parent_links(model: Model) -> frozenset[str]:
    """The columns by which a record points back to the records it is nested in."""
    links = {many.link for nested in MANY.values() for many in nested if many.model is model}
    return frozenset(links | set(GENERIC_LINKS.get(model, ())))


@cache
def fields(model: Model) -> tuple[Field, ...]:
    """The plain values of a record as they stand in JSON, in the order of its columns."""
    found: list[Field] = []
    for attribute in inspect(model).column_attrs:
        column = attribute.columns[0]
        if attribute.key == "id" or column.info == OURS:
            continue
        target = next((_BY_TABLE[key.column.table.name] for key in column.foreign_keys), None)
        found.append(
            Field(
                name=attribute.key,
                kind=column.type.python_type,
                length=getattr(column.type, "length", None),
                required=not column.nullable,
                points_to=target,
            )
        )
    return tuple(found)
