"""What is told in a few words: which kind, who comes along, which match; and what is not."""

import pytest

from bot.actions.answers import read_short
from bot.actions.context import Context
from bot.actions.details import asks_whether, read_details, tells_only_details
from bot.actions.dropping import dropped_things
from bot.actions.hearing import hear
from bot.actions.kind_answers import answered_kinds
from directory.vocabulary import Need
from tests.bot.trackers import tracker

TONIGHT, MONTHS, OWN = (f"housing.{kind}" for kind in ("emergency", "transitional", "permanent"))


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (
            TONIGHT,
            "for tonight | para hoy | ce soir | pra hoje | aswe a | 今晚 | cho tối nay | "
            "ngayong gabi |"
            " на сегодня | 오늘 밤이요 |"
            " الليلة | आज रात | aaj raat ke liye | i need it by 8pm tonight",
        ),
        (
            MONTHS,
            "a few months | unos meses | quelques mois | uns meses | kek mwa | 几个月 | vài tháng |"
            " ilang buwan | на несколько месяцев | 몇 달 | كم شهر | कुछ महीने | kuch mahine",
        ),
        (
            OWN,
            "rent | para rentar | louer | aluguel | lwaye | 租房 | thuê nhà |"
            " upa | снять квартиру |"
            " 월세 | إيجار | किराए का | kiraye ka",
        ),
    ],
)
def test_the_kind_of_housing_is_answered_in_words(kind: str, texts: str) -> None:
    for text in texts.split(" | "):
        assert answered_kinds(Need.HOUSING, text) == {kind}, text


@pytest.mark.parametrize("text", ["i dont know", "not today", "whatever", "no se", "both are fine"])
def test_other_words_name_no_kind_of_housing(text: str) -> None:
    assert answered_kinds(Need.HOUSING, text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "necesito un lugar para mi y mi bebe de 2 años hoy",
        "i need a room today",
        "preciso de um lugar hoje",
        "j'ai besoin d'une chambre maintenant",
        "нужна комната на ночь",
        "오늘 방이 필요해요 지금",
    ],
)
def test_a_bed_for_today_is_one_for_tonight(text: str) -> None:
    assert TONIGHT in read_details(text).kinds


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("cama para esta noche, yo y mi bb de 2", True),
        ("una cama con mis 2 chamacos", True),
        ("me + my 2yr old", True),
        ("w my 3 kids", True),
        ("em có 2 con nhỏ", True),
        ("у меня двое детей", True),
        ("kids w my ex", False),
        ("my kids are w my ex", False),
        ("mis hijos estan con su papa", False),
        ("mes enfants sont avec mon ex", False),
        ("дети с бывшим", False),
        ("about my kids", None),
        ("i want to see my kids", None),
        ("quiero ver a mis hijos", None),
        ("her babys father hit me", None),
    ],
)
def test_children_come_along_where_it_is_said_that_they_do(
    text: str, children: bool | None
) -> None:
    assert read_details(text).children is children


@pytest.mark.parametrize("text", ["si tengo un bebe", "y traigo a mis hijos", "con mis hijos"])
def test_who_only_says_who_comes_along_asks_for_nothing_new(context: Context, text: str) -> None:
    made = tracker(text, intent="need", needs=("medical_care",))
    made.slots["needs"] = ["housing"]
    assert tells_only_details(text)
    assert hear(made, context).needs == ()


@pytest.mark.parametrize("text", ["food for my kids", "i have kids and need a lawyer", "cama"])
def test_a_wish_beside_the_children_is_heard(text: str) -> None:
    assert not tells_only_details(text)


@pytest.mark.parametrize(
    ("number", "texts"),
    [
        (
            1,
            "第一个 | 告诉我第一个 | 1번 자세히요 | 첫 번째요 | yung una po | pehla wala | "
            "पहले वाले के बारे में बताओ |"
            " le premier | o primeiro | premye a | cái đầu tiên | первый | الأول | el primero",
        ),
        (
            2,
            "第二家 | 2번이요 | yung pangalawa po | dusra wala | parlez moi du deuxieme | "
            "nimewo 2 |"
            " cái thứ hai | расскажите про второй | رقم 2 | la segunda | #2",
        ),
    ],
)
def test_a_match_is_chosen_by_its_place_in_the_list(number: int, texts: str) -> None:
    for text in texts.split(" | "):
        assert read_short(text).numbers == (number,), text


@pytest.mark.parametrize(
    "text",
    ["第一次来", "我有两个孩子", "我一个人", "이번에", "911번", "3살", "2 kids and me", "m gen 2"],
)
def test_other_numbers_choose_nothing(text: str) -> None:
    assert read_short(text).numbers == ()


@pytest.mark.parametrize(
    "text",
    [
        "olvidese del trabajo",
        "forget the job",
        "oubliez le travail",
        "esquece o emprego",
        "bliye travay la",
        "工作算了",
        "bỏ qua việc làm",
        "kalimutan na yung trabaho",
        "забудьте про работу",
        "일자리는 됐어요",
        "انسى الشغل",
        "नौकरी रहने दो",
    ],
)
def test_a_need_is_taken_back_by_its_thing(text: str) -> None:
    assert dropped_things(text) == {Need.JOB_PREPARATION}


@pytest.mark.parametrize("text", ["dont forget the job", "i forgot my id", "they cancel my job"])
def test_what_is_not_taken_back_stays(text: str) -> None:
    assert dropped_things(text) == set()


@pytest.mark.parametrize(
    "text",
    ["we dont have papers is that a problem", "do they need id", "no tenemos papeles es problema"],
)
def test_a_question_about_the_list_is_no_other_wish(context: Context, text: str) -> None:
    made = tracker(text, intent="need", needs=("identification_documents",), matched=True)
    assert asks_whether(text)
    assert hear(made, context).needs == ()


def test_a_mere_guess_adds_no_need_to_those_that_were_told(context: Context) -> None:
    made = tracker("flint", intent="need", needs=("medical_care",))
    made.latest_message["labels"] = {"medical_care": 0.15}
    assert hear(made, context).needs == ("medical_care",)
    made.slots["needs"] = ["food"]
    assert hear(made, context).needs == ()
