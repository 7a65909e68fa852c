"""What a match tells of a partner, and what it keeps to itself."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from directory.models import Language, Phone, Service, ServiceAtLocation
from directory.search import Match, find_matches, get_match
from tests.directory.partners import add_partner, attach, new_id
from tests.directory.search_world import codes, ids, place, query


def test_a_confidential_address_and_its_distance_are_not_told(session: Session) -> None:
    add_partner(session, zip_code="48201", area="Wayne County, MI", confidential=True)
    (match,) = find_matches(session, query())
    assert match.address is None
    assert match.distance_km is None
    assert codes(match) == ["serves_area"]
    assert match.phone == "313-555-0123"


@pytest.mark.parametrize("on", ["organization", "service"])
def test_the_mark_on_a_partner_or_a_service_hides_the_address_too(
    session: Session, on: str
) -> None:
    service_id = add_partner(session, zip_code="48201")
    marked = {
        "service": service_id,
        "organization": session.get_one(Service, service_id).organization_id,
    }[on]
    open_match = get_match(session, service_id, query())
    assert open_match is not None
    assert open_match.address == "77 Whisper Lane, Anytown, MI 48201"
    attach(session, on, marked, "waymark-marks", "confidential_address")
    session.flush()
    match = get_match(session, service_id, query())
    assert match is not None
    assert (match.address, match.distance_km) == (None, None)


def test_a_location_stays_hidden_when_another_partner_works_there(session: Session) -> None:
    house = session.get_one(Service, add_partner(session, zip_code="48201"))
    guest = add_partner(session, "Guest", area="Wayne County, MI")
    location_id = house.service_at_locations[0].location_id
    session.add(ServiceAtLocation(id=new_id(), service_id=guest, location_id=location_id))
    attach(session, "organization", house.organization_id, "waymark-marks", "confidential_address")
    session.delete(house)
    session.flush()
    match = get_match(session, guest, query())
    assert match is not None
    assert (match.address, match.distance_km) == (None, None)


def test_a_confidential_place_without_an_area_is_found_in_its_county(session: Session) -> None:
    hidden = add_partner(session, zip_code="48201", confidential=True)
    assert ids(find_matches(session, query())) == [hidden]
    assert find_matches(session, query(place=place("48104"))) == []


@pytest.mark.parametrize("on", ["service", "organization"])
def test_what_is_quarantined_is_not_shown(session: Session, on: str) -> None:
    service_id = add_partner(session, area="Michigan")
    service = session.get_one(Service, service_id)
    row = service if on == "service" else service.organization
    row.quarantine = "it has no name"
    session.flush()
    assert find_matches(session, query()) == []
    assert get_match(session, service_id, query()) is None


def test_a_quarantined_number_is_not_told(session: Session) -> None:
    service_id = add_partner(session, area="Michigan", number="12")
    session.query(Phone).one().quarantine = "this cannot be dialled"
    session.flush()
    match = get_match(session, service_id, query())
    assert match is not None
    assert match.phone is None


def _phones(session: Session, **numbers: dict[str, Any]) -> Callable[[str | None], Match]:
    service_id = add_partner(session, area="Michigan", number="313-555-0100")
    for one in numbers.values():
        session.add(Phone(id=new_id(), service_id=service_id, **one))
    session.flush()

    def match(language: str | None) -> Match:
        found = get_match(session, service_id, query(language=language))
        assert found is not None
        return found

    return match


def test_calls_and_texts_have_their_own_numbers_and_faxes_none(session: Session) -> None:
    match = _phones(
        session,
        fax={"number": "313-555-0101", "type": "fax"},
        text={"number": "233733", "type": "text"},
        voice={"number": "(313) 555 0102", "type": "voice", "extension": 7},
    )(None)
    assert match.phone == "313-555-0102 ext. 7"
    assert match.text_number == "233733"


def test_the_number_in_the_language_is_told(session: Session) -> None:
    match = _phones(session, a={"number": "313-555-0103"}, b={"number": "313-555-0104"})
    for phone in session.query(Phone).filter_by(number="313-555-0104"):
        session.add(Language(id=new_id(), phone_id=phone.id, name="Vietnamese"))
    session.flush()
    session.expire_all()
    assert match("vi").phone == "313-555-0104"


def test_only_web_addresses_are_told(session: Session) -> None:
    bad = add_partner(session, area="Michigan", url="javascript:alert(1)")
    good = add_partner(session, area="Michigan", url="https://example.org/a")
    told = {match.service_id: match.url for match in find_matches(session, query())}
    assert told == {bad: None, good: "https://example.org/a"}


@pytest.mark.parametrize(
    ("record", "cost", "free"),
    [
        ({"free": True}, "Free", True),
        ({"fees_description": "Free of charge."}, "Free of charge.", True),
        ({"fees_description": "Free for children"}, "Free for children", False),
        ({}, None, False),
    ],
)
def test_free_is_said_only_when_it_is_free_for_all(
    session: Session, record: dict[str, Any], cost: str | None, free: bool
) -> None:
    add_partner(session, area="Michigan", **record)
    (match,) = find_matches(session, query())
    assert match.cost == cost
    assert ("free" in codes(match)) is free


def test_a_match_says_when_its_record_was_last_checked(session: Session) -> None:
    add_partner(session, area="Michigan", assured_date=date(2025, 5, 1))
    (match,) = find_matches(session, query())
    assert match.assured == date(2025, 5, 1)
