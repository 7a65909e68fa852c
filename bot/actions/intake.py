"""Part of the bot's actions: reads the answers of the intake. Must never ask what was told before.

Whatever a message tells beside the answer (a need, a place) is kept, whichever question is open.
"""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.advice import own_answer
from bot.actions.aftermath import (
    crisis_now,
    heard_after,
    is_answered_even_then,
    leaves_line,
    names_nothing,
    stay,
    tell_minor,
)
from bot.actions.answers import Answer
from bot.actions.asides import say_who_we_are, waits
from bot.actions.coming_back import after_hello
from bot.actions.hearing import Facts, Heard, facts_of, hear, is_fresh, steps_since_heard
from bot.actions.intake_answers import (
    FORM,
    Reading,
    note_needs,
    place_told,
    read_detail,
    read_needs,
    read_place,
    read_safe,
    tells_kind,
)
from bot.actions.matches import query
from bot.actions.narrowing import next_question
from bot.actions.recall import Recall, recall
from bot.actions.small import tell_time
from bot.actions.speech import say
from bot.actions.step import Events, Step
from bot.actions.telling import (
    told_place,
)
from bot.actions.unanswered import explain, is_puzzled
from bot.actions.watched import helpers_came, mind_discretion, somebody_near
from bot.actions.wishes import asks_if_machine, leave_alone, mistook_number


class ValidateIntakeForm(Step):
    """Reads a message while safety, need or place is asked."""

    called = "validate_intake_form"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Keep what was told, then read the answer to the open question."""
        known, facts = recall(tracker), facts_of(tracker)
        reading = Reading()
        fresh = is_fresh(tracker, FORM) or _begins_discreetly(tracker)
        if fresh or _begins_with_crisis(tracker):
            heard = hear(tracker, self.context)
            elsewhere = tracker.get_slot("requested_slot") in ("place", "detail")
            if known.after_crisis is not None:
                heard = heard_after(known, heard)
            elif elsewhere:
                # An answer to another question: what only sounds like a need is none.
                heard = heard.surely_named()
            note_needs(dispatcher, reading, known, heard)
            self._read(dispatcher, reading, known, facts, heard, tracker)
            _mind_age(dispatcher, reading, known, heard, tracker)
            values, rejected = reading.values, reading.rejected
            values |= waits(dispatcher, tracker, heard, values, rejected=rejected)
        elif _memory_was_lost(tracker, known, facts):
            reading.values["safe"] = True
        answered_place = reading.values.get("place") is not None or (
            known.place_answered and "place" not in reading.values
        )
        again = not is_fresh(tracker, FORM) and tracker.get_slot("requested_slot") == "detail"
        if answered_place and not again:
            # After an aside the open question is asked again, not the next one.
            self._narrow(reading, tracker, facts)
        return reading.events(known, facts, place_answered=answered_place)

    def _narrow(self, reading: Reading, tracker: Tracker, facts: Facts) -> None:
        """The next question that would change the answer, if there is one; else all is known."""
        known = recall(tracker, reading.values)
        if reading.rejected and tracker.get_slot("requested_slot") == "detail":
            reading.values["detail"] = None
            return
        if known.safe is None or not known.needs or known.matched:
            reading.values["detail"] = "done"
            return
        # While discreet the questions would name what is looked for (S8).
        quiet = facts.crisis_answered or facts.discreet or known.after_crisis is not None
        asked = query(known, facts)
        question = None if quiet else next_question(self.context, known, asked)
        if question is None:
            reading.values["detail"] = "done"
        else:
            narrowed = [*known.narrowed, question]
            asked_now = {"detail": None, "narrowed": narrowed, "narrowing": True, "asked": None}
            reading.values |= asked_now

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
        mind_discretion(dispatcher, facts, heard)
        near, came = (
            somebody_near(heard, asked_safe=slot == "safe"),
            helpers_came(heard, known.crises),
        )
        if not facts.crisis_answered and near and not came:
            reading.route = "pause"
            return
        if facts.crisis_answered:
            reading.values |= crisis_now(known, facts, heard)
        if heard.crisis and tracker.get_slot("met") and not came:
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
            told = reading.values | place_told(slot, heard)
            if names_nothing(known, heard, told):
                gentle = stay(dispatcher, tracker, known, heard, told)
                reading.values |= gentle or {"after_crisis": None, "asked": None}
                return
            if heard.aside and not heard.needs and not heard.asks_for_person:
                # Answered by its rule; the open question stays unasked.
                reading.rejected = True
                return
        reading.values["after_crisis"] = None
        first = not tracker.get_slot("met") and not known.told
        if first and not heard.named and mistook_number(heard.text):
            reading.route = "pause"
            return
        if leave_alone(heard.text) and tracker.get_slot("met"):
            reading.route = "pause"
            return
        if (route := after_hello(dispatcher, facts, heard)) is not None:
            reading.route = route
            reading.values |= {"safe": True, "asked": None}
            return
        if _is_entrance(tracker, known, facts):
            reading.values["safe"] = None
            reading.values["asked"] = None
            new = bool(reading.values.keys() & {"needs", "place"})
            reading.values["returned"] = (facts.long_silence and not new) or None
            reading.values["wants_person"] = known.wants_person or heard.intent == "human" or None
            return
        if _memory_was_lost(tracker, known, facts):
            # No second welcome, straight to the menu.
            reading.values["safe"] = True
            reading.values["wants_person"] = heard.asks_for_person or None
            return
        if heard.says(Answer.BACK):
            reading.route = "back"
            return
        # "for tonight" is the kind that was asked for, and no time to be texted at.
        if slot != "safe" and not (slot == "detail" and tells_kind(known, heard)):
            reading.time_told = tell_time(dispatcher, known, facts, heard, kept=facts.safe_time)
        if reading.time_told is not None:
            return
        if asks_if_machine(heard.text) and not heard.aside_is("who_are_you"):
            reading.values |= say_who_we_are(dispatcher, tracker, facts)
            if not heard.needs:
                return
        if slot in ("needs", "place", "detail") and is_puzzled(heard):
            reading.values |= explain(dispatcher, tracker, known, facts, slot)
            return
        own = own_answer(heard.text)
        if slot != "safe" and own is not None:
            say(dispatcher, own)
            if not heard.needs:
                return
        if slot == "safe":
            read_safe(reading, known, facts, heard)
        elif slot == "needs":
            read_needs(dispatcher, reading, known, facts, heard, tracker)
        elif slot == "place":
            read_place(dispatcher, reading, known, facts, heard, tracker)
        elif slot == "detail":
            read_detail(reading, known, heard)


def _begins_with_crisis(tracker: Tracker) -> bool:
    """Whether this is the first message and danger was answered before the form was opened."""
    return not tracker.get_slot("met") and steps_since_heard(tracker) == ["action_crisis", FORM]


def _begins_discreetly(tracker: Tracker) -> bool:
    """Whether the first message was taken for a wish to be quiet, and was one for discretion."""
    return not tracker.get_slot("met") and steps_since_heard(tracker) == ["action_pause", FORM]


def _memory_was_lost(tracker: Tracker, known: Recall, facts: Facts) -> bool:
    """Whether we have met but remember nothing: the memory was an older one, or was dropped."""
    return not (tracker.get_slot("met") or facts.first_contact or known.told)


def _is_entrance(tracker: Tracker, known: Recall, facts: Facts) -> bool:
    """Whether it must first be asked if texting is safe: first contact, a pause, a long silence."""
    if facts.long_silence:
        return True
    return not tracker.get_slot("met") and (facts.first_contact or bool(known.told))


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
