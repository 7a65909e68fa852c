"""What people write is taken for a place when it is one, and only then."""

from time import perf_counter

import pytest

from directory.place_index import is_zone, place_index
from directory.places import distance_km, exact_place, find_places, place_in


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("48226", "Detroit, MI 48226"),
        ("48226-1234", "Detroit, MI 48226"),
        ("detroit", "Detroit, MI"),
        ("Detroit, MI", "Detroit, MI"),
        ("detriot", "Detroit, MI"),
        ("huston", "Houston, TX"),
        ("los angelos", "Los Angeles, CA"),
        ("seatle wa", "Seattle, WA"),
        ("immokolee", "Immokalee, FL"),
        ("kalamazo", "Kalamazoo, MI"),
        ("san antonio tx", "San Antonio, TX"),
        ("im near houston please", "Houston, TX"),
        ("wayne county", "Wayne County, MI"),
        ("wayne county oh", "Wayne County, OH"),
        ("Wayne co", "Wayne County, MI"),
        ("condado de harris", "Harris County, TX"),
        ("michigan", "Michigan"),
        ("TX", "Texas"),
        ("new york", "New York, NY"),
        ("nyc", "New York, NY"),
        ("the bronx", "Bronx, NY"),
        ("st. louis", "Saint Louis, MO"),
        ("ft worth", "Fort Worth, TX"),
        ("hope ar", "Hope, AR"),
        ("my zip is 77002", "Houston, TX 77002"),
    ],
)
def test_a_text_meant_as_a_place_is_found(text: str, label: str) -> None:
    assert find_places(text)[0].label == label


@pytest.mark.parametrize(
    "text", ["", "?", "i dont know", "no se", "idk", "here", "home", "street", "asdfgh", "99999"]
)
def test_what_is_no_place_is_not_found(text: str) -> None:
    assert find_places(text) == []


def test_namesakes_are_offered_the_largest_first_and_no_more_than_asked() -> None:
    labels = [place.label for place in find_places("springfield", limit=3)]
    assert labels == ["Springfield, IL", "Springfield, MA", "Springfield, MO"]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("near detroit", "Detroit, MI"),
        ("im in san antonio tx", "San Antonio, TX"),
        ("cerca de houston", "Houston, TX"),
        ("estoy en el paso", "El Paso, TX"),
        ("48226", "Detroit, MI 48226"),
        ("wayne county", "Wayne County, MI"),
        ("i need food in Wayne County", "Wayne County, MI"),
        ("detroit", "Detroit, MI"),
        ("Im in Detroit and need a bed", "Detroit, MI"),
        ("need shelter houston", "Houston, TX"),
        ("is there food near 60629", "Chicago, IL 60629"),
        ("I need a lawyer in El Paso, TX please", "El Paso, TX"),
        ("we r picking tomatoes near Immokalee", "Immokalee, FL"),
        ("stuck in immokalee no papers", "Immokalee, FL"),
        ("i am in new york", "New York, NY"),
        ("hi im in nyc", "New York, NY"),
        ("new mexico", "New Mexico"),
        ("im in michigan", "Michigan"),
        ("in phoenix az", "Phoenix, AZ"),
        ("a motel outside Toledo Ohio", "Toledo, OH"),
        ("i live in mobile al", "Mobile, AL"),
        ("Hope, AR", "Hope, AR"),
        ("Estoy en Reading, PA", "Reading, PA"),
        ("vivo en los angeles con mis hijos", "Los Angeles, CA"),
        ("from houston but im in dallas now", "Dallas, TX"),
        ("je suis à Miami", "Miami, FL"),
        ("mwen nan Miami", "Miami, FL"),
        ("tôi ở Houston cần giúp", "Houston, TX"),
        ("nasa Seattle ako", "Seattle, WA"),
        ("我在Houston需要帮助", "Houston, TX"),
        ("Я в Chicago, нужна помощь", "Chicago, IL"),
        ("12 Elm St, Detroit, MI 48201", "Detroit, MI 48201"),
    ],
)
def test_the_place_inside_a_sentence_is_found(text: str, label: str) -> None:
    place = place_in(text)
    assert place is not None
    assert place.label == label


@pytest.mark.parametrize(
    "text",
    [
        *("i need help in general", "may", "hope", "mobile", "reading", "independence", "orange"),
        *("i hope so", "may i ask something", "my mobile is dead", "i was reading it"),
        *("he is in jail", "i live in fear", "in need of food", "he took me in may", "in june"),
        *("austin hit me", "my name is charlotte", "his name is houston", "help my son jackson"),
        *("i owe 12000 dollars", "i owe 10500", "room 10201", "12345 Main St", "pay me 15000"),
        *("call me at 3135550123", "313-555-0123", "im 25", "i was 14 in 1999"),
        *("im from mexico", "soy de mexico", "in china", "i am in the us", "in america"),
        *("estoy en casa", "estoy en el pueblo", "en la noche", "me pegó en la cara", "en paz"),
        *("sa bahay", "nan lari a", "en mi pais", "trabajo en una granja", "por favor una clinica"),
        *("in a motel", "near a store", "in english please", "in the woods", "in good hands"),
        *("in love", "in paradise", "in danger", "near death", "in college", "in cash", "in labor"),
        *("no", "yes", "ok", "hi", "or", "me", "stop", "", "...", "en la", "en LA CASA"),
        *("my sister is in houston and my brother is in dallas", "springfield", "orange county"),
        *("i have to get to chicago", "i need a ride to detroit", "she left houston"),
    ],
)
def test_ordinary_words_names_and_sums_are_no_place(text: str) -> None:
    assert place_in(text) is None


def test_a_long_text_is_read_quickly() -> None:
    text = "i dont know what to do he took my papers and i am so tired of all of this " * 40
    place_in("warm")
    start = perf_counter()
    assert place_in(text) is None
    assert perf_counter() - start < 1


def test_a_place_knows_its_county_state_middle_and_zone() -> None:
    place = exact_place("48226")
    assert place is not None
    assert (place.kind, place.zip, place.city, place.county) == (
        "zip",
        "48226",
        "Detroit",
        "Wayne County",
    )
    assert (place.state, place.zone) == ("MI", "America/Detroit")
    assert distance_km((place.latitude, place.longitude), (42.33, -83.05)) < 2


def test_every_zip_has_a_zone_that_exists() -> None:
    index = place_index()
    zones = {index.state(code).place.zone for code in set(index.states.values())}
    assert all(is_zone(zone) for zone in zones)
    puerto_rico = index.zip("00604")
    assert puerto_rico is not None
    assert puerto_rico.zone == "America/Puerto_Rico"


def test_an_exact_place_needs_its_state_when_several_have_the_name() -> None:
    assert exact_place("Wayne County") is None
    assert exact_place("Wayne County, MI") is not None
    assert exact_place("Detriot, MI") is None


def test_detroit_is_as_far_from_chicago_as_the_map_says() -> None:
    detroit, chicago = exact_place("48226"), exact_place("60602")
    assert detroit is not None
    assert chicago is not None
    km = distance_km((detroit.latitude, detroit.longitude), (chicago.latitude, chicago.longitude))
    assert 375 < km < 395
