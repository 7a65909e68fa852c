"""Part of the directory room: reads HSDS JSON into rows, before anything touches the database.

It must never guess: what does not fit is a problem with its file, record, field, value and remedy.
"""

import json
import math
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from directory.file_problems import UNSAID, Problem, Severity, shown_value
from directory.file_shape import (
    ATTRIBUTES,
    GENERIC_LINKS,
    MANY,
    METADATA,
    ONE,
    Field,
    Model,
    Value,
    fields,
    parent_links,
)
from directory.models import (
    Address,
    Attribute,
    Change,
    Location,
    Organization,
    Service,
    TaxonomyTerm,
)

_Moment = TypeVar("_Moment", date, datetime)
_NAMESPACE = uuid.UUID("5c1d3a52-8f0e-5d55-9d0c-6f1f0c7f2b11")
# Control characters and halves of surrogate pairs: no text, and PostgreSQL takes neither.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass
class Row:
    """A record as the files give it; `values` holds what was said, `record` how to name it."""

    model: Model
    id: str
    file: str
    record: str
    values: dict[str, Value] = field(default_factory=dict)


@dataclass
class Reading:
    """All rows of all files of an import, by table and id, and what was wrong."""

    rows: dict[tuple[Model, str], Row] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def of(self, model: Model) -> list[Row]:
        """The rows of one table."""
        return [row for (kind, _), row in self.rows.items() if kind is model]

    def wrong(
        self, row: Row, field_name: str, value: object, wrong: str, mend: str, severity: Severity
    ) -> None:
        """Note a problem with a row."""
        unsaid = row.model in (Address, Location) and value not in ("", None)
        text = UNSAID if unsaid else "" if value in ("", None) else shown_value(value)
        self.problems.append(Problem(severity, row.file, row.record, field_name, text, wrong, mend))


def read_files(paths: list[Path]) -> Reading:
    """Read all files into one reading, so that they may point to each other."""
    reading = Reading()
    for path in paths:
        content = _load(path, reading)
        for key, model in (("taxonomy_terms", TaxonomyTerm), ("organizations", Organization)):
            for number, item in enumerate(content.get(key, ()), start=1):
                _Reader(reading, path.name).read(model, item, f"{model.hsds_name} {number}", {})
    return reading


def record_id(model: Model, given: str) -> str:
    """The id we keep: a UUID as it is, anything else turned into one, always the same (D12)."""
    try:
        return str(uuid.UUID(given))
    except ValueError:
        return str(uuid.uuid5(_NAMESPACE, f"{model.hsds_name}:{given}"))


def _load(path: Path, reading: Reading) -> Mapping[str, list[Any]]:
    """The records of a file: organizations, or a file of taxonomy terms."""

    def refuse(wrong: str, mend: str) -> Mapping[str, list[Any]]:
        reading.problems.append(
            Problem(Severity.REFUSED, path.name, "the file", "", "", wrong, mend)
        )
        return {}

    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_no_constant)
    except OSError as error:
        return refuse(f"it cannot be read ({error.strerror})", "Check its name and rights")
    except UnicodeDecodeError:
        return refuse("it is not written in UTF-8", "Save it as UTF-8")
    except (ValueError, RecursionError) as error:
        place = f" at line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        return refuse(f"it is not JSON{place}", "Look for a missing comma, quote or bracket there")
    if isinstance(content, dict) and isinstance(content.get("contents"), list):
        content = content["contents"]
    if isinstance(content, dict) and isinstance(content.get("taxonomy_terms"), list):
        return {"taxonomy_terms": content["taxonomy_terms"]}
    if isinstance(content, dict) and "id" in content:
        content = [content]
    if not isinstance(content, list):
        return refuse(
            "it holds no list of organizations", "Write a list of HSDS organizations: [{…}, {…}]"
        )
    return {"organizations": content}


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")


class _Reader:
    """Reads the records of one file, one inside another."""

    def __init__(self, reading: Reading, file: str) -> None:
        self._reading = reading
        self._file = file

    def read(
        self, model: Model, item: object, record: str, links: Mapping[str, Value]
    ) -> str | None:
        """Read a record and all inside it; its id, or None when it has none."""
        row = Row(model, "", self._file, record)
        if not isinstance(item, dict):
            self._refuse(row, "", item, "it is not a record", "Write it as {…}")
            return None
        name = item.get("name")
        if isinstance(name, str) and name.strip() and model is not Location:
            row.record = f"{record} '{name.strip()[:60]}'"
        given = item.get("id")
        if not isinstance(given, str) or not given.strip() or _UNFIT.search(given):
            self._refuse(row, "id", given, "it has no id", "Give it an id of its own, best a UUID")
            return None
        row.id = record_id(model, given.strip())
        row.values = dict(links)
        self._read_values(row, item)
        self._keep(row)
        return row.id

    def _read_values(self, row: Row, item: Mapping[str, Any]) -> None:
        known = {one.name: one for one in fields(row.model)}
        many = {one.key: one for one in MANY.get(row.model, ())}
        single = {one.key: one for one in ONE.get(row.model, ())}
        for key, value in item.items():
            if key == "id" or value is None or value == []:
                continue
            if key in known:
                row.values |= self._value(row, known[key], value)
            elif key in many:
                self._read_list(row, key, many[key].model, value, {many[key].link: row.id})
            elif key in single:
                one = single[key]
                row.values[one.link] = self.read(one.model, value, f"{row.record} > {key}", {})
            elif key in (ATTRIBUTES, METADATA) and row.model is not Change:
                model: Model = Attribute if key == ATTRIBUTES else Change
                link_id, link_entity = GENERIC_LINKS[model]
                links = {link_id: row.id, link_entity: row.model.hsds_name}
                self._read_list(row, key, model, value, links)
            elif not (row.model is Service and key == "organization"):
                self._reading.wrong(
                    row,
                    str(key)[:40],
                    "",
                    "this field is not known here and was left out",
                    "Nothing needs doing, unless it is misspelt",
                    Severity.NOTED,
                )

    def _read_list(
        self, row: Row, key: str, model: Model, value: object, links: Mapping[str, Value]
    ) -> None:
        if not isinstance(value, list):
            self._refuse(row, key, "", "it is not a list", "Write it as [{…}, {…}]")
            return
        for number, item in enumerate(value, start=1):
            self.read(model, item, f"{row.record} > {key} {number}", links)

    def _value(self, row: Row, wanted: Field, value: object) -> dict[str, Value]:
        """The value in its column's type; nothing, and a problem, when it does not fit."""
        if wanted.name in parent_links(row.model) and wanted.name in row.values:
            # The nesting already says whose it is.
            return {}
        try:
            read = _converted(wanted, value)
        except _Misfit as misfit:
            self._refuse(row, wanted.name, value, misfit.wrong, misfit.mend)
            return {}
        return {wanted.name: read}

    def _keep(self, row: Row) -> None:
        """Put the row with the others; the same record may stand in several places of a file."""
        known = self._reading.rows.setdefault((row.model, row.id), row)
        if known is row:
            return
        for name, value in row.values.items():
            before = known.values.get(name)
            if before is None:
                known.values[name] = value
            elif value is not None and before != value:
                self._refuse(
                    row,
                    name,
                    value,
                    f"the same record stands elsewhere ({known.file}: {known.record}) with another"
                    " value",
                    "Make both alike, or give one another id",
                )

    def _refuse(self, row: Row, name: str, value: object, wrong: str, mend: str) -> None:
        self._reading.wrong(row, name, value, wrong, mend, Severity.REFUSED)


class _Misfit(Exception):
    """A value that does not fit its field."""

    def __init__(self, wrong: str, mend: str) -> None:
        super().__init__(wrong)
        self.wrong = wrong
        self.mend = mend


def _converted(wanted: Field, value: object) -> Value:
    if wanted.points_to is not None:
        if not isinstance(value, str) or _UNFIT.search(value):
            raise _Misfit("it is no id", "Write the id of the record it belongs to")
        return record_id(wanted.points_to, value.strip())
    if wanted.kind is str:
        return _text(wanted, value)
    if wanted.kind is date:
        return _parsed(date, value, "a date", "2026-01-31")
    if wanted.kind is datetime:
        moment = _parsed(datetime, value, "a time", "2026-01-31T09:00:00Z")
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _Misfit("it is not a number", "Write a number, without quotes")
    if wanted.kind is int:
        if value != int(value) or abs(value) > 2**31 - 1:
            raise _Misfit("it is not a whole number", "Write a whole number")
        return int(value)
    return float(value)


def _text(wanted: Field, value: object) -> str | None:
    if not isinstance(value, str):
        raise _Misfit("it is not text", 'Put it in quotes: "…"')
    if _UNFIT.search(value):
        raise _Misfit("it has characters that are no text", "Write it again by hand")
    text = value.strip()
    if wanted.length is not None and len(text) > wanted.length:
        raise _Misfit(f"it is longer than {wanted.length} characters", "Shorten it")
    return text or None


def _parsed(kind: type[_Moment], value: object, what: str, example: str) -> _Moment:
    misfit = _Misfit(f"it is not {what}", f"Write it like {example}")
    if not isinstance(value, str):
        raise misfit
    try:
        return kind.fromisoformat(value.strip())
    except ValueError as error:
        raise misfit from error
