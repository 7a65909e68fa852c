"""What a sentence says of a place: here, in any of our languages; or elsewhere; or not there."""

import re
from pathlib import Path

import pytest

from directory.place_index import STATES, place_index
from directory.place_scripts import listed_names, named_places
from directory.place_spelling import slip_of_a_big_town
from directory.place_words import words_of
from directory.places import find_places, place_in, places_to_avoid

TEXTS = Path(__file__).resolve().parents[2] / "bot" / "data" / "nlu"


def label(text: str) -> str | None:
    place = place_in(text)
    return place.label if place is not None else None


def avoided(text: str) -> list[str]:
    return [place.label for place in places_to_avoid(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bonjour je suis à Detroit et j'ai besoin d'un lit", "Detroit, MI"),
        ("je suis a Detroit", "Detroit, MI"),
        ("pas loin de Philadelphia", "Philadelphia, PA"),
        ("oi estou em Miami e preciso de comida", "Miami, FL"),
        ("bonswa mwen nan Miami mwen bezwen manje", "Miami, FL"),
        ("tulong po nasa seattle ako ngayon", "Seattle, WA"),
        ("chào chị tôi ở houston không có chỗ ngủ", "Houston, TX"),
        ("toi o Houston khong co cho ngu", "Houston, TX"),
        ("在纽约", "New York, NY"),
        ("洛杉矶", "Los Angeles, CA"),
        ("我在芝加哥", "Chicago, IL"),
        ("我在紐約需要幫助", "New York, NY"),
        ("我搬到密西西比州了", "Mississippi"),
        ("在华盛顿州", "Washington State"),
        ("我在凤凰城汽车站，想去丹佛", "Phoenix, AZ"),
        ("в нью-йорке", "New York, NY"),
        ("я в чикаго", "Chicago, IL"),
        ("мне нужна помощь, я в хьюстоне", "Houston, TX"),
        ("сейчас в новом орлеане", "New Orleans, LA"),
        ("живу в Северной Каролине", "North Carolina"),
        ("это под Атлантой", "Atlanta, GA"),
        ("переехала в Денвер", "Denver, CO"),
        ("로스앤젤레스", "Los Angeles, CA"),
        ("뉴욕에 있어요", "New York, NY"),
        ("휴스턴이에요", "Houston, TX"),
        ("피닉스 정류장인데 덴버 가고싶어요", "Phoenix, AZ"),
        ("ديترويت", "Detroit, MI"),
        ("انا في نيويورك", "New York, NY"),
        ("أنا بهيوستن", "Houston, TX"),
        ("मैं न्यूयॉर्क में हूं", "New York, NY"),
        ("मुझे मदद चाहिए मैं डेट्रॉइट में हूँ", "Detroit, MI"),
        ("main houston mein hoon", "Houston, TX"),
        ("detroit me hoon madad chahiye", "Detroit, MI"),
    ],
)
def test_a_place_is_found_in_each_of_the_twelve_languages(text: str, expected: str) -> None:
    assert label(text) == expected
    assert find_places(text)[0].label == expected


def test_every_state_and_some_seventy_towns_have_a_name_in_each_other_script() -> None:
    data = listed_names()
    assert set(data["states"]) >= set(STATES) - {"GU", "VI", "AS", "MP"}
    assert len(data["cities"]) >= 60
    for names in [*data["states"].values(), *data["cities"].values()]:
        assert list(names) == ["zh", "ru", "ko", "ar", "hi"]


def test_every_name_in_another_script_is_understood_by_itself_as_its_place() -> None:
    for sized, names in named_places():
        for listed in names.values():
            for name in listed.split(" / "):
                assert place_in(name) == sized.place, name


@pytest.mark.parametrize(
    ("town", "forms"),
    [
        ("Houston, TX", "хьюстон хьюстона хьюстону хьюстоне хьюстоном"),
        ("Philadelphia, PA", "филадельфия филадельфии филадельфию филадельфией"),
        ("Atlanta, GA", "атланта атланты атланте атланту атлантой"),
        ("Chicago, IL", "чикаго"),
    ],
)
def test_a_russian_name_is_known_in_its_cases(town: str, forms: str) -> None:
    assert {label(form) for form in forms.split()} == {town}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("i need shelter but not in detroit he knows everybody there", ["Detroit, MI"]),
        ("busco albergue pero no en houston ahi me conocen", ["Houston, TX"]),
        ("im not in detroit anymore", ["Detroit, MI"]),
        ("i dont want to go back to detroit or flint", ["Detroit, MI", "Flint, MI"]),
        ("not in detroit or in flint", ["Detroit, MI", "Flint, MI"]),
        ("i cant be in Toledo, OH", ["Toledo, OH"]),
        ("anywhere but wayne county michigan", ["Wayne County, MI"]),
        ("anywhere but texas", ["Texas"]),
        ("somewhere far from dallas", ["Dallas, TX"]),
        ("away from 48226", ["Detroit, MI 48226"]),
        ("not in 48226 please", ["Detroit, MI 48226"]),
        ("no quiero estar en houston", ["Houston, TX"]),
        ("cualquier lugar menos miami", ["Miami, FL"]),
        ("lejos de chicago", ["Chicago, IL"]),
        ("pas à Detroit", ["Detroit, MI"]),
        ("loin de Detroit", ["Detroit, MI"]),
        ("não quero ficar em Boston", ["Boston, MA"]),
        ("longe de Boston", ["Boston, MA"]),
        ("pa nan Miami", ["Miami, FL"]),
        ("huwag sa seattle", ["Seattle, WA"]),
        ("không ở houston", ["Houston, TX"]),
        ("不要在纽约", ["New York, NY"]),
        ("我不想回芝加哥", ["Chicago, IL"]),
        ("только не в чикаго", ["Chicago, IL"]),
        ("подальше от майами", ["Miami, FL"]),
        ("뉴욕 말고요", ["New York, NY"]),
        ("ليس في ديترويت", ["Detroit, MI"]),
        ("डेट्रॉइट में नहीं", ["Detroit, MI"]),
        ("detroit mein nahi", ["Detroit, MI"]),
    ],
)
def test_a_place_to_avoid_is_no_place_to_search_in(text: str, places: list[str]) -> None:
    assert avoided(text) == places
    assert place_in(text) is None
    assert find_places(text) == []


@pytest.mark.parametrize(
    ("text", "expected", "away"),
    [
        ("not in detroit, maybe toledo", "Toledo, OH", "Detroit, MI"),
        ("im not in detroit anymore im in toledo", "Toledo, OH", "Detroit, MI"),
        ("i meant tulsa not tucson", "Tulsa, OK", "Tucson, AZ"),
        ("no en houston, mejor en dallas", "Dallas, TX", "Houston, TX"),
        ("디트로이트 말고 시카고", "Chicago, IL", "Detroit, MI"),
        ("i got away from dallas im in tulsa now", "Tulsa, OK", "Dallas, TX"),
    ],
)
def test_beside_a_place_to_avoid_another_one_is_found(text: str, expected: str, away: str) -> None:
    assert label(text) == expected
    assert avoided(text) == [away]


@pytest.mark.parametrize(
    "text",
    [
        "not far from dallas", "no muy lejos de dallas", "no, in dallas", "no, en dallas",
        "i cant find food in dallas", "im not safe in dallas", "no tengo comida en dallas",
        "i have nowhere to stay in dallas", "pas loin de dallas", "недалеко от далласа",
    ],
)  # fmt: skip
def test_a_no_about_something_else_avoids_no_place(text: str) -> None:
    assert avoided(text) == []
    assert label(text) == "Dallas, TX"


@pytest.mark.parametrize(
    "text",
    [
        "my mom is in ohio", "my mom lives in dayton ohio", "greyhound to my sister in spokane",
        "he is in detroit", "kids are in michigan with him", "mi mama vive en houston",
        "ma soeur habite a chicago", "meu pai mora em orlando", "мама в огайо", "我妈妈在芝加哥",
        "엄마가 시카고에 있어요", "امي في شيكاغو", "मेरी माँ शिकागो में है",
        "soy de honduras", "they took me from texas", "i grew up in texas", "naci en texas",
        "i need a ride to dayton ohio", "билет в нью-йорк", "мне нужно в денвер", "我想去芝加哥",
        "从芝加哥来", "시카고에서 왔어요", "시카고로 가고 싶어요", "من ديترويت",
    ],
)  # fmt: skip
def test_where_others_are_and_where_one_comes_from_or_goes_is_no_place(text: str) -> None:
    assert place_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "me and my mom are in detroit", "im with my aunt in detroit",
        "my kids and i are in detroit",
        "mi hermana esta en dallas pero yo estoy en detroit", "我和妈妈在底特律",
    ],
)  # fmt: skip
def test_who_is_there_with_others_is_there(text: str) -> None:
    assert label(text) == "Detroit, MI"


def test_where_one_is_from_can_be_left_out() -> None:
    assert label("im from houston and need food") == "Houston, TX"
    assert place_in("im from houston and need food", coming_from=False) is None
    assert place_in("im in houston and need food", coming_from=False) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("chigaco", "Chicago, IL"), ("detriot", "Detroit, MI"), ("huston", "Houston, TX"),
        ("los angelas", "Los Angeles, CA"), ("new yourk", "New York, NY"),
        ("filadelfia", "Philadelphia, PA"), ("pheonix", "Phoenix, AZ"), ("atlnta", "Atlanta, GA"),
        ("oklahoma cty", "Oklahoma City, OK"), ("st louise", "Saint Louis, MO"),
        ("im in pheonix and need a bed", "Phoenix, AZ"), ("aki en huston", "Houston, TX"),
        ("not in detriot, maybe toledo", "Toledo, OH"), ("sanantonio", "San Antonio, TX"),
    ],
)  # fmt: skip
def test_a_misspelt_big_town_is_found(text: str, expected: str) -> None:
    assert label(text) == expected
    assert find_places(text)[0].label == expected


@pytest.mark.parametrize(
    "text",
    [
        "estoy en el piso",
        "volver a mi casa en colombia",
        "in layton",
        "settle",
        "landing",
        "baston",
    ],
)
def test_what_only_looks_like_a_big_town_is_none(text: str) -> None:
    assert place_in(text) is None


def test_no_word_of_the_training_texts_is_taken_for_a_misspelt_town() -> None:
    index = place_index()
    texts = [line for folder in ("en", "es") for line in not_of_places(TEXTS / folder)]
    assert len(texts) > 6000
    phrases: set[str] = set()
    for text in texts:
        words = [word.plain for word in words_of(text)]
        phrases.update(" ".join(words[n : n + size]) for size in (1, 2) for n in range(len(words)))
    known = {*index.towns, *index.counties, *index.states}
    assert [phrase for phrase in sorted(phrases - known) if slip_of_a_big_town(phrase)] == []


def not_of_places(folder: Path) -> list[str]:
    """The training texts of all intents but `place`."""
    found: list[str] = []
    for file in sorted(folder.glob("*.yml")):
        intent = ""
        for line in file.read_text(encoding="utf-8").splitlines():
            if began := re.match(r"- intent: (\S+)", line):
                intent = began[1]
            elif line.startswith("    - ") and intent != "place":
                found.append(line.removeprefix("    - "))
    return found
