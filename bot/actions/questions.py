"""Part of the bot's actions: asks the intake's questions. Must never say the same words twice in a
row, and never ask before it is said who reads the answer (P2)."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import Answer
from bot.actions.details import codes
from bot.actions.hearing import ABSENCE, Facts, facts_of, hear, steps_since_heard
from bot.actions.intake_answers import wants_something_else
from bot.actions.recall import Recall, as_place, recall, slots
from bot.actions.speech import (
    AT_ONCE,
    KIND_CHOICES,
    MENU_CHOICES,
    YES_NO,
    menu,
    need_words,
    say,
    say_other,
    stacked,
    word,
)
from bot.actions.step import Events, Step, asks, remind_automated, times_asked
from bot.actions.unanswered import STANDS, may_be_place
from bot.actions.urgency import by_urgency
from bot.actions.watched import wishes_discretion
from bot.actions.whereabouts import to_avoid
from directory.vocabulary import Need

MOST_NAMED = 6
"""So many needs are named in one message; more would not fit (M2)."""


class Question(Step):
    """Asks one question; silent after a goodbye."""

    slot: str

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask, unless the survivor just said goodbye."""
        known, facts = recall(tracker), facts_of(tracker)
        if known.said_last == STANDS:
            return slots(said_last=None)
        # After danger nothing is asked until they name something.
        if "utter_bye" in steps_since_heard(tracker) or known.after_crisis is not None:
            return []
        if facts.crossed and known.asked == self.slot and not dispatcher.messages:
            # It is on its way to them, and they wrote before they could read it.
            return []
        before = self.introduce(dispatcher, tracker, known, facts)
        said = self.ask(dispatcher, tracker, known, facts)
        return [*before, *asks(known, self.slot, said_last=said)]

    def introduce(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> Events:
        """What must have been said before: who reads this (P2), that this is automated (B1)."""
        if "private" not in known.told:
            if not facts.told_who_reads:
                say(dispatcher, "welcome_private")
            return slots(told=[*known.told, "private"])
        return remind_automated(dispatcher, facts, tracker.get_slot("told_at"))

    def ask(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> str:
        """Say the question, and name it."""
        raise NotImplementedError(self.called)


class AskSafe(Question):
    """Is it safe to text? First of all, and again after a silence (S6, S13)."""

    called = "action_ask_intake_form_safe"
    slot = "safe"

    def introduce(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> Events:
        """At first contact what this is and who reads it (M4, P2)."""
        now = facts.now.timestamp()
        if "welcome" in known.told:
            return slots(told_at=now)
        if not facts.welcomed:
            # The core has said it already where a word of its own came first.
            say(dispatcher, "welcome")
        if not facts.told_who_reads:
            say(dispatcher, "welcome_private")
        if not facts.discreet and wishes_discretion(hear(tracker, self.context)):
            # Switched on with this very message; said in its place, after what this is (S8).
            say(dispatcher, "discreet_on")
        return slots(told=[*known.told, "welcome", "private"], told_at=now)

    def ask(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> str:
        """Neutral in every form: nothing here may tell a stranger what this is about (S13)."""
        times = times_asked(known, self.slot)
        if "welcome" not in known.told:
            told_something = known.needs or known.place_answered or known.wants_person
            asked = "ask_safe_heard" if told_something else "ask_safe"
        elif times == 0 and "private" not in known.told and not facts.long_silence:
            # Somebody asked about others, or was rude, first of all: nobody has been away.
            asked = "ask_safe_again"
        elif times == 0:
            asked = "reentry_automated" if facts.silence >= ABSENCE else "reentry"
        else:
            asked = "ask_safe_again" if times % 2 else "ask_safe"
        last = known.said_last if times else None
        others = ("ask_safe_again", "ask_safe")
        return say_other(dispatcher, last, asked, *others, choices=YES_NO)


class AskNeeds(Question):
    """What would help? In steps when it was not understood: examples, menu and a person (B5)."""

    called = "action_ask_intake_form_needs"
    slot = "needs"

    def ask(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> str:
        """The menu at first, other words each time after that."""
        heard = hear(tracker, self.context)
        if wants_something_else(heard):
            asked = ("ask_need_open", "ask_need_again")
        elif known.misunderstood and heard.says(Answer.WEAK):
            asked = ("need_unsure", "need_menu_or_person")
        elif heard.aside and known.misunderstood:
            # "thanks" was understood, whatever was not before it.
            asked = ("ask_need_again", "ask_need")
        elif known.misunderstood == 1:
            asked = ("need_examples", "ask_need_again")
        elif known.misunderstood > 1:
            asked = ("need_menu_or_person", "need_unsure")
        elif times_asked(known, self.slot) % 2:
            asked = ("ask_need_again", "ask_need")
        else:
            asked = ("ask_need", "ask_need_again")
        if times_asked(known, self.slot) and asked[0] == known.said_last:
            asked = asked[::-1]
        return _say_need(dispatcher, asked[0])


def _say_need(dispatcher: CollectingDispatcher, chosen: str) -> str:
    """Ask in these words, with the menu where they hold one."""
    with_menu = chosen in ("ask_need", "need_unsure", "need_menu_or_person")
    labels = () if chosen in ("need_examples", "ask_need_open") else MENU_CHOICES
    say(dispatcher, chosen, choices=labels, **(menu() if with_menu else {}))
    return chosen


class AskPlace(Question):
    """Where, roughly? Says back what is looked for (P1)."""

    called = "action_ask_intake_form_place"
    slot = "place"

    def ask(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> str:
        """Which of several places, or another wording when a place was not found."""
        options = [as_place(value) for value in tracker.get_slot("places_asked") or ()]
        if options:
            places = [
                word("place_numbered", number=n, place=place.label)
                for n, place in enumerate((p for p in options if p), start=1)
            ]
            again = times_asked(known, self.slot) % 2
            asked = "place_which_again" if again else "place_which"
            say(dispatcher, asked, places=places)
            return asked
        away = to_avoid(hear(tracker, self.context).text)
        if away is not None and known.said_last != "place_avoided":
            say(dispatcher, "place_avoided", choices=("choice_skip",), place=away.label)
            return "place_avoided"
        assaulted = Need.SEXUAL_ASSAULT_SERVICES in known.seeking
        if tracker.get_slot("place_tries") and may_be_place(hear(tracker, self.context)):
            asked = "place_unknown"
        else:
            # After a silence the needs are not named: somebody else may read it (S13).
            plainly = known.returned or times_asked(known, self.slot) % 2
            first = "ask_place_gently" if assaulted else "ask_place"
            asked = "ask_place_again" if plainly else first
        if times_asked(known, self.slot) and asked == known.said_last:
            other = "ask_place" if not known.returned else "ask_place_again"
            asked = other if asked == "ask_place_again" else "ask_place_again"
        urgent = by_urgency(known.seeking, known.kinds)[:MOST_NAMED]
        named = asked in ("ask_place", "ask_place_gently")
        needs = {"needs": need_words(urgent, known.kinds)} if named else {}
        say(dispatcher, asked, choices=("choice_skip",), **needs)
        return asked


class AskDetail(Question):
    """The one question that would change the list: which kind of help."""

    called = "action_ask_intake_form_detail"
    slot = "detail"

    def ask(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, known: Recall, facts: Facts
    ) -> str:
        """A few numbered answers, and it can be skipped (B6)."""
        again = times_asked(known, self.slot) % 2
        need = Need(known.narrowed[-1] if known.narrowed else Need.HOUSING)
        labels = [KIND_CHOICES[code] for code in codes(need)]
        options = [
            word("kind_numbered", number=n, kind=word(label)) for n, label in enumerate(labels, 1)
        ]
        if again:
            asked = "ask_kind_again"
            say(dispatcher, asked, choices=(*labels, "choice_skip"), kinds=options)
            return asked
        asked = "ask_kind_soon" if need in AT_ONCE else "ask_kind"
        about = need_words([need])
        lines = stacked(options)
        say(dispatcher, asked, choices=(*labels, "choice_skip"), need=about, kinds=lines)
        return asked
