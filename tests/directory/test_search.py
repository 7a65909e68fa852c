"""Who is found, in which order, and why."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from directory.models import Service
from directory.search import find_matches, get_match
from directory.vocabulary import Need, Requirement
from tests.directory.partners import ALWAYS, EVERY_NIGHT, WEEKDAYS, add_partner, attach, new_id
from tests.directory.search_world import codes, ids, place, query


@pytest.mark.parametrize("status", ["inactive", "defunct", "temporarily closed"])
def test_only_active_services_are_found(session: Session, status: str) -> None:
    gone = add_partner(session, area="Michigan", status=status)
    there = add_partner(session, area="Michigan")
    assert ids(find_matches(session, query())) == [there]
    assert get_match(session, gone, query()) is None


def test_a_service_is_found_by_its_need_or_a_kind_of_it(session: Session) -> None:
    kind = add_partner(session, needs=["housing.emergency"], area="Michigan")
    add_partner(session, needs=["food"], area="Michigan")
    assert ids(find_matches(session, query())) == [kind]


def test_without_needs_nothing_is_found_but_one_can_be_looked_up(session: Session) -> None:
    known = add_partner(session, area="Michigan")
    assert find_matches(session, query(needs=())) == []
    match = get_match(session, known, query(needs=()))
    assert match is not None
    assert match.needs == ()
    assert get_match(session, new_id(), query()) is None


def test_what_serves_the_area_goes_before_what_is_only_near(session: Session) -> None:
    near = add_partner(session, "Near", zip_code="48226")
    serves = add_partner(session, "Serves", area="Wayne County, MI", zip_code="48126")
    assert ids(find_matches(session, query())) == [serves, near]


def test_of_two_nearby_the_nearer_goes_first(session: Session) -> None:
    far = add_partner(session, zip_code="48126")
    near = add_partner(session, zip_code="48201")
    for seed in range(4):
        assert ids(find_matches(session, query(seed=seed))) == [near, far]


def test_local_goes_before_statewide_before_nationwide_before_elsewhere(session: Session) -> None:
    elsewhere = add_partner(session, zip_code="49503")
    nation = add_partner(session, area="United States", virtual=True)
    state = add_partner(session, area="Michigan", virtual=True)
    local = add_partner(session, area="48226; 48201")
    found = find_matches(session, query())
    assert ids(found) == [local, state, nation, elsewhere]
    assert [codes(match)[0] for match in found] == [
        "serves_area",
        "serves_state",
        "virtual",
        "near",
    ]


def test_a_widened_match_says_how_far_it_is_before_anything_else(session: Session) -> None:
    add_partner(session, zip_code="48104", area="Washtenaw County, MI", hours=[ALWAYS], free=True)
    (match,) = find_matches(session, query())
    assert match.reasons[0].code == "near"
    assert match.reasons[0].args == {"distance": "35 mi"}
    assert match.distance_km == pytest.approx(57, abs=3)


def test_what_is_too_far_is_not_found(session: Session) -> None:
    add_partner(session, zip_code="98104", area="King County, WA")
    add_partner(session, area="Texas", virtual=True)
    assert find_matches(session, query()) == []


def test_virtual_and_national_services_fit_anywhere(session: Session) -> None:
    virtual = add_partner(session, virtual=True)
    national = add_partner(session, area="US")
    for somewhere in ("48226", "Anchorage, AK", "Texas", "Collier County, FL"):
        found = find_matches(session, query(place=place(somewhere)))
        assert set(ids(found)) == {virtual, national}
    assert [match.virtual for match in found if match.service_id == virtual] == [True]


def test_a_virtual_service_for_one_state_stays_there(session: Session) -> None:
    add_partner(session, virtual=True, area="Texas")
    assert find_matches(session, query()) == []
    assert len(find_matches(session, query(place=place("El Paso, TX")))) == 1


def test_without_a_place_those_for_everywhere_go_first_and_others_say_where(
    session: Session,
) -> None:
    local = add_partner(session, area="Wayne County, MI", hours=[ALWAYS])
    national = add_partner(session, area="United States", virtual=True)
    found = find_matches(session, query(place=None))
    assert ids(found) == [national, local]
    assert found[1].reasons[0].args == {"area": "Wayne County, MI"}


def test_a_state_finds_what_is_somewhere_in_it_and_gives_no_distance(session: Session) -> None:
    somewhere = add_partner(session, area="Wayne County, MI", zip_code="48226")
    add_partner(session, area="Harris County, TX", zip_code="77002")
    (match,) = find_matches(session, query(place=place("Michigan")))
    assert match.service_id == somewhere
    assert match.distance_km is None


def test_open_services_go_first_and_closed_ones_say_when_they_open(session: Session) -> None:
    closed = add_partner(session, area="Wayne County, MI", zip_code="48226", hours=[EVERY_NIGHT])
    unknown = add_partner(session, area="Wayne County, MI", zip_code="48226")
    opened = add_partner(session, area="Wayne County, MI", zip_code="48226", hours=[WEEKDAYS])
    found = find_matches(session, query())
    assert ids(found) == [opened, unknown, closed]
    assert [match.open_now for match in found] == [True, None, False]
    assert "open_now" in codes(found[0])
    opens = found[2].reasons[-1]
    assert opens.code == "opens_at"
    assert opens.args["time"] == {
        "time": "2026-11-25T01:00:00+00:00",
        "zone": "America/Detroit",
    }
    assert found[2].next_opening == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


def test_a_service_that_never_closes_says_so(session: Session) -> None:
    add_partner(session, area="Wayne County, MI", hours=[ALWAYS])
    (match,) = find_matches(session, query())
    assert "open_always" in codes(match)
    assert "open_now" not in codes(match)


def test_hours_are_read_in_the_services_own_zone(session: Session) -> None:
    add_partner(session, area="El Paso County, TX", hours=[WEEKDAYS])
    # 12:30 in Detroit, 10:30 in El Paso; and 09:30 in Detroit, 07:30 in El Paso.
    for hour, opened in ((17, True), (14, False)):
        at = datetime(2026, 11, 24, hour, 30, tzinfo=UTC)
        (match,) = find_matches(session, query(place=place("79901"), at=at))
        assert match.open_now is opened
        assert match.zone == "America/Denver"


def test_a_marked_zone_is_used_for_a_national_line(session: Session) -> None:
    line = add_partner(session, virtual=True, area="US", hours=[WEEKDAYS])
    (before,) = find_matches(session, query())
    assert before.open_now is None
    attach(session, "service", line, "waymark-marks", "time_zone", "America/Los_Angeles")
    session.flush()
    session.expire_all()
    (match,) = find_matches(session, query())
    assert (match.open_now, match.zone) == (True, "America/Los_Angeles")


def test_staff_who_speak_go_before_interpreters_before_neither(session: Session) -> None:
    neither = add_partner(session, area="Michigan", languages=["en"])
    interpreters = add_partner(session, area="Michigan", interpretation_services="Any language")
    staff = add_partner(session, area="Michigan", languages=["spa"])
    found = find_matches(session, query(language="es"))
    assert ids(found) == [staff, interpreters, neither]
    assert found[0].languages == ("es",)
    assert [reason.args for reason in found[0].reasons if reason.code == "speaks"] == [
        {"language": {"say": "language_es"}}
    ]
    assert [match.interpreters for match in found] == [False, True, False]
    assert "speaks" not in codes(found[1])


def test_no_interpretation_is_not_taken_for_interpreters(session: Session) -> None:
    for words in ("No", "None at this time", "English only", "Urdu is not; Russian and Korean"):
        add_partner(session, area="Michigan", interpretation_services=words)
    assert not any(m.interpreters for m in find_matches(session, query(language="es")))


def test_partners_that_meet_more_needs_go_first_and_say_so(session: Session) -> None:
    one = add_partner(session, needs=["housing"], area="Wayne County, MI", hours=[ALWAYS])
    both = add_partner(session, needs=["housing.emergency", "food"], area="Michigan")
    found = find_matches(session, query(Need.HOUSING, Need.FOOD))
    assert ids(found) == [both, one]
    assert found[0].needs == (Need.HOUSING, Need.FOOD)
    assert found[0].reasons[0].code == "takes_many"
    assert found[0].reasons[0].args == {"count": 2}


def test_the_few_that_are_told_meet_all_the_needs_if_they_can(session: Session) -> None:
    for _ in range(5):
        add_partner(session, needs=["housing"], area="Wayne County, MI", hours=[ALWAYS])
    lawyer = add_partner(session, needs=["legal_representation"], area="Michigan")
    found = find_matches(session, query(Need.HOUSING, Need.LEGAL_REPRESENTATION, limit=3))
    assert len(found) == 3
    assert lawyer in ids(found)


def test_one_partner_does_not_take_all_the_room(session: Session) -> None:
    first = add_partner(session, "Many rooms", area="Michigan", hours=[ALWAYS])
    organization_id = session.get_one(Service, first).organization_id
    for _ in range(3):
        add_partner(
            session,
            organization_id=organization_id,
            area="Michigan",
            hours=[ALWAYS],
            zip_code="48226",
        )
    other = add_partner(session, "Other", area="Michigan")
    found = find_matches(session, query(limit=2))
    assert other in ids(found)


def test_law_enforcement_is_found_only_when_asked_for(session: Session) -> None:
    police = add_partner(session, "Safe Streets Unit", kind="law_enforcement", area="Michigan")
    assert find_matches(session, query()) == []
    assert get_match(session, police, query()) is None
    assert ids(find_matches(session, query(include_law_enforcement=True))) == [police]


@pytest.mark.parametrize(
    "name", ["Wayne County Sheriff", "Springfield Police Department", "FBI Detroit", "USCIS Office"]
)
def test_an_office_without_a_kind_is_known_by_its_name(session: Session, name: str) -> None:
    add_partner(session, name, area="Michigan")
    assert find_matches(session, query()) == []
    assert len(find_matches(session, query(include_law_enforcement=True))) == 1


def test_a_partner_of_another_kind_may_have_police_in_its_name(session: Session) -> None:
    add_partner(
        session, "Families Against Police Violence", kind="court_advocates", area="Michigan"
    )
    assert len(find_matches(session, query())) == 1


def test_requirements_that_shut_people_out_are_said_and_count_against(session: Session) -> None:
    sober = add_partner(session, area="Michigan", asks=["sobriety", "police_cooperation"])
    grown = add_partner(session, area="Michigan", minimum_age=18, maximum_age=24)
    for seed in range(4):
        found = find_matches(session, query(seed=seed))
        assert ids(found) == [grown, sober]
    assert found[0].restrictions == ("For ages 18 to 24",)
    assert found[1].restrictions == (
        "They ask you to cooperate with the police",
        "You need to be sober",
    )
    assert found[1].requirements == (Requirement.POLICE_COOPERATION, Requirement.SOBRIETY)


def test_ties_are_settled_by_the_seed_and_so_shared_fairly(session: Session) -> None:
    equals = {add_partner(session, f"Equal {n}", area="Michigan") for n in range(3)}
    first = [ids(find_matches(session, query(seed=seed)))[0] for seed in range(30)]
    assert set(first) == equals
    again = [ids(find_matches(session, query(seed=seed)))[0] for seed in range(30)]
    assert again == first


def test_excluded_services_are_left_out_and_the_limit_is_kept(session: Session) -> None:
    known = [add_partner(session, f"P{n}", area="Michigan") for n in range(5)]
    found = find_matches(session, query(limit=3, exclude=frozenset(known[:3])))
    assert set(ids(found)) == set(known[3:])
    assert len(find_matches(session, query(limit=3))) == 3
    assert find_matches(session, query(limit=0)) == []
