"""A partner as a file gives it, and what the tests of files look at."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.files import ImportReport, Severity, import_directory
from directory.models import (
    Base,
    Change,
)

Write = Callable[..., Path]
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
ORG, SERVICE, LOCATION, ADDRESS, PHONE, MARK = (
    f"00000000-0000-4000-8000-00000000000{n}" for n in range(1, 7)
)


def term(taxonomy: str, code: str) -> dict[str, str]:
    number = crc32(f"{taxonomy}/{code}".encode())
    return {
        "id": f"11111111-0000-4000-8000-{number:012d}",
        "taxonomy": taxonomy,
        "code": code,
        "name": code,
        "description": code,
    }


def partner() -> dict[str, Any]:
    return {
        "id": ORG,
        "name": "Paper Boat",
        "description": "A partner",
        "phones": [{"id": PHONE, "number": "313-555-0123"}],
        "locations": [
            {
                "id": LOCATION,
                "location_type": "physical",
                "latitude": 42.3412345,
                "longitude": -83.0498765,
                "addresses": [
                    {
                        "id": ADDRESS,
                        "address_1": "77 Whisper Lane",
                        "city": "Detroit",
                        "state_province": "MI",
                        "postal_code": "48226",
                        "country": "US",
                        "address_type": "physical",
                    }
                ],
            }
        ],
        "services": [
            {
                "id": SERVICE,
                "name": "Beds",
                "status": "active",
                "service_at_locations": [
                    {"id": "00000000-0000-4000-8000-0000000000aa", "location_id": LOCATION}
                ],
                "attributes": [
                    {
                        "id": "00000000-0000-4000-8000-0000000000bb",
                        "taxonomy_term": term("waymark-needs", "housing"),
                    }
                ],
            }
        ],
    }


def confidential(organization: dict[str, Any]) -> dict[str, Any]:
    mark = {"id": MARK, "taxonomy_term": term("waymark-marks", "confidential_address")}
    organization["locations"][0]["attributes"] = [mark]
    return organization


def taken(session: Session, path: Path) -> ImportReport:
    report = import_directory(session, path, by="Ana", now=NOW)
    assert not report.refused, [str(problem) for problem in report.problems]
    return report


def refused(session: Session, path: Path) -> list[str]:
    report = import_directory(session, path)
    assert report.refused
    assert (report.added, report.changed, report.removed) == (0, 0, 0)
    assert rows(session) == 0
    return [str(p) for p in report.problems if p.severity == Severity.REFUSED]


def rows(session: Session) -> int:
    tables = Base.metadata.sorted_tables
    return sum(session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def changes(session: Session) -> list[tuple[str, str, str, str, str]]:
    return [
        (c.resource_type, c.last_action_type, c.field_name, c.previous_value, c.replacement_value)
        for c in session.scalars(select(Change).order_by(Change.id))
        if c.last_action_type != "create"
    ]
