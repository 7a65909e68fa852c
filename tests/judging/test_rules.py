"""The rules themselves: each finds what it is for, in a transcript made by hand, and only that."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from conversation.voice import Voice
from language.catalogue import Catalogue
from tests.judging.rules import RULES
from tests.judging.scripts import Script, Step
from tests.judging.stage import Said, Transcript, Turn


@dataclass
class Sample:
    """What a rule asks of the theatre."""

    voice: Voice = field(default_factory=lambda: Voice(Catalogue.load(), zone="UTC"))
    hidden: tuple[str, ...] = ("108 Pretend Avenue",)
    police: tuple[str, ...] = ("313-555-0111",)


SAMPLE = Sample()
WELCOME = ("welcome", "I am the automated assistant.")
PLACE = ("ask_place", "Where are you, roughly?")
LIST = ("match_list_1", "For food near Detroit, MI:\n1 Blue Kettle Kitchen, 313-555-0108: free")
OFFER = ("offer_handoff", "Would you like to text with a person? YES or NO.")


def turn(text: str, *said: tuple[str, str], **more: object) -> Turn:
    """A turn in which this was written and said."""
    step = {name: more.pop(name) for name in list(more) if name in Step.__annotations__}
    made = Turn(Step([text], 1, **step))
    made.said = [Said(words, (name,), "en", False) for name, words in said]
    for name, value in more.items():
        setattr(made, name, value)
    return made


def broken(*turns: Turn, language: str = "en", wants: str = "none", **more: object) -> set[str]:
    """The names of the rules that these turns break."""
    script = Script("made by hand", language, "here", frozenset({wants}), **more)
    played = Transcript(script, list(turns))
    return {name for name, rule in RULES.items() if list(rule(played, SAMPLE))}


GOOD = (
    turn("hi", WELCOME, ("ask_safe", "Is it safe to text? YES or NO.")),
    turn("yes", ("ask_need", "What would help?")),
    turn("food", PLACE, needs=("food",)),
    turn("detroit", LIST, OFFER, needs=("food",), place="Detroit, MI"),
    turn("yes", ("handoff_asked_for", "An advocate will answer you here."), agreed=True),
)
HI = turn("hi", WELCOME, ("ask_need", "What would help?"))
NOTED = ("thank", "I heard that. You can reply HUMAN.")


def test_a_good_conversation_breaks_no_rule() -> None:
    assert broken(*GOOD, wants="match") == set()


@pytest.mark.parametrize(
    ("rule", "turns"),
    [
        ("no_dead_end", [HI, turn("food")]),
        ("no_dead_end", [HI, turn("food", ("noted", "Noted."))]),
        ("never_twice", [HI, turn("food", NOTED), turn("a lawyer", NOTED)]),
        ("never_twice", [HI, turn("a", PLACE), turn("b", NOTED, PLACE)]),
        ("said_once", [HI, turn("ok", WELCOME, PLACE)]),
        ("nothing_asked_again", [HI, turn("im in omaha", PLACE, told=frozenset({"place"}))]),
        ("nothing_asked_again", [HI, turn("omaha", PLACE, place="Omaha, NE")]),
        ("one_question_a_message", [HI, turn("a", ("ask_place", "Where? Which city?"))]),
        ("one_question_a_message", [HI, turn("a", PLACE, OFFER)]),
        ("no_double_in_a_list", [HI, turn("a", ("match_list_2", "1 Kite, 1: x\n2 Kite, 1: y"))]),
        (
            "a_person_after_two",
            [
                HI,
                turn("asdf", ("need_examples", "Say it so: a bed. Or tell me more.")),
                turn("qwer", ("need_unsure", "Send a number.")),
            ],
        ),
        ("no_alarm_unmeant", [HI, turn("lol", ("danger_answer", "Call 911 if you can."))]),
        ("no_promise", [HI, turn("a", ("x", "You can reply. I promise you a bed."))]),
        ("no_promise", [HI, turn("a", ("x", "Every victim can reply."))]),
        ("no_opt_out_word", [HI, turn("a", ("x", "To leave, reply END."))]),
        ("sms_budget", [HI, turn("a", ("x", "You can reply. " * 21))]),
        ("nothing_confidential", [HI, turn("1", ("match_full", "Address: 108 Pretend Avenue"))]),
        ("no_police_unasked", [HI, turn("a", ("match_list_1", "1 Desk, 313-555-0111"))]),
        (
            "nothing_told_to_a_stranger",
            [GOOD[0], GOOD[3], turn("hi", LIST, silence=timedelta(days=1))],
        ),
        (
            "nothing_told_to_a_stranger",
            [
                GOOD[0],
                turn("no", ("paused", "OK."), paused=True, needs=("food",)),
                turn("hi", ("x", "Do you still need food?"), needs=("food",)),
            ],
        ),
        ("quiet_when_unsafe", [HI, turn("he is here", ("paused", "OK."), PLACE, paused=True)]),
        ("quiet_when_unsafe", [HI, turn("STOP", ("paused", "OK."), opted_out=True)]),
        ("automated_first", [turn("hi", PLACE)]),
        ("automated_first", [HI, turn("hi", NOTED, silence=timedelta(days=8))]),
        ("consent_before_handoff", [HI, turn("yes", NOTED, agreed=True)]),
        ("consent_before_handoff", [HI, turn("a", OFFER), turn("maybe", NOTED, agreed=True)]),
        (
            "consent_before_handoff",
            [
                HI,
                turn("a", OFFER),
                turn("yes", NOTED, agreed=True, marks=frozenset({"crossed"})),
            ],
        ),
        (
            "crossing_is_not_asked_again",
            [
                HI,
                turn("food", PLACE),
                turn("detroit", ("ask_place_again", "Which?"), marks=frozenset({"crossed"})),
            ],
        ),
        ("no_engine_failure", [HI, turn("a", ("engine_down", "You can call 911."))]),
        ("as_expected", [HI, turn("free?", NOTED, says=("cost|privacy",))]),
        ("as_expected", [HI, turn("free?", NOTED, not_says=("than*",))]),
        ("as_expected", [HI, turn("a", NOTED, words=("Dallas",))]),
        ("as_expected", [HI, turn("a", NOTED, not_words=("HUMAN",))]),
    ],
)
def test_a_rule_finds_what_it_is_for(rule: str, turns: list[Turn]) -> None:
    wants = "handoff" if rule == "consent_before_handoff" else "none"
    assert broken(*turns, wants=wants) == {rule}


def test_what_a_conversation_is_for_must_be_reached() -> None:
    assert broken(HI, wants="match") == {"reaches_what_it_should"}
    assert broken(*GOOD, wants="match", needs=("housing",)) == {"reaches_what_it_should"}
    assert broken(*GOOD[:4], wants="match", dropped=("food",)) == {"reaches_what_it_should"}


def test_a_match_comes_within_eight_texts() -> None:
    slow = [turn("hm", (f"x{n}", f"Can you say more about {n}?")) for n in range(8)]
    assert broken(GOOD[0], *slow, GOOD[3], wants="match") == {"within_eight"}


def test_texts_are_in_the_language_they_write() -> None:
    assert "in_their_language" in broken(HI, turn("si", PLACE), language="es")
    assert "in_their_language" in broken(HI, turn("oui", PLACE), language="fr")
    only_read = turn("bonjour", WELCOME, ("language_only_read", "I can read French."))
    assert "in_their_language" not in broken(only_read, turn("oui", PLACE), language="fr")
