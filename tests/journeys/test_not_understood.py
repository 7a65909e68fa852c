"""Not understood: other words each time, then a menu, then a person; never blame."""

from tests.support.both import Both


def test_the_steps_are_examples_then_the_menu_then_a_person(both: Both) -> None:
    """B5: a person after two; never the same words twice in a row."""
    both.say("hello | hola", "ask_safe")
    both.say("yes | si", "ask_need")
    examples = both.say("asdf qwer", "need_examples")
    assert examples.has("HUMAN | PERSONA")
    menu = both.say("zzzz hjkl", "need_menu_or_person")
    assert menu.has("my limit, not yours | El limite es mio, no suyo")
    both.say("blrgh", "offer_handoff", but_not="need_examples need_menu_or_person")
    both.say("no", "handoff_refused", "ask_need*")
    both.say("food | comida", "ask_place")


def test_a_number_of_the_menu_leads_out_of_it(both: Both) -> None:
    both.say("hello | hola", "ask_safe")
    both.say("yes | si", "ask_need")
    both.say("asdf qwer", "need_examples")
    both.say("zzzz hjkl", "need_menu_or_person")
    assert both.say("6", "ask_place").has("work | trabajo")


def test_who_does_not_know_gets_time_and_other_words(both: Both) -> None:
    """P1."""
    both.say("hello | hola", "ask_safe")
    both.say("yes | si", "ask_need")
    both.say("idk | no se", "need_unsure", but_not="need_examples")
    both.say("idk | no se", "need_menu_or_person", but_not="need_unsure")


def test_a_place_that_nobody_knows_is_asked_for_once_more_and_then_left_out(both: Both) -> None:
    """B5, B6: what helps people anywhere is listed."""
    both.begin("i need food | necesito comida", "ask_place")
    both.say("qwxzzt vbn", "place_unknown")
    found = both.say(
        "by the old mill off route 9 | por el molino viejo de la ruta 9",
        "place_gave_up/place_left_open",
        "place_needed",
        "offer_handoff",
        but_not="place_unknown ask_place*",
    )
    assert found.has("Brown Paper Parcels")
