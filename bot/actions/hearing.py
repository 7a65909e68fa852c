"""Part of the bot's actions: what a survivor just said, and when. Must never keep or log it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from rasa_sdk import Tracker

from bot.actions.advice import asks_what, only_own, own_answer
from bot.actions.age import says_minor, says_under_16
from bot.actions.alarming import alarm_meant
from bot.actions.answers import Answer, Short, begins_with, is_question, plain, read_short
from bot.actions.context import Context
from bot.actions.details import asks_whether, takes_back, tells_only_details
from bot.actions.wishes import gives_money, money_back
from directory.vocabulary import Need

LONG_SILENCE = timedelta(hours=6)
"""After this it is asked again whether it is safe to text (S6, S13)."""
CRISIS_SILENCE = timedelta(hours=1)
"""The same for who has told of danger or self-harm: the phone may be taken from them sooner."""
ABSENCE = timedelta(days=7)
"""After this it is said again that this is automated (B1)."""
CONTINUOUS = timedelta(hours=3)
"""In a conversation that goes on and on, it is said again this often (B1)."""

SURE, SURE_WITHOUT_A_YES = 0.6, 0.85
"""A yes that is more than the word must be understood this surely, with and without the word (C6);
and a need told with it makes it no clear yes ("food too")."""

LEAST = 0.25
"""Below this an answer or an aside is a mere guess, and the message counts as not understood."""
NAMED_SURELY = 0.45
"""So surely a need must be understood in the answer to a question about something else."""
HEEDED = frozenset({"human", "help"})
"""Asides that are heeded even when they are a guess: a person costs nothing, silence may."""

CRISIS = frozenset({"danger", "self_harm"})
ASIDES = frozenset(
    {
        "who_are_you", "cost", "privacy", "authorities", "why", "help", "human",
        "repeat", "restart", "thanks", "bye", "greet", "stop", "unsafe",
        "more", "about_match", "none_of_these", "call_for_me", "discreet",
        "about_me", "what_is", "trust", "for_someone_else", "small_talk", "abuse",
        "wrong_number", "press", "asks_about_someone", "outsider",
    }
)  # fmt: skip
"""Intents that rules answer in the middle of any form (bot/data/rules/interruptions.yml and
asides.yml)."""
ONLY_NAMED = frozenset({"what_is", "press", "asks_about_someone", "outsider"})
"""Asides that name a need without asking for it: "what is case management", "is my daughter in your
shelter"."""

ABOUT_US = frozenset({"authorities", "privacy", "cost", "trust", "who_are_you", "why"})
"""Asides about this service: a need beside one counts when it was understood surely enough."""


@dataclass(frozen=True)
class Facts:
    """What the worker put into the memory before this turn (the turn protocol's FACTS)."""

    now: datetime
    language: str | None
    channel: str
    first_contact: bool
    silence: timedelta
    was_paused: bool
    handoff: str
    agreed: bool
    ahead: int | None
    minutes: int | None
    advocates_available: bool
    crisis_answered: str | None
    organization: str
    seed: int
    welcomed: bool = False
    told_who_reads: bool = False
    safe_time: str | None = None
    discreet: bool = False
    crossed: bool = False
    hello_said: bool = False
    check_ins: bool = False
    zone: str = "America/New_York"
    patience: timedelta = LONG_SILENCE

    @property
    def short(self) -> bool:
        """Whether words travel as text messages, which must be short (M2)."""
        return self.channel in ("sms", "whatsapp")

    @property
    def waiting(self) -> bool:
        """Whether an advocate has been asked for, or is there."""
        return self.handoff in ("waiting", "live")

    @property
    def in_line(self) -> bool:
        """Whether they are in line by their own yes; danger puts them there without it (C13)."""
        return self.waiting and self.agreed

    @property
    def long_silence(self) -> bool:
        """Whether somebody else may hold the phone by now (S13), or texting was not safe before."""
        return self.silence >= self.patience or self.was_paused


def facts_of(tracker: Tracker) -> Facts:
    """The facts of this turn, each with its default when it is absent."""
    facts: Mapping[str, Any] = tracker.get_slot("facts") or {}
    waiting: Mapping[str, Any] = facts.get("waiting") or {}
    now = facts.get("now")
    return Facts(
        now=datetime.fromisoformat(now).astimezone(UTC) if now else datetime.now(UTC),
        language=facts.get("language"),
        channel=str(facts.get("channel") or "sms"),
        first_contact=bool(facts.get("first_contact", not tracker.get_slot("met"))),
        silence=timedelta(seconds=int(facts.get("silence_seconds") or 0)),
        was_paused=bool(facts.get("was_paused", False)),
        handoff=str(facts.get("handoff") or "none"),
        agreed=bool(facts.get("agreed", False)),
        ahead=waiting.get("ahead"),
        minutes=waiting.get("minutes"),
        advocates_available=bool(facts.get("advocates_available", False)),
        crisis_answered=_crisis(facts.get("crisis_answered")),
        organization=str(facts.get("organization") or "Waymark"),
        seed=int(facts.get("seed") or 0),
        welcomed=bool(facts.get("welcomed", False)),
        told_who_reads=bool(facts.get("told_who_reads", False)),
        safe_time=facts.get("safe_time"),
        discreet=bool(facts.get("discreet", False)),
        crossed=bool(facts.get("crossed", False)),
        hello_said=bool(facts.get("hello_said", False)),
        check_ins=bool(facts.get("check_ins", False)),
        zone=str(facts.get("zone") or "America/New_York"),
        patience=CRISIS_SILENCE if tracker.get_slot("crises") else LONG_SILENCE,
    )


def _crisis(answered: Any) -> str | None:
    """Which crisis the core has answered in this turn; None for none."""
    return str(answered) if answered else None


@dataclass(frozen=True, repr=False)
class Heard:
    """The message of this turn: its text, what it was understood as, and its exact short meaning.

    It has no repr, so that a text cannot slip into a log.
    """

    text: str
    intent: str
    confidence: float
    named: tuple[Need, ...]
    labels: Mapping[str, float]
    short: Short
    choice: str | None
    lines: tuple[str, ...] = ()
    pieces: tuple[Short, ...] = ()
    parts: tuple[tuple[str, tuple[Need, ...]], ...] = ()
    """Its clauses, each with the needs that it shows by itself; none when it has only one."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of a short answer; of several lines only those that stand alone."""
        alone = (number for piece in self.pieces if piece.bare for number in piece.numbers)
        return self.short.numbers or tuple(dict.fromkeys(alone))

    @property
    def bare_numbers(self) -> tuple[int, ...]:
        """Numbers with nothing around them."""
        return self.numbers if self.short.bare or self.pieces else ()

    @property
    def piece(self) -> Answer | None:
        """The answer in one of several lines; the last one counts ("no / wait yes")."""
        said = [piece.answer for piece in self.pieces if piece.answer is not None]
        plainly = [answer for answer in said if answer is not Answer.WEAK]
        return (plainly or said or [None])[-1]

    @property
    def minor(self) -> bool:
        """Whether the survivor says by themselves that they are under 18 (S4, D7)."""
        return says_minor(self.lines)

    @property
    def under_16(self) -> bool:
        """Whether they say so of an age up to 15: some houses for the young begin at 16."""
        return says_under_16(self.lines)

    @property
    def crisis(self) -> bool:
        """Whether it was understood as danger or self-harm; never of a plain "mejor no"."""
        return self.intent in CRISIS and self.short == Short() and self.choice is None

    @property
    def aside(self) -> bool:
        """Whether it is one of the questions and remarks that rules answer in any form."""
        guessed = self.confidence < LEAST and self.intent not in HEEDED
        exact = self.short != Short() or self.choice is not None
        # "what about food", "ged classes": named, and not asked what it is.
        wished = self.intent == "what_is" and bool(self.named) and not asks_what(self.text)
        return self.intent in ASIDES and not guessed and not exact and not wished

    def aside_is(self, intent: str) -> bool:
        """Whether it is this aside, which a rule answers."""
        return self.aside and self.intent == intent

    @property
    def needs(self) -> tuple[Need, ...]:
        """The needs that are asked for; those that are only named are none (`named` has both)."""
        only_named = self.aside and self.intent in ONLY_NAMED
        return () if only_named else self.named

    def surely_named(self) -> "Heard":
        """The same message with those needs only that were understood surely enough."""
        sure = tuple(need for need in self.named if self.labels.get(need, 1.0) >= NAMED_SURELY)
        return replace(self, named=sure)

    @property
    def asks_for_person(self) -> bool:
        """Whether a person is asked for, in words or by the label."""
        return self.choice == "choice_human" or (self.aside and self.intent == "human")

    @property
    def refuses(self) -> bool:
        """A no, a skip or a "never mind": none costs anything (P6)."""
        return any(map(self.says, (Answer.NO, Answer.SKIP, Answer.NEVER_MIND)))

    def says(self, answer: Answer) -> bool:
        """Whether it says this, by its exact words or else by its intent."""
        if self.choice is not None:
            return self.choice == f"choice_{answer}"
        if self.short.answer is not None:
            return self.short.answer == answer
        if self.piece is not None and self.intent not in CRISIS:
            return self.piece == answer
        return not self.numbers and self.intent == answer and self.confidence >= LEAST

    @property
    def clear_yes(self) -> bool:
        """A yes that can be a consent: not "ok?", not "maybe", no question, no guess (C6)."""
        if not self.says(Answer.YES) or is_question(self.text):
            return False
        if self.choice is not None or self.short.answer is not None:
            return True
        if self.piece is not None:
            return not self.needs and (not self.aside or self.asks_for_person)
        surely = SURE if begins_with(Answer.YES, self.text) else SURE_WITHOUT_A_YES
        return self.confidence >= surely and not self.needs


def hear(tracker: Tracker, context: Context) -> Heard:
    """The message of this turn."""
    message = tracker.latest_message
    raw = str(message.get("text") or "")
    # Texts in pieces come joined by line breaks: each is read, and all of them together.
    lines = tuple(line.strip() for line in raw.splitlines() if line.strip())
    text = " ".join(lines)
    choice = context.labels.get(plain(text))
    labels: Mapping[str, float] = message.get("labels") or {}
    needs = [need for need in message.get("needs") or () if need in set(Need)]
    told, listed = tracker.get_slot("needs"), tracker.get_slot("matched")
    if told:
        # A mere guess adds no need to those that were told, nor does who comes along.
        needs = [need for need in needs if labels.get(need, 1.0) >= LEAST]
    # "we dont have papers is that a problem" is about the list, and no other wish.
    if (told and tells_only_details(text)) or (listed and asks_whether(text)):
        needs = []
    if choice is not None and choice.startswith("need_"):
        needs = [choice.removeprefix("need_")]
    understood: Mapping[str, Any] = message.get("intent") or {}
    intent = str(understood.get("name") or "other")
    confidence = float(understood.get("confidence") or 0.0)
    if intent in CRISIS:
        intent = alarm_meant(intent, confidence, text, before=bool(tracker.get_slot("crises")))
    heard = Heard(
        text=text,
        intent=intent,
        confidence=confidence,
        named=tuple(dict.fromkeys(Need(need) for need in needs)),
        labels=labels,
        short=Short() if choice is not None else read_short(text),
        choice=choice,
        lines=lines,
        pieces=tuple(map(read_short, lines)) if len(lines) > 1 and choice is None else (),
        parts=tuple(
            (raw[start:end], tuple(Need(need) for need in shown if need in set(Need)))
            for start, end, shown in message.get("parts") or ()
        ),
    )
    if heard.aside_is("cost") and (money := _money(text)) is not None:
        return replace(heard, intent="need", named=(money,))
    own = own_answer(text) is not None
    if not own and not (heard.aside and heard.intent in ABOUT_US):
        return heard
    if own and only_own(text):
        # "should i record him" only sounds like a wish for somebody to go along.
        return replace(heard, named=())
    # "will they call the police" asks about us, and only sounds like a need.
    sure = heard.surely_named()
    told = _behind_a_question(raw, message.get("parts") or ())
    return replace(sure, named=tuple(dict.fromkeys([*sure.named, *told])))


def _money(text: str) -> Need | None:
    """What somebody needs who asks for money, rather than for what this costs."""
    if money_back(text):
        return Need.LEGAL_REPRESENTATION
    return Need.PUBLIC_BENEFITS if gives_money(text) else None


def _behind_a_question(text: str, parts: Sequence[Any]) -> list[Need]:
    """Needs told by themselves behind a question: "will you call the police? i need food"."""
    told: list[Need] = []
    asked = False
    for start, end, shown in parts:
        if is_question(text[end : end + 1]):
            asked = True
        elif asked and not takes_back(text[start:end]):
            told += [Need(need) for need in shown if need in set(Need)]
    return told


def steps_since_heard(tracker: Tracker) -> list[str]:
    """The names of the actions that ran since the survivor's message, in order."""
    steps: list[str] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        if event.get("event") == "action":
            steps.append(str(event.get("name")))
    return steps[::-1]


def is_fresh(tracker: Tracker, form: str) -> bool:
    """Whether a form runs because of the message itself, not after another step of this turn.

    Rasa puts the form's own name behind the last message before it asks the form's validation.
    """
    return steps_since_heard(tracker) in ([form], [])
