"""Part of the directory room: what must hold of the rows of an import before any of them is kept.

It must never let a confidential address through that could become known (D9), nor repeat one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from directory.areas import read_area
from directory.file_problems import Severity
from directory.file_reading import Reading, Row
from directory.file_shape import Model, Value, fields
from directory.hours import schedule_fault
from directory.models import (
    Address,
    Attribute,
    Contact,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    ServiceStatus,
    TaxonomyTerm,
)
from directory.phones import is_dialable
from directory.place_index import is_zone
from directory.vocabulary import (
    KINDS,
    MARKS_TAXONOMY,
    NEEDS_TAXONOMY,
    PARTNER_KINDS_TAXONOMY,
    POPULATIONS_TAXONOMY,
    REQUIREMENTS_TAXONOMY,
    Mark,
    Need,
    PartnerKind,
    Population,
    Requirement,
)

_ALLOWED: dict[tuple[Model, str], frozenset[str]] = {
    (Service, "status"): frozenset(ServiceStatus),
    (Location, "location_type"): frozenset({"physical", "postal", "virtual"}),
    (Address, "address_type"): frozenset({"physical", "postal", "virtual"}),
    (Schedule, "freq"): frozenset({"WEEKLY", "MONTHLY"}),
    (Schedule, "wkst"): frozenset({"MO", "TU", "WE", "TH", "FR", "SA", "SU"}),
}
_BETWEEN: dict[tuple[Model, str], tuple[float, float]] = {
    (Location, "latitude"): (-90, 90),
    (Location, "longitude"): (-180, 180),
    (Schedule, "interval"): (1, 1000),
    (Schedule, "count"): (1, 10000),
    (Service, "minimum_age"): (0, 150),
    (Service, "maximum_age"): (0, 150),
}
_CODES: dict[str, frozenset[str]] = {
    NEEDS_TAXONOMY: frozenset(Need) | {f"{need}.{kind}" for need in Need for kind in KINDS[need]},
    PARTNER_KINDS_TAXONOMY: frozenset(PartnerKind),
    REQUIREMENTS_TAXONOMY: frozenset(Requirement),
    POPULATIONS_TAXONOMY: frozenset(Population),
    MARKS_TAXONOMY: frozenset(Mark),
}
# A record may lack these: it is kept out of sight rather than refused (D10).
_MAY_BE_EMPTY = {(Organization, "name"), (Service, "name"), (Organization, "description")}
# A shorter first line ("5") would be found in texts that do not mean it.
_SHORTEST_STREET = 6


Terms = Mapping[str, tuple[str | None, str | None]]


@dataclass(frozen=True)
class Known:
    """What the directory already holds, as far as the checks must know it.

    `terms`: id of a term → its taxonomy and code. `has` says whether a record is kept. `marked` are
    the ids that carry a confidential mark, `confidential` the locations that are so by it, and
    `streets` the first lines of their addresses.
    """

    terms: Terms
    has: Callable[[Model, str], bool]
    marked: frozenset[str]
    confidential: frozenset[str]
    streets: frozenset[str]


@dataclass
class Checked:
    """What the checks found out: why a row is quarantined, and which locations are confidential."""

    quarantine: dict[tuple[Model, str], str] = field(default_factory=dict)
    confidential: frozenset[str] = frozenset()


def check(reading: Reading, known: Known) -> Checked:
    """Check all rows against each other and what is known, noting problems in the reading."""
    checked = Checked()
    for row in reading.rows.values():
        _check_values(reading, row)
        _check_references(reading, row, known)
    _quarantine(reading, checked)
    _check_schedules_and_areas(reading)
    terms = dict(known.terms) | {
        row.id: (_str(row, "taxonomy") or None, _str(row, "code") or None)
        for row in reading.of(TaxonomyTerm)
    }
    _check_terms(reading, terms)
    marked = known.marked | _marked(reading, terms)
    checked.confidential = known.confidential | _confidential(reading, marked)
    _check_contacts(reading, checked, marked)
    _check_streets(reading, checked, known.streets)
    return checked


def _check_values(reading: Reading, row: Row) -> None:
    for one in fields(row.model):
        value = row.values.get(one.name)
        key = (row.model, one.name)
        if value is None:
            if key in _MAY_BE_EMPTY:
                row.values[one.name] = ""
            elif one.required:
                _refuse(reading, row, one.name, None, "it is missing", "Fill it in")
        elif key in _ALLOWED and value not in _ALLOWED[key]:
            choices = ", ".join(sorted(_ALLOWED[key]))
            _refuse(reading, row, one.name, value, "it is none of the allowed", f"Use: {choices}")
        elif key in _BETWEEN and isinstance(value, int | float):
            low, high = _BETWEEN[key]
            if not low <= value <= high:
                wrong, mend = "it is out of range", f"Write a number from {low:g} to {high:g}"
                _refuse(reading, row, one.name, value, wrong, mend)
    low_age, high_age = row.values.get("minimum_age"), row.values.get("maximum_age")
    if isinstance(low_age, float) and isinstance(high_age, float) and low_age > high_age:
        wrong, mend = "it is above the maximum age", "Exchange the two"
        _refuse(reading, row, "minimum_age", low_age, wrong, mend)


def _check_references(reading: Reading, row: Row, known: Known) -> None:
    for one in fields(row.model):
        target, value = one.points_to, row.values.get(one.name)
        if target is None or not isinstance(value, str):
            continue
        if (target, value) in reading.rows or known.has(target, value):
            continue
        wrong = f"there is no {target.hsds_name} with this id, here or in the directory"
        if one.required:
            _refuse(reading, row, one.name, value, wrong, "Correct the id, or add that record")
        else:
            row.values[one.name] = None
            mend = "It was left out; correct the id, or add that record"
            reading.wrong(row, one.name, value, wrong, mend, Severity.NOTED)


def _quarantine(reading: Reading, checked: Checked) -> None:
    for row in reading.rows.values():
        if row.model in (Organization, Service) and not _str(row, "name"):
            wrong, mend = "it has no name", "Give it one; until then it is not shown"
        elif row.model is Phone and _str(row, "number") and not is_dialable(_str(row, "number")):
            wrong = "this cannot be dialled"
            mend = "Write it like 313-555-0123; until then it is not shown"
        else:
            continue
        name = "number" if row.model is Phone else "name"
        checked.quarantine[row.model, row.id] = wrong
        reading.wrong(row, name, row.values.get(name), wrong, mend, Severity.QUARANTINED)


def _check_schedules_and_areas(reading: Reading) -> None:
    for row in reading.of(Schedule):
        fault = schedule_fault(Schedule(**row.values))
        if fault is not None:
            _refuse(reading, row, "", None, fault, "Write times as 09:00 and days as MO,TU")
    for row in reading.of(ServiceArea):
        named = _str(row, "extent") or _str(row, "name")
        if _str(row, "extent_type") in ("", "text") and not read_area(named):
            wrong = "no place can be read from it, so it counts for nothing in a search"
            mend = "Write it as 'Wayne County, MI', 'Detroit, MI', '48226', 'Michigan' or 'US'"
            reading.wrong(row, "extent", named, wrong, mend, Severity.NOTED)


def _check_terms(reading: Reading, terms: Terms) -> None:
    with_need: set[str] = set()
    for row in reading.of(Attribute):
        taxonomy, code = terms.get(_str(row, "taxonomy_term_id"), (None, None))
        if taxonomy == NEEDS_TAXONOMY and code in _CODES[NEEDS_TAXONOMY]:
            with_need.add(_str(row, "link_id"))
        if taxonomy in _CODES and code not in _CODES[taxonomy]:
            known = ", ".join(sorted(_CODES[taxonomy]))
            wrong, mend = f"the taxonomy {taxonomy} has no such code", f"Use one of: {known}"
            _refuse(reading, row, "taxonomy_term", code, wrong, mend)
        if (
            taxonomy == MARKS_TAXONOMY
            and code == Mark.TIME_ZONE
            and not is_zone(_str(row, "value"))
        ):
            wrong, mend = "it is no time zone", "Write it like America/Detroit"
            _refuse(reading, row, "value", row.values.get("value"), wrong, mend)
        on = _str(row, "link_entity")
        if code == Mark.CONFIDENTIAL_ADDRESS and on not in _CONFIDENTIAL_ON:
            wrong = f"a {on} cannot be marked as confidential"
            mend = "Put the mark on the location, the service or the organization"
            _refuse(reading, row, "", None, wrong, mend)
    for row in reading.of(Service):
        if row.id not in with_need:
            wrong = "no need is marked on it, so no search finds it"
            mend = f"Add an attribute of the taxonomy {NEEDS_TAXONOMY}"
            reading.wrong(row, "attributes", None, wrong, mend, Severity.NOTED)


_CONFIDENTIAL_ON = frozenset(
    model.hsds_name for model in (Organization, Service, Location, ServiceAtLocation)
)


def _confidential(reading: Reading, marked: frozenset[str]) -> frozenset[str]:
    """The locations of the files that are confidential; candidates.py asks the database."""
    found: set[str] = set()
    for row in reading.of(Location):
        if marked & {row.id, _str(row, "organization_id")}:
            found.add(row.id)
    for row in reading.of(ServiceAtLocation):
        service = reading.rows.get((Service, _str(row, "service_id")))
        owner = _str(service, "organization_id") if service is not None else ""
        if marked & {row.id, _str(row, "service_id"), owner}:
            found.add(_str(row, "location_id"))
    return frozenset(found)


def _marked(reading: Reading, terms: Terms) -> frozenset[str]:
    return frozenset(
        _str(row, "link_id")
        for row in reading.of(Attribute)
        if terms.get(_str(row, "taxonomy_term_id"), ("", ""))[1] == Mark.CONFIDENTIAL_ADDRESS
    )


def _check_contacts(reading: Reading, checked: Checked, marked: frozenset[str]) -> None:
    """A confidential entry that nobody can reach in public is of no use, and so refused (D9)."""
    reachable = _reachable(reading, checked)
    places: dict[str, list[Row]] = defaultdict(list)
    for row in reading.of(ServiceAtLocation):
        places[_str(row, "service_id")].append(row)
    for service in reading.of(Service):
        at = places[service.id]
        locations = {_str(row, "location_id") for row in at}
        owner = _str(service, "organization_id")
        if not (marked & {service.id, owner} or locations & checked.confidential):
            continue
        if not reachable & {service.id, owner, *locations, *(row.id for row in at)}:
            wrong = "its address is confidential, and it has no public contact"
            mend = "Add a phone, a web page or an e-mail address that may be told"
            _refuse(reading, service, "", None, wrong, mend)


def _reachable(reading: Reading, checked: Checked) -> frozenset[str]:
    """The ids of records that the public can reach by themselves."""
    found: set[str] = set()
    for row in reading.rows.values():
        # A location's own page is hidden with its address.
        public = row.model in (Organization, Service, Contact)
        if public and any(_str(row, name) for name in ("email", "website", "url")):
            found.add(row.id)
    for row in reading.of(Phone):
        if (Phone, row.id) not in checked.quarantine and _str(row, "type").casefold() != "fax":
            found.update(_links(row))
    for row in reading.of(Contact):
        if row.id in found:
            found.update(_links(row))
    return frozenset(found)


def _links(row: Row) -> Iterable[str]:
    return (_str(row, one.name) for one in fields(row.model) if one.points_to is not None)


def _check_streets(reading: Reading, checked: Checked, known: frozenset[str]) -> None:
    """The street of a confidential location must not stand in any other text either (D9)."""
    given = {
        _str(row, "address_1")
        for row in reading.of(Address)
        if _str(row, "location_id") in checked.confidential
    }
    streets = {one.casefold() for one in given | known if len(one) >= _SHORTEST_STREET}
    for row in reading.rows.values():
        hidden = row.model is Address and _str(row, "location_id") in checked.confidential
        if hidden or not streets:
            continue
        for name, value in row.values.items():
            if isinstance(value, str) and any(street in value.casefold() for street in streets):
                wrong = "it holds the street of a confidential location"
                _refuse(reading, row, name, None, wrong, "Take the street out of this text")


def _refuse(reading: Reading, row: Row, name: str, value: Value, wrong: str, mend: str) -> None:
    reading.wrong(row, name, value, wrong, mend, Severity.REFUSED)


def _str(row: Row, name: str) -> str:
    value = row.values.get(name)
    return value if isinstance(value, str) else ""
