"""What is said about danger once it is answered, and danger with words of its own (S1, S2)."""

from itertools import pairwise

import pytest

from conversation import handoffs
from conversation.core_words import CALL_FOR_US, MEDICAL, OTHER, Alarm, Danger, after_in, alarm_in
from tests.conversation.conftest import Core


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i cant breathe and my chest hurts", "en"),
        ("my water broke and im alone", "en"),
        ("no puedo respirar y me duele el pecho", "es"),
        ("mi bebé no despierta", "es"),
        ("não consigo respirar", "pt"),
        ("je n'arrive plus à respirer", "fr"),
        ("mwen pa ka respire", "ht"),
        ("她叫不醒", "zh"),
        ("tôi không thở được", "vi"),
        ("hindi ako makahinga", "tl"),
        ("не могу дышать", "ru"),
        ("숨을 못 쉬겠어요", "ko"),
        ("ما بقدر اتنفس", "ar"),
        ("सांस नहीं आ रही", "hi"),
        ("shes blue", "en"),
        ("está azul", "es"),
        ("elle est toute bleue", "fr"),
        ("ela tá azul", "pt"),
        ("她嘴唇发紫", "zh"),
        ("она посинела", "ru"),
        ("입술이 파래요", "ko"),
    ],
)
def test_a_life_that_hangs_on_minutes_is_known_in_every_language(text: str, language: str) -> None:
    assert alarm_in(text) == Alarm(Danger.DANGER, language, MEDICAL)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("my cousin is being held at a massage place", "en"),
        ("they have my sister locked up", "en"),
        ("la tienen encerrada en una casa", "es"),
        ("mi hermana esta en manos de un señor k la vende", "es"),
        ("no deja salir a mi hermana, le quito el pasaporte", "es"),
        ("no la deja salir, le quitó los papeles a mi amiga", "es"),
        ("they dont let my friend out of the house", "en"),
        ("my sister isnt allowed to leave", "en"),
        ("il ne laisse pas sortir ma soeur", "fr"),
        ("hindi niya pinapalabas ang kapatid ko", "tl"),
        ("он не выпускает мою сестру", "ru"),
        ("ما بيخلي اختي تطلع", "ar"),
        ("minha irmã tá trancada na casa dele", "pt"),
        ("ma soeur est séquestrée", "fr"),
        ("yo kidnape sè m", "ht"),
        ("他们把我妹妹关在房子里", "zh"),
        ("chị tôi bị nhốt trong nhà", "vi"),
        ("nakakulong yung kapatid ko sa bahay", "tl"),
        ("мою сестру держат в доме", "ru"),
        ("언니가 감금당했어요", "ko"),
        ("اختي محبوسة عنده", "ar"),
        ("मेरी बहन को बंद कर रखा है", "hi"),
    ],
)
def test_captivity_of_somebody_else_is_known_in_every_language(text: str, language: str) -> None:
    found = alarm_in(text)
    assert found is not None
    assert (found.kind, found.language) == (Danger.DANGER, language)
    if language != "ko":
        assert found.about == OTHER


@pytest.mark.parametrize(
    "text",
    [
        "i get chest pain sometimes, where can i see a doctor",
        "a veces me duele el pecho",
        "my wife is locked up by ice",
        "he is locked up now so im safe",
        "mi hermana esta en la escuela",
        "i lost a lot of weight",
        "i took 2 advil",
        "tome 20 clases de ingles",
        "the baby wont stop crying",
        "not suicidal, i just need a therapist",
        "im burning myself out at work",
        "im cutting myself off from them",
        "me estoy cortando el pelo",
        "im feeling blue",
        "she has blue eyes",
        "no me quiero matar ni nada",
        "je ne suis pas suicidaire",
        "我没有想自杀",
        "when i was 14 my uncle sold me to his friends. im 31 now",
        "nakakulong sa immigration ang kapatid ko",
        "bị bán qua biên giới năm 12",
    ],
)
def test_aches_that_last_jail_denial_and_childhood_are_no_alarm(text: str) -> None:
    assert alarm_in(text) is None


@pytest.mark.parametrize(
    "text",
    ["i dont want to die", "not suicidal but he has a gun", "no me quiero matar, él me va a matar"],
)
def test_a_denial_hides_no_fear_and_nothing_beside_it(text: str) -> None:
    assert alarm_in(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "i took all of them",
        "the whole bottle like 20 min ago",
        "ya me las tome",
        "já tomei tudo",
        "je les ai prises",
        "mwen deja pran yo",
        "我吃了",
        "em uống rồi",
        "nainom ko na",
        "я уже все выпила",
        "이미 먹었어요",
        "بلعتهم",
        "सब खा लिया",
    ],
)
def test_what_was_taken_is_harm_done_after_thoughts_of_it_and_only_then(
    core: Core, text: str
) -> None:
    assert core.say(text)[0] not in ("harm_done_answer", "self_harm_answer")
    assert core.say("i want to die")[0] == "self_harm_answer"
    assert core.say(text)[0] == "harm_done_answer"
    assert core.engine.asked[-1][0]["facts"]["crisis_answered"] == "emergency"
    core.clock.forward(3 * 3600)
    assert core.say(text)[0] != "harm_done_again"


@pytest.mark.parametrize(
    "text",
    [
        "i called 911 they r coming",
        "ya llamé al 911",
        "já liguei pra polícia",
        "j'ai appelé la police",
        "mwen deja rele 911",
        "我打了911",
        "em gọi 911 rồi",
        "tumawag na ako sa 911",
        "я вызвала полицию",
        "경찰에 신고했어요",
        "اتصلت بالشرطة",
        "मैंने पुलिस को फोन किया",
    ],
)
def test_who_has_called_is_not_told_to_call(core: Core, text: str) -> None:
    assert core.say("he is kicking the door in")[0] == "danger_answer"
    assert core.say(text)[0] == "help_coming"
    assert core.say(text)[0] == "help_coming_again"


def test_who_calls_before_we_are_told_is_put_first_in_line_too(core: Core) -> None:
    assert core.say("ya llamé al 911 y vienen")[:2] == ["help_coming", "advocate_alerted"]
    with core.database.sessions() as session:
        assert [waiting.urgent for waiting in handoffs.queue(session)] == [True]


@pytest.mark.parametrize(
    "text", ["no puedo llamar, me oye", "i cant call hell hear me", "不能打电话"]
)
def test_who_cannot_call_is_told_of_texts(core: Core, text: str) -> None:
    core.say("he has a gun")
    assert core.say(text)[0] == "cannot_call"


@pytest.mark.parametrize(
    "text", ["i dont speak english, how do i call", "我不会说英语，怎么打电话"]
)
def test_who_speaks_no_english_is_told_how_911_understands_them(core: Core, text: str) -> None:
    core.say("he has a gun")
    assert core.say(text)[0] == "emergency_language"


def test_asked_to_call_for_them_it_says_that_it_cannot(core: Core) -> None:
    assert alarm_in("can u call 911 for me") == Alarm(Danger.DANGER, "en", CALL_FOR_US)
    assert core.say("can u call 911 for me")[:2] == ["cannot_call_for_you", "advocate_alerted"]


@pytest.mark.parametrize(
    "text",
    [
        "is she gonna die", "se va a morir?", "ela vai morrer?", "elle va mourir", "l ap mouri",
        "她会死吗", "co ay co chet khong", "mamamatay ba siya", "она умрет?", "죽는 거예요?",
        "رح تموت", "वो मर जाएगी क्या",
    ],
)  # fmt: skip
def test_who_asks_if_somebody_dies_is_told_who_can_help_until_they_come(
    core: Core, text: str
) -> None:
    assert alarm_in(text) is None
    core.say("my friend overdosed")
    assert core.say(text)[0] == "medical_again"


@pytest.mark.parametrize(
    "text",
    [
        "im getting sleepy", "i feel really weak", "i threw up", "me esta dando sueño",
        "estou com sono", "j'ai sommeil", "我好困", "buon ngu qua", "inaantok ako", "меня тошнит",
        "졸려요", "نعسانة", "नींद आ रही है",
    ],
)  # fmt: skip
def test_how_harm_done_goes_on_is_answered_with_who_to_call(core: Core, text: str) -> None:
    assert alarm_in(text) is None
    core.say("i took all my pills")
    assert core.say(text)[0] == "harm_done_again"


def test_being_sleepy_is_no_harm_where_none_was_done(core: Core) -> None:
    core.say("i want to die")
    assert "harm_done_answer" not in core.say("im so sleepy")
    core.say("my friend is not breathing")
    assert core.say("she is so cold")[0] == "medical_again"


@pytest.mark.parametrize(
    "text",
    [
        "my friend says she wants to die",
        "my brother is gonna kill himself",
        "mi amiga dice que se quiere morir",
    ],
)
def test_who_writes_for_a_friend_who_wants_to_die_has_words_that_fit(core: Core, text: str) -> None:
    assert core.say(text)[:2] == ["self_harm_other_answer", "advocate_alerted"]


@pytest.mark.parametrize(
    "text",
    [
        "my friend left me and i want to die",
        "my friend wants to die and i want to die too",
        "he says he will kill himself if i leave",
    ],
)
def test_who_wants_to_die_is_no_friend_of_somebody(core: Core, text: str) -> None:
    assert core.say(text)[0] == "self_harm_answer"


def test_no_words_about_danger_come_twice_in_a_row(core: Core) -> None:
    said = [core.say("he has a gun")[0] for _ in range(5)]
    assert said[0] == "danger_answer"
    assert all(one != another for one, another in pairwise(said))


def test_before_an_alarm_these_words_are_none(core: Core) -> None:
    assert after_in("i took them to school")
    core.say("i took them to school")
    core.say("i called them")
    core.say("i dont speak english")
    with core.database.sessions() as session:
        assert handoffs.queue(session) == []


@pytest.mark.parametrize(
    "text",
    [
        "they are coming to get me",
        "i told them hes gonna kill me",
        "ya hablé con él y me va a matar",
    ],
)
def test_those_who_come_for_them_are_no_help(core: Core, text: str) -> None:
    core.say("he has a gun")
    assert core.say(text)[0] == "danger_again"
