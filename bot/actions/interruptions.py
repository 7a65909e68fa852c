"""Part of the bot's actions: answers what is asked in between, from anywhere. Must never lose the
open question: the form asks it again afterwards."""

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.aftermath import EMERGENCY
from bot.actions.clock import read_time
from bot.actions.hearing import Facts, Heard, facts_of, hear
from bot.actions.matches import last_page, show
from bot.actions.recall import Recall, recall, slots
from bot.actions.speech import command, say, say_other
from bot.actions.step import Events, Step
from bot.actions.telling import ANEW
from bot.actions.watched import helpers_came, somebody_near, wishes_discretion
from bot.actions.wishes import leave_alone, mistook_number
from conversation.core_words import After, after_in
from directory.vocabulary import Need

CLOSED: Events = [ActiveLoop(None), SlotSet("requested_slot", None)]
"""The open form is closed before the rule opens another one."""

REASONS = {
    "safe": "why_safe",
    "needs": "why_need",
    "place": "why_place",
    "detail": "why_detail",
    "agree": "why_offer",
}
ALSO_ASKED = ("authorities", "privacy", "cost", "trust", "who_are_you")
SURELY_ASKED = 0.8
ANSWERS = {
    "danger": ("danger_answer", "danger_again"),
    "self_harm": ("self_harm_answer", "self_harm_again"),
}
HARM_DONE = ("harm_done_answer", "harm_done_again")
HELP_COMING = ("help_coming", "help_coming_again")
OTHER = ("danger_other_answer", "danger_other_again")
"""What is said at first and once more, also where the words show what makes it another answer."""
FOR_ANOTHER = 0.3
"""So surely it must be about somebody else."""


class Crisis(Step):
    """Danger or self-harm that the core's phrases did not know (S1, S2, B4)."""

    called = "action_crisis"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Answer and raise the alarm, unless the core has done both in this very turn."""
        heard, known, facts = hear(tracker, self.context), recall(tracker), facts_of(tracker)
        near = somebody_near(heard) or helpers_came(heard, known.crises)
        if not facts.crisis_answered and (near or heard.intent not in ANSWERS):
            # The form hears it too, where one is open or opens now, and knows what to do.
            return []
        seen = [heard.intent] if heard.intent in ANSWERS else []
        said = known.said_last
        if not facts.crisis_answered and seen:
            first, more = answers = _answers(heard)
            seen += [EMERGENCY] if answers == HARM_DONE else []
            again = set(seen) <= set(known.crises)
            said = say_other(dispatcher, said, *((more, first) if again else (first, more)))
            if not (again and facts.waiting):
                # Who is in line has been told so.
                here = facts.advocates_available
                say(dispatcher, "advocate_alerted" if here else "advocate_alerted_closed")
            command(dispatcher, "raise_alarm", reason=heard.intent)
        if Need.SEXUAL_ASSAULT_SERVICES in heard.needs:
            say(dispatcher, "assault_line")
        # Danger is taken seriously at a low probability: "are you gonna call the cops on me" is
        # answered too.
        for question in ALSO_ASKED:
            asked = heard.labels.get(question, 0.0)
            if asked >= SURELY_ASKED and asked > heard.confidence:
                say(dispatcher, question, **_named(question, facts))
        crises = list(dict.fromkeys([*known.crises, *seen]))
        return slots(misunderstood=None, after_crisis=0, crises=crises, said_last=said)


def _answers(heard: Heard) -> tuple[str, str]:
    """The words for a crisis that was understood, by what the text says about it."""
    after = after_in(heard.text)
    if heard.intent == "self_harm" and After.TAKEN in after:
        return HARM_DONE
    if After.HELP_COMING in after:
        return HELP_COMING
    another = heard.labels.get("for_someone_else", 0.0) >= FOR_ANOTHER
    return OTHER if heard.intent == "danger" and another else ANSWERS[heard.intent]


def _named(message: str, facts: Facts) -> dict[str, str]:
    """The organisation's name, where a message says it."""
    return {"organization": facts.organization} if message == "who_are_you" else {}


class Pause(Step):
    """It is not safe to text: one neutral line, then nothing until they write (S7)."""

    called = "action_pause"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Forget that we have met, so that the next message is met with a neutral question."""
        facts, heard = facts_of(tracker), hear(tracker, self.context)
        text = heard.text
        if leave_alone(text):
            return _left_alone(dispatcher, recall(tracker), facts, text)
        if not recall(tracker).told and mistook_number(text):
            # What this is was not said yet: it is beside the goodbye (B1, M4).
            say(dispatcher, "wrong_number_first")
            return [*paused(dispatcher), *slots(told=["automated"])]
        if heard.intent == "unsafe" and wishes_discretion(heard) and not somebody_near(heard):
            # "he reads my texts, write so that nobody understands": no wish for silence.
            known, met = recall(tracker), tracker.get_slot("met")
            command(dispatcher, "set_discreet", on=True)
            if met or "welcome" in known.told:
                say(dispatcher, "discreet_on")
            return slots(route=None if met else "intake")
        named_time = read_time(text, now=facts.now, zone=facts.zone) is not None
        # "not safe now, text me at 9": nothing is asked any more, and no time is kept without a
        # yes (S10), so they must not wait for a text from us.
        say(dispatcher, "paused_no_time" if named_time else "paused")
        return paused(dispatcher)


class Discreet(Step):
    """Asked to write so that nobody else understands (S8): the worker keeps it from now on."""

    called = "action_discreet"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say so in neutral words. A mere guess is none: the open question is asked again."""
        form = (tracker.active_loop or {}).get("name")
        heard = hear(tracker, self.context)
        if not wishes_discretion(heard):
            if form in ("next_form", None) and not heard.needs:
                say(dispatcher, "next_gentle")
            return []
        if not form:
            # A form that is open has switched it on, whatever else the message said.
            command(dispatcher, "set_discreet", on=True)
        say(dispatcher, "discreet_on")
        return []


class Stop(Step):
    """Asked in other words than STOP to stop: a pause, and how to stop for good (M3)."""

    called = "action_stop"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Pause; only the word STOP itself silences the number, since it cannot be taken back by
        whoever holds the phone next."""
        text = hear(tracker, self.context).text
        return _left_alone(dispatcher, recall(tracker), facts_of(tracker), text)


def _left_alone(dispatcher: CollectingDispatcher, known: Recall, facts: Facts, text: str) -> Events:
    """Nothing comes any more that was agreed on, and nobody; danger stays first in line."""
    if facts.handoff == "waiting" and not known.crises and leave_alone(text):
        command(dispatcher, "withdraw_handoff")
        say(dispatcher, "stop_pause_line")
    else:
        say(dispatcher, "stop_pause")
    agreed = {"all_off": True} if facts.safe_time or facts.check_ins else {}
    return paused(dispatcher, **agreed)


def paused(dispatcher: CollectingDispatcher, **more: bool) -> Events:
    """Ask the worker to be silent, and close what is open."""
    command(dispatcher, "pause", **more)
    return [
        *slots(
            route=None,
            met=None,
            safe=None,
            asked=None,
            unclear=None,
            misunderstood=None,
            after_crisis=None,
            small=None,
        ),
        *CLOSED,
    ]


class Back(Step):
    """Undo: the last answered question is open again; in line for an advocate, the line is left."""

    called = "action_back"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The place first, then the needs; before that there is nothing to undo."""
        known, facts = recall(tracker), facts_of(tracker)
        # After "not safe" it only says that they are here again.
        if facts.waiting and not facts.was_paused:
            command(dispatcher, "withdraw_handoff")
            say(dispatcher, "handoff_withdrawn")
            return [*CLOSED, *slots(met=True, route="next", asked=None, after_crisis=None)]
        onwards = [*CLOSED, *slots(route="intake", asked=None, misunderstood=None)]
        if not tracker.get_slot("met") or known.safe is None:
            return onwards
        if known.place_answered:
            say(dispatcher, "back_to_place")
            return [*onwards, *slots(place=None, places_asked=None, **ANEW)]
        if known.needs is not None:
            say(dispatcher, "back_to_need")
            return [*onwards, *slots(needs=None, seeking=None, kinds=None, narrowed=None, **ANEW)]
        say(dispatcher, "nothing_to_undo")
        return onwards


class Restart(Step):
    """Start over: what was told is forgotten, what was asked for at the desk is not."""

    called = "action_restart"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Forget needs, place and lists; nobody is welcomed twice."""
        forgotten = slots(
            needs=None, seeking=None, place=None, places_asked=None, place_tries=None,
            listed=None, wants_person=None, unclear=None, asked=None, misunderstood=None,
            kinds=None, fits=None, narrowed=None, wanted=None, **ANEW,
        )  # fmt: skip
        if not facts_of(tracker).waiting:
            forgotten += slots(offered=None)
        if tracker.get_slot("met"):
            say(dispatcher, "restarted")
        return [*CLOSED, *forgotten]


class Repeat(Step):
    """Say it again: the last list, if there is one, and the open question in full."""

    called = "action_repeat"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The form repeats its question by itself."""
        known, facts = recall(tracker), facts_of(tracker)
        form = (tracker.active_loop or {}).get("name")
        if form not in ("intake_form", None) or (form is None and known.listed):
            page = last_page(self.context, known, facts)
            if page.matches:
                show(dispatcher, known, facts, page)
                return slots(asked=None, listed=[match.service_id for match in page.matches])
        if form is None and tracker.get_slot("met"):
            say(dispatcher, "pick_up")
        # The safety question has no other full form than its second one (a re-entry is said once).
        times = 2 if known.safe is None else 0
        return slots(asked={"slot": known.asked, "times": times})


class Why(Step):
    """Why do you ask? Each question has its own reason (P4)."""

    called = "action_why"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The reason of the open question, or what this is for when none is open."""
        form = (tracker.active_loop or {}).get("name")
        asked = tracker.get_slot("requested_slot") if form else None
        say(dispatcher, REASONS.get(str(asked), "why_at_all"))
        return []


class Fallback(Step):
    """No rule applies: one gentle question, never a dead end."""

    called = "action_default_fallback"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Rasa's own would take back the message; ours says what can be said here."""
        say(dispatcher, "next_gentle")
        return []
