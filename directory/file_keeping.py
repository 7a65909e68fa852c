"""Part of the directory room: brings the database to what the files say, noting each change (D11).

It must never write a confidential address into the record of changes (D9).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import uuid_utils
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from directory.candidates import confidential_location_ids
from directory.file_checks import Checked, Known
from directory.file_problems import UNSAID, Severity
from directory.file_reading import Reading, Row
from directory.file_shape import (
    HIDDEN_FIELDS,
    HIDDEN_MODELS,
    MANY,
    MODELS,
    Model,
    fields,
    parent_links,
)
from directory.models import (
    Address,
    Attribute,
    Change,
    Location,
    Organization,
    Record,
    ServiceAtLocation,
    TaxonomyTerm,
)
from directory.vocabulary import Mark

_Item = TypeVar("_Item")
# What HSDS `metadata` calls the kinds of change.
CREATE, UPDATE, DELETE = "create", "update", "delete"
# Databases take only so many values in one statement.
_CHUNK = 500


@dataclass
class Counts:
    """How many records an import added, changed, left alone and removed."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass
class _Kept:
    """What an import does, gathered before it is written."""

    by: str
    today: date
    counts: Counts = field(default_factory=Counts)
    changes: list[dict[str, Any]] = field(default_factory=list)

    def note(self, model: Model, row_id: str, action: str, name: str, was: str, now: str) -> None:
        self.changes.append(
            {
                "id": str(uuid_utils.uuid7()),
                "resource_id": row_id,
                "resource_type": model.hsds_name,
                "last_action_date": self.today,
                "last_action_type": action,
                "field_name": name,
                "previous_value": was,
                "replacement_value": now,
                "updated_by": self.by,
            }
        )


def known_to(session: Session) -> Known:
    """What the checks of an import must know of the directory as it is."""
    terms = session.execute(select(TaxonomyTerm.id, TaxonomyTerm.taxonomy, TaxonomyTerm.code))
    marks = select(Attribute.link_id).join(TaxonomyTerm)
    marks = marks.where(TaxonomyTerm.code == Mark.CONFIDENTIAL_ADDRESS)
    confidential = confidential_location_ids(session)
    streets: list[str] = []
    for chunk in _chunks(confidential):
        streets += session.scalars(select(Address.address_1).where(Address.location_id.in_(chunk)))
    return Known(
        terms={term_id: (taxonomy, code) for term_id, taxonomy, code in terms},
        has=lambda model, row_id: session.get(model, row_id) is not None,
        marked=frozenset(session.scalars(marks)),
        confidential=confidential,
        streets=frozenset(streets),
    )


def keep(session: Session, reading: Reading, checked: Checked, *, by: str, now: datetime) -> Counts:
    """Write everything the checked reading says; the caller commits.

    What an organization in the files no longer has is removed. Two things a file cannot take away:
    the hidden parts of a confidential location, which exports never hold, and the mark itself.
    """
    kept = _Kept(by, now.astimezone(UTC).date())
    present = _existing(session, reading)
    for model in MODELS:
        rows = reading.of(model)
        new = [row for row in rows if (model, row.id) not in present]
        old = [row for row in rows if (model, row.id) in present]
        _add(session, model, new, checked, kept)
        _change(session, model, old, present, checked, kept)
    _remove(session, reading, checked, kept)
    for chunk in _chunks(kept.changes):
        session.execute(insert(Change), chunk)
    session.expire_all()
    return kept.counts


def _add(
    session: Session, model: Model, rows: Sequence[Row], checked: Checked, kept: _Kept
) -> None:
    wanted = [{"id": row.id, **_wanted(row, checked)} for row in _parents_first(model, rows)]
    for chunk in _chunks(wanted):
        session.execute(insert(model), chunk)
    kept.counts.added += len(rows)
    for row in rows:
        if model is not Change:
            kept.note(model, row.id, CREATE, "id", "", row.id)


def _change(
    session: Session,
    model: Model,
    rows: Sequence[Row],
    present: dict[tuple[Model, str], Record],
    checked: Checked,
    kept: _Kept,
) -> None:
    for row in rows:
        record = present[model, row.id]
        secret = _is_secret(model, row.id, row.values.get("location_id"), checked)
        updated: dict[str, Any] = {}
        for name, value in _wanted(row, checked).items():
            was = _utc(getattr(record, name))
            kept_hidden = value is None and model is Location and secret and name in HIDDEN_FIELDS
            if was == value or kept_hidden:
                continue
            updated[name] = value
            if model is not Change:
                kept.note(model, row.id, UPDATE, name, _said(was, secret), _said(value, secret))
        if updated:
            session.execute(update(model).where(model.id == row.id).values(**updated))
            kept.counts.changed += 1
        else:
            kept.counts.unchanged += 1


def _remove(session: Session, reading: Reading, checked: Checked, kept: _Kept) -> None:
    """Remove what the organizations of the files had and no longer have."""
    owned = _owned(session, {row.id for row in reading.of(Organization)})
    gone: dict[Model, set[str]] = {
        model: {row_id for row_id in ids if (model, row_id) not in reading.rows}
        for model, ids in owned.items()
    }
    gone[Location] -= _used_elsewhere(session, gone[Location], gone[ServiceAtLocation])
    for model in reversed(MODELS):
        for record in _records(session, model, gone.get(model, ())):
            location_id = getattr(record, "location_id", None)
            remains = location_id not in gone[Location]
            if model in HIDDEN_MODELS and location_id in checked.confidential and remains:
                continue
            if isinstance(record, Attribute) and _holds_on(record, gone, reading):
                continue
            secret = _is_secret(model, record.id, location_id, checked)
            for one in fields(model):
                was = _utc(getattr(record, one.name))
                if was is not None:
                    kept.note(model, record.id, DELETE, one.name, _said(was, secret), "")
            session.execute(delete(model).where(model.id == record.id))
            kept.counts.removed += 1


def _holds_on(attribute: Attribute, gone: dict[Model, set[str]], reading: Reading) -> bool:
    """A confidential mark outlives a file that does not know of it, as long as its record does."""
    if attribute.taxonomy_term.code != Mark.CONFIDENTIAL_ADDRESS:
        return False
    if any(attribute.link_id in ids for ids in gone.values()):
        return False
    for (model, row_id), row in reading.rows.items():
        if row_id == attribute.link_id and model.hsds_name == attribute.link_entity:
            wrong = "the file does not say that its address is confidential, the directory does"
            mend = "The address stays confidential; add the mark to the file"
            reading.wrong(row, "attributes", None, wrong, mend, Severity.NOTED)
    return True


def _owned(session: Session, organization_ids: set[str]) -> dict[Model, set[str]]:
    """The ids of everything that belongs to these organizations, by table."""
    owned: dict[Model, set[str]] = defaultdict(set)
    owned[Organization] = set(organization_ids)
    for model in MODELS:
        for parent, nested in MANY.items():
            for link in {many.link for many in nested if many.model is model}:
                owned[model] |= _linked(session, model, link, owned[parent])
    everything = {row_id for ids in owned.values() for row_id in ids}
    owned[Attribute] = _linked(session, Attribute, "link_id", everything)
    return owned


def _linked(session: Session, model: Model, link: str, ids: Collection[str]) -> set[str]:
    found: set[str] = set()
    for chunk in _chunks(ids):
        found |= set(session.scalars(select(model.id).where(getattr(model, link).in_(chunk))))
    return found


def _used_elsewhere(session: Session, locations: set[str], going: set[str]) -> set[str]:
    """Locations at which another partner still gives a service."""
    found: set[str] = set()
    for chunk in _chunks(locations):
        rows = session.execute(
            select(ServiceAtLocation.id, ServiceAtLocation.location_id).where(
                ServiceAtLocation.location_id.in_(chunk)
            )
        )
        found |= {location_id for at_id, location_id in rows if at_id not in going}
    return found


def _existing(session: Session, reading: Reading) -> dict[tuple[Model, str], Record]:
    found: dict[tuple[Model, str], Record] = {}
    for model in MODELS:
        for record in _records(session, model, [row.id for row in reading.of(model)]):
            found[model, record.id] = record
    return found


def _records(session: Session, model: Model, ids: Collection[str]) -> list[Record]:
    found: list[Record] = []
    for chunk in _chunks(sorted(ids)):
        found += session.scalars(select(model).where(model.id.in_(chunk)))
    return found


def _wanted(row: Row, checked: Checked) -> dict[str, Any]:
    """A row's values by column, those that the file does not give as None."""
    names = {one.name for one in fields(row.model)} | parent_links(row.model)
    wanted: dict[str, Any] = {name: row.values.get(name) for name in sorted(names)}
    if hasattr(row.model, "quarantine"):
        wanted["quarantine"] = checked.quarantine.get((row.model, row.id))
    return wanted


def _parents_first(model: Model, rows: Sequence[Row]) -> list[Row]:
    """Rows that point to others of the same table after those, as PostgreSQL demands."""
    links = [one.name for one in fields(model) if one.points_to is model]
    if not links:
        return list(rows)
    left = {row.id: row for row in rows}
    ordered: list[Row] = []
    while left:
        ready = [r for r in left.values() if not any(r.values.get(link) in left for link in links)]
        # Records that point to each other in a ring: the database will say so.
        ready = ready or list(left.values())
        ordered += ready
        for row in ready:
            del left[row.id]
    return ordered


def _is_secret(model: Model, row_id: str, location_id: object, checked: Checked) -> bool:
    if model is Location:
        return row_id in checked.confidential
    return model in HIDDEN_MODELS and location_id in checked.confidential


def _said(value: object, secret: bool) -> str:
    if secret:
        return UNSAID
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def _utc(value: Any) -> Any:
    """SQLite gives times back without their zone; all of ours are UTC."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=UTC)
    return value


def _chunks(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    listed = list(items)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]
