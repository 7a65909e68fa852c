"""Part of the bot's actions: answers asides about the service, about themselves and about somebody.
Must never tell anybody whether a person has written here, nor take a need that is only named."""

from typing import Any, ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.advice import own_answer
from bot.actions.hearing import Facts, Heard, facts_of, hear
from bot.actions.interruptions import CLOSED, paused
from bot.actions.match_words import has_said
from bot.actions.recall import Recall, recall, slots
from bot.actions.speech import Word, need_words, say, stacked, word
from bot.actions.step import Events, Step, say_in_turn
from bot.actions.wishes import threatens
from directory.vocabulary import Need
from language import LANGUAGES

MOST_EXPLAINED = 2
"""So many kinds of help are explained in one turn."""
FITS = {
    ("children", True): "about_me_children",
    ("children", False): "about_me_no_children",
    ("wheelchair", True): "about_me_wheelchair",
    ("gender", "woman"): "about_me_woman",
    ("gender", "man"): "about_me_man",
    ("minor", True): "about_me_young",
    ("native", True): "about_me_native",
}
"""What the slot `fits` holds, and the line that says it."""
FROM_THE_WORKER = {"check_ins": "about_me_check_ins", "discreet": "about_me_discreet"}


class InOtherWords(Step):
    """What is answered in other words when it is asked again: nobody reads the same twice."""

    messages: ClassVar[tuple[str, ...]]
    held_back: ClassVar[bool] = False
    by_name: ClassVar[bool] = False
    """Whether the messages name the organisation, as it names itself."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """The next of the messages; a threat is answered as one, whatever it asks beside that."""
        if not isinstance(self, Outside) and threatens(hear(tracker, self.context).text):
            return slots(**say_in_turn(dispatcher, tracker, *Abuse.messages))
        named = self.arguments(facts_of(tracker))
        return slots(**say_in_turn(dispatcher, tracker, *self.messages, **named))

    @classmethod
    def answer(
        cls, dispatcher: CollectingDispatcher, tracker: Tracker, named: tuple[Need, ...]
    ) -> None:
        """After the safety question, where it had to wait."""
        say(dispatcher, cls.messages[0], **cls.arguments(facts_of(tracker)))

    @classmethod
    def arguments(cls, facts: Facts) -> dict[str, str]:
        """What the messages need to be said."""
        return {"organization": facts.organization} if cls.by_name else {}


class WhoAreYou(InOtherWords):
    """ "who is this": an automated assistant, and whose (B1)."""

    called = "action_who_are_you"
    messages = ("who_are_you", "who_are_you_again")
    by_name = True


def say_who_we_are(
    dispatcher: CollectingDispatcher, tracker: Tracker, facts: Facts
) -> dict[str, Any]:
    """The same from within a form, where a question about a person was taken for a wish (B1)."""
    named = WhoAreYou.arguments(facts)
    return say_in_turn(dispatcher, tracker, *WhoAreYou.messages, **named)


class Cost(InOtherWords):
    """ "is this free"."""

    called = "action_cost"
    messages = ("cost", "cost_again")


class Privacy(InOtherWords):
    """ "who can read this": who, how long, and how to erase it (P2)."""

    called = "action_privacy"
    messages = ("privacy", "privacy_again")

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Who said to be under 18 is told again what may have to be reported (S4)."""
        answered = super().act(dispatcher, tracker)
        known = recall(tracker)
        if known.fits.get("minor") or tracker.get_slot("minor") or "minor" in known.told:
            say(dispatcher, "minor_privacy")
        return answered


class Authorities(InOtherWords):
    """ "will you tell the police": no, with its limit (S12)."""

    called = "action_authorities"
    messages = ("authorities", "authorities_again")


class SmallTalk(InOtherWords):
    """ "how are you", "are you there": one friendly line."""

    called = "action_small_talk"
    messages = ("small_talk", "small_talk_again")


class Aside(Step):
    """An aside with one answer, the same whichever question is open."""

    held_back: ClassVar[bool] = False
    """Not answered while it is asked if texting is safe: a stranger would learn too much (S13)."""

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Answer; nothing before texting is safe where the answer would tell a stranger much."""
        heard = hear(tracker, self.context)
        if not self.held_back or tracker.get_slot("requested_slot") != "safe":
            self.answer(dispatcher, tracker, heard.named)
        return []

    @staticmethod
    def answer(dispatcher: CollectingDispatcher, tracker: Tracker, named: tuple[Need, ...]) -> None:
        """Say the answer; `named` are the needs that the question names."""
        raise NotImplementedError


class AboutMe(Aside):
    """ "what do you know about me": what is noted, and how to change and to erase it."""

    called = "action_about_me"
    held_back = True

    @staticmethod
    def answer(dispatcher: CollectingDispatcher, tracker: Tracker, named: tuple[Need, ...]) -> None:
        """A line for each thing that is noted."""
        facts = facts_of(tracker)
        lines = noted(tracker, recall(tracker), facts)
        if not lines:
            say(dispatcher, "about_me_nothing")
            return
        if facts.language in LANGUAGES:
            lines.append(word("about_me_language", language=word(f"language_{facts.language}")))
        say(dispatcher, "about_me", lines=stacked(lines))
        say(dispatcher, "about_me_change")


class WhatIs(Aside):
    """ "what is case management": what such a service does; asking is not asking for it."""

    called = "action_what_is"
    held_back = True

    @staticmethod
    def answer(dispatcher: CollectingDispatcher, tracker: Tracker, named: tuple[Need, ...]) -> None:
        """What the named kinds of help are, or which kinds there are."""
        if named and facts_of(tracker).discreet:
            say(dispatcher, "about_in_person")
            return
        for need in named[:MOST_EXPLAINED]:
            if not has_said(dispatcher, f"about_need_{need}"):
                say(dispatcher, f"about_need_{need}")
        if not named:
            say(dispatcher, "what_is_kinds")

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Keep what was explained: "i want that" asks for it."""
        named = hear(tracker, self.context).named[:MOST_EXPLAINED]
        return [*super().act(dispatcher, tracker), *slots(explained=[str(one) for one in named])]


class Trust(InOtherWords):
    """ "can i trust you": what this is, what it does not do, how to check it; no pressure."""

    called = "action_trust"
    messages = ("trust", "trust_again")
    by_name = True


class ForSomeoneElse(Aside):
    """ "asking for a friend": welcome, and the need told beside it counts."""

    called = "action_for_someone_else"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """On to the search where the open question is not one that the need would answer."""
        super().act(dispatcher, tracker)
        known = recall(tracker)
        form = (tracker.active_loop or {}).get("name")
        told = bool(hear(tracker, self.context).needs) and known.safe and not known.matched
        if told and form != "intake_form" and known.after_crisis is None:
            return [*CLOSED, *slots(route="intake")]
        return slots(route=None)

    @staticmethod
    def answer(dispatcher: CollectingDispatcher, tracker: Tracker, named: tuple[Need, ...]) -> None:
        """No names are needed."""
        say(dispatcher, "for_someone_else")


ANSWERS: dict[str, type[Aside] | type[InOtherWords]] = {
    "about_me": AboutMe,
    "what_is": WhatIs,
    "trust": Trust,
    "for_someone_else": ForSomeoneElse,
    "cost": Cost,
    "privacy": Privacy,
    "authorities": Authorities,
}
"""Answered after a yes when the safety question had to come first."""


def waits(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    heard: Heard,
    values: dict[str, Any],
    *,
    rejected: bool,
) -> dict[str, Any]:
    """Slots for an aside that waits until texting is safe; answers it when that is now known.

    `values` are the slots that this message has filled, `rejected` is whether a rule answers it.
    """
    if not values.get("safe", tracker.get_slot("safe")):
        if (own := own_answer(heard.text)) is not None:
            return {"owed": {"own": own}}
        answer = ANSWERS.get(heard.intent) if heard.aside else None
        if answer is None or (rejected and not answer.held_back):
            return {}
        return {"owed": {"intent": heard.intent, "needs": [str(need) for need in heard.named]}}
    owed = tracker.get_slot("owed")
    if not owed or not values.get("safe"):
        return {}
    if "own" in owed:
        say(dispatcher, owed["own"])
        return {"owed": None}
    ANSWERS[owed["intent"]].answer(dispatcher, tracker, tuple(map(Need, owed["needs"])))
    return {"owed": None}


def noted(tracker: Tracker, known: Recall, facts: Facts) -> list[Word]:
    """What is kept of this talk, a line each: only what was told or agreed to."""
    lines = []
    if known.needs:
        lines.append(word("about_me_needs", needs=need_words(known.needs, known.kinds)))
    if known.place is not None:
        lines.append(word("about_me_place", place=known.place.label))
    fits = tracker.get_slot("fits") or {}
    if "minor" in known.told:
        fits = {**fits, "minor": True}
    lines += [word(FITS[told]) for told in fits.items() if told in FITS]
    if facts.waiting:
        lines.append(word("about_me_person"))
    given = tracker.get_slot("facts") or {}
    if given.get("safe_time"):
        time = {"time": given["safe_time"], "zone": given.get("zone"), "date": True}
        lines.append(word("about_me_safe_time", time=time))
    lines += [word(message) for fact, message in FROM_THE_WORKER.items() if given.get(fact)]
    return lines


class Outside(InOtherWords):
    """Words that may come from anybody, with answers that tell nothing of this conversation."""

    by_name = True

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """At first contact after what this is, and nothing is asked; after a pause a stranger may
        hold the phone, and only the neutral question comes (S13)."""
        known, facts = recall(tracker), facts_of(tracker)
        first: Events = []
        if not tracker.get_slot("met"):
            if "welcome" in known.told:
                return slots(route="intake", safe=None, asked=None)
            say(dispatcher, "welcome", organization=facts.organization)
            first = slots(told=[*known.told, "welcome"], told_at=facts.now.timestamp())
        return [*first, *super().act(dispatcher, tracker), *slots(route=None)]


class Abuse(Outside):
    """Insults, sexual or threatening words: calm, then a shorter boundary; we stay."""

    called = "action_abuse"
    messages = ("abuse", "abuse_again")
    by_name = False


class Press(Outside):
    """A journalist or a student: whom to ask, and nothing about anybody."""

    called = "action_press"
    messages = ("press",)


class AsksAboutSomeone(Outside):
    """Whoever asks about somebody reads the same words: neither yes nor no (C1, S13)."""

    called = "action_asks_about_someone"
    messages = ("asks_about_someone",)

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Once we have met, whoever asks may hold a survivor's phone: is it safe, before more."""
        answered = super().act(dispatcher, tracker)
        if not tracker.get_slot("met"):
            return answered
        known = recall(tracker)
        if known.safe and known.asked == "needs" and known.times_asked == 1:
            # They have just said that it is safe.
            return answered
        times = known.times_asked if known.asked == "safe" else 1
        asked = {"slot": "safe", "times": times}
        return [*answered, *CLOSED, *slots(route="intake", safe=None, asked=asked)]


class Outsider(Outside):
    """Who saw something, or helps others by profession: whom to tell, and what is no work of ours.

    Nothing is taken for a need of theirs.
    """

    called = "action_outsider"
    messages = ("outsider", "outsider_again")


class WrongNumber(Step):
    """A wrong number, or somebody who wants it to look like one: a goodbye that tells nothing."""

    called = "action_wrong_number"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Quiet until they write, and then a neutral start (S7, S13)."""
        known = recall(tracker)
        if known.told:
            say(dispatcher, "wrong_number")
            return paused(dispatcher)
        # The first words say that this is automated, and how to stop (B1, M4).
        say(dispatcher, "wrong_number_first")
        return [*paused(dispatcher), *slots(told=["automated"])]
