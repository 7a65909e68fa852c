"""Who can help: what must fit, one in full, others, none, further away, and who is never named."""

from tests.judging.sample import confidential_lines, police_numbers
from tests.support.both import Both, Heard


def said_by(heard: list[Heard]) -> str:
    return " ".join(text for one in heard for texts in one.texts for text in texts)


def test_who_comes_with_children_is_shown_who_takes_children(both: Both) -> None:
    """D7: asked by nobody, told afterwards, and the list is made anew."""
    both.begin("a shelter in detroit | un albergue en detroit", "children_hint", "offer_handoff")
    both.say("no", "handoff_refused")
    found = both.say(
        "i have 2 kids with me | tengo 2 ninos conmigo", "hint_*", but_not="ask_place*"
    )
    assert found.has("takes children | recibe a ninos")
    assert found.lacks("for men | para hombres")


def test_a_man_in_a_wheelchair_is_shown_what_may_fit_him(both: Both) -> None:
    """P5: what is not known to fit is said to be asked first."""
    found = both.begin(
        "need a shelter in chicago im a man in a wheelchair"
        " | busco albergue en chicago soy hombre y uso silla de ruedas",
        "offer_handoff",
        but_not="children_hint ask_kind*",
    )
    assert found.has("Saint Nobody Mission")
    assert found.lacks("Blue Staircase"), "it is for women"
    full = both.say("tell me about 1 | cuenteme del 1", "match_contact", "match_ask_first")
    assert full.has("a wheelchair | silla de ruedas")
    both.say("what do you know about me | que sabe de mi", "about_me_wheelchair", "about_me_man")


def test_one_of_the_list_is_told_in_full(both: Both) -> None:
    """D3, D4, P4: what, how to reach them safely, when open, why, cost, languages."""
    both.begin("i need food in houston | necesito comida en houston", "offer_handoff")
    full = both.say("tell me about 1 | cuenteme del 1", "match_contact", "match_call_safely")
    assert full.has("Long Table Pantry")
    assert full.has("713-555-0108")
    assert full.has("Why this one | Por que este")
    assert full.has("Open now | Abierto ahora") or full.has("opens | abre")
    assert full.has("free | gratis")
    assert full.has("speaks English and Spanish | habla espanol")
    both.say("the 2nd one | el segundo", "match_contact", but_not="hint_*")
    both.say("4", "which_match", but_not="match_contact")


def test_the_street_of_a_hidden_place_is_never_told(both: Both) -> None:
    """D9."""
    heard = [both.begin("a shelter in detroit | un albergue en detroit", "offer_handoff")]
    heard += [both.say(number, "match_contact") for number in ("1", "2", "3")]
    heard.append(both.say("whats the address of 1 | cual es la direccion del 1", "match_address"))
    said = said_by(heard)
    assert not [street for street in confidential_lines() if street in said]


def test_more_shows_others_and_says_when_there_are_no_more(both: Both) -> None:
    """S3."""
    first = both.begin("i need food in detroit | comida en detroit", "hint_*", "offer_handoff")
    assert first.has("Blue Kettle Kitchen")
    end = both.say("more | mas", "no_more_matches", but_not="match_contact")
    assert end.has("1-888-373-7888")
    assert end.lacks("Blue Kettle Kitchen")


def test_more_after_a_long_list_shows_others(both: Both) -> None:
    first = both.begin(
        "a shelter in houston | un albergue en houston", "hint_more", "offer_handoff"
    )
    others = both.say("more | mas", "hint_*")
    assert others.lacks("1 Bluebonnet Rooms")
    assert first.texts != others.texts


def test_none_of_these_is_taken_well_and_leads_on(both: Both) -> None:
    """P6, S3: others are looked for, then people who know more."""
    both.begin("food in detroit | comida en detroit", "offer_handoff")
    end = both.say(
        "none of these | ninguno de estos", "no_more_matches", "offer_again/offer_handoff"
    )
    assert end.has("233733")
    assert end.lacks("Blue Kettle Kitchen")


def test_we_cannot_call_for_them_and_a_person_can(both: Both) -> None:
    """P8: it leads to the offer of a person, and the desk knows whom to call."""
    both.begin("i need food in detroit | comida en detroit", "offer_handoff")
    both.say("no", "handoff_refused")
    offered = both.say(
        "can you call number 1 for me | puede llamar al 1 por mi",
        "call_for_me_partner",
        "offer_handoff",
    )
    assert offered.has("Blue Kettle Kitchen")
    both.say("yes | si", "handoff_opened*/handoff_asked_for")
    advocate = both.system.log_in("advocate")
    assert advocate.queue_page().count("asked us to call: Blue Kettle Kitchen") == 2


def test_no_match_of_that_kind_is_said_and_others_are_shown_with_permission(both: Both) -> None:
    """D5, S3: a person and the hotline are beside the question."""
    asked = both.begin(
        "i need a permanent home in omaha | quiero una casa propia para vivir en omaha",
        "widen_kind",
        but_not="hint_* offer_handoff",
    )
    assert asked.has("I found nothing | No encontre nada")
    assert asked.has("HUMAN | PERSONA")
    assert asked.has("1-888-373-7888")
    assert asked.lacks("402-555"), "nothing else is shown before a yes"
    assert both.say("yes | si", "hint_*").has("Cottonwood Door")


def test_a_no_to_looking_wider_costs_nothing(both: Both) -> None:
    both.begin(
        "i need a permanent home in omaha | quiero una casa propia para vivir en omaha",
        "widen_kind",
    )
    both.say("no", "widen_refused", but_not="hint_*")


def test_nothing_near_is_said_and_looking_further_away_needs_a_yes(both: Both) -> None:
    """D5, D6: who helps by phone is listed at once."""
    both.begin("i need a shelter | busco un albergue", "ask_place")
    both.say("springfield", "place_which")
    found = both.say("the 2nd one | el segundo", "nothing_near", "look_further")
    assert found.has("Any Door Bed Line")
    assert found.has("Springfield, MA")
    both.say("no", "widen_refused", but_not="hint_*")


def test_the_police_are_never_suggested_to_who_does_not_ask(both: Both) -> None:
    """S12."""
    heard = [
        both.begin(
            "someone to go with me to court in detroit"
            " | necesito que alguien me acompane a la corte en detroit",
            "offer_handoff",
        ),
        both.say("more | mas", "offer_*"),
    ]
    said = said_by(heard)
    assert "Paper Lantern Detroit" in said
    assert "Police" not in said
    assert not [number for number in police_numbers() if number in said]
