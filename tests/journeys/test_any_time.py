"""What may be said at any time: STOP, HELP, a language, back, again, skip, delete, goodbye."""

from tests.support.both import Both
from tests.support.system import System


def test_stop_is_silence_until_start_and_nothing_is_lost(both: Both) -> None:
    """M3: the carrier answers STOP; our own words never teach another."""
    both.begin("i need food | necesito comida", "ask_place")
    both.text("Stop")
    both.text("detroit")
    both.hear_nothing()
    back = both.say("START | UNSTOP", "opted_in", but_not="ask_* hint_*")
    assert back.lacks("food | comida")
    both.say("hello | hola", "greet", "ask_place_again", but_not="welcome ask_need*")


def test_asked_in_other_words_to_stop_we_pause_and_say_how_to_stop_for_good(both: Both) -> None:
    """M3, S7."""
    both.begin("i need food | necesito comida", "ask_place")
    told = both.say("please stop texting me | ya no me escriba por favor", "stop_pause")
    assert told.has("STOP")
    for word in ("END", "CANCEL", "QUIT "):
        assert all(word not in text for texts in told.texts for text in texts)
    both.hear_nothing()
    both.say("hi | hola", "reentry")


def test_help_is_answered_at_any_time_and_the_talk_goes_on(both: Both) -> None:
    """M3: it may be a cry for help, so it names who answers now."""
    both.say("i need food | necesito comida", "ask_safe_heard")
    told = both.say("HELP | AYUDA", "help_answer")
    assert told.has("911")
    assert told.has("1-888-373-7888")
    both.say("yes | si", "ask_place")
    both.say("INFO", "help_answer")
    both.say("detroit", "hint_*")


def test_human_is_answered_at_any_time(both: Both) -> None:
    both.begin("i need food | necesito comida", "ask_place")
    both.say("HUMAN | PERSONA", "offer_handoff", but_not="ask_place*")
    both.say("no", "handoff_refused")
    both.say("detroit", "hint_*")
    both.say("human | persona", "offer_*")


def test_the_language_changes_by_its_name_and_the_question_comes_in_it(system: System) -> None:
    ana, luz = system.texter(), system.texter()
    ana.says("i need food", "ask_safe_heard")
    ana.says("yes", "ask_place")
    asked = ana.says("español", "ask_place")
    assert asked.says("language_changed", "es")
    assert asked.says("ask_place", "es")
    assert ana.says("english please", "ask_place*").says("ask_place*", "en")
    luz.says("necesito comida", "ask_safe_heard")
    assert luz.says("english", "ask_safe*").says("language_changed", "en")


def test_a_language_that_we_only_read_is_said_to_be_so(both: Both) -> None:
    """P3: with a number where somebody speaks it; nothing is promised."""
    both.begin("i need food | necesito comida", "ask_place")
    for texter in both.texters.values():
        told = texter.says("kreyòl", "ask_place*")
        assert told.says("language_only_read")
        assert "1-888-373-7888" in told


def test_one_can_go_back_step_by_step_and_start_over(both: Both) -> None:
    """P6."""
    both.begin("i need a lawyer | necesito un abogado", "ask_place")
    both.say("go back | atras", "back_to_need", "ask_need*")
    assert both.say("food | comida", "ask_place").lacks("legal")
    both.say("detroit", "offer_handoff")
    both.say("back | atras", "back_to_place", "ask_place")
    found = both.say("chicago", "hint_*", "offer_*")
    assert found.has("Cornbread Commons")
    assert found.lacks("Blue Kettle")
    both.say("start over | empezar de nuevo", "restarted", "ask_need", but_not="ask_safe*")
    both.say("what do you know about me | que sabe de mi", "about_me_nothing/about_me")
    assert both.say("a dentist | un dentista", "ask_place").lacks("food | comida")


def test_what_was_said_is_said_again(both: Both) -> None:
    both.begin("i need food | necesito comida", "ask_place")
    both.say("say that again | repita por favor", "ask_place", same=True)
    both.say("detroit", "offer_handoff")
    again = both.say("what did you say | que dijo", "hint_*", "offer_again", same=True)
    assert again.has("Blue Kettle Kitchen")


def test_what_is_known_about_them_is_told(both: Both) -> None:
    """P4, C8: what was noted, how to change it, how to erase it."""
    both.begin("food and a ride | comida y transporte", "ask_place")
    both.say("chicago", "offer_handoff")
    told = both.say("what do you know about me | que sabe de mi", "about_me", "about_me_change")
    assert told.has("food | comida")
    assert told.has("Chicago, IL")
    assert told.has("DELETE MY MESSAGES | BORRAR MIS MENSAJES")
    assert told.lacks("555-")


def test_deleting_is_asked_once_more_and_anything_else_keeps_it(both: Both) -> None:
    """C11: a yes alone is not enough; what the phone keeps is said."""
    both.begin("i need a dentist in detroit | un dentista en detroit", "offer_handoff")
    both.say("delete my messages | borre mis mensajes", "erase_confirm")
    both.say("no wait keep it | no mejor no", "erase_kept")
    both.say("what do you know about me | que sabe de mi", "about_me")
    both.say("delete my messages | borre mis mensajes", "erase_confirm")
    both.say("yes | si", "erase_confirm_again")
    done = both.say("DELETE | BORRAR", "erase_done")
    assert done.has("on your phone too | en su telefono")
    both.say("hi | hola", "welcome", "ask_safe", but_not="reentry*")
    both.say("yes | si", "ask_need")
    both.say("what do you know about me | que sabe de mi", "about_me_nothing", but_not="about_me")


def test_a_goodbye_is_a_goodbye(both: Both) -> None:
    """P6: nobody is held; nothing comes after it."""
    both.begin("food in omaha | comida en omaha", "offer_handoff")
    both.say("no thank you | no gracias", "handoff_refused")
    both.say("thanks for the help | gracias por la ayuda", "thanks", but_not="offer_* ask_*")
    both.say("bye for now | hasta luego", "bye", but_not="offer_* ask_*")
    both.hear_nothing()
