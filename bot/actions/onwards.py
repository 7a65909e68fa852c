"""Part of the bot's actions: reads what comes after the matches and the offer. Must never leave a
message without an answer, and never ask "anything else?" twice."""

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.advice import own_answer
from bot.actions.aftermath import heard_after, tell_minor
from bot.actions.answers import Answer, Short
from bot.actions.asides import say_who_we_are
from bot.actions.handoff import say_waiting
from bot.actions.hearing import Facts, Heard, facts_of, hear, is_fresh, steps_since_heard
from bot.actions.heeding import heeded
from bot.actions.intake_answers import wants_something_else
from bot.actions.match_questions import about_listed_only, answer_about, kept_beside
from bot.actions.matches import named, show_more, tell_about
from bot.actions.once_more import show_again
from bot.actions.recall import Recall, recall, slots
from bot.actions.small import DONE, call_off, read_small, tell_time
from bot.actions.speech import MENU, MENU_CHOICES, YES_NO, menu, say, say_other
from bot.actions.step import Events, Step, asks, closed, reject, remind_automated
from bot.actions.telling import (
    asks_again,
    leads_to_search,
    new_needs,
    say_dropped,
    taken_back,
    told_now,
)
from bot.actions.unanswered import asks as asks_something
from bot.actions.unanswered import explain, is_puzzled, say_cannot
from bot.actions.wishes import asks_if_in_line, asks_if_machine, asks_place_in_line

FORM = "next_form"
MOST_MISUNDERSTOOD = 3

# After these the survivor knows where they are: nothing more is asked.
_COMPLETE = frozenset(
    {"action_open_handoff", "action_refuse_handoff", "action_leave_offer", "action_back"}
)


class ValidateNextForm(Step):
    """Reads a message when nothing in particular was asked."""

    called = "validate_next_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """A number, another need or place, a yes or no to "anything else", or an aside."""
        known, facts = recall(tracker), facts_of(tracker)
        if not is_fresh(tracker, FORM):
            steps = set(steps_since_heard(tracker))
            searching = known.needs and not known.matched and not known.small
            if searching and not steps & _COMPLETE and _asking(known):
                # A need told beside a question that has now been answered.
                return [*slots(next=None, met=True), *closed("intake")]
            return slots(next=None, met=True)
        heard = about_listed_only(known, hear(tracker, self.context))
        if known.after_crisis is not None:
            heard = heard_after(known, heard)
        told = told_now(known, heard)
        stays = {"next": None, "met": True}
        first = heeded(dispatcher, tracker, known, facts, heard, told, form=FORM, stays=stays)
        if first is not None:
            return first
        if known.safe is None and known.crises and "welcome" not in known.told:
            # They wrote in danger first of all: who we are is said with the first question.
            told_first = tell_minor(dispatcher, tracker, known, heard, now=False)
            return [*slots(after_crisis=None, **told, **told_first), *closed("intake")]
        aged = tell_minor(dispatcher, tracker, known, heard, now=True)
        before = slots(after_crisis=None, **aged)
        return [*before, *self._answered(dispatcher, tracker, known, heard, told, bool(aged))]

    def _answered(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        known: Recall,
        heard: Heard,
        told: dict[str, Any],
        aged: bool,
    ) -> Events:
        facts = facts_of(tracker)
        if known.small.get("ask") == "go_on" and heard.needs and not leads_to_search(told):
            # After a silence the need told before is named again: that goes on with it.
            return [*slots(**told), *slots(**DONE), *closed("intake")]
        if facts.in_line and asks_place_in_line(heard.text):
            return [*say_waiting(dispatcher, known, facts), *slots(**told)]
        if not facts.waiting and asks_if_in_line(heard.text):
            say(dispatcher, "not_in_line")
            return slots(**told, **DONE, asked=None)
        small = call_off(dispatcher, known, facts, heard)
        if small is None:
            small = read_small(self.context, dispatcher, known, facts, heard)
        asked = None
        if small is None and "place" not in told:
            asked = answer_about(self.context, dispatcher, known, facts, heard)
        if asked is not None:
            # A question about what is listed begins no new search.
            return [*slots(**kept_beside(told)), *slots(**DONE, asked=None), *asked]
        if small is None:
            small = tell_time(dispatcher, known, facts, heard, kept=facts.safe_time)
        if small is not None:
            return [*slots(**told), *small, *_resumed(known, small)]
        if is_puzzled(heard) and not told:
            explained = explain(dispatcher, tracker, known, facts, "next")
            return [*slots(**DONE, asked=None), *slots(**explained)]
        if (own := own_answer(heard.text)) is not None:
            say(dispatcher, own)
            here = [*slots(**told), *slots(**DONE, asked=None)]
            return [*here, *(closed("intake") if leads_to_search(told) else [])]
        if asks_if_machine(heard.text):
            who = say_who_we_are(dispatcher, tracker, facts)
            here = slots(**told, **who, **{**DONE, "asked": None})
            if leads_to_search(told):
                return [*here, *closed("intake")]
            return [*here, *(say_waiting(dispatcher, known, facts) if facts.in_line else [])]
        if heard.asks_for_person:
            return self._to_person(dispatcher, known, facts)
        # "which place am i in line" only sounds like one of a list, where there is none.
        aside = heard.aside and (known.listed or not heard.aside_is("about_match"))
        if aside and not heard.says(Answer.MORE) and not taken_back(known, heard):
            return [*slots(next=None, misunderstood=None, **told), *reject(FORM)]
        by_name = named(self.context, known, facts, heard.text)
        if by_name:
            about = tell_about(self.context, dispatcher, tracker, by_name)
            return [*slots(**DONE, asked=None), *about]
        if say_dropped(dispatcher, known, heard) and not leads_to_search(told):
            nothing_left = told["needs"] is None
            if not nothing_left:
                say(dispatcher, "here_for_you")
            return [*slots(**DONE, **told), *(closed("intake") if nothing_left else [])]
        if leads_to_search(told):
            return [*slots(misunderstood=None, **told), *closed("intake")]
        if told:
            # It changes no list, and is kept for the next one.
            said = say_other(dispatcher, known.said_last, "noted", "here_for_you")
            return [*slots(**told), *slots(**DONE, said_last=said)]
        if aged and heard.short == Short() and not heard.pieces:
            return slots(next=None, misunderstood=None, asked=None)
        return self._read(dispatcher, tracker, known, facts, heard)

    def _read(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        known: Recall,
        facts: Facts,
        heard: Heard,
    ) -> Events:
        clear = slots(next=None, misunderstood=None, asked=None, agree=None, small=None)
        numbers = heard.numbers
        if numbers:
            about = tell_about(self.context, dispatcher, tracker, numbers)
            if about:
                return [*clear, *about]
            return self._from_menu(dispatcher, known, heard)
        if heard.says(Answer.BACK):
            return closed("back")
        if heard.says(Answer.MORE):
            more = show_more(self.context, dispatcher, known, facts)
            return [*more, *clear] if known.matched else closed("intake")
        if asks_again(known, heard):
            return [*show_again(self.context, dispatcher, tracker, known, facts, heard), *clear]
        if heard.clear_yes and tracker.get_slot("agree") == "left" and known.asked == "next":
            # The yes belongs to the offer that was just left open: it is asked in full again.
            return [*slots(agree=None), *closed("offer")]
        if heard.says(Answer.YES) or wants_something_else(heard):
            say(dispatcher, "ask_need_open")
            return clear
        if heard.refuses:
            said = say_other(dispatcher, known.said_last, "all_for_now", "here_for_you")
            return [*clear, *slots(said_last=said)]
        if heard.says(Answer.WEAK):
            said = say_other(dispatcher, known.said_last, "here_for_you", "all_for_now")
            return [*clear, *slots(said_last=said)]
        if asks_something(heard):
            return [*clear, *slots(**say_cannot(dispatcher, tracker, facts))]
        return self._not_understood(dispatcher, known, facts)

    @staticmethod
    def _to_person(dispatcher: CollectingDispatcher, known: Recall, facts: Facts) -> Events:
        """To the offer, or what the wait is when it was accepted before."""
        if facts.in_line:
            return say_waiting(dispatcher, known, facts)
        return [*slots(misunderstood=None, asked=None), *closed("offer")]

    @staticmethod
    def _from_menu(dispatcher: CollectingDispatcher, known: Recall, heard: Heard) -> Events:
        """A number that is no match: the menu's when it was shown, else which one was meant."""
        chosen = tuple(MENU[n - 1] for n in heard.numbers if 1 <= n <= len(MENU))
        if known.misunderstood and chosen:
            told = new_needs(known, chosen)
            return [*slots(misunderstood=None, **told), *closed("intake")]
        if known.listed:
            say(dispatcher, "which_match", last=len(known.listed))
        else:
            say(dispatcher, "ask_need_open")
        return slots(next=None)

    @staticmethod
    def _not_understood(dispatcher: CollectingDispatcher, known: Recall, facts: Facts) -> Events:
        """In steps: what can be said here, the menu with a person beside it, a person (B5)."""
        count = known.misunderstood + 1
        if facts.in_line and count == 1:
            return [*say_waiting(dispatcher, known, facts), *slots(misunderstood=count, small=None)]
        if count == 1:
            say(dispatcher, "next_gentle")
        elif count < MOST_MISUNDERSTOOD:
            say(dispatcher, "need_menu_or_person", choices=MENU_CHOICES, **menu())
        elif facts.waiting:
            # They are in line already: begin again rather than say the same words twice.
            say(dispatcher, "ask_need_open")
            return slots(next=None, misunderstood=None, small=None)
        else:
            return [*slots(misunderstood=None, asked=None), *closed("offer")]
        return slots(next=None, misunderstood=count, small=None)


def _resumed(known: Recall, small: Events) -> Events:
    """Back to the intake, when a small question stood in its way and is answered."""
    left = {event["name"]: event["value"] for event in small if event["event"] == "slot"}
    answered = left.get("small") is None and "route" not in left
    # "is it a good time" would contradict the answer where it is not known whether texting is safe.
    goes_on = answered and known.safe and known.needs and not known.matched
    return closed("intake") if goes_on else []


def _asking(known: Recall) -> bool:
    """Whether questions may be asked: not right after a crisis."""
    return known.after_crisis is None


class AskNext(Step):
    """Is there anything else? Asked once, when a list has just been shown or we pick up again."""

    called = "action_ask_next_form_next"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say it only when the form opens; an aside has been answered already."""
        known, facts = recall(tracker), facts_of(tracker)
        steps = set(steps_since_heard(tracker))
        if known.after_crisis is not None:
            return []
        before = remind_automated(dispatcher, facts, tracker.get_slot("told_at"))
        if known.asked == "waiting":
            return before
        if steps & _COMPLETE:
            return [*before, *asks(known, "next")]
        if known.small and known.small.get("ask") != "go_on":
            # A small question stands open already: one is enough (B6).
            return before
        if "action_show_matches" in steps:
            say(dispatcher, "ask_next", choices=("choice_more", "choice_human"))
        elif known.small.get("ask") == "go_on":
            say(dispatcher, "go_on", choices=YES_NO)
        elif "intake_form" in steps:
            say(dispatcher, "pick_up", choices=("choice_more", "choice_human"))
        elif "action_repeat" in steps and not known.listed:
            say(dispatcher, "ask_next", choices=("choice_human",))
        return [*before, *asks(known, "next")]
