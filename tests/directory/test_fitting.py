"""What must fit (D7): the wrong stays out, the right comes first, the unknown is asked about."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.fitting import wheelchair_access
from directory.models import Accessibility, Location, Service, ServiceAtLocation
from directory.search import Fits, find_matches, get_match
from directory.vocabulary import Need, Requirement
from tests.directory.partners import ALWAYS, WEEKDAYS, add_partner, attach, new_id
from tests.directory.search_world import codes, ids, place, query

WAYNE = "Wayne County, MI"
CHILDREN, WHEELCHAIR, MINOR = Fits(children=True), Fits(wheelchair=True), Fits(minor=True)
UNDER_16 = Fits(minor=True, under_16=True)
WOMAN, MAN = Fits(gender="woman"), Fits(gender="man")


@pytest.mark.parametrize(
    ("record", "fits"),
    [
        ({"asks": ["no_children"]}, CHILDREN),
        ({"asks": ["no_children"], "groups": ["families"]}, CHILDREN),
        ({"asks": ["women_only"]}, MAN),
        ({"asks": ["men_only"]}, WOMAN),
        ({"minimum_age": 18}, MINOR),
        ({"minimum_age": 21, "groups": ["minors"]}, MINOR),
        ({"minimum_age": 16, "maximum_age": 24}, UNDER_16),
        ({"zip_code": "48226", "access": "Stairs only"}, WHEELCHAIR),
    ],
)
def test_what_is_certain_to_be_wrong_is_left_out_only_when_it_was_said(
    session: Session, record: dict[str, Any], fits: Fits
) -> None:
    wrong = add_partner(session, area=WAYNE, **record)
    assert find_matches(session, query(fits=fits)) == []
    assert ids(find_matches(session, query())) == [wrong]
    by_name = get_match(session, wrong, query(fits=fits))
    assert by_name is not None, "one that was asked for by name is told all the same"


@pytest.mark.parametrize(
    ("record", "fits"),
    [
        ({"groups": ["families"]}, CHILDREN),
        ({"needs": ["housing", "child_assistance.childcare"]}, CHILDREN),
        ({"zip_code": "48226", "access": "A ramp for wheelchairs"}, WHEELCHAIR),
        ({"asks": ["women_only"]}, WOMAN),
        ({"groups": ["men"]}, MAN),
        ({"asks": ["men_only", "women_only"]}, MAN),
        ({"groups": ["minors"]}, MINOR),
        ({"minimum_age": 16, "maximum_age": 24}, MINOR),
        ({"maximum_age": 17}, MINOR),
        ({"minimum_age": 13, "maximum_age": 24}, UNDER_16),
    ],
)
def test_what_is_known_to_fit_comes_before_what_is_open_now(
    session: Session, record: dict[str, Any], fits: Fits
) -> None:
    unknown = add_partner(session, area=WAYNE, hours=[ALWAYS], zip_code="48226")
    known = add_partner(session, area=WAYNE, **record)
    for seed in range(4):
        assert ids(find_matches(session, query(fits=fits, seed=seed))) == [known, unknown]
        assert ids(find_matches(session, query(seed=seed))) == [unknown, known]


@pytest.mark.parametrize(("others", "fits"), [("men", WOMAN), ("women", MAN), ("adults", MINOR)])
def test_what_names_only_others_stays_but_comes_last(
    session: Session, others: str, fits: Fits
) -> None:
    for_others = add_partner(session, area=WAYNE, groups=[others], hours=[ALWAYS])
    unknown = add_partner(session, area=WAYNE)
    for seed in range(4):
        assert ids(find_matches(session, query(fits=fits, seed=seed))) == [unknown, for_others]


def test_a_known_fit_in_the_state_goes_before_an_unknown_one_nearby_and_a_line_after_both(
    session: Session,
) -> None:
    line = add_partner(session, area="United States", virtual=True, groups=["families"])
    nearby = add_partner(session, area=WAYNE, hours=[ALWAYS])
    state = add_partner(session, area="Michigan", zip_code="49503", groups=["families"])
    far = add_partner(session, area="Lucas County, OH", zip_code="43604", groups=["families"])
    assert ids(find_matches(session, query(fits=CHILDREN))) == [state, nearby, line, far]


def test_what_must_fit_is_the_first_reason_and_what_is_unknown_is_asked_first(
    session: Session,
) -> None:
    both: dict[str, Any] = {"groups": ["families"], "access": "Step-free entrance"}
    known = add_partner(session, area=WAYNE, zip_code="48226", hours=[ALWAYS], **both)
    unknown = add_partner(session, area=WAYNE, zip_code="48226")
    found = find_matches(session, query(fits=Fits(children=True, wheelchair=True)))
    assert ids(found) == [known, unknown]
    assert codes(found[0])[:3] == ["takes_children", "wheelchair_access", "open_always"]
    assert [match.ask_first for match in found] == [(), ("ask_children", "ask_wheelchair")]
    plain = find_matches(session, query())
    assert all(match.ask_first == () for match in plain)
    assert not {"takes_children", "wheelchair_access"} & {c for m in plain for c in codes(m)}


def test_one_that_may_be_far_off_says_so_before_what_fits(session: Session) -> None:
    add_partner(session, zip_code="48104", area="Washtenaw County, MI", groups=["families"])
    (match,) = find_matches(session, query(fits=CHILDREN))
    assert codes(match)[0] == "near"
    assert "takes_children" in codes(match)


def test_a_line_is_not_asked_about_its_door_nor_a_pantry_about_children(session: Session) -> None:
    fits = Fits(children=True, wheelchair=True)
    add_partner(session, area="United States", virtual=True)
    (line,) = find_matches(session, query(fits=fits))
    assert line.ask_first == ()
    add_partner(session, area=WAYNE, zip_code="48226", needs=["food"])
    (pantry,) = find_matches(session, query(Need.FOOD, fits=fits))
    assert pantry.ask_first == ("ask_wheelchair",)


def test_having_no_children_along_shuts_nothing_out(session: Session) -> None:
    quiet = add_partner(session, area=WAYNE, asks=["no_children"])
    families = add_partner(session, area=WAYNE, groups=["families"])
    asking = add_partner(session, area=WAYNE, asks=["sobriety"])
    alone = Fits(children=False)
    for seed in range(4):
        found = find_matches(session, query(fits=alone, seed=seed))
        assert set(ids(found)) == {quiet, families, asking}
        assert ids(found)[2] == asking, "a condition that is met does not count against"
    (told,) = (match for match in found if match.service_id == quiet)
    assert told.requirements == (Requirement.NO_CHILDREN,)
    assert told.restrictions == ("They do not take children",)


def test_a_house_for_the_young_waits_until_somebody_says_to_be_young(session: Session) -> None:
    young = add_partner(session, area=WAYNE, minimum_age=13, maximum_age=20, hours=[ALWAYS])
    everybody = add_partner(session, area=WAYNE, hours=[WEEKDAYS], asks=["waitlist"])
    assert ids(find_matches(session, query())) == [everybody, young]
    assert ids(find_matches(session, query(fits=MINOR))) == [young, everybody]
    child_care = add_partner(
        session, area=WAYNE, needs=["child_assistance"], maximum_age=12, hours=[ALWAYS]
    )
    add_partner(session, area=WAYNE, needs=["child_assistance"])
    assert ids(find_matches(session, query(Need.CHILD_ASSISTANCE)))[0] == child_care


def test_a_hidden_house_may_say_that_a_wheelchair_gets_in(session: Session) -> None:
    # D9: the door is not told, only that it is wide enough.
    add_partner(
        session, area=WAYNE, zip_code="48226", confidential=True, access="Ramp for wheelchairs"
    )
    (match,) = find_matches(session, query(fits=WHEELCHAIR))
    assert "wheelchair_access" in codes(match)
    assert (match.address, match.distance_km) == (None, None)


def test_a_branch_without_access_does_not_speak_for_the_others(session: Session) -> None:
    service_id = add_partner(session, area=WAYNE, zip_code="48226", access="Stairs only")
    assert find_matches(session, query(fits=WHEELCHAIR)) == []
    service = session.get_one(Service, service_id)
    other = Location(id=new_id(), organization_id=service.organization_id, location_type="physical")
    session.add(other)
    session.flush()
    session.add(ServiceAtLocation(id=new_id(), service_id=service_id, location_id=other.id))
    session.flush()
    session.expire_all()
    (match,) = find_matches(session, query(fits=WHEELCHAIR))
    assert match.ask_first == ("ask_wheelchair",)


@pytest.mark.parametrize(
    ("said", "access"),
    [
        ("Wheelchair accessible", True),
        ("wheelchair", True),
        ("The building has induction loops. Wheelchair access is possible on all levels.", True),
        ("Step-free entrance", True),
        ("No steps; accessible for wheelchairs", True),
        ("Wheelchair accessible, no steps", True),
        ("Fully accessible", True),
        ("ADA compliant", True),
        ("Not wheelchair accessible", False),
        ("No wheelchair access", False),
        ("Wheelchairs cannot get in", False),
        ("Wheelchair access: no", False),
        ("The office isn't accessible.", False),
        ("Stairs only", False),
        ("Step-free; the bathroom is not accessible for wheelchairs", None),
        ("Not all rooms are wheelchair accessible", None),
        ("Wheelchair access on request", None),
        ("No information about wheelchair access", None),
        ("Induction loop and large print", None),
        ("Wheelchairs to borrow", None),
        ("", None),
    ],
)
def test_wheelchair_access_is_known_only_when_it_is_plainly_said(
    said: str, access: bool | None
) -> None:
    assert wheelchair_access([Accessibility(description=said)]) is access
    assert wheelchair_access([Accessibility(details=said)]) is access


requirement_sets = st.sets(st.sampled_from(["no_children", "women_only", "men_only"]))
group_sets = st.sets(st.sampled_from(["families", "women", "men", "minors", "adults"]))
records = st.fixed_dictionaries(
    {
        "asks": requirement_sets,
        "groups": group_sets,
        "access": st.sampled_from([None, "Step-free", "Stairs only"]),
        "ages": st.sampled_from([(None, None), (18, None), (13, 17), (16, 24), (None, 12)]),
        "area": st.sampled_from([WAYNE, "Michigan", "United States"]),
    }
)
all_fits = st.builds(
    Fits,
    children=st.sampled_from([None, True, False]),
    wheelchair=st.booleans(),
    gender=st.sampled_from([None, "woman", "man"]),
    minor=st.booleans(),
)


def _is_wrong(record: dict[str, Any], fits: Fits) -> bool:
    own, other = {
        "woman": ("women_only", "men_only"),
        "man": ("men_only", "women_only"),
        # With children, and no word of being a man, a house for men only is wrong.
        None: ("women_only", "men_only") if fits.children else ("", ""),
    }[fits.gender]
    return (
        (fits.children is True and "no_children" in record["asks"])
        or (other in record["asks"] and own not in record["asks"])
        or (fits.wheelchair and record["access"] == "Stairs only")
        or (fits.minor and (record["ages"][0] or 0) >= 18)
    )


@settings(max_examples=60, deadline=None)
@given(made=st.lists(records, min_size=1, max_size=5), fits=all_fits)
def test_exactly_what_is_certain_to_be_wrong_is_missing(
    engine: Any, made: list[dict[str, Any]], fits: Fits
) -> None:
    with Session(engine) as session:
        by_id = {}
        for record in made:
            low, high = record["ages"]
            service_id = add_partner(
                session, area=record["area"], zip_code="48226", asks=sorted(record["asks"]),
                groups=sorted(record["groups"]), access=record["access"], minimum_age=low,
                maximum_age=high,
            )  # fmt: skip
            by_id[service_id] = record
        found = find_matches(session, query(fits=fits, place=place("48226")))
        right = {one for one, record in by_id.items() if not _is_wrong(record, fits)}
        assert set(ids(found)) == right
        for match in found:
            record = by_id[match.service_id]
            told = "takes_children" in codes(match)
            assert told is (fits.children is True and "families" in record["groups"])
            known = "wheelchair_access" in codes(match)
            assert known is (fits.wheelchair and record["access"] == "Step-free")
            asked = {"ask_wheelchair"} if fits.wheelchair and record["access"] is None else set()
            if fits.children and not told:
                asked |= {"ask_children"}
            assert set(match.ask_first) == asked
        session.rollback()


def test_no_population_shuts_anybody_out(session: Session) -> None:
    service_id = add_partner(session, area=WAYNE)
    for group in ("lgbtq", "labor_trafficking", "sex_trafficking", "foreign_nationals", "tribal"):
        attach(session, "service", service_id, "waymark-populations", group)
    session.flush()
    for fits in (CHILDREN, WOMAN, MAN, MINOR, Fits()):
        assert ids(find_matches(session, query(fits=fits))) == [service_id]


def test_a_house_for_men_is_left_out_with_children_unless_a_man_asks(session: Session) -> None:
    men = add_partner(session, area=WAYNE, asks=["men_only"])
    both = add_partner(session, area=WAYNE, asks=["men_only", "women_only"])
    assert ids(find_matches(session, query(fits=CHILDREN))) == [both]
    father = Fits(children=True, gender="man")
    assert set(ids(find_matches(session, query(fits=father)))) == {men, both}
    assert set(ids(find_matches(session, query()))) == {men, both}


def test_with_children_a_house_for_grown_people_comes_last_and_is_asked_about(
    session: Session,
) -> None:
    grown = add_partner(session, area=WAYNE, minimum_age=18, hours=[ALWAYS])
    unknown = add_partner(session, area=WAYNE)
    family = add_partner(session, area=WAYNE, minimum_age=18, groups=["families"])
    found = find_matches(session, query(fits=CHILDREN))
    assert ids(found) == [family, unknown, grown]
    assert "ask_children" in found[2].ask_first


def test_a_house_for_the_young_is_listed_for_a_minor_though_it_is_of_another_kind(
    session: Session,
) -> None:
    tonight = frozenset({"housing.emergency"})
    women = add_partner(session, area=WAYNE, needs=["housing.emergency"], asks=["women_only"])
    young = add_partner(
        session, area=WAYNE, needs=["housing.transitional"], minimum_age=16, maximum_age=24
    )
    found = ids(find_matches(session, query(fits=MINOR, kinds=tonight)))
    assert found == [young, women]
    assert ids(find_matches(session, query(kinds=tonight))) == [women]
