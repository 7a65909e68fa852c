"""Part of the bot's actions: stays gentle after danger or self-harm. Must never ask anything there.

No welcome, no menu, no question follows a crisis until the survivor names something; a short word
is no answer to a question that was asked before it.
"""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import Answer, begins_to_leave, leaves
from bot.actions.going import asks_for_hospital, wants_somewhere
from bot.actions.hearing import SURE, Facts, Heard, facts_of
from bot.actions.recall import Recall
from bot.actions.speech import say, say_other
from bot.actions.telling import ANEW
from bot.actions.wishes import no_person
from conversation.core_words import After, after_in
from directory.vocabulary import Need

GENTLE = ("after_crisis", "after_crisis_second", "after_crisis_third")
"""One line for each message that names nothing; after them the open question is asked again."""
EMERGENCY = "emergency"
"""A crisis in which minutes count: pills taken, a wound, no breath. The core tells it apart."""
FIRST_GENTLE = {"danger": "after_danger", EMERGENCY: "after_emergency"}
"""Where the first line is another one: who is in danger is told what to do when calling is not."""
OF_THE_BODY = frozenset({Need.MEDICAL_CARE, Need.CRISIS_INTERVENTION, Need.MENTAL_HEALTH_CARE})
"""Needs that no list of services answers while minutes count: "i dont want an ambulance"."""
WHERE = frozenset({*ANEW, "place", "places_asked", "place_tries", "asked"})
"""Slots that a message fills which says where they are, and nothing else."""
ANSWERED_EVEN_THEN = frozenset(
    {"who_are_you", "cost", "privacy", "authorities", "why", "unsafe", "stop", "trust"}
)
"""Asides with an answer of their own, also in the same message as a crisis."""
REMARKS = frozenset(
    {
        "greet", "thanks", "bye", "repeat", "help", "human", "more", "none_of_these", "small_talk",
        "abuse", "call_for_me", "discreet", "about_match",
    }
)  # fmt: skip
"""Asides that ask for nothing that could be given now; "i cant call" asks nobody to call."""
SILENCING = frozenset({"unsafe", "stop"})
"""These end the talk: after a crisis only when they are plain."""


def crisis_now(known: Recall, facts: Facts, heard: Heard) -> dict[str, Any]:
    """Slots once a crisis of this message has been answered by the core."""
    if not facts.crisis_answered:
        return {}
    seen = [heard.intent] if heard.crisis else []
    before = [one for one in (*known.crises, *seen) if one != facts.crisis_answered]
    return {"after_crisis": 0, "crises": [*dict.fromkeys(before), facts.crisis_answered]}


def heard_after(known: Recall, heard: Heard) -> Heard:
    """A message after danger: what only sounds like a need is none, and who asks where to go needs
    a place ("im scared", "where can i go")."""
    sure = heard.surely_named()
    return (
        sure if EMERGENCY in known.crises or "danger" not in known.crises else wants_somewhere(sure)
    )


def is_answered_even_then(heard: Heard) -> bool:
    """Whether a rule answers this beside a crisis; only a plain wish for silence ends the talk."""
    if heard.intent in SILENCING and heard.confidence < SURE:
        return False
    if After.HELP_COMING in after_in(heard.text):
        # "i called the police" asks nothing about us and the police.
        return False
    return heard.aside and heard.intent in ANSWERED_EVEN_THEN


def names_nothing(known: Recall, heard: Heard, told: dict[str, Any]) -> bool:
    """Whether a message after a crisis neither names a need or a place nor asks for anything.

    A place before anything was asked for is for those who come to help: it begins no search.
    """
    if _only_where(known, heard, told) or _only_of_the_body(known, heard):
        return True
    if _asks_for_hospital(known, heard):
        return True
    if told or heard.needs or heard.numbers or heard.intent == "place":
        return False
    if wants_who_comes(known, heard):
        return True
    if heard.asks_for_person and (heard.choice is not None or heard.confidence >= SURE):
        return False
    if heard.minor or heard.says(Answer.BACK) or (heard.choice or "").startswith("need_"):
        return False
    unsure = heard.intent in SILENCING and heard.confidence < SURE
    # "what do i tell her" about a friend asks nobody whether she has written.
    unsure = unsure or (heard.intent == "asks_about_someone" and heard.confidence < SURE)
    # "what can i do" asks what no menu answers now.
    unsure = unsure or (heard.intent == "what_is" and not heard.named)
    return not heard.aside or heard.intent in REMARKS or unsure


def wants_who_comes(known: Recall, heard: Heard) -> bool:
    """Whether a person is asked for after danger that was written first of all."""
    return heard.asks_for_person and known.safe is None and "welcome" not in known.told


def _only_where(known: Recall, heard: Heard, told: dict[str, Any]) -> bool:
    where = bool(told.get("place") or told.get("places_asked")) and told.keys() <= WHERE
    return where and not known.needs and not heard.needs


def _only_of_the_body(known: Recall, heard: Heard) -> bool:
    return EMERGENCY in known.crises and set() < set(heard.needs) <= OF_THE_BODY


def _asks_for_hospital(known: Recall, heard: Heard) -> bool:
    return EMERGENCY in known.crises and not heard.needs and asks_for_hospital(heard)


def stay(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    known: Recall,
    heard: Heard,
    told: dict[str, Any],
) -> dict[str, Any] | None:
    """Say the next gentle line; None when all were said and the question may be asked again.

    They begin anew where minutes count, and for a short word to who never was welcomed.

    Who tells where they are is thanked for it, and it is kept.

    Who said that they are under 18 is told what that means first (S4).
    """
    said = known.after_crisis or 0
    asks = wants_who_comes(known, heard) and facts_of(tracker).waiting
    if asks and known.said_last != "in_line_already":
        say(dispatcher, "in_line_already")
        return {"misunderstood": None, "said_last": "in_line_already"}
    if _only_where(known, heard, told) and known.place is None:
        say(dispatcher, "crisis_place")
        return {**told, "asked": None, "misunderstood": None}
    if EMERGENCY in known.crises and asks_for_hospital(heard):
        last_said = say_other(dispatcher, known.said_last, "emergency_room", "medical_again")
        return {"misunderstood": None, "said_last": last_said}
    short = heard.short.answer is not None or heard.choice is not None
    new = short and "welcome" not in known.told
    if said >= len(GENTLE) and not (new or EMERGENCY in known.crises):
        return None
    young = tell_minor(dispatcher, tracker, known, heard, now=True)
    if young:
        return {**young, "misunderstood": None}
    last = known.crises[-1] if known.crises else ""
    gentle = (FIRST_GENTLE.get(last, GENTLE[0]), *GENTLE[1:])
    say(dispatcher, gentle[said % len(gentle)])
    return {"after_crisis": said + 1, "misunderstood": None}


def leaves_line(facts: Facts, heard: Heard) -> bool:
    """BACK or "never mind", alone or in a longer text, leaves the line for an advocate (C4)."""
    # "ok back" after a silence says that they are here again; the word we taught leaves the line.
    back = heard.short.answer is Answer.BACK if facts.long_silence else heard.says(Answer.BACK)
    # After "not safe" it only says that they are here again: first it is asked if it is safe now.
    back = back and not facts.was_paused
    said = back or heard.says(Answer.NEVER_MIND)
    said = said or any(leaves(line) or no_person(line) for line in (*heard.lines, heard.text))
    return facts.waiting and (said or (begins_to_leave(heard.text) and not heard.named))


def tell_minor(
    dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, heard: Heard, *, now: bool
) -> dict[str, Any]:
    """Slots after a message that may tell of being under 18; says what that means, once (S4).

    `now` is False while it is not known whether texting is safe: then it is said later.
    """
    if "minor" in known.told or not (heard.minor or tracker.get_slot("minor")):
        return {}
    if not now:
        return {"minor": True}
    say(dispatcher, "minor_answer")
    return {"minor": None, "told": [*known.told, "minor"]}
