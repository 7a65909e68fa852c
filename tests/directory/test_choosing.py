"""Which few are named together: as many needs as they can meet, and each partner once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from directory.choosing import chosen
from directory.facts import Facts, Speech
from directory.fitting import Fitting
from directory.hours import Hours
from directory.matches import Query
from directory.models import Phone, Service
from directory.reach import Reach, Where
from directory.search import find_matches
from directory.vocabulary import Need
from tests.directory.partners import ALWAYS, add_partner, new_id
from tests.directory.search_world import codes, ids, place, query

NEEDS = (Need.HOUSING, Need.FOOD, Need.LEGAL_REPRESENTATION, Need.TRANSPORTATION, Need.CLOTHING)
LEGAL, PAPERS = Need.LEGAL_REPRESENTATION, Need.IDENTIFICATION_DOCUMENTS


@dataclass(frozen=True)
class Given:
    """A candidate as the properties make it up."""

    partner: str
    number: str
    needs: frozenset[Need]
    reach: Reach


GIVEN = st.builds(
    Given,
    partner=st.sampled_from("abcd"),
    number=st.sampled_from(["1", "2"]),
    needs=st.frozensets(st.sampled_from(NEEDS), min_size=1, max_size=3),
    reach=st.sampled_from(list(Reach)),
)


def facts(service_id: int, given: Given) -> Facts:
    where = Where(
        reach=given.reach, at=None, address=None, distance_km=None, ranked_km=None, covered=None,
        areas=(), virtual=False, national=False, zone=None, across=False,
    )  # fmt: skip
    return Facts(
        service=Service(id=str(service_id), organization_id=given.partner),
        needs=tuple(sorted(given.needs)),
        kinds=(),
        fitting=Fitting(None, None, None, None, ()),
        where=where,
        hours=Hours(),
        languages=(),
        speech=Speech.STAFF,
        cost=None,
        free=False,
        requirements=(),
        restrictions=(),
        hurdles=0,
    )


def pick(candidates: list[Given], limit: int = 3) -> tuple[list[Given], list[Facts]]:
    """What is chosen of these, ranked as they stand: as given, and as it is told."""
    asked = Query(NEEDS, None, None, datetime(2026, 11, 24, tzinfo=UTC), limit=limit)
    ranking = [facts(n, given) for n, given in enumerate(candidates)]
    told = chosen(ranking, asked, lambda one: candidates[int(one.service.id)].number)
    return [candidates[int(one.service.id)] for one in told], told


def met(some: Iterable[Given]) -> frozenset[Need]:
    return frozenset(need for one in some for need in one.needs)


def lines(some: Iterable[Given]) -> list[tuple[str, str]]:
    return [(one.partner, one.number) for one in some]


@given(st.lists(GIVEN, max_size=9))
def test_three_meet_as_many_needs_as_three_lines_can(candidates: list[Given]) -> None:
    picked, _ = pick(candidates)
    possible = [
        len(met(some))
        for size in range(4)
        for some in combinations(candidates, size)
        if len(set(lines(some))) == size
    ]
    assert len(met(picked)) == max(possible)


@given(st.lists(GIVEN, max_size=9), st.integers(1, 12))
def test_a_partner_never_stands_twice_under_one_number(candidates: list[Given], limit: int) -> None:
    picked, _ = pick(candidates, limit)
    assert len(set(lines(picked))) == len(picked) <= limit
    assert len(picked) == min(limit, len(set(lines(candidates))))


@given(st.lists(GIVEN, max_size=9))
def test_no_partner_stands_twice_where_another_one_nearby_would_do(
    candidates: list[Given],
) -> None:
    picked, _ = pick(candidates)
    partners = [one.partner for one in picked]
    others = [one for one in candidates if one.partner not in partners and one.reach <= Reach.PART]
    for n, one in enumerate(picked):
        if partners.count(one.partner) > 1:
            rest = picked[:n] + picked[n + 1 :]
            assert all(len(met([*rest, other])) < len(met(picked)) for other in others)


@given(st.lists(GIVEN, max_size=9))
def test_what_is_met_under_the_number_of_one_that_is_named_counts_as_met(
    candidates: list[Given],
) -> None:
    picked, told = pick(candidates)
    named = [one for one in candidates if (one.partner, one.number) in lines(picked)]
    assert {need for one in told for need in one.needs} == met(named)


@given(st.lists(GIVEN, min_size=1, max_size=9))
def test_with_one_need_the_best_rank_stays_first(candidates: list[Given]) -> None:
    alike = [Given(one.partner, one.number, frozenset({LEGAL}), one.reach) for one in candidates]
    picked, _ = pick(alike)
    assert picked[0] == alike[0]


def two_services(session: Session, number: str | None = None) -> tuple[str, str]:
    """A lawyer who also helps with papers; with `number` the papers have one of their own."""
    law = add_partner(session, "Ledger", needs=[LEGAL], area="Wayne County, MI", hours=[ALWAYS])
    organization_id = session.get_one(Service, law).organization_id
    papers = add_partner(
        session, "Ledger", needs=[PAPERS], area="Wayne County, MI", organization_id=organization_id
    )
    if number:
        session.add(Phone(id=new_id(), service_id=papers, number=number))
        session.flush()
    return law, papers


def test_two_services_under_one_number_become_the_better_one(session: Session) -> None:
    law, _ = two_services(session)
    (match,) = find_matches(session, query(LEGAL, PAPERS))
    assert match.service_id == law
    assert match.needs == (LEGAL, PAPERS)


def test_two_services_with_numbers_of_their_own_both_stay(session: Session) -> None:
    both = two_services(session, "313-555-0177")
    assert set(ids(find_matches(session, query(LEGAL, PAPERS)))) == set(both)


def test_for_another_need_another_partner_is_named_where_one_is(session: Session) -> None:
    law, papers = two_services(session, "313-555-0177")
    other = add_partner(session, "Far Shore", needs=[PAPERS], area="Michigan")
    found = ids(find_matches(session, query(LEGAL, PAPERS, limit=2)))
    assert found == [law, other]
    assert papers not in found


def test_a_line_for_the_whole_nation_does_not_stand_in_for_what_is_near(session: Session) -> None:
    law, papers = two_services(session, "313-555-0177")
    add_partner(session, "Nation", needs=[PAPERS], area="United States", virtual=True)
    assert ids(find_matches(session, query(LEGAL, PAPERS, limit=2))) == [law, papers]


def test_the_first_three_of_a_longer_list_meet_the_needs_that_three_can(session: Session) -> None:
    for n in range(4):
        add_partner(session, f"Law {n}", needs=[LEGAL], area="Wayne County, MI", hours=[ALWAYS])
    papers = add_partner(session, "Papers", needs=[PAPERS], area="United States", virtual=True)
    for limit in (3, 4, 12):
        assert papers in ids(find_matches(session, query(LEGAL, PAPERS, limit=limit)))[:3]


def test_what_lies_in_the_next_state_says_first_how_far_it_is(session: Session) -> None:
    # Toledo to Monroe, Michigan: some 15 miles, and a state line between them.
    add_partner(session, zip_code="48161", hours=[ALWAYS], free=True)
    (match,) = find_matches(session, query(place=place("Toledo, OH"), wider=False))
    assert codes(match)[0] == "near"


def test_unless_it_may_look_wider_a_search_stays_in_the_state(session: Session) -> None:
    add_partner(session, "Bronx", zip_code="10453", area="New York County, NY")
    add_partner(session, "Secret", zip_code="10453", confidential=True)
    add_partner(session, "Albany", zip_code="12207", area="New York")
    add_partner(session, "No area", zip_code="12207")
    springfield = place("Springfield, MA")
    assert find_matches(session, query(place=springfield, wider=False)) == []
    wider = find_matches(session, query(place=springfield))
    assert wider
    assert all(match.wider for match in wider)
    assert all(codes(match)[0] in ("near", "serves_area") for match in wider)
