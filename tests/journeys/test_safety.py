"""Unsafe to text, a watched phone, danger, self-harm, a child; and what only sounds like danger."""

import pytest

from tests.support.both import Both

# What a stranger who reads along must not find.
SERVICE_WORDS = (
    "shelter | albergue",
    "a place to stay | donde quedarse",
    "advocate | defensor",
    "clothes | ropa",
    "Lilies",
    "Kettle",
    "House",
)


def test_who_says_that_it_is_not_safe_hears_one_neutral_line_and_then_nothing(both: Both) -> None:
    """S6, S7, S13: coming back, nothing is named before they say that it is safe."""
    both.say("i need a shelter | busco un albergue", "ask_safe_heard")
    paused = both.say("no", "paused", but_not="ask_*")
    assert [len(texts) for texts in paused.texts] == [1, 1]
    both.hear_nothing()
    back = both.say("ok he left | ya se fue", "reentry", but_not="ask_place* welcome")
    assert back.lacks("shelter | albergue")
    onward = both.say("yes | si", "go_on", but_not="ask_safe*")
    assert onward.lacks("shelter | albergue"), "also now it is not said by itself (S13)"
    assert both.say("detroit", "hint_*", but_not="ask_need*").has("Three Lilies House")


@pytest.mark.parametrize("shown", [False, True], ids=["at the place", "at the offer"])
def test_whatever_is_asked_someone_comes_and_it_is_quiet(both: Both, shown: bool) -> None:
    """S7."""
    both.begin("i need food | necesito comida", "ask_place")
    if shown:
        both.say("detroit", "offer_handoff")
    paused = both.say("gtg hes home now | ya llego luego le escribo", "paused")
    assert paused.lacks("food | comida")
    back = both.say("hi | hola", "reentry", but_not="ask_place* offer_*")
    assert back.lacks("food | comida")


def test_on_a_watched_phone_no_text_names_what_it_is_about(both: Both) -> None:
    """S8, P7: asked for in their own words, kept until they end it."""
    both.begin("i need a shelter in detroit | busco un albergue en detroit", "offer_handoff")
    heard = [
        both.say(
            "he checks my phone so dont write shelter"
            " | me revisa el celular asi que no ponga albergue",
            "discreet_on",
            but_not="hint_*",
        ),
        both.say("no", "handoff_refused"),
        both.say("i need clothes | necesito ropa", "hint_*"),
        both.say("tell me about 1 | cuenteme del 1", "match_contact", "match_unnamed"),
        both.say("more | mas"),
        both.say("HUMAN | PERSONA", "offer_handoff_discreet/offer_again"),
        both.say("no", "handoff_refused"),
        both.say("HELP | AYUDA", "help_answer_discreet"),
    ]
    for one in heard:
        for words in SERVICE_WORDS:
            assert one.lacks(words), (words, one.texts)
    both.hear_nothing()
    both.say("NORMAL", "discreet_off")
    assert both.say("1", "match_contact").has("Brown Paper Parcels")


@pytest.mark.parametrize("before", ["first", "place", "offer", "pause", "line"])
def test_danger_is_answered_from_any_state_and_an_advocate_is_alerted(
    both: Both, before: str
) -> None:
    """S1, B4: 911, and the truth about texting it; the danger is first in line."""
    advocate = both.system.log_in("advocate")
    advocate.empties_the_line()
    first = both.system.texter()
    first.says("HUMAN", "offer_handoff")
    first.says("yes", "ask_check_ins")
    if before == "pause":
        both.say("hi | hola", "ask_safe")
        both.say("no", "paused")
    elif before != "first":
        both.begin("i need food | necesito comida", "ask_place")
    if before in ("offer", "line"):
        both.say("detroit", "offer_handoff")
    if before == "line":
        both.say("yes | si", "handoff_opened/handoff_asked_for", "ask_check_ins")
    words = "he is going to kill me | me va a matar"
    answer = both.say(
        words, "danger_answer", "advocate_alerted/in_line_already", but_not="ask_place* ask_safe*"
    )
    assert answer.has("it does not work everywhere | no funciona en todas partes")
    assert len(advocate.waiting()) == 3
    read = [advocate.reads(advocate.take_first()) for _ in range(2)]
    assert (
        sorted(part in text for text in read for part in words.split(" | "))
        == [False] * 2 + [True] * 2
    ), "who is in danger is taken before who waits longer"


def test_after_danger_nothing_is_asked_and_then_the_talk_goes_on(both: Both) -> None:
    """S1: gentle lines, no question; what is named is looked for."""
    both.begin("i need a place to go | necesito a donde irme", "ask_place")
    both.say(
        "he found me hes outside | ya me encontro y esta afuera",
        "danger_answer",
        "advocate_alerted*",
    )
    both.say("ok", "after_danger", but_not="ask_*")
    both.say("he is breaking the door | esta rompiendo la puerta", "danger_again")
    found = both.say(
        "is there a shelter in detroit | hay un albergue en detroit", "hint_*", but_not="ask_safe*"
    )
    assert found.has("Three Lilies House")


def test_thoughts_of_suicide_are_answered_and_the_talk_goes_on(both: Both) -> None:
    """S2: 988; in Spanish how to reach it in Spanish. Never an argument, never a question."""
    both.begin("i need counseling in chicago | quiero terapia en chicago", "offer_handoff")
    answer = both.say(
        "i dont want to live anymore | ya no quiero vivir", "self_harm_answer", "advocate_alerted*"
    )
    assert answer.has("988")
    assert answer.has("call or text 988 | marque 2")
    both.say("sorry | perdon", "after_crisis", but_not="offer_* ask_*")
    both.say("thank you | gracias", "after_crisis_second")
    both.say("a lawyer | un abogado", "ask_kind", but_not="ask_safe* ask_place*")


def test_who_is_under_18_is_told_what_that_changes_before_anything_is_asked(both: Both) -> None:
    """S4: said once; the age is never asked for."""
    told = both.begin(
        "im 15 and i need somewhere to sleep | tengo 15 y no tengo donde dormir",
        "minor_answer",
        "ask_place",
    )
    assert told.has("1-800-843-5678")
    for texts in told.texts:
        assert [("800-843" in text) for text in texts] == [True, False], "before the question"
    both.say("im 15 | tengo 15", "ask_place_again", but_not="minor_answer")


def test_what_only_sounds_like_danger_is_no_alarm(both: Both) -> None:
    """B4."""
    advocate = both.system.log_in("advocate")
    advocate.empties_the_line()
    asked = both.begin(
        "i killed it at my interview but no job, im dying of boredom. need work"
        " | me muero de hambre y de cansancio jaja, necesito trabajo",
        "ask_place",
        but_not="danger_* self_harm_* advocate_alerted*",
    )
    assert asked.has("work | trabajo")
    both.say("houston", "hint_*")
    both.say("haha that name kills me | me mata la risa ese nombre", but_not="danger_* self_harm_*")
    assert advocate.waiting() == []
