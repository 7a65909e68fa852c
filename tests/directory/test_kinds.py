"""A need may be of a kind, far or near, asked several times at once, and met by nobody at all."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.orm import Session

from directory.conditions import about
from directory.models import Service
from directory.search import Fits, Query, find_each, find_matches, get_match, unmet
from directory.vocabulary import KINDS, Need
from tests.directory.partners import ALWAYS, add_partner
from tests.directory.search_world import DETROIT, ids, place, query

WAYNE = "Wayne County, MI"


def of(*kinds: str) -> frozenset[str]:
    return frozenset(kinds)


def test_a_kind_is_met_by_itself_or_by_the_need_as_a_whole(session: Session) -> None:
    tonight = add_partner(session, area=WAYNE, needs=["housing.emergency"])
    any_kind = add_partner(session, area=WAYNE, needs=["housing"], hours=[ALWAYS])
    year = add_partner(session, area=WAYNE, needs=["housing.transitional"])
    both = add_partner(session, area=WAYNE, needs=["housing", "housing.permanent"])
    found = find_matches(session, query(kinds=of("housing.emergency")))
    assert ids(found)[:2] == [tonight, any_kind], "the very kind first"
    assert set(ids(found)) == {tonight, any_kind, both}
    assert set(ids(find_matches(session, query()))) == {tonight, any_kind, year, both}


def test_a_match_tells_the_kinds_it_is_marked_with(session: Session) -> None:
    marked = ["housing.transitional", "housing.emergency", "legal_representation.civil", "food"]
    service_id = add_partner(session, area=WAYNE, needs=marked)
    (match,) = find_matches(session, query(Need.HOUSING, Need.FOOD))
    assert match.kinds == ("housing.emergency", "housing.transitional")
    other = get_match(session, service_id, query(kinds=of("housing.permanent")))
    assert other is not None
    assert other.needs == ()
    assert other.kinds == ("housing.emergency", "housing.transitional")


def test_a_kind_counts_for_its_own_need_only(session: Session) -> None:
    food = add_partner(session, area=WAYNE, needs=["food", "housing.permanent"])
    asked = query(Need.FOOD, Need.HOUSING, kinds=of("housing.emergency", "legal.nonsense"))
    (match,) = find_matches(session, asked)
    assert (match.service_id, match.needs) == (food, (Need.FOOD,))
    assert unmet(session, asked) == (Need.HOUSING,)


def test_without_widening_only_what_reaches_the_very_place_is_found(session: Session) -> None:
    near = add_partner(session, area=WAYNE)
    state = add_partner(session, area="Michigan", virtual=True)
    nation = add_partner(session, area="United States")
    virtual = add_partner(session, virtual=True)
    elsewhere = add_partner(session, area="Washtenaw County, MI", zip_code="48104")
    kept = {near, state, nation, virtual}
    found = find_matches(session, query())
    assert set(ids(found)) == kept | {elsewhere}
    assert [match.service_id for match in found if match.wider] == [elsewhere]
    assert set(ids(find_matches(session, query(wider=False)))) == kept
    looked_up = get_match(session, elsewhere, query(wider=False))
    assert looked_up is not None
    assert looked_up.wider is True


def test_somewhere_in_a_state_or_with_no_place_at_all_is_elsewhere(session: Session) -> None:
    county = add_partner(session, area=WAYNE)
    line = add_partner(session, area="US", virtual=True)
    for where in (place("Michigan"), None):
        found = find_matches(session, query(place=where))
        assert {match.service_id: match.wider for match in found} == {county: True, line: False}
        assert ids(find_matches(session, query(place=where, wider=False))) == [line]


def test_what_had_no_room_is_not_unmet(session: Session) -> None:
    known = [add_partner(session, area=WAYNE, hours=[ALWAYS]) for _ in range(3)]
    pantry = add_partner(session, area="Washtenaw County, MI", zip_code="48104", needs=["food"])
    asked = query(Need.HOUSING, Need.FOOD, Need.CLOTHING, limit=1)
    assert unmet(session, asked) == (Need.CLOTHING,)
    seen = query(Need.HOUSING, Need.FOOD, limit=1, exclude=frozenset([*known, pantry]))
    assert find_matches(session, seen) == []
    assert unmet(session, seen) == ()
    assert unmet(session, query(Need.HOUSING, Need.FOOD, wider=False)) == (Need.FOOD,)
    assert unmet(session, query(Need.HOUSING, fits=Fits(wheelchair=True))) == ()
    assert unmet(session, query(needs=())) == ()


def test_a_need_that_only_the_police_or_a_misfit_would_meet_is_unmet(session: Session) -> None:
    add_partner(session, area=WAYNE, needs=["victim_advocacy"], kind="law_enforcement")
    add_partner(session, area=WAYNE, asks=["men_only"])
    asked = query(Need.VICTIM_ADVOCACY, Need.HOUSING, fits=Fits(gender="woman"))
    assert unmet(session, asked) == (Need.VICTIM_ADVOCACY, Need.HOUSING)


def _statements(session: Session, run: Any) -> int:
    sent: list[str] = []

    def note(*args: Any) -> None:
        sent.append(args[2])

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    run()
    event.remove(connection, "before_cursor_execute", note)
    return len(sent)


def test_several_queries_read_the_directory_once(sample: Session) -> None:
    first = Query((Need.HOUSING, Need.FOOD), DETROIT, "es", query().at)
    asked = [first, *(query(Need.HOUSING, Need.FOOD, fits=fits) for fits in _FITS)]
    sample.expunge_all()
    one = _statements(sample, lambda: find_each(sample, asked[:1]))
    sample.expunge_all()
    all_of_them = _statements(sample, lambda: find_each(sample, asked))
    assert one > 5
    assert all_of_them == one


def test_no_query_finds_nothing(session: Session) -> None:
    add_partner(session, area=WAYNE)
    assert find_each(session, []) == []
    assert find_each(session, [query(needs=()), query(limit=0)]) == [[], []]


_FITS = (Fits(children=True), Fits(wheelchair=True, gender="man"), Fits(minor=True))
_NEEDS = st.lists(st.sampled_from(list(Need)), max_size=3, unique=True).map(tuple)
_PLACES = [None, *(place(text) for text in ("48226", "Flint, MI", "Texas", "Queens County, NY"))]


@st.composite
def queries(draw: st.DrawFn) -> Query:
    needs = draw(_NEEDS)
    kinds = [f"{need}.{kind}" for need in needs for kind in KINDS[need]]
    return query(
        needs=needs,
        place=draw(st.sampled_from(_PLACES)),
        kinds=draw(st.frozensets(st.sampled_from(kinds)) if kinds else st.just(frozenset())),
        fits=draw(st.sampled_from([Fits(), *_FITS])),
        wider=draw(st.booleans()),
        limit=draw(st.sampled_from([0, 1, 3, 500])),
        include_law_enforcement=draw(st.booleans()),
        seed=draw(st.integers(0, 3)),
    )


@settings(max_examples=25, deadline=None)
@given(asked=st.lists(queries(), max_size=3))
def test_each_of_several_queries_is_answered_as_if_it_were_alone(
    sample_engine: Any, asked: Sequence[Query]
) -> None:
    with Session(sample_engine) as session:
        alone = [find_matches(session, one) for one in asked]
        assert find_each(session, asked) == alone


@settings(max_examples=25, deadline=None)
@given(asked=queries())
def test_a_need_is_either_met_by_somebody_or_unmet(sample_engine: Any, asked: Query) -> None:
    everything = query(**{**vars(asked), "limit": 500})
    with Session(sample_engine) as session:
        found = find_matches(session, everything)
        met = {need for match in found for need in match.needs}
        assert set(unmet(session, asked)) == set(asked.needs) - met
        assert met <= set(asked.needs)
        assert asked.wider or not any(match.wider for match in found)


_HOUSING = st.sets(st.sampled_from([Need.HOUSING, *(f"housing.{k}" for k in KINDS[Need.HOUSING])]))


@settings(max_examples=40, deadline=None)
@given(made=st.lists(_HOUSING.filter(bool), min_size=1, max_size=4), asked=_HOUSING)
def test_kinds_leave_out_exactly_what_is_only_of_other_kinds(
    engine: Any, made: list[set[str]], asked: set[str]
) -> None:
    with Session(engine) as session:
        marked = {add_partner(session, area=WAYNE, needs=sorted(one)): one for one in made}
        found = find_matches(session, query(kinds=frozenset(asked)))
        kinds = asked - {Need.HOUSING}
        fit = {one for one, has in marked.items() if not kinds or has & (kinds | {Need.HOUSING})}
        assert set(ids(found)) == fit
        for match in found:
            assert set(match.kinds) == marked[match.service_id] - {Need.HOUSING}
        session.rollback()


@pytest.mark.parametrize(
    ("description", "told"),
    [
        (None, None),
        ("  \n ", None),
        ("A bed and\n  supper.", "A bed and supper."),
        ("no full stop", "no full stop"),
        (
            "Beds. And meals for 9.5 dollars. " * 6,
            "Beds. And meals for 9.5 dollars. " * 4 + "Beds.",
        ),
        (f"Beds. Meals! {'Word ' * 40}.", "Beds. Meals!"),
        (f"Ask at St. Ann. {'Word ' * 40}.", "Ask at St. Ann."),
        (f"Ask Dr. Vu {'word ' * 40}. End.", f"Ask Dr. Vu {'word ' * 30}"[:156].rstrip() + "..."),
        ("x" * 200, "x" * 157 + "..."),
    ],
)
def test_what_a_service_does_is_told_in_whole_sentences(
    description: str | None, told: str | None
) -> None:
    assert about(Service(description=description)) == told


@given(st.text(alphabet="Ab. !?\n,é1'", max_size=400))
def test_what_a_service_does_is_short_and_as_it_stands(text: str) -> None:
    told = about(Service(description=text))
    plain = " ".join(text.split())
    if told is None:
        assert plain == ""
        return
    assert 0 < len(told) <= 160
    if told != plain:
        cut = told.removesuffix("...")
        assert plain.startswith(cut)
        assert told[-1] in ".!?'"
