"""What the core takes for danger or self-harm by its phrases, and what not (S1, S2, B4)."""

import re
import tomllib

import pytest

from conversation.core_words import HERE, OTHERS_SELF_HARM, Alarm, Danger, alarm_in
from language import LANGUAGES

DATA = tomllib.loads((HERE / "danger.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("si me deportan me mato", "es"),
        ("antes de volver con él me mato", "es"),
        ("prefiero morir que regresar", "es"),
        ("ya no tengo ganas de vivir", "es"),
        ("if they send me back i end it", "en"),
        ("id rather be dead than go back there", "en"),
        ("im tired of being alive", "en"),
        ("se me mandarem embora eu me mato", "pt"),
        ("vou me matar", "pt"),
        ("S'ils me renvoient, je me tue", "fr"),
        ("je n'ai plus envie de vivre", "fr"),
        ("si yo voye m tounen m ap touye tèt mwen", "ht"),
        ("m pito mouri", "ht"),
        ("要是遣返我，我就去死", "zh"),
        ("不如死了算了", "zh"),
        ("nếu bị trả về tôi sẽ chết", "vi"),
        ("tha chet con hon", "vi"),
        ("pag pinauwi ako papatayin ko ang sarili ko", "tl"),
        ("mas gusto ko pang mamatay", "tl"),
        ("если вернут обратно, я повешусь", "ru"),
        ("лучше умереть", "ru"),
        ("추방되면 차라리 죽을래요", "ko"),
        ("살 이유가 없어요", "ko"),
        ("إذا رجعوني بقتل حالي", "ar"),
        ("الموت أرحم", "ar"),
        ("अगर वापस भेजा तो मर जाऊंगी", "hi"),
        ("khud ko khatam kar lungi", "hi"),
    ],
)
def test_conditional_despair_is_self_harm_in_every_language(text: str, language: str) -> None:
    assert alarm_in(text) == Alarm(Danger.SELF_HARM, language)


def test_a_friends_despair_is_self_harm_with_words_for_a_friend() -> None:
    told = Alarm(Danger.SELF_HARM, "en", OTHERS_SELF_HARM)
    assert alarm_in("my friend wants to kill herself") == told


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("he is going to kill us", "en"),
        ("hes downstairs with a gun", "en"),
        ("somebody is at my window", "en"),
        ("si me encuentra me mata", "es"),
        ("nos tiene amarrados, llamen una ambulancia", "es"),
        ("ele trancou a gente, socorro por favor", "pt"),
        ("il m'a enfermée", "fr"),
        ("yo kidnape m", "ht"),
        ("他拿着菜刀在门口", "zh"),
        ("nó đang bóp cổ em", "vi"),
        ("sinasakal niya ako", "tl"),
        ("он душит меня", "ru"),
        ("칼 들고 문을 부수고 있어요", "ko"),
        ("هو ماسك سكين", "ar"),
        ("उसके हाथ में चाकू है", "hi"),
        ("wo chaku lekar aa raha hai", "hi"),
        ("he locks me in at night", "en"),
        ("they lock us in every night", "en"),
        ("mi patron me encierra en la noche", "es"),
        ("nos encierran con llave", "es"),
        ("o patrao me tranca no quarto", "pt"),
        ("mon patron m'enferme la nuit", "fr"),
        ("yo fèmen nou a kle", "ht"),
        ("老板每天晚上把我们锁起来", "zh"),
        ("họ nhốt chúng em ban đêm", "vi"),
        ("kinukulong kami ng amo ko", "tl"),
        ("нас на ночь запирают", "ru"),
        ("사장이 밤에 우리를 가둬요", "ko"),
        ("صاحب الشغل بيحبسني بالليل", "ar"),
        ("मालिक रात को हमें कमरे में बंद करता है", "hi"),
    ],
)
def test_danger_is_known_in_every_language(text: str, language: str) -> None:
    assert alarm_in(text) == Alarm(Danger.DANGER, language)


@pytest.mark.parametrize(
    "text",
    [
        "me mato de la risa",
        "me mato trabajando",
        "el examen me mató",
        "me muero de hambre",
        "me quiero morir de vergüenza",
        "killing it at work",
        "this heat is killing me",
        "i cut myself shaving",
        "he keeps following me on instagram",
        "please dont call 911",
        "will you call 911",
        "i want to end it with my boyfriend",
        "no llamen a la policía por favor",
        "cortarme el pelo",
        "je me tue au travail",
        "cette dent va me tuer",
        "n'appelez pas la police",
        "quero morrer de rir",
        "grangou ap touye m",
        "èske n ap rele lapolis",
        "想死你了",
        "不要报警",
        "跳楼价",
        "từ từ em kể cho nghe",
        "mệt muốn chết",
        "papatayin ako sa gutom",
        "не хочу жить прошлым",
        "남을 위해서 문자해도 돼요",
        "الجوع يقتلني",
        "भूख से मर जाऊंगी",
        "naya chaku kharidna hai",
        "last year he locked me in",
        "de niña me encerraron",
        "do they lock us in at night",
        "if i call the police and they lock me up",
        "si llamo a la policia me encierran",
        "me encierro en mi cuarto",
        "je m'enferme dans ma chambre",
        "eu me tranco no quarto",
        "my keys are locked in my car",
    ],
)
def test_turns_of_speech_and_the_past_stay_calm(text: str) -> None:
    assert alarm_in(text) is None


@pytest.mark.parametrize(
    "text",
    ["me mato de risa pero me quiere matar", "this heat is killing me and he has a gun"],
)
def test_a_turn_of_speech_hides_nothing_beside_it(text: str) -> None:
    assert alarm_in(text) is not None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("i took a bunch of pills", "en"),
        ("i swallowed everything", "en"),
        ("i cut myself its bleeding a lot", "en"),
        ("my sister took a whole bottle of pills", "en"),
        ("i just overdosed", "en"),
        ("me tomé todas las pastillas", "es"),
        ("me corte", "es"),
        ("me corté los brazos y estoy sangrando mucho", "es"),
        ("tomei um monte de remédio", "pt"),
        ("j'ai avalé plein de cachets", "fr"),
        ("mwen fin vale tout grenn yo", "ht"),
        ("我吞了一整瓶安眠药", "zh"),
        ("em vừa uống hết thuốc", "vi"),
        ("ininom ko lahat ng gamot", "tl"),
        ("я выпила все таблетки", "ru"),
        ("수면제를 다 먹었어요", "ko"),
        ("بلعت كل الحبوب", "ar"),
        ("मैंने सारी गोलियां खा ली", "hi"),
    ],
)
def test_harm_that_is_done_is_known_in_every_language(text: str, language: str) -> None:
    assert alarm_in(text) == Alarm(Danger.SELF_HARM, language, about="harm_done")


@pytest.mark.parametrize(
    "text",
    [
        "i took my pills this morning",
        "i took everything and left him",
        "i cut my hair",
        "i cut my arm at work",
        "me corté el pelo",
        "me corte el dedo cocinando",
        "me corté la mano en la empacadora",
        "me tomé la pastilla",
        "me suis coupée les cheveux",
        "last year i took a bunch of pills",
        "he swallowed his pride",
    ],
)
def test_medicine_a_haircut_and_the_past_are_no_harm(text: str) -> None:
    assert alarm_in(text) is None


def test_somebody_at_the_door_is_danger_also_beside_harm_that_is_done() -> None:
    assert alarm_in("i took all my pills and he has a gun") == Alarm(
        Danger.DANGER, "en", about="harm_done"
    )


def test_wanting_to_take_pills_is_not_having_taken_them() -> None:
    assert alarm_in("i want to take all my pills") == Alarm(Danger.SELF_HARM, "en")


@pytest.mark.parametrize("kind", [*Danger, "harm_done", "medical", "danger_other"])
def test_every_phrase_of_every_language_raises_its_alarm(kind: str) -> None:
    assert set(DATA[kind]) == set(LANGUAGES)
    phrases = [phrase for phrases in DATA[kind].values() for phrase in phrases]
    # The first of each choice, one word in a gap, and nothing for the rest of a word.
    chosen = [re.sub(r"\{([^{}|]*)[^{}]*\}|\*", r"\1", phrase) for phrase in phrases]
    plain = [phrase.replace(" ... ", " 123 ").replace("#", "20") for phrase in chosen]
    found = {text: alarm_in(text) for text in plain}
    assert [text for text, alarm in found.items() if alarm is None] == []
    if kind == "harm_done":
        assert [
            text for text, alarm in found.items() if not (alarm and alarm.about == "harm_done")
        ] == []
