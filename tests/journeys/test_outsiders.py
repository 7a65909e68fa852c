"""Somebody else on the line: a wrong number, a joker, who looks for somebody, press, a friend."""

import pytest

from tests.support.both import Both

# What would tell them where they have landed.
TELLING = ("shelter | albergue", "place to stay | donde quedarse", "food | comida", "trafficking")


@pytest.mark.parametrize(
    ("words", "more"),
    [
        (
            "im her husband i have a right to know where she is"
            " | soy su esposo y tengo derecho a saber donde esta",
            "tell me where she is | digame donde esta ella",
        ),
        (
            "my daughter ran away is she texting this number"
            " | mi hija se fue de la casa le ha escrito a este numero",
            "she is 15 please tell me if shes ok | tiene 15 digame si esta bien",
        ),
        (
            "this is detective moore detroit police i need the records of a conversation"
            " | soy el detective moore de la policia necesito los registros de una conversacion",
            "do you have an address for her | tienen una direccion de ella",
        ),
    ],
    ids=["a husband", "a parent", "a police officer"],
)
def test_who_asks_about_somebody_reads_the_same_words_and_learns_nothing(
    both: Both, words: str, more: str
) -> None:
    """C1, C10, S13: neither yes nor no."""
    first = both.say(words, "welcome", "asks_about_someone", but_not="ask_need* ask_place*")
    second = both.say(more, "ask_safe_again", but_not="ask_need* ask_place*")
    for heard in (first, second):
        for telling in TELLING:
            assert heard.lacks(telling)


def test_in_the_middle_of_a_talk_a_stranger_learns_nothing_of_it(both: Both) -> None:
    """S13: who took the phone asks; what was told before is not said."""
    both.begin("i need a shelter | busco un albergue", "ask_place")
    told = both.say(
        "is she texting you | ella le escribe a usted", "asks_about_someone", "ask_safe_again"
    )
    for telling in TELLING:
        assert told.lacks(telling)
    both.say("yes | si", "ask_place*")


def test_a_journalist_is_told_whom_to_ask(both: Both) -> None:
    """C1."""
    both.say(
        "im a reporter can i interview a survivor"
        " | soy reportera puedo entrevistar a una sobreviviente",
        "press",
        but_not="ask_need* ask_place* offer_*",
    )
    both.say("hi | hola", "ask_safe_again")


def test_a_wrong_number_hears_a_goodbye_that_tells_nothing(both: Both) -> None:
    """S13, B1: and nothing more comes until they write."""
    goodbye = both.say(
        "sorry wrong number | numero equivocado", "wrong_number_first", but_not="welcome ask_*"
    )
    for telling in TELLING:
        assert goodbye.lacks(telling)
    both.hear_nothing()
    both.say("i need food | necesito comida", "welcome", "ask_safe_heard")


def test_wrong_number_said_in_the_middle_hides_what_was_told(both: Both) -> None:
    both.begin("i need food | necesito comida", "ask_place")
    both.say("oh wrong number sorry | ay numero equivocado", "wrong_number", but_not="ask_place*")
    back = both.say("hello | hola", "reentry", but_not="ask_place*")
    assert back.lacks("food | comida")
    both.say("yes | si", "go_on", but_not="ask_place*")


def test_insults_are_answered_calmly_and_help_stays_there(both: Both) -> None:
    """B2, B7: never in kind, never a goodbye; the second time shorter."""
    both.say("hi | hola", "ask_safe")
    both.say("yes | si", "ask_need")
    both.say("fuck you stupid bot | vete a la mierda robot estupido", "abuse", "ask_need_again")
    both.say("you are useless stupid | no sirves para nada estupido", "abuse_again", "ask_need*")
    both.say("food | comida", "ask_place")


def test_small_talk_gets_one_line_and_the_question_stays(both: Both) -> None:
    """B2: no feelings."""
    both.say("hi | hola", "ask_safe")
    both.say("yes | si", "ask_need")
    both.say("tell me a joke | cuenteme un chiste", "small_talk", "ask_need_again")
    both.say("are you there | esta ahi", "small_talk_again", "ask_need*")
    both.say("food | comida", "ask_place")


def test_a_friend_may_ask_and_needs_no_names(both: Both) -> None:
    """P6: what is needed is looked for as if it were for themselves."""
    both.begin(
        "its for my friend she needs a place tonight"
        " | es para mi amiga ella necesita un lugar esta noche",
        "for_someone_else",
        "ask_place",
        but_not="ask_need* asks_about_someone",
    )
    assert both.say("chicago", "hint_*").has("Blue Staircase")
