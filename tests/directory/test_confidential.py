"""No confidential address leaves the directory: not in a match, not in an export (D9)."""

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from directory.files import export_directory, import_directory
from directory.models import Base
from directory.places import exact_place
from directory.search import Query, find_matches, get_match
from directory.vocabulary import Need
from tests.directory.files_world import LOCATION, NOW, SERVICE, partner, term

PLACES = [None, *(exact_place(text) for text in ("48226", "Wayne County, MI", "Michigan", "77002"))]
# Words that stand nowhere else in the record, so that finding one means it got out.
secret_words = st.text(alphabet="QXZJVK", min_size=6, max_size=14)
coordinates = st.floats(min_value=40.0001, max_value=44.9999).map(lambda x: round(x, 6))


@st.composite
def hidden_partners(draw: st.DrawFn) -> tuple[dict[str, Any], list[str]]:
    """A partner with a confidential address, marked in one of three places, and its secrets."""
    organization = partner()
    location = organization["locations"][0]
    address = location["addresses"][0]
    secrets = {
        "address_1": f"{draw(st.integers(1, 9999))} {draw(secret_words)} Street",
        "address_2": draw(secret_words),
        "attention": draw(secret_words),
        "region": draw(secret_words),
        "city": draw(secret_words),
    }
    address.update(secrets)
    address["postal_code"] = draw(st.sampled_from(["48226", "48104", "77002"]))
    location["latitude"], location["longitude"] = draw(coordinates), -draw(coordinates)
    for name in ("description", "alternate_name", "transportation", "external_identifier"):
        location[name] = draw(secret_words)
    told = [*secrets.values(), str(location["latitude"]), str(location["longitude"])]
    told += [location[name] for name in ("description", "alternate_name", "transportation")]
    mark = {"id": "mark", "taxonomy_term": term("waymark-marks", "confidential_address")}
    service = organization["services"][0]
    marked = draw(st.sampled_from([organization, location, service]))
    marked.setdefault("attributes", []).append(mark)
    if draw(st.booleans()):
        service["service_areas"] = [{"id": "area", "name": "Wayne County, MI"}]
    return organization, told


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    first=hidden_partners(),
    second=hidden_partners(),
    place=st.sampled_from(PLACES),
    language=st.sampled_from([None, "en", "es"]),
)
def test_no_confidential_address_appears_in_any_match_or_export(
    engine: Engine,
    first: tuple[dict[str, Any], list[str]],
    second: tuple[dict[str, Any], list[str]],
    place: Any,
    language: str | None,
) -> None:
    query = Query((Need.HOUSING,), place, language, NOW, limit=10)
    with Session(engine) as session, tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        # The second version moves the same shelter: its history must stay unsaid as well.
        for number, (organization, _) in enumerate((first, second)):
            (path / f"{number}.json").write_text(json.dumps(organization))
            report = import_directory(session, path / f"{number}.json")
            assert not report.refused
        matches = find_matches(session, query)
        looked_up = get_match(session, SERVICE, query)
        assert looked_up is not None
        export_directory(session, path / "export.json")
        exported = (path / "export.json").read_text()
        out = repr([*matches, looked_up]) + exported + repr(report)
        for one in [*first[1], *second[1]]:
            assert one not in out
        assert all(match.address is None for match in [*matches, looked_up])
        assert all(match.distance_km is None for match in [*matches, looked_up])
        (location,) = json.loads(exported)[0]["locations"]
        assert set(location) <= {"id", "location_type", "name", "attributes"}
        assert location["id"] == LOCATION
        session.rollback()


def test_the_property_test_would_notice_an_open_address(engine: Engine) -> None:
    with Session(engine) as session, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "open.json"
        path.write_text(json.dumps(partner()))
        import_directory(session, path)
        match = get_match(session, SERVICE, Query((), None, None, NOW))
        assert match is not None
        assert "77 Whisper Lane" in repr(match)
        export_directory(session, path)
        assert "77 Whisper Lane" in path.read_text()
        session.rollback()


def test_every_table_of_the_directory_is_in_one_metadata() -> None:
    names = set(Base.metadata.tables)
    assert {"organization", "service", "location", "hsds_address", "hsds_metadata"} <= names
