"""What is needed: kinds, several at once, taken back, added, explained, and asked for sparingly."""

import pytest

from tests.support.both import Both


@pytest.mark.parametrize(
    ("need", "city", "question", "answer", "list_for"),
    [
        (
            "i need housing | busco vivienda",
            "houston",
            "a place for some months | un lugar por unos meses",
            "1",
            "a place to stay tonight near Houston | un lugar para esta noche cerca de Houston",
        ),
        (
            "i need a lawyer | necesito un abogado",
            "detroit",
            "a charge, a warrant or a record | un cargo, una orden de arresto",
            "my visa | es por mi visa",
            "an immigration lawyer near Detroit | un abogado de inmigracion cerca de Detroit",
        ),
    ],
    ids=["housing", "law"],
)
def test_the_kind_of_a_need_is_asked_where_it_changes_the_list(
    both: Both, need: str, city: str, question: str, answer: str, list_for: str
) -> None:
    """N12, N15."""
    both.begin(need, "ask_place", but_not="ask_kind*")
    assert both.say(city, "ask_kind").has(question)
    assert both.say(answer, "offer_handoff", but_not="ask_kind*").has(list_for)


@pytest.mark.parametrize(
    ("need", "list_for"),
    [
        (
            "a immigration lawyer in detroit | un abogado de inmigracion en detroit",
            "an immigration lawyer | un abogado de inmigracion",
        ),
        (
            "i have nowhere to sleep tonight, detroit | no tengo donde dormir hoy, detroit",
            "a place to stay tonight | un lugar para esta noche",
        ),
    ],
    ids=["law", "housing"],
)
def test_a_kind_that_was_told_is_not_asked(both: Both, need: str, list_for: str) -> None:
    heard = both.begin(need, "offer_handoff", but_not="ask_kind* ask_place* ask_need*")
    assert heard.has(list_for)


def test_several_needs_are_looked_for_at_once_the_most_urgent_first(both: Both) -> None:
    asked = both.begin(
        "i want english classes and i have nowhere to sleep tonight"
        " | quiero clases de ingles y no tengo donde dormir hoy",
        "ask_place",
    )
    assert asked.has("a place to stay tonight and English | un lugar para esta noche y clases")
    found = both.say("detroit", "offer_handoff")
    assert found.has("tonight and English classes near Detroit | noche y clases de ingles cerca de")
    assert found.has("Three Lilies House")
    assert found.has("Cedar & Crescent Center")


def test_a_need_that_is_taken_back_is_not_looked_for(both: Both) -> None:
    """P6: every step can be undone."""
    both.begin("i need food and a place to stay | ocupo comida y donde vivir", "ask_place")
    both.say("actually i dont need food no more | ya no ocupo comida", "need_removed", "ask_place")
    both.say("atlanta", "ask_kind")
    found = both.say("skip | saltar", "offer_handoff")
    assert found.has("a safe place to stay near Atlanta | donde quedarse cerca de Atlanta")
    assert found.lacks("food near | comida cerca")
    assert found.lacks("Sweetgum Table")


def test_a_need_that_comes_to_mind_later_is_added_and_the_place_is_known(both: Both) -> None:
    both.begin("i need food in chicago | comida en chicago", "offer_handoff")
    both.say("no", "handoff_refused")
    found = both.say(
        "also a dentist | tambien un dentista", "hint_*", but_not="ask_place* ask_safe*"
    )
    assert found.has("dentist near Chicago | un dentista cerca de Chicago")
    assert found.has("Windmill Street Clinic")


def test_what_a_kind_of_help_is_can_be_asked_without_asking_for_it(both: Both) -> None:
    both.say("hi | hola", "ask_safe")
    both.say("yes | si", "ask_need")
    told = both.say(
        "what is case management | que es manejo de casos",
        "about_need_case_management",
        "ask_need_again",
        but_not="ask_place* hint_*",
    )
    assert told.lacks("555-")
    both.say("ok i want that | si quiero eso", "ask_place")
    assert both.say("omaha", "offer_handoff").has("Meadowlark Signal")


def test_what_was_told_unasked_is_never_asked(both: Both) -> None:
    """B6, D7: a bed, tonight, a child, a ZIP code, all in the first text."""
    found = both.begin(
        "a bed for tonight me n my 2 yr old near 48226"
        " | una cama para esta noche con mi nino de 2 anos cerca de 48226",
        "offer_handoff",
        but_not="ask_place* ask_kind* ask_need* children_hint",
    )
    assert found.has("takes children | recibe a ninos")
    assert found.has("Detroit, MI 48226")
    noted = both.say("what do you know about me | que sabe de mi", "about_me", "about_me_children")
    assert noted.has("48226")


def test_every_question_has_its_reason(both: Both) -> None:
    """P4, B6: why_..., and then the question comes again in other words."""
    both.say("i need food | necesito comida", "ask_safe_heard")
    both.say("why do you ask | por que pregunta", "why_safe", "ask_safe_again")
    both.say("yes | si", "ask_place")
    both.say(
        "why do you need to know where i am | para que quiere saber donde estoy",
        "why_place",
        "ask_place_again",
        but_not="place_unknown",
    )
    both.say("detroit", "offer_handoff")
    both.say("why | por que", "why_offer", "offer_again")
    both.say("no", "handoff_refused")
    both.say("why | por que", "why_at_all")


def test_every_question_can_be_skipped(both: Both) -> None:
    """P6, B6: what helps people anywhere is still listed."""
    both.begin("i need food | necesito comida", "ask_place")
    found = both.say("skip | saltar", "place_needed", "offer_handoff", but_not="ask_place*")
    assert found.has("Brown Paper Parcels")
    both.say("skip | saltar", "handoff_refused")
    assert both.say("48226", "hint_*").has("Blue Kettle Kitchen")


def test_nothing_needs_to_be_named_at_all(both: Both) -> None:
    both.say("hi | hola", "ask_safe")
    both.say("yes | si", "ask_need")
    both.say("skip | saltar", "offer_handoff", but_not="ask_place* ask_need*")
    both.say("skip | saltar", "handoff_refused")
