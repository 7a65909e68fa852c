"""Part of the bot's actions: offers an advocate. Must never take anything but a clear yes for one
(C6), and never pushes: the offer is answered once and then waits to be asked for."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.advice import own_answer
from bot.actions.aftermath import heard_after, tell_minor
from bot.actions.answers import Answer, is_question
from bot.actions.asides import say_who_we_are
from bot.actions.hearing import SURE, Facts, Heard, facts_of, hear, is_fresh, steps_since_heard
from bot.actions.heeding import heeded
from bot.actions.match_questions import about_listed_only, answer_about, kept_beside
from bot.actions.matches import named, show_more, tell_about
from bot.actions.once_more import show_again
from bot.actions.recall import Recall, recall, slots
from bot.actions.small import call_off, tell_time
from bot.actions.speech import MENU, YES_NO, Word, command, say, say_other, word
from bot.actions.step import (
    Events,
    Step,
    asks,
    closed,
    reject,
    remind_automated,
    times_asked,
)
from bot.actions.telling import (
    asks_again,
    leads_to_search,
    new_needs,
    say_dropped,
    taken_back,
    told_now,
)
from bot.actions.unanswered import STANDS, explain, is_puzzled, stands
from bot.actions.unanswered import asks as asks_something
from bot.actions.urgency import by_urgency
from bot.actions.wishes import asks_if_machine, no_person, wishes_it

FORM = "offer_form"
OFFERED_AGAIN = "offer_again"
"""Stands in the slot `told` once the offer was made a second time: after that it is not pushed."""


def wait_word(facts: Facts) -> Word:
    """How long it may take, as far as that is known; never a promise (B2)."""
    if not facts.advocates_available:
        return word("wait_closed")
    if facts.minutes is not None:
        return word("wait_minutes", n=facts.minutes)
    if facts.ahead is not None:
        return word("wait_ahead", n=facts.ahead) if facts.ahead else word("wait_next")
    return word("wait_unknown")


def say_waiting(dispatcher: CollectingDispatcher, known: Recall, facts: Facts) -> Events:
    """Where they stand in line, and the way out of it; in other words the second time."""
    again = times_asked(known, "waiting") % 2
    say(dispatcher, "still_waiting_again" if again else "still_waiting", wait=wait_word(facts))
    return asks(known, "waiting", next=None)


class ValidateOfferForm(Step):
    """Reads a message while an advocate is offered."""

    called = "validate_offer_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The answer, or whatever else was said instead of it."""
        known, facts = recall(tracker), facts_of(tracker)
        if not is_fresh(tracker, FORM):
            here = slots(agree=None, wants_person=None)
            if facts.in_line:
                # Asked for while something else was asked: they have said yes before.
                return [*here, *say_waiting(dispatcher, known, facts), *closed("next")]
            return here
        heard = about_listed_only(known, hear(tracker, self.context))
        if known.after_crisis is not None:
            heard = heard_after(known, heard)
        return self._read(dispatcher, tracker, known, facts, heard)

    def _read(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        known: Recall,
        facts: Facts,
        heard: Heard,
    ) -> Events:
        told = told_now(known, heard)
        first = heeded(
            dispatcher, tracker, known, facts, heard, told, form=FORM, stays={"agree": None}
        )
        if first is not None:
            return first
        told |= tell_minor(dispatcher, tracker, known, heard, now=True)
        if "place" not in told:
            asked = answer_about(self.context, dispatcher, known, facts, heard)
            if asked is not None and not heard.clear_yes:
                # A question about what is listed begins no new search.
                return [*slots(**kept_beside(told)), *slots(agree=None), *asked]
        # A yes to "which one do you mean" is none to the offer (C6).
        which = slots(said_last=None) if known.said_last == "which_match" else []
        # One exit: what was told is kept, whatever was answered.
        return [
            *slots(**told),
            *which,
            *self._answered(dispatcher, tracker, known, facts, heard, told),
        ]

    def _answered(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        known: Recall,
        facts: Facts,
        heard: Heard,
        told: dict[str, Any],
    ) -> Events:
        if heard.clear_yes and known.said_last == "which_match":
            return slots(agree=None, unclear=True)
        if heard.clear_yes or _asks_for_it(heard, known):
            return slots(agree="yes", route="handoff")
        if heard.says(Answer.BACK):
            return closed("back")
        off = call_off(dispatcher, known, facts, heard)
        if off is not None:
            return [*off, *closed("next")]
        if asks_if_machine(heard.text) and not heard.aside_is("who_are_you"):
            who = say_who_we_are(dispatcher, tracker, facts)
            search = leads_to_search(told)
            return [*slots(**who), *(closed("intake") if search else slots(agree=None))]
        if is_puzzled(heard) and not told:
            explained = explain(dispatcher, tracker, known, facts, "agree")
            return slots(agree=None, **explained)
        if no_person(heard.text):
            return [*slots(agree="no"), *closed(self._after(known, "refused"))]
        if (own := own_answer(heard.text)) is not None:
            say(dispatcher, own)
            return closed("intake") if leads_to_search(told) else slots(agree=None)
        aside = heard.aside and not taken_back(known, heard)
        if aside and not heard.asks_for_person and not heard.says(Answer.MORE):
            return reject(FORM)
        by_name = named(self.context, known, facts, heard.text)
        if by_name and not heard.asks_for_person:
            about = tell_about(self.context, dispatcher, tracker, by_name)
            return [*slots(agree=None), *about]
        timed = tell_time(dispatcher, known, facts, heard, kept=facts.safe_time)
        if timed is not None:
            return [*timed, *closed("next")]
        if say_dropped(dispatcher, known, heard) and not leads_to_search(told):
            nothing_left = told["needs"] is None
            return [*slots(agree=None), *(closed("intake") if nothing_left else [])]
        if leads_to_search(told):
            return closed("intake")
        if heard.asks_for_person and known.after_crisis is not None:
            return slots(agree=None, asked=None)
        if heard.refuses:
            return [*slots(agree="no"), *closed(self._after(known, "refused"))]
        if heard.numbers:
            return self._numbered(dispatcher, tracker, known, heard)
        if heard.says(Answer.MORE):
            return [*show_more(self.context, dispatcher, known, facts), *slots(agree=None)]
        if asks_again(known, heard):
            again = show_again(self.context, dispatcher, tracker, known, facts, heard)
            return [*again, *slots(agree=None)]
        if heard.minor:
            return slots(agree=None)
        if asks_something(heard):
            return slots(agree=None, **stands(dispatcher, tracker, facts))
        if tracker.get_slot("unclear"):
            return [*slots(agree="left", unclear=None), *closed(self._after(known, "undecided"))]
        return slots(agree=None, unclear=True)

    def _numbered(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, heard: Heard
    ) -> Events:
        """A number tells about a match; without a list it is the menu's, shown before the offer."""
        chosen = tuple(MENU[n - 1] for n in heard.numbers if 1 <= n <= len(MENU))
        if not known.listed and chosen:
            return [*slots(**new_needs(known, chosen)), *closed("intake")]
        about = tell_about(self.context, dispatcher, tracker, heard.numbers)
        if about:
            return [*slots(agree=None), *about]
        if known.listed:
            say(dispatcher, "which_match", last=len(known.listed))
            # One question a message: the offer waits for the next one (B6).
            return slots(agree=None, said_last="which_match")
        return slots(agree=None, unclear=True)

    @staticmethod
    def _after(known: Recall, route: str) -> str:
        """On to what comes next; back to the intake when it was not finished."""
        finished = known.matched or (known.needs is not None and not known.needs)
        return route if finished else f"{route}_intake"


def _asks_for_it(heard: Heard, known: Recall) -> bool:
    """ "I want to talk to somebody" answers the offer as clearly as a yes; a question does not."""
    surely = heard.choice is not None or heard.confidence >= SURE
    if known.after_crisis is not None:
        # The offer was made before the crisis: it is made again in full.
        return False
    plainly = heard.choice is not None or wishes_it(heard.text)
    return heard.asks_for_person and surely and plainly and not is_question(heard.text)


class AskAgree(Step):
    """Would you like a person? Says what they would see and that a no costs nothing (C13, P6)."""

    called = "action_ask_offer_form_agree"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """In full at first; plainly once more when the answer was not clear."""
        known, facts = recall(tracker), facts_of(tracker)
        if known.said_last == STANDS:
            return slots(said_last=None)
        if "utter_bye" in steps_since_heard(tracker) or known.after_crisis is not None:
            return []
        before = remind_automated(dispatcher, facts, tracker.get_slot("told_at"))
        times = times_asked(known, "agree")
        if facts.crossed and times and not dispatcher.messages:
            # The offer is on its way to them, and they wrote before they could read it.
            return []
        if known.said_last == "which_match":
            # It waits for the next message, which may be the answer.
            return []
        heard = hear(tracker, self.context)
        last = known.said_last if times else None
        if times == 0 and facts.handoff == "waiting":
            # Danger has put them first in line; the yes to being read is still theirs (C13).
            say(dispatcher, "in_line_already")
            said = say_other(
                dispatcher, known.said_last, "offer_again", "offer_plain", choices=YES_NO
            )
            told = list(dict.fromkeys([*known.told, "offer"]))
            return [*before, *asks(known, "agree", said_last=said, told=told)]
        wished = heard.asks_for_person or heard.intent == "call_for_me"
        new = "action_show_matches" in steps_since_heard(tracker)
        if OFFERED_AGAIN in known.told and not (wished or new or heard.clear_yes):
            # The offer stands; asking for it once more after each question would push (P6).
            if "offer_stands" in known.told and not tracker.get_slot("unclear"):
                # What they asked is answered, and they know how to get a person.
                return [*before, *asks(known, "agree")]
            said = say_other(dispatcher, known.said_last, "offer_stands", "offer_stands_again")
            told = list(dict.fromkeys([*known.told, "offer_stands"]))
            return [*before, *asks(known, "agree", said_last=said, told=told)]
        if tracker.get_slot("unclear"):
            said = say_other(dispatcher, last, "offer_plain", "offer_again", choices=YES_NO)
        elif times % 2 or (times == 0 and "offer" in known.told and not wished):
            said = say_other(
                dispatcher, known.said_last, "offer_again", "offer_plain", choices=YES_NO
            )
        else:
            said = "offer_handoff"
            say(dispatcher, said, choices=YES_NO)
            if times == 0:
                _say_wait(dispatcher, facts)
        again = [OFFERED_AGAIN] if "offer" in known.told else []
        told = list(dict.fromkeys([*known.told, "offer", *again]))
        return [*before, *asks(known, "agree", said_last=said, told=told)]


def _say_wait(dispatcher: CollectingDispatcher, facts: Facts) -> None:
    """How long it may take, as far as that is known, before they decide (P4)."""
    if not facts.advocates_available:
        say(dispatcher, "offer_closed_note", choices=YES_NO)
    elif facts.ahead:
        say(dispatcher, "offer_wait_note", choices=YES_NO, wait=wait_word(facts))


class OpenHandoff(Step):
    """The yes is handed to the worker, which records it and puts the survivor in line."""

    called = "action_open_handoff"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say honestly what happens now; only the needs and the place's name go along (C8)."""
        known, facts = recall(tracker), facts_of(tracker)
        wanted = {"service": known.wanted} if known.wanted else {}
        command(
            dispatcher,
            "open_handoff",
            needs=[str(need) for need in by_urgency(known.needs or (), known.kinds)],
            place=known.place.label if known.place else None,
            **wanted,
        )
        if not facts.advocates_available:
            say(dispatcher, "handoff_opened_closed")
        elif facts.ahead:
            say(dispatcher, "handoff_opened", ahead=facts.ahead, n=facts.ahead)
        else:
            say(dispatcher, "handoff_asked_for")
        small = _ask_about_waiting(dispatcher, facts)
        return slots(offered=True, unclear=None, misunderstood=None, wanted=None, small=small)


def _ask_about_waiting(dispatcher: CollectingDispatcher, facts: Facts) -> dict[str, str] | None:
    """May we text while you wait, or when is it safe to? Nothing is sent without a yes (S10)."""
    if not facts.advocates_available:
        say(dispatcher, "ask_safe_time", choices=("choice_skip",))
        return {"ask": "ask_safe_time"}
    if facts.discreet or facts.check_ins or not facts.short:
        return None
    say(dispatcher, "ask_check_ins", choices=YES_NO)
    return {"ask": "ask_check_ins"}


class RefuseHandoff(Step):
    """A no is recorded and costs nothing (C3, P6)."""

    called = "action_refuse_handoff"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say that it is fine and how to change one's mind."""
        command(dispatcher, "refuse_handoff")
        say(dispatcher, "handoff_refused")
        return slots(offered=True, unclear=None, misunderstood=None)


class LeaveOffer(Step):
    """Twice no clear answer is neither a yes nor a no: the offer is left open (C6)."""

    called = "action_leave_offer"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say how to come back to it."""
        say(dispatcher, "offer_left_open")
        return [*slots(offered=True, misunderstood=None), SlotSet("unclear", None)]


class Person(Step):
    """A person was asked for in other words than HUMAN."""

    called = "action_person"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """To the offer, or what the wait is when it was accepted before."""
        known, facts = recall(tracker), facts_of(tracker)
        if facts.in_line:
            return [*say_waiting(dispatcher, known, facts), *slots(route="next")]
        return slots(route="offer")
