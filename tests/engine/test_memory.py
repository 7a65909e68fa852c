"""What a memory may hold, and that one from another time leads on and never to an error."""

from __future__ import annotations

import pytest

from tests.engine.conftest import Engine, memory_with, said

FORM = {"name": "intake_form", "requested_slot": "place"}
FACTS = {"now": "2026-11-24T20:00:00Z", "language": "es", "organization": "Süd \u0000 /x"}


@pytest.mark.parametrize(
    "memory",
    [
        memory_with(version=2, slots={"place": "detroit"}, form=FORM, facts=FACTS),
        memory_with(version=None, form=FORM, facts=FACTS),
        memory_with(form={"name": "gone_form", "requested_slot": "place"}, facts=FACTS),
        memory_with(form={"name": "intake_form", "requested_slot": "gone"}, facts=FACTS),
        memory_with(form="intake_form", facts=FACTS),
        {"facts": FACTS},
        {"version": 3, "facts": {**FACTS, "organization": "\ud800"}},
    ],
    ids=[
        "other version",
        "no version",
        "gone form",
        "gone question",
        "odd form",
        "facts only",
        "odd fact",
    ],
)
def test_a_memory_that_no_longer_fits_keeps_its_facts_and_leads_to_the_menu(
    engine: Engine, memory: dict[str, object]
) -> None:
    answer = engine.turn("lol", memory)
    assert said(answer) == ["menu"]
    assert answer["memory"] == memory_with(facts=memory["facts"], last_action="utter_menu")


def test_a_slot_or_an_action_that_is_gone_is_dropped(engine: Engine) -> None:
    memory = memory_with(slots={"gone": 1, "place": "detroit"}, last_action="utter_gone")
    assert engine.turn("lol", memory)["memory"]["slots"] == {"place": "detroit"}


def test_facts_are_returned_as_they_were_given_and_reach_the_actions(engine: Engine) -> None:
    memory = memory_with(facts=FACTS, form=FORM, slots={"needs": ["food"], "place": "lansing"})
    memory["form"] = {"name": "intake_form", "requested_slot": "wants_person"}
    answer = engine.turn("no", memory)
    assert answer["memory"]["facts"] == FACTS
    assert answer["words"][0]["args"]["facts"] == FACTS


def test_no_text_is_remembered_but_what_the_dialogue_needs(engine: Engine) -> None:
    answer = engine.walk("hi", "i need a place to stay and my name is Xochitl")
    assert "Xochitl" not in str(answer["memory"])


def test_a_slot_with_a_nonsensical_value_is_no_crash(engine: Engine) -> None:
    memory = memory_with(slots={"place": {"a": [1]}, "needs": "housing", "wants_person": "x"})
    assert said(engine.turn("lol", memory)) == ["menu"]


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        {"text": None},
        {"text": 5},
        {"text": "hi", "memory": "old"},
        {"text": "hi", "memory": {"version": 1, "facts": []}},
        {"text": "hi", "memory": {"version": 1, "slots": "none"}},
    ],
)
def test_a_malformed_request_is_refused_without_being_quoted(engine: Engine, body: object) -> None:
    answer = engine.post("turn", body)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}


def test_what_is_no_json_is_refused(engine: Engine) -> None:
    for content in (b"", b"{", b"\xff\xfe", b"[" * 100_000):
        answer = engine.client.post(f"{engine.address}/webhooks/turn/turn", content=content)
        assert answer.status_code == 400, content[:10]
