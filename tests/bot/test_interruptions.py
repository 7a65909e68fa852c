"""What is asked in between is answered, whatever question is open."""

import pytest

from bot.actions.context import Context
from bot.actions.interruptions import Back, Crisis, Pause, Repeat, Restart, Stop, Why
from language.speaking import speak_word
from tests.bot.trackers import DETROIT, ids, run, tracker


@pytest.mark.parametrize(
    ("intent", "word"), [("danger", "danger_answer"), ("self_harm", "self_harm_answer")]
)
def test_danger_is_answered_and_the_alarm_raised(context: Context, intent: str, word: str) -> None:
    # S1, S2
    said, commands, _, _ = run(Crisis, context, tracker("he is outside the window", intent=intent))
    assert ids(said) == [word, "advocate_alerted"]
    assert commands == [{"command": "raise_alarm", "args": {"reason": intent}}]


def test_nobody_at_the_desk_is_said_and_a_line_that_answers_now(context: Context) -> None:
    heard = tracker("x", intent="danger", facts={"advocates_available": False})
    said = run(Crisis, context, heard)[0]
    assert ids(said) == ["danger_answer", "advocate_alerted_closed"]
    text = speak_word(context.catalogue, said[1], "en")
    assert "1-888-373-7888" in text


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_answers_themselves_promise_nobody(context: Context, language: str) -> None:
    for answer in ("danger_answer", "self_harm_answer", "danger_again", "self_harm_again"):
        text = context.catalogue.speak(answer, {}, language)
        assert "advocate" not in text
        assert "equipo" not in text
        assert ("988" if "self" in answer else "911") in text


def test_a_second_crisis_is_answered_in_other_words(context: Context) -> None:
    first = run(Crisis, context, tracker("he is outside", intent="danger"))[2]
    said = run(Crisis, context, tracker("he is inside", intent="danger", **first))[0]
    assert ids(said)[0] == "danger_again"
    said = run(Crisis, context, tracker("i want to die", intent="self_harm", **first))[0]
    assert ids(said)[0] == "self_harm_answer"


def test_danger_that_the_core_has_answered_is_not_answered_again(context: Context) -> None:
    heard = tracker("he is outside", intent="danger", facts={"crisis_answered": True})
    said, commands, _, _ = run(Crisis, context, heard)
    assert (said, commands) == ([], [])


def test_an_assault_told_as_danger_names_its_line_too(context: Context) -> None:
    # S5
    heard = tracker("he hurt me", intent="danger", needs=("sexual_assault_services",))
    said = run(Crisis, context, heard)[0]
    assert ids(said) == ["danger_answer", "advocate_alerted", "assault_line"]


def test_a_question_that_was_taken_for_danger_is_answered_too(context: Context) -> None:
    heard = tracker("are you gonna call the cops on me", intent="danger", confidence=0.42)
    heard.latest_message["labels"] = {"danger": 0.42, "authorities": 0.95}
    assert ids(run(Crisis, context, heard)[0]) == [
        "danger_answer",
        "advocate_alerted",
        "authorities",
    ]


def test_a_pause_says_one_neutral_line_and_forgets_that_we_have_met(context: Context) -> None:
    # S7, S13
    said, commands, slots, events = run(Pause, context, tracker("he is here", safe=True))
    assert ids(said) == ["paused"]
    assert commands == [{"command": "pause", "args": {}}]
    assert slots["met"] is None
    assert {"event": "active_loop", "name": None, "timestamp": None} in events


def test_stop_in_other_words_pauses_and_teaches_stop(context: Context) -> None:
    # M3
    said, commands, _, _ = run(Stop, context, tracker("leave me alone"))
    assert ids(said) == ["stop_pause"]
    assert commands[0]["command"] == "pause"


def test_back_undoes_the_place_then_the_need(context: Context) -> None:
    # P6
    known = tracker("back", safe=True, place=DETROIT)
    known.slots["needs"] = ["food"]
    said, _, slots, _ = run(Back, context, known)
    assert ids(said) == ["back_to_place"]
    assert slots["place"] is None
    known.slots["place"] = None
    said, _, slots, _ = run(Back, context, known)
    assert ids(said) == ["back_to_need"]
    assert slots["needs"] is None
    known.slots["needs"] = None
    assert ids(run(Back, context, known)[0]) == ["nothing_to_undo"]


def test_back_in_line_for_an_advocate_leaves_the_line(context: Context) -> None:
    # C4
    heard = tracker("back", safe=True, offered=True, facts={"handoff": "waiting"})
    said, commands, slots, _ = run(Back, context, heard)
    assert ids(said) == ["handoff_withdrawn"]
    assert commands == [{"command": "withdraw_handoff", "args": {}}]
    assert slots["route"] == "next"


def test_starting_over_forgets_what_was_told(context: Context) -> None:
    said, commands, slots, _ = run(
        Restart, context, tracker("start over", safe=True, place=DETROIT)
    )
    assert ids(said) == ["restarted"]
    assert commands == []
    assert slots["needs"] is None
    assert slots["place"] is None


@pytest.mark.parametrize(
    ("form", "asked", "word"),
    [
        ("intake_form", "safe", "why_safe"),
        ("intake_form", "needs", "why_need"),
        ("intake_form", "place", "why_place"),
        ("offer_form", "agree", "why_offer"),
        ("next_form", "next", "why_at_all"),
        (None, None, "why_at_all"),
    ],
)
def test_each_question_has_its_own_reason(
    context: Context, form: str | None, asked: str | None, word: str
) -> None:
    # P4
    assert ids(run(Why, context, tracker("why", form=form, asked=asked))[0]) == [word]


def test_repeat_is_answered_even_when_no_question_is_open(context: Context) -> None:
    assert ids(run(Repeat, context, tracker("repeat"))[0]) == ["pick_up"]
