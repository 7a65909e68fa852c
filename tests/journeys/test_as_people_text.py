"""As people text: in pieces, short, mistyped, by number, a long story, a text that crosses ours."""

import time

import pytest

from tests.support.both import Both
from tests.support.system import System, until
from tests.support.twilio_standin import Failure


def test_three_texts_in_a_row_are_one_turn(both: Both) -> None:
    heard = both.say(
        "i got >> no where to >> sleep tonite | no tengo >> donde dormir >> esta noche",
        "ask_safe_heard",
    )
    for texts in heard.texts:
        assert sum("Waymark" in text for text in texts) == 1, "one answer"
    found = both.say("y >> detroit | s >> detroit", "hint_*", but_not="ask_place* ask_kind*")
    assert found.has("tonight near Detroit | esta noche cerca de Detroit")


def test_a_long_story_is_heard_whole(both: Both) -> None:
    """P1: the need and the place are in it, and are not asked again."""
    both.begin(
        "so basically i came here 2 years ago for a cleaning job in houston and they took my"
        " passport and made us sleep 8 in one room, i left monday with my friend but now her"
        " cousin says we cant stay here no more after friday so i need a place to sleep"
        " | mire yo vine con una senora que me dijo que iba a trabajar limpiando en houston pero"
        " me quito el pasaporte y dormiamos en el piso, el lunes me sali con una amiga pero ya no"
        " nos podemos quedar ahi y no tengo donde dormir",
        "hint_*/ask_kind",
        but_not="ask_need* ask_place*",
    )


@pytest.mark.parametrize(
    ("menu", "place", "detail"),
    [
        ("2", "48226", "1"),
        ("two | dos", "detroit mi", "the 1st one | el 1"),
        ("nr 2 pls | el 2 por favor", "in detroit | en detroit", "first | el primero"),
        ("fod | comda", "detriot", "tell me abt 1 | digame del uno"),
    ],
    ids=["numbers", "words", "sentences", "typos"],
)
def test_numbers_words_and_typos_are_answers(
    both: Both, menu: str, place: str, detail: str
) -> None:
    both.say("hi | hola", "ask_safe")
    both.say("ye | sii", "ask_need")
    assert both.say(menu, "ask_place").has("food | comida")
    assert both.say(place, "offer_handoff").has("Blue Kettle Kitchen, 313-555-0108")
    assert both.say(detail, "match_contact").has("1 Blue Kettle Kitchen")
    both.say("noo", "handoff_refused")


def test_two_numbers_are_two_needs(both: Both) -> None:
    both.say("hello | hola", "ask_safe")
    both.say("y | s", "ask_need")
    asked = both.say("2 and 6 | 2 y 6", "ask_place")
    assert asked.has("food and work | comida y trabajo")


def test_a_place_of_which_there_are_many_is_chosen_by_number(both: Both) -> None:
    both.begin("i need a shelter | busco un albergue", "ask_place")
    both.say("springfield", "place_which")
    assert both.say("the 2nd one | el segundo", "look_further").has("Springfield, MA")


def nobody_is_texted(system: System) -> None:
    """Wait until what journeys before this one began has been sent."""
    sends = -1
    while len(system.twilio.requests) > sends:
        sends = len(system.twilio.requests)
        time.sleep(0.6)


@pytest.mark.parametrize(
    ("language", "need", "place", "yes"),
    [("en", "i need food", "im in detroit", "yes"), ("es", "necesito comida", "en detroit", "si")],
)
def test_a_text_that_crosses_ours_is_heard_and_its_question_is_not_asked_again(
    system: System, language: str, need: str, place: str, yes: str
) -> None:
    """Our question was still on its way when they wrote."""
    ana = system.texter()
    nobody_is_texted(system)
    sends = len(system.twilio.requests)
    system.twilio.fail_next(Failure.BUSY)
    ana.text(need)
    until(lambda: len(system.twilio.requests) > sends, "our answer is tried, and has to wait")
    ana.text(place)
    ana.hears("ask_safe_heard")
    found = ana.says(yes, "hint_details", "hint_more")
    assert "Detroit" in found
    assert not found.says("ask_place*", language)
    said = ana.received()
    assert len(said) == len(set(said)), "nothing is said twice"
