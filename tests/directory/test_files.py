"""Files are taken in whole or not at all, the same again changes nothing, and faults are told."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.files import Severity, export_directory
from directory.models import (
    Change,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
)
from tests.directory.files_world import (
    LOCATION,
    NOW,
    ORG,
    PHONE,
    SERVICE,
    Write,
    changes,
    confidential,
    partner,
    refused,
    rows,
    taken,
    term,
)
from tests.directory.partners import new_id


def test_a_file_is_taken_in_with_all_that_is_nested(session: Session, file: Write) -> None:
    report = taken(session, file([partner()]))
    assert report.problems == ()
    service = session.get_one(Service, SERVICE)
    assert service.organization.name == "Paper Boat"
    assert service.service_at_locations[0].location.addresses[0].city == "Detroit"
    assert service.attributes[0].taxonomy_term.code == "housing"
    assert report.added == 8


@pytest.mark.parametrize("wrap", [lambda o: o, lambda o: [o], lambda o: {"contents": [o]}])
def test_one_organization_a_list_or_a_page_of_an_api_are_read(
    session: Session, file: Write, wrap: Callable[[Any], Any]
) -> None:
    assert taken(session, file(wrap(partner()))).added == 8


def test_the_same_file_twice_changes_nothing(session: Session, file: Write) -> None:
    path = file([partner()])
    first = taken(session, path)
    before = rows(session)
    again = taken(session, path)
    assert (again.added, again.changed, again.removed) == (0, 0, 0)
    assert again.unchanged == first.added
    assert rows(session) == before


def test_a_change_is_written_down_with_who_when_before_and_after(
    session: Session, file: Write
) -> None:
    taken(session, file([partner()]))
    edited = partner()
    edited["name"] = "Paper Ship"
    report = taken(session, file([edited]))
    assert (report.changed, report.added, report.removed) == (1, 0, 0)
    assert session.get_one(Organization, ORG).name == "Paper Ship"
    assert changes(session) == [("organization", "update", "name", "Paper Boat", "Paper Ship")]
    change = session.scalars(select(Change).where(Change.field_name == "name")).one()
    assert (change.updated_by, change.last_action_date) == ("Ana", NOW.date())
    assert change.resource_id == ORG


def test_what_an_organization_no_longer_has_is_removed_and_remembered(
    session: Session, file: Write
) -> None:
    taken(session, file([partner()]))
    edited = partner()
    del edited["phones"]
    report = taken(session, file([edited]))
    assert report.removed == 1
    assert session.get(Phone, PHONE) is None
    assert ("phone", "delete", "number", "313-555-0123", "") in changes(session)


def test_organizations_that_the_file_does_not_name_stay(session: Session, file: Write) -> None:
    taken(session, file([partner()]))
    other = {"id": new_id(), "name": "Other", "description": "Another partner"}
    report = taken(session, file([other]))
    assert (report.added, report.removed) == (1, 0)
    assert session.get(Phone, PHONE) is not None


def test_one_wrong_record_refuses_all_files(session: Session, file: Write, tmp_path: Path) -> None:
    file([partner()], "a.json")
    other = {"id": new_id(), "name": "Other", "description": "d", "year_incorporated": "x"}
    file([other], "b.json")
    (problem,) = refused(session, tmp_path)
    assert problem.startswith("b.json: organization 1 'Other', year_incorporated is 'x':")


def _with(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    organization = partner()
    change(organization)
    return organization


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda o: o.pop("id"), "it has no id"),
        (lambda o: o.update(phones={}), "it is not a list"),
        (lambda o: o.update(phones=["x"]), "it is not a record"),
        (lambda o: o.update(website=5), "it is not text"),
        (lambda o: o.update(name="a\x00b"), "characters that are no text"),
        (lambda o: o.update(name="\ud800"), "characters that are no text"),
        (lambda o: o.update(year_incorporated=True), "it is not a number"),
        (lambda o: o.update(year_incorporated=1999.5), "it is not a whole number"),
        (lambda o: o["services"][0].update(status="open"), "Use: active"),
        (lambda o: o["services"][0].pop("status"), "status: it is missing"),
        (lambda o: o["services"][0].update(assured_date="May"), "it is not a date"),
        (lambda o: o["services"][0].update(last_modified="now"), "it is not a time"),
        (lambda o: o["services"][0].update(minimum_age=30, maximum_age=20), "maximum age"),
        (lambda o: o["locations"][0].update(latitude=100), "it is out of range"),
        (lambda o: o["locations"][0]["addresses"][0].pop("city"), "city: it is missing"),
        (
            lambda o: o["services"][0]["service_at_locations"][0].update(location_id="gone"),
            "there is no location with this id",
        ),
        (
            lambda o: o["services"][0].update(schedules=[{"id": "s", "opens_at": "noon"}]),
            "'noon' is no time of day",
        ),
        (
            lambda o: o["services"][0].update(schedules=[{"id": "s", "freq": "DAILY"}]),
            "Use: MONTHLY, WEEKLY",
        ),
        (
            lambda o: o["services"][0]["attributes"][0].update(
                taxonomy_term=term("waymark-needs", "hosing")
            ),
            "has no such code",
        ),
        (
            lambda o: o.update(contacts=[{"id": "c", "phones": [{"id": PHONE, "number": "911"}]}]),
            "the same record stands elsewhere",
        ),
    ],
)
def test_a_misfit_is_refused_and_says_where_and_how_to_mend_it(
    session: Session, file: Write, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    problems = refused(session, file([_with(change)]))
    assert any(said in problem for problem in problems), problems
    assert all(problem.startswith("partners.json: ") and problem[-1] == "." for problem in problems)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[{", "it is not JSON at line 1"),
        ('"x"', "it holds no list of organizations"),
        ('[{"id": "a", "year_incorporated": NaN}]', "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
    ],
)
def test_what_is_no_directory_is_refused(
    session: Session, file: Write, text: str, said: str
) -> None:
    assert said in refused(session, file(text))[0]


def test_a_missing_file_is_a_problem_not_a_crash(session: Session, tmp_path: Path) -> None:
    assert "it cannot be read" in refused(session, tmp_path / "none.json")[0]


@pytest.mark.parametrize(
    ("change", "model"),
    [
        (lambda o: o.update(name=" "), Organization),
        (lambda o: o["services"][0].update(name=""), Service),
        (lambda o: o["phones"][0].update(number="12-ab"), Phone),
        (lambda o: o["phones"][0].update(number="555-0199"), Phone),
    ],
)
def test_empty_names_and_malformed_numbers_are_quarantined(
    session: Session, file: Write, change: Callable[[dict[str, Any]], None], model: type[Phone]
) -> None:
    path = file([_with(change)])
    report = taken(session, path)
    assert [problem.severity for problem in report.problems] == [Severity.QUARANTINED]
    assert session.scalars(select(model)).one().quarantine is not None
    assert taken(session, path).changed == 0
    taken(session, file([partner()]))
    assert session.scalars(select(model)).one().quarantine is None


@pytest.mark.parametrize("number", ["988", "711", "233733", "1-888-555-0123", "+44 1234 234567"])
def test_short_codes_and_foreign_numbers_are_numbers_too(
    session: Session, file: Write, number: str
) -> None:
    organization = partner()
    organization["phones"][0]["number"] = number
    assert taken(session, file([organization])).problems == ()


def test_unknown_fields_and_areas_nobody_can_read_are_noted(session: Session, file: Write) -> None:
    organization = partner()
    organization["colour"] = "blue"
    organization["services"][0]["service_areas"] = [{"id": "area", "name": "Our parish"}]
    organization["parent_organization_id"] = new_id()
    notes = [str(problem) for problem in taken(session, file([organization])).problems]
    assert len(notes) == 3
    assert any("colour: this field is not known here" in note for note in notes)
    assert any("no place can be read" in note for note in notes)


def test_ids_that_are_no_uuids_become_the_same_uuid_each_time(
    session: Session, file: Write
) -> None:
    organization = partner()
    organization["id"] = "partner 12"
    organization["locations"][0]["id"] = "12"
    organization["services"][0]["service_at_locations"][0]["location_id"] = "12"
    path = file([organization])
    taken(session, path)
    location = session.scalars(select(Location)).one()
    assert len(location.id) == 36
    assert session.scalars(select(ServiceAtLocation)).one().location_id == location.id
    assert taken(session, path).unchanged == 8


def test_the_same_phone_may_hang_on_a_partner_and_on_its_service(
    session: Session, file: Write
) -> None:
    organization = partner()
    organization["services"][0]["phones"] = deepcopy(organization["phones"])
    taken(session, file([organization]))
    phone = session.get_one(Phone, PHONE)
    assert (phone.organization_id, phone.service_id) == (ORG, SERVICE)


def test_values_keep_their_types(session: Session, file: Write) -> None:
    organization = partner()
    service = organization["services"][0]
    service["last_modified"] = "2026-03-15T10:30:45+02:00"
    service["minimum_age"] = 12
    service["schedules"] = [{"id": "s", "byday": "MO", "valid_from": "2026-01-31"}]
    service["languages"] = [{"id": "l", "name": "Spanish", "code": "es"}]
    path = file([organization])
    taken(session, path)
    session.expire_all()
    kept = session.get_one(Service, SERVICE)
    assert kept.last_modified is not None
    assert kept.last_modified.replace(tzinfo=UTC) == datetime(2026, 3, 15, 8, 30, 45, tzinfo=UTC)
    assert kept.minimum_age == 12
    assert session.scalars(select(Schedule)).one().valid_from is not None
    assert session.scalars(select(Language)).one().code == "es"
    assert taken(session, path).changed == 0


def test_an_export_taken_in_again_changes_nothing(
    session: Session, file: Write, tmp_path: Path
) -> None:
    taken(session, file([confidential(partner())]))
    exported = tmp_path / "out" / "export.json"
    exported.parent.mkdir()
    export_directory(session, exported)
    report = taken(session, exported)
    assert (report.added, report.changed, report.removed) == (0, 0, 0)
    again = tmp_path / "again.json"
    export_directory(session, again)
    assert again.read_text() == exported.read_text()
    assert [path.name for path in exported.parent.iterdir()] == ["export.json"]


def test_a_location_at_which_another_partner_works_is_not_removed(
    session: Session, file: Write
) -> None:
    guest = partner()
    guest["id"] = new_id()
    del guest["locations"], guest["phones"]
    guest["services"][0]["id"] = new_id()
    guest["services"][0]["attributes"][0]["id"] = new_id()
    guest["services"][0]["service_at_locations"][0]["id"] = new_id()
    taken(session, file([partner(), guest]))
    leaving = partner()
    del leaving["locations"], leaving["services"]
    taken(session, file([leaving]))
    assert session.get(Service, SERVICE) is None
    assert session.get(Location, LOCATION) is not None
    assert len(session.scalars(select(ServiceAtLocation)).all()) == 1
