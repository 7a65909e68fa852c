"""Coming back after minutes, a day, more than a week: nothing is given away, nothing is lost."""

import pytest

from tests.support.both import Both


def test_back_after_a_moment_the_talk_goes_on(both: Both) -> None:
    both.begin("i need clothes | necesito ropa", "ask_place")
    both.say("hey sorry im back | hola otra vez", "ask_place*", but_not="reentry* place_unknown")
    both.say("atlanta", "hint_*")


@pytest.mark.parametrize(
    ("days", "hello"), [(1, "reentry"), (9, "reentry_automated")], ids=["a day", "nine days"]
)
def test_back_after_days_it_is_asked_if_it_is_safe_and_nothing_is_named(
    both: Both, days: int, hello: str
) -> None:
    """S6, S13; B1: after a week it is said again that this is automated."""
    both.begin("i need a lawyer | necesito un abogado", "ask_place")
    both.come_back_after(days)
    asked = both.say("hi | hola", hello, but_not="ask_place* welcome")
    onward = both.say("yes | si", "go_on", but_not="ask_place*")
    for heard in (asked, onward):
        assert heard.lacks("lawyer | abogado")
        assert heard.lacks("legal")
    both.say("yes | si", "ask_place_again", but_not="ask_need*")
    both.say("detroit", "ask_kind")


def test_back_after_days_and_somebody_else_holds_the_phone(both: Both) -> None:
    """S13, S7: a no is enough, and it is quiet."""
    both.begin("a shelter in detroit | un albergue en detroit", "offer_handoff")
    both.come_back_after(2)
    asked = both.say("who is this | quien es", "reentry*/who_are_you", but_not="hint_* offer_*")
    assert asked.lacks("shelter | albergue")
    both.say("no", "paused")
    both.hear_nothing()


def test_back_after_days_with_something_new_starts_with_that(both: Both) -> None:
    both.begin("i need food in chicago | comida en chicago", "offer_handoff")
    both.say("no", "handoff_refused")
    both.come_back_after(3)
    both.say("i need a dentist | necesito un dentista", "reentry")
    found = both.say("yes | si", "hint_*", but_not="ask_need* ask_safe*")
    assert found.has("dentist | dentista")
