"""Part of the bot's actions: asks the intake's questions. Must never say the same words twice in a
row, and never ask before it is said who reads the answer (P2)."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import Answer
from bot.actions.hearing import ABSENCE, Facts, facts_of, hear, steps_since_heard
from bot.actions.intake import wants_something_else
from bot.actions.recall import Recall, as_place, recall, slots
from bot.actions.speech import MENU_CHOICES, YES_NO, menu, need_words, say, word
from bot.actions.step import Events, Step, asks, remind_automated, times_asked

MOST_NAMED = 3
"""So many needs are named in one message; more would not fit (M2)."""


class Question(Step):
    """Asks one question; silent after a goodbye."""

    slot: str

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask, unless the survivor just said goodbye."""
        known, facts = recall(tracker), facts_of(tracker)
        if "utter_bye" in steps_since_heard(tracker):
            return []
        before = self.introduce(dispatcher, tracker, known, facts)
        self.ask(dispatcher, tracker, known, facts)
        return [*before, *asks(known, self.slot)]

    def introduce(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> Events:
        """What must have been said before: who reads this (P2), that this is automated (B1)."""
        if "private" not in known.told:
            say(dispatcher, "welcome_private")
            return slots(told=[*known.told, "private"])
        return remind_automated(dispatcher, facts, tracker.get_slot("told_at"))

    def ask(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> None:
        """Say the question."""
        raise NotImplementedError(self.called)


class AskSafe(Question):
    """Is it safe to text? First of all, and again after a silence (S6, S13)."""

    called = "action_ask_intake_form_safe"
    slot = "safe"

    def introduce(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> Events:
        """At first contact what this is and who reads it; after danger only the first (M4)."""
        now = facts.now.timestamp()
        if "welcome" in known.told:
            return slots(told_at=now)
        say(dispatcher, "welcome")
        told = [*known.told, "welcome"]
        if not (hear(tracker, self.context).crisis or facts.crisis_answered):
            say(dispatcher, "welcome_private")
            told.append("private")
        return slots(told=told, told_at=now)

    def ask(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> None:
        """Neutral in every form: nothing here may tell a stranger what this is about (S13)."""
        times = times_asked(known, self.slot)
        if "welcome" not in known.told:
            told_something = known.needs or known.place_answered or known.wants_person
            asked = "ask_safe_heard" if told_something else "ask_safe"
        elif times == 0:
            asked = "reentry_automated" if facts.silence >= ABSENCE else "reentry"
        else:
            asked = "ask_safe_again" if times % 2 else "ask_safe"
        say(dispatcher, asked, choices=YES_NO)


class AskNeeds(Question):
    """What would help? In steps when it was not understood: examples, menu and a person (B5)."""

    called = "action_ask_intake_form_needs"
    slot = "needs"

    def ask(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> None:
        """The menu at first, other words each time after that."""
        heard = hear(tracker, self.context)
        if wants_something_else(heard):
            say(dispatcher, "ask_need_open")
        elif known.misunderstood and heard.says(Answer.WEAK):
            say(dispatcher, "need_unsure", choices=MENU_CHOICES, **menu())
        elif known.misunderstood == 1:
            say(dispatcher, "need_examples")
        elif known.misunderstood > 1:
            say(dispatcher, "need_menu_or_person", choices=MENU_CHOICES, **menu())
        elif times_asked(known, self.slot) % 2:
            say(dispatcher, "ask_need_again", choices=MENU_CHOICES)
        else:
            say(dispatcher, "ask_need", choices=MENU_CHOICES, **menu())


class AskPlace(Question):
    """Where, roughly? Says back what is looked for (P1)."""

    called = "action_ask_intake_form_place"
    slot = "place"

    def ask(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> None:
        """Which of several places, or another wording when a place was not found."""
        options = [as_place(value) for value in tracker.get_slot("places_asked") or ()]
        if options:
            places = [
                word("place_numbered", number=n, place=place.label)
                for n, place in enumerate((p for p in options if p), start=1)
            ]
            again = times_asked(known, self.slot) % 2
            say(dispatcher, "place_which_again" if again else "place_which", places=places)
        elif tracker.get_slot("place_tries"):
            say(dispatcher, "place_unknown", choices=("choice_skip",))
        elif times_asked(known, self.slot) % 2:
            say(dispatcher, "ask_place_again", choices=("choice_skip",))
        else:
            needs = need_words(known.seeking[:MOST_NAMED])
            say(dispatcher, "ask_place", needs=needs, choices=("choice_skip",))
