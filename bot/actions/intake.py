"""Part of the bot's actions: reads the answers of the intake. Must never ask what was told before.

Whatever a message tells beside the answer (a need, a place) is kept, whichever question is open.
"""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.aftermath import (
    crisis_now,
    is_answered_even_then,
    leaves_line,
    names_nothing,
    stay,
    tell_minor,
)
from bot.actions.answers import Answer, Short
from bot.actions.asides import waits
from bot.actions.hearing import Facts, Heard, facts_of, hear, is_fresh, steps_since_heard
from bot.actions.recall import ANYWHERE, Recall, as_place, recall, slots
from bot.actions.speech import MENU, say
from bot.actions.step import Events, Step, closed, reject
from bot.actions.telling import changes_mind, new_needs, place_slots, told_place
from bot.actions.whereabouts import answered, chosen, mentioned

FORM = "intake_form"
MOST_MISUNDERSTOOD = 3
"""At the second misunderstanding in a row a person is offered beside the menu; now they are asked
for (B5)."""
MOST_PLACE_TRIES = 2


@dataclass
class Reading:
    """What one message changes: slots, and how the form goes on."""

    values: dict[str, Any] = field(default_factory=dict)
    route: str | None = None
    rejected: bool = False

    def events(self, known: Recall, facts: Facts, *, place_answered: bool) -> Events:
        """Slots first, then the rejection or the end of the form."""
        remembered = slots(met=True, **self.values)
        if self.rejected:
            return [*remembered, *reject(FORM)]
        if self.route is not None:
            return [*remembered, *closed(self.route)]
        safe = self.values.get("safe", known.safe)
        needs = self.values.get("needs", known.needs)
        if safe and self.values.get("wants_person", known.wants_person):
            return [*remembered, *slots(wants_person=None), *closed("offer")]
        if safe and needs is not None and not needs:
            return [*remembered, *closed(_to_person(known, facts))]
        if safe and needs is not None and place_answered:
            return [*remembered, *slots(route=self._onwards(known, facts))]
        return remembered

    def _onwards(self, known: Recall, facts: Facts) -> str:
        if self.values.get("matched", known.matched):
            return _to_person(known, facts)
        # Right after a crisis nobody is asked anything: an advocate has been alerted.
        quiet = self.values.get("after_crisis", known.after_crisis) is not None
        answered = known.offered or facts.waiting or quiet
        return "matches_then_next" if answered else "matches_then_offer"


def _to_person(known: Recall, facts: Facts) -> str:
    """To the offer of a person, unless it has been answered or somebody is on the way."""
    return "next" if facts.waiting or known.offered else "offer"


class ValidateIntakeForm(Step):
    """Reads a message while safety, need or place is asked."""

    called = "validate_intake_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Keep what was told, then read the answer to the open question."""
        known, facts = recall(tracker), facts_of(tracker)
        reading = Reading()
        if is_fresh(tracker, FORM) or _begins_with_crisis(tracker):
            heard = hear(tracker, self.context)
            if heard.needs:
                reading.values |= new_needs(known, heard.needs, changed=changes_mind(heard))
            self._read(dispatcher, reading, known, facts, heard, tracker)
            _mind_age(dispatcher, reading, known, heard, tracker)
            values, rejected = reading.values, reading.rejected
            values |= waits(dispatcher, tracker, heard, values, rejected=rejected)
        elif _memory_was_lost(tracker, known, facts):
            reading.values["safe"] = True
        answered_place = reading.values.get("place") is not None or (
            known.place_answered and "place" not in reading.values
        )
        return reading.events(known, facts, place_answered=answered_place)

    def _read(
        self,
        dispatcher: CollectingDispatcher,
        reading: Reading,
        known: Recall,
        facts: Facts,
        heard: Heard,
        tracker: Tracker,
    ) -> None:
        slot = tracker.get_slot("requested_slot") if tracker.get_slot("met") else None
        if slot != "place" or facts.long_silence:
            # An answer to "where" is read below; here a place is only told beside something else.
            reading.values |= told_place(known, heard)
        if leaves_line(facts, heard):
            reading.route = "back"
            return
        if facts.crisis_answered:
            reading.values |= crisis_now(known, facts, heard)
        if heard.crisis and tracker.get_slot("met"):
            reading.rejected = True
            return
        if facts.crisis_answered or _begins_with_crisis(tracker):
            # What it is and whether texting is safe is said and asked with the first question.
            reading.values["asked"] = None
            if facts.long_silence:
                reading.values["safe"] = None
            reading.rejected = bool(tracker.get_slot("met")) and is_answered_even_then(heard)
            return
        if known.after_crisis is not None and not facts.long_silence:
            if names_nothing(heard, reading.values | _place_told(slot, heard)):
                gentle = stay(dispatcher, known)
                reading.values |= gentle or {"after_crisis": None, "asked": None}
                return
            if heard.aside and not heard.needs and not heard.asks_for_person:
                # Answered by its rule; the open question stays unasked.
                reading.rejected = True
                return
        reading.values["after_crisis"] = None
        if _is_entrance(tracker, known, facts):
            reading.values["safe"] = None
            reading.values["asked"] = None
            reading.values["wants_person"] = known.wants_person or heard.intent == "human" or None
            return
        if _memory_was_lost(tracker, known, facts):
            # No second welcome, straight to the menu.
            reading.values["safe"] = True
            reading.values["wants_person"] = heard.asks_for_person or None
            return
        if heard.says(Answer.BACK):
            reading.route = "back"
        elif slot == "safe":
            _read_safe(reading, known, facts, heard)
        elif slot == "needs":
            _read_needs(reading, known, facts, heard)
        elif slot == "place":
            _read_place(dispatcher, reading, known, facts, heard, tracker)


def _begins_with_crisis(tracker: Tracker) -> bool:
    """Whether this is the first message and danger was answered before the form was opened."""
    return not tracker.get_slot("met") and steps_since_heard(tracker) == ["action_crisis", FORM]


def _memory_was_lost(tracker: Tracker, known: Recall, facts: Facts) -> bool:
    """Whether we have met but remember nothing: the memory was an older one, or was dropped."""
    return not (tracker.get_slot("met") or facts.first_contact or known.told)


def _is_entrance(tracker: Tracker, known: Recall, facts: Facts) -> bool:
    """Whether it must first be asked if texting is safe: first contact, a pause, a long silence."""
    if facts.long_silence:
        return True
    return not tracker.get_slot("met") and (facts.first_contact or bool(known.told))


def _read_safe(reading: Reading, known: Recall, facts: Facts, heard: Heard) -> None:
    numbers = heard.bare_numbers
    no = heard.says(Answer.NO) or heard.says(Answer.NEVER_MIND) or numbers == (2,)
    if no or (heard.intent == "unsafe" and heard.short == Short()):
        reading.route = "pause"
    elif heard.says(Answer.YES) or heard.says(Answer.SKIP) or numbers == (1,):
        reading.values["safe"] = True
        # Of several lines one may be a question.
        reading.rejected = heard.aside
    elif heard.asks_for_person:
        # A person is offered once it is known that texting is safe.
        reading.values["wants_person"] = True
    elif heard.aside:
        reading.rejected = True
    elif known.times_asked > 1 and not facts.crisis_answered:
        # Who goes on telling twice has answered: a third question would be an interrogation.
        reading.values["safe"] = True


def _read_needs(reading: Reading, known: Recall, facts: Facts, heard: Heard) -> None:
    from_menu = [MENU[n - 1] for n in heard.numbers if 1 <= n <= len(MENU)]
    if from_menu:
        reading.values |= new_needs(known, tuple(from_menu)) | {"misunderstood": None}
    elif heard.needs:
        reading.values["misunderstood"] = None
        reading.rejected = heard.aside and heard.intent != "greet"
    elif heard.minor:
        reading.values["misunderstood"] = None
    elif heard.refuses:
        reading.values |= {"needs": [], "misunderstood": None}
    elif wants_something_else(heard):
        reading.values["misunderstood"] = None
    elif heard.asks_for_person:
        reading.values["wants_person"] = True
    elif heard.aside:
        reading.rejected = True
    elif reading.values.get("place") is None and not facts.crisis_answered:
        count = known.misunderstood + 1
        reading.values["misunderstood"] = count
        if count >= MOST_MISUNDERSTOOD:
            reading.values |= {"misunderstood": None, "wants_person": True}


def _mind_age(
    dispatcher: CollectingDispatcher,
    reading: Reading,
    known: Recall,
    heard: Heard,
    tracker: Tracker,
) -> None:
    """Say what being under 18 means as soon as texting is safe, before anything else is asked."""
    quiet = heard.crisis or reading.values.get("after_crisis") is not None
    safe = bool(reading.values.get("safe", known.safe)) and reading.route != "pause" and not quiet
    reading.values |= tell_minor(dispatcher, tracker, known, heard, now=safe)


def _among_lines(heard: Heard) -> dict[str, Any]:
    """Slots for a place that is one of several lines, or stands in all of them together."""
    if len(heard.lines) < 2:
        return {}
    short = [piece != Short() for piece in heard.pieces]
    where = [mentioned(heard.text)]
    alone = [line for line, said in zip(heard.lines, short, strict=True) if not said]
    where += [answered(line, sure=False) for line in alone]
    return next((found for found in map(place_slots, where) if found), {})


def _place_told(slot: str | None, heard: Heard) -> dict[str, Any]:
    """Slots for a place in an answer to "where"."""
    if slot != "place":
        return {}
    return _among_lines(heard) or place_slots(answered(heard.text, sure=False))


def wants_something_else(heard: Heard) -> bool:
    """Whether the menu's last entry was chosen: to say it in one's own words."""
    return heard.choice == "choice_something_else" or heard.numbers == (len(MENU) + 1,)


def _read_place(
    dispatcher: CollectingDispatcher,
    reading: Reading,
    known: Recall,
    facts: Facts,
    heard: Heard,
    tracker: Tracker,
) -> None:
    among = _among_lines(heard)
    if among:
        reading.values |= among
        return
    if heard.refuses or heard.says(Answer.WEAK):
        reading.values |= {"place": ANYWHERE, "places_asked": None, "place_tries": None}
        return
    options = [as_place(value) for value in tracker.get_slot("places_asked") or ()]
    if heard.asks_for_person:
        reading.values["wants_person"] = True
        return
    if heard.says(Answer.MORE):
        return
    aside = heard.aside
    if options:
        known_options = [place for place in options if place]
        where = chosen(heard.text, heard.numbers, known_options, sure=not aside)
    else:
        where = answered(heard.text, sure=not aside)
    found = place_slots(where)
    if found:
        reading.values |= found
        return
    if aside:
        reading.rejected = True
        return
    if heard.needs or heard.minor or facts.crisis_answered:
        if set(heard.needs) - set(known.needs or ()):
            # Asked in full again, so that what was added is said back (P1).
            reading.values["asked"] = None
        return
    tries = int(tracker.get_slot("place_tries") or 0) + 1
    reading.values["place_tries"] = tries
    if tries >= MOST_PLACE_TRIES:
        say(dispatcher, "place_gave_up")
        reading.values |= {"place": ANYWHERE, "places_asked": None, "place_tries": None}
