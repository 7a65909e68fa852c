"""Part of the directory room: writes the directory as HSDS 3.x JSON that people can read and edit.

It must never write anything that leads to a confidential address, of today or of before (D9).
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.candidates import confidential_location_ids
from directory.file_keeping import CREATE
from directory.file_shape import (
    ATTRIBUTES,
    GENERIC_LINKS,
    HIDDEN_FIELDS,
    HIDDEN_MODELS,
    MANY,
    METADATA,
    MODELS,
    ONE,
    Model,
    fields,
    parent_links,
)
from directory.models import Attribute, Change, Location, Organization, Record, ServiceAtLocation

# Records without lists or records inside stay on one line up to this width.
_WIDTH = 200


def organizations(session: Session) -> list[dict[str, Any]]:
    """All organizations with everything in them, as HSDS nests it, sorted by name and id."""
    writer = _Writer(session)
    rows = sorted(writer.all(Organization), key=lambda row: (str(vars(row)["name"]), row.id))
    return [writer.record(row) for row in rows]


def as_text(value: object, indent: int = 0) -> str:
    """JSON with small records on one line each, so that a change is one line too."""
    line = json.dumps(value, ensure_ascii=False)
    nested = isinstance(value, dict | list) and any(
        isinstance(inner, dict | list) for inner in _inner(value)
    )
    if not isinstance(value, dict | list) or not value or (not nested and len(line) <= _WIDTH):
        return line
    pad, outer = " " * (indent + 2), " " * indent
    if isinstance(value, dict):
        parts = [
            f"{pad}{json.dumps(key)}: {as_text(inner, indent + 2)}" for key, inner in value.items()
        ]
        return "{\n" + ",\n".join(parts) + f"\n{outer}}}"
    return "[\n" + ",\n".join(pad + as_text(inner, indent + 2) for inner in value) + f"\n{outer}]"


def _inner(value: dict[str, Any] | list[Any]) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value


class _Writer:
    """Holds all rows in memory, by what they hang on."""

    def __init__(self, session: Session) -> None:
        self._confidential = confidential_location_ids(session)
        self._rows: dict[Model, dict[str, Record]] = {}
        self._linked: dict[tuple[Model, str, object], list[Record]] = defaultdict(list)
        for model in MODELS:
            rows = session.scalars(select(model).order_by(model.id)).all()
            self._rows[model] = {row.id: row for row in rows}
            for row in rows:
                for link in parent_links(model):
                    self._linked[model, link, getattr(row, link)].append(row)

    def all(self, model: Model) -> list[Record]:
        """All rows of a table."""
        return list(self._rows[model].values())

    def record(self, row: Record) -> dict[str, Any]:
        """A row and everything inside it."""
        model = type(row)
        secret = model is Location and row.id in self._confidential
        written: dict[str, Any] = {"id": row.id}
        for one in fields(model):
            value = _plain(getattr(row, one.name))
            hidden = secret and one.name in HIDDEN_FIELDS
            if value is not None and not hidden and one.name not in parent_links(model):
                written[one.name] = value
        written |= self._single(row, written)
        for many in MANY.get(model, ()):
            if not (secret and many.model in HIDDEN_MODELS):
                written |= self._list(many.key, many.model, many.link, row)
        if model is not Change:
            written |= self._list(ATTRIBUTES, Attribute, GENERIC_LINKS[Attribute][0], row)
            if not secret:
                written |= self._list(METADATA, Change, GENERIC_LINKS[Change][0], row)
        return written

    def _list(self, key: str, model: Model, link: str, row: Record) -> dict[str, Any]:
        rows = self._linked[model, link, row.id]
        if model in GENERIC_LINKS:
            entity = GENERIC_LINKS[model][1]
            rows = [one for one in rows if getattr(one, entity) == type(row).hsds_name]
        # That a record once began says nothing to a reader, and would be most of the file.
        rows = [one for one in rows if getattr(one, "last_action_type", "") != CREATE]
        return {key: [self.record(one) for one in rows]} if rows else {}

    def _single(self, row: Record, written: Mapping[str, Any]) -> dict[str, Any]:
        """The records it points to, whole; a location only if no organization of ours holds it."""
        found: dict[str, Any] = {}
        for one in ONE.get(type(row), ()):
            target = self._rows[one.model].get(str(written.get(one.link)))
            if target is None:
                continue
            if isinstance(row, ServiceAtLocation) and getattr(target, "organization_id", None):
                continue
            found[one.key] = self.record(target)
        return found


def _plain(value: Any) -> str | int | float | None:
    """A value as JSON has it; a whole number without ".0"."""
    if isinstance(value, datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=UTC)
        return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value  # type: ignore[no-any-return]
