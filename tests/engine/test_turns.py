"""A turn is a function: the engine answers alike, forgets at once, and grows no slower."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.engine.conftest import Actions, Engine, memory_with, said

FORM = ["i need a place to stay", "why do you ask", "detroit", "yes"]


def test_a_need_opens_the_form_and_its_end_gives_words_and_commands(engine: Engine) -> None:
    asked = engine.turn("i need a place to stay")
    assert said(asked) == ["noted", "ask_place"]
    assert asked["memory"]["form"] == {"name": "intake_form", "requested_slot": "place"}
    told = engine.walk("detroit", "no", memory=asked["memory"])
    assert told["words"] == [
        {"say": "matches", "args": {"place": "detroit", "needs": ["housing"], "facts": {}}}
    ]
    assert told["commands"] == [{"command": "open_handoff", "args": {"needs": ["housing"]}}]
    assert told["memory"]["form"] is None


def test_the_same_memory_and_text_give_the_same_answer(engine: Engine) -> None:
    memory = None
    for text in ["hi", "yes", *FORM, "lol", "no"]:
        first = engine.turn(text, memory)
        assert engine.turn(text, memory) == first
        memory = first["memory"]


def test_two_engines_take_turns_in_the_middle_of_a_form(
    engine: Engine, start_engine: Callable[..., Engine]
) -> None:
    other = start_engine()
    alone: dict[str, Any] = {"memory": None}
    shared: dict[str, Any] = {"memory": None}
    for number, text in enumerate(FORM):
        alone = engine.turn(text, alone["memory"])
        shared = (other, engine)[number % 2].turn(text, shared["memory"])
        assert shared == alone
    assert said(alone) == ["matches"]


def test_turn_two_hundred_costs_what_turn_five_does(engine: Engine, actions: Actions) -> None:
    """Counted in what is replayed, sent and remembered, since clocks are noisy."""
    answer: dict[str, Any] = {"memory": memory_with(facts={"language": "en"})}
    costs = []
    for _ in range(50):
        for text in FORM:
            before = len(actions.calls)
            answer = engine.turn(text, answer["memory"])
            called = actions.calls[before:]
            costs.append(([call["events"] for call in called], len(str(answer["memory"]))))
    assert costs[4:8] == costs[196:200]
    assert max(events for called, _ in costs for events in called) < 30


def test_a_question_inside_the_form_is_answered_and_the_form_goes_on(engine: Engine) -> None:
    answer = engine.walk("i need a place to stay", "why do you ask")
    assert said(answer) == ["why", "ask_place"]
    assert said(engine.turn("detroit", answer["memory"])) == ["ask_wants_person"]


def test_an_answer_that_the_form_refuses_is_asked_for_again(engine: Engine) -> None:
    answer = engine.walk("i need a place to stay", "nowhere")
    assert said(answer) == ["ask_place"]
    assert "place" not in answer["memory"]["slots"]


def test_a_rule_may_look_at_the_last_action(engine: Engine) -> None:
    assert said(engine.walk("hi", "yes")) == ["safe_yes"]
    assert said(engine.turn("yes")) == []


def test_restart_and_back_are_intents_like_any_other(engine: Engine) -> None:
    """Rasa has commands of its own by these names."""
    answer = engine.walk("i need a place to stay", "detroit", "no", "start over")
    assert answer["understood"]["intent"] == "restart"
    assert said(answer) == ["menu"]
    assert answer["memory"]["slots"]["needs"] == ["housing"]


def test_concurrent_turns_do_not_disturb_each_other(engine: Engine) -> None:
    places = [f"town number {number}" for number in range(24)]
    opened = engine.turn("i need a place to stay", memory_with(facts={"wait": 0.02}))

    def walk(place: str) -> dict[str, Any]:
        memory = {**opened["memory"], "facts": {"wait": 0.02, "seed": place}}
        return engine.walk(place, "no", memory=memory)

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(walk, places))
    for place, answer in zip(places, answers, strict=True):
        assert answer["words"][0]["args"]["place"] == place
        assert answer["words"][0]["args"]["facts"]["seed"] == place


def test_choices_travel_with_their_word(engine: Engine) -> None:
    assert engine.turn("lol")["words"] == [{"say": "menu", "choices": ["choice_yes", "choice_no"]}]
