"""Part of the bot's actions: what an answer to one of the intake's questions changes.

Must never ask: that is questions.py's work.
"""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import (
    Answer,
    Short,
    begins_safe,
    begins_unsafe,
    begins_with,
    is_question,
)
from bot.actions.details import codes
from bot.actions.hearing import LEAST, SURE, Facts, Heard
from bot.actions.kind_answers import answered_kinds, says_only_when
from bot.actions.recall import ANYWHERE, Recall, as_place, slots
from bot.actions.speech import KIND_CHOICES, MENU, say
from bot.actions.step import Events, closed, reject
from bot.actions.telling import (
    changes_mind,
    needs_told,
    new_needs,
    place_slots,
    say_dropped,
    told_details,
)
from bot.actions.unanswered import asks, may_be_place, refuses_to_say, stands
from bot.actions.watched import says_away
from bot.actions.whereabouts import answered, chosen, mentioned, to_avoid
from directory.vocabulary import Need

FORM = "intake_form"
MOST_MISUNDERSTOOD = 3
"""At the second misunderstanding in a row a person is offered beside the menu; now they are asked
for (B5)."""
MOST_PLACE_TRIES = 2
LEFT_OUT: dict[str, Any] = {"place": ANYWHERE, "places_asked": None, "place_tries": None}
"""Slots where it is not said where: the search goes on without a place (B6)."""
REMARKS = frozenset(
    {"bye", "thanks", "unsafe", "stop", "more", "repeat", "small_talk", "none_of_these"}
)
"""Asides that are none beside a yes to the safety question."""


@dataclass
class Reading:
    """What one message changes: slots, and how the form goes on."""

    values: dict[str, Any] = field(default_factory=dict)
    route: str | None = None
    rejected: bool = False
    time_told: Events | None = None

    def events(self, known: Recall, facts: Facts, *, place_answered: bool) -> Events:
        """Slots first, then the rejection or the end of the form."""
        remembered = slots(met=True, **self.values)
        if self.time_told is not None:
            return [*remembered, *self.time_told, *closed("next")]
        if self.rejected:
            return [*remembered, *reject(FORM)]
        if self.route is not None:
            return [*remembered, *closed(self.route)]
        safe = self.values.get("safe", known.safe)
        new = self.values.keys() & {"needs", "place"}
        if safe and known.safe is None and known.returned and not new:
            # Somebody else may hold the phone: what was told before is not said by itself (S13).
            kept = known.needs is not None or known.place_answered
            small = {"small": {"ask": "go_on"}} if kept and not known.matched else {}
            return [*remembered, *slots(**small), *(closed("next") if kept else [])]
        needs = self.values.get("needs", known.needs)
        if safe and self.values.get("wants_person", known.wants_person):
            return [*remembered, *slots(wants_person=None), *closed("offer")]
        if safe and needs is not None and not needs:
            return [*remembered, *closed(_to_person(known, facts))]
        if safe and needs is not None and place_answered:
            done = self.values.get("detail") is not None
            return [*remembered, *(slots(route=self._onwards(known, facts)) if done else [])]
        return remembered

    def _onwards(self, known: Recall, facts: Facts) -> str:
        if self.values.get("matched", known.matched):
            return _to_person(known, facts)
        return "matches"


def _to_person(known: Recall, facts: Facts) -> str:
    """To the offer of a person, unless it has been answered or somebody is on the way."""
    return "next" if facts.waiting or known.offered else "offer"


def note_needs(
    dispatcher: CollectingDispatcher, reading: Reading, known: Recall, heard: Heard
) -> None:
    """Keep the needs and details that a message tells, or drop those that it takes back."""
    if say_dropped(dispatcher, known, heard):
        reading.values |= {"misunderstood": None, "asked": None}
    reading.values |= needs_told(known, heard)
    needs = tuple(map(Need, reading.values.get("needs") or known.needs or ()))
    reading.values |= told_details(known, heard, needs)


def read_detail(reading: Reading, known: Recall, heard: Heard) -> None:
    """The answer to a question that would change the list; what is no answer lets it go (B6)."""
    question = known.narrowed[-1] if known.narrowed else None
    if heard.asks_for_person:
        reading.values["wants_person"] = True
    elif heard.aside and not heard.needs and not tells_kind(known, heard):
        reading.rejected = True
    elif question in set(Need):
        kinds = codes(Need(question))
        chosen = {kinds[n - 1] for n in heard.numbers if 1 <= n <= len(kinds)}
        chosen |= {code for code in kinds if heard.choice == KIND_CHOICES.get(code)}
        chosen = chosen or set(answered_kinds(Need(question), heard.text))
        if chosen:
            reading.values["kinds"] = sorted(known.kinds | chosen)


def tells_kind(known: Recall, heard: Heard) -> bool:
    """Whether it answers which kind, though it may sound like something else: "para hoy"."""
    question = known.narrowed[-1] if known.narrowed else None
    if question not in set(Need) or is_question(heard.text):
        return False
    return bool(answered_kinds(Need(question), heard.text))


def read_safe(reading: Reading, known: Recall, facts: Facts, heard: Heard) -> None:
    """Whether it is safe to text (S6, S7)."""
    numbers = heard.bare_numbers
    # After a crisis "no i wont do it" is no answer: only the bare word is.
    plainly = heard.short != Short() or heard.piece is not None or heard.choice is not None
    no = heard.says(Answer.NO) and (plainly or not known.crises)
    no = no or heard.says(Answer.NEVER_MIND) or numbers == (2,)
    # "mejor no, comida" puts a need in another's place; "no i need …" may still be a no.
    no = no and not (changes_mind(heard) and not begins_with(Answer.NO, heard.text))
    safe = _is_safe(heard) or heard.says(Answer.SKIP) or numbers == (1,)
    # "yes he went out" is understood as unsafe at times, and "nobody is here" as a no.
    unsure = safe and heard.short == Short() and (heard.confidence < SURE or says_away(heard.text))
    unsafe = heard.intent == "unsafe" and heard.short == Short()
    if begins_unsafe(heard.text) or ((no or unsafe) and not unsure):
        reading.route = "pause"
    elif safe:
        reading.values["safe"] = True
        # Beside the yes one may ask something; "yes for now" is no goodbye.
        reading.rejected = heard.aside and heard.intent not in REMARKS
    elif heard.asks_for_person:
        # A person is offered once it is known that texting is safe.
        reading.values["wants_person"] = True
        if known.times_asked > 1 and not facts.crossed:
            reading.values["safe"] = True
    elif heard.aside:
        reading.rejected = True
    elif facts.crossed or facts.crisis_answered:
        # They have not read the question yet.
        return
    elif known.asked == "safe" and (_goes_on(reading, known, heard) or known.times_asked > 1):
        # Who goes on telling has answered: to ask it again would be an interrogation.
        reading.values["safe"] = True


def _goes_on(reading: Reading, known: Recall, heard: Heard) -> bool:
    """Whether a message plainly tells a need or a place that was not told before.

    The same once more may be a text that seemed not to have come through.
    """
    new_place = reading.values.get("place") and not known.place_answered
    told = bool(set(heard.needs) - set(known.needs or ()) or new_place)
    return told and heard.confidence >= LEAST


def _is_safe(heard: Heard) -> bool:
    """A yes, also with a reason or something told behind it, or that nobody is near."""
    plainly = heard.short != Short() or heard.piece is not None or heard.choice is not None
    if heard.says(Answer.SAFE_NOW) or (
        heard.says(Answer.YES) and (plainly or heard.confidence >= SURE)
    ):
        return True
    if heard.short.answer is not None or heard.choice is not None or heard.piece is not None:
        return False
    away = says_away(heard.text) and not begins_with(Answer.NO, heard.text)
    return any(map(begins_safe, (heard.text, *heard.lines))) or away


def read_needs(
    dispatcher: CollectingDispatcher,
    reading: Reading,
    known: Recall,
    facts: Facts,
    heard: Heard,
    tracker: Tracker,
) -> None:
    """What is needed: a number of the menu, own words, or nothing (B5, B6)."""
    from_menu = [MENU[n - 1] for n in heard.numbers if 1 <= n <= len(MENU)]
    if from_menu:
        reading.values |= new_needs(known, tuple(from_menu)) | {"misunderstood": None}
    elif known.explained and heard.says(Answer.YES):
        # "what is case management" … "ok i want that"
        wanted = new_needs(known, known.explained)
        reading.values |= wanted | {"misunderstood": None, "explained": None}
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
        if asks(heard):
            reading.values |= stands(dispatcher, tracker, facts) | {"misunderstood": None}
            return
        count = known.misunderstood + 1
        reading.values["misunderstood"] = count
        if count >= MOST_MISUNDERSTOOD:
            reading.values |= {"misunderstood": None, "wants_person": True}


def _among_lines(heard: Heard) -> dict[str, Any]:
    """Slots for a place that is one of several lines, or stands in all of them together."""
    if len(heard.lines) < 2:
        return {}
    short = [piece != Short() for piece in heard.pieces]
    where = [mentioned(heard.text)]
    alone = [line for line, said in zip(heard.lines, short, strict=True) if not said]
    where += [answered(line, sure=False) for line in alone]
    return next((found for found in map(place_slots, where) if found), {})


def place_told(slot: str | None, heard: Heard) -> dict[str, Any]:
    """Slots for a place in an answer to "where"."""
    if slot != "place":
        return {}
    return _among_lines(heard) or place_slots(answered(heard.text, sure=False))


def wants_something_else(heard: Heard) -> bool:
    """Whether the menu's last entry was chosen: to say it in one's own words."""
    return heard.choice == "choice_something_else" or heard.numbers == (len(MENU) + 1,)


def read_place(
    dispatcher: CollectingDispatcher,
    reading: Reading,
    known: Recall,
    facts: Facts,
    heard: Heard,
    tracker: Tracker,
) -> None:
    """Where, roughly: a place, one of several, or nowhere in particular."""
    among = _among_lines(heard)
    if among:
        reading.values |= among
        return
    if heard.refuses or heard.says(Answer.WEAK):
        reading.values |= LEFT_OUT
        return
    options = [as_place(value) for value in tracker.get_slot("places_asked") or ()]
    if heard.asks_for_person:
        reading.values["wants_person"] = True
        return
    if not heard.needs and (heard.says(Answer.MORE) or heard.says(Answer.YES)):
        # No place, and none that was not found: it is asked once more.
        return
    if not heard.needs and says_only_when(heard.text):
        # "for tonight" says what is sought, and "mañana" is not Marana.
        reading.values["place_tries"] = None
        if "kinds" in reading.values:
            reading.values["asked"] = None
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
    if refuses_to_say(heard.text):
        reading.values |= LEFT_OUT
        return
    if aside:
        reading.rejected = True
        return
    if to_avoid(heard.text):
        # "not in detroit" is an answer, and is answered by the question.
        return
    if heard.needs or heard.minor or facts.crisis_answered:
        if set(heard.needs) - set(known.needs or ()):
            # Asked in full again, so that what was added is said back (P1).
            reading.values["asked"] = None
        reading.values["place_tries"] = None
        return
    if asks(heard):
        reading.values |= stands(dispatcher, tracker, facts)
        return
    tries = int(tracker.get_slot("place_tries") or 0) + 1
    reading.values["place_tries"] = tries
    if tries >= MOST_PLACE_TRIES:
        say(dispatcher, "place_gave_up" if may_be_place(heard) else "place_left_open")
        reading.values |= LEFT_OUT
