"""Rules about the way a conversation goes: no dead end, no repetition, nothing asked twice."""

import re
from fnmatch import fnmatchcase
from itertools import pairwise

from tests.judging.reading import (
    CRISIS,
    MATCH,
    NEED_QUESTIONS,
    NOT_UNDERSTOOD,
    PLACE_QUESTIONS,
    Found,
    ours,
    silent,
)
from tests.judging.stage import KEPT, Said, Theatre, Transcript, Turn

MOST_MESSAGES = 8
"""So many texts may it take from the first word to a match."""
# What is asked about, by the message that asks.
QUESTIONS = {
    "place": PLACE_QUESTIONS,
    "need": NEED_QUESTIONS,
    "children": re.compile(r"ask_child.*"),
    "kind": re.compile(r"ask_kind.*"),
}
# After these what was told may be asked for again.
FORGOTTEN = {"restarted", "back_to_place", "back_to_need", "erase_done"}
SAID_ONCE = {"welcome", "welcome_private", "minor_answer"}
CLOSING = {"thanks", "bye", "all_for_now", "here_for_you"}
"""What may end a conversation: nothing has to follow (the survivor has said goodbye or thanks)."""

_WAY_ON = {
    "en": r"\?|\b(reply|send|text|tell|write|say|call|choose|HUMAN|SKIP|MORE|BACK)\b|\bany ?time\b"
    r"|\bcan\b|\bi am (still )?here\b|\bwill (answer|look)\b|\bany word\b|\bwhenever\b",
    "es": r"\?|\b(responda|envie|envié|escriba|mande|diga|digame|dígame|cuénteme|cuenteme"
    r"|llame|elija|HUMANO|PERSONA|SALTAR|MAS|MÁS|ATRAS|ATRÁS)\b|\bcuando\b|\bpuede\b|\baqui\b|\baquí\b",
}
SUBJECTS = {
    "whether it is safe": re.compile(r"ask_safe.*|reentry.*"),
    "the place": PLACE_QUESTIONS,
    "the need": re.compile(r"ask_need.*|need_(unsure|examples|menu_or_person)"),
    "the offer": re.compile(r"offer_(handoff|again|plain)"),
}


def no_engine_failure(played: Transcript, _theatre: Theatre) -> Found:
    """The engine answers: no turn falls back on the words for an outage."""
    for number, turn in enumerate(played.turns):
        if "engine_down" in turn.ids:
            yield number, "the engine failed inside the turn"


def reaches_what_it_should(played: Transcript, _theatre: Theatre) -> Found:
    """By the end that has happened which the conversation is for."""
    last = len(played.turns) - 1
    end = played.turns[last]
    happened = {
        "none": True,
        "match": _first_match(played) is not None,
        "handoff": any(turn.agreed for turn in played.turns),
        "pause": any(turn.paused for turn in played.turns),
        "stop": any(turn.opted_out for turn in played.turns),
        "alarm": any(turn.alarm for turn in played.turns),
        "erased": any(turn.erased for turn in played.turns),
    }
    for want in sorted(played.script.wants):
        if not happened[want]:
            yield last, f"no {want} by the end"
    seen = {need for turn in played.turns for need in turn.needs}
    missing = sorted(set(played.script.needs) - seen)
    if missing:
        yield last, f"needs not understood: {', '.join(missing)} (understood: {sorted(seen)})"
    kept = sorted(set(played.script.dropped) & set(end.needs))
    if kept:
        yield last, f"still looked for, though taken back: {', '.join(kept)}"
    if "none" in played.script.wants and end.agreed:
        yield last, "a handoff that nobody wanted"


def as_expected(played: Transcript, _theatre: Theatre) -> Found:
    """What a conversation says must be answered, is; and what must not be said, is not."""
    for number, turn in enumerate(played.turns):
        ids, step = turn.ids, turn.step
        if step.says and not _any(step.says, ids):
            yield number, f"said {' '.join(ids) or 'nothing'} instead of {' '.join(step.says)}"
        if _any(step.not_says, ids):
            yield number, f"said one of {' '.join(step.not_says)}: {' '.join(ids)}"
        texts = " ".join(said.text for said in turn.said)
        for pattern in step.words:
            if not re.search(pattern, texts):
                yield number, f"nothing like {pattern!r} in the answer"
        for pattern in step.not_words:
            if re.search(pattern, texts):
                yield number, f"{pattern!r} in the answer"
        if _any(played.script.never, ids):
            yield number, f"said one of {' '.join(played.script.never)}: {' '.join(ids)}"


def _any(patterns: tuple[str, ...], ids: tuple[str, ...]) -> bool:
    wanted = [one for pattern in patterns for one in pattern.split("|")]
    return any(fnmatchcase(name, one) for name in ids for one in wanted)


def within_eight(played: Transcript, _theatre: Theatre) -> Found:
    """No more than eight of their texts from the first word to a match."""
    found = _first_match(played)
    if "match" in played.script.wants and found is not None:
        wrote = sum(len(turn.step.texts) for turn in played.turns[: found + 1])
        if wrote > MOST_MESSAGES:
            yield found, f"{wrote} texts until a match"


def _first_match(played: Transcript) -> int | None:
    for number, turn in enumerate(played.turns):
        if any(MATCH.fullmatch(name) for name in turn.ids):
            return number
    return None


def no_dead_end(played: Transcript, _theatre: Theatre) -> Found:
    """Each turn is answered, with a way on (a question, or what can be done next)."""
    for number, turn in enumerate(played.turns):
        if silent(turn) or "crossed" in turn.step.marks:
            continue
        said = ours(turn)
        if not said:
            yield number, "nothing was said"
        elif not (turn.paused or set(turn.ids) & CLOSING or any(map(_leads_on, said))):
            yield number, "nothing says how to go on"


def _leads_on(said: Said) -> bool:
    way_on = re.search(_WAY_ON[said.language], said.text, re.IGNORECASE)
    # One line about a match that is listed: the list and its numbers stand.
    listed = MATCH.fullmatch(said.id) is not None or said.id == "match_says"
    return way_on is not None or listed


def never_twice(played: Transcript, _theatre: Theatre) -> Found:
    """Never the same words twice in a row, never the same question in two turns running."""
    before: Said | None = None
    for number, turn in enumerate(played.turns):
        again = "again" in turn.step.marks
        for said in ours(turn):
            if before is not None and said.text == before.text and not again:
                yield number, f"the same words as just before ({said.id})"
            before = said
    for number, (one, two) in enumerate(pairwise(played.turns), start=1):
        again = "again" in two.step.marks or _changed_language(one, two)
        same = _questions(one) & _questions(two)
        if two.needs != one.needs:
            # "OK, I will look for food and a dentist. Where are you": new words, by what is new.
            same -= {"ask_place"}
        if same and not again:
            yield number, f"the same question as in the turn before ({', '.join(sorted(same))})"


def _questions(turn: Turn) -> set[str]:
    return {said.id for said in ours(turn) if "?" in said.text or "？" in said.text} - {
        "match_full"
    }


def _changed_language(one: Turn, two: Turn) -> bool:
    return {said.language for said in one.said} != {said.language for said in two.said}


def said_once(played: Transcript, _theatre: Theatre) -> Found:
    """Who we are, who reads this, and what changes for a minor are said once (P2, M4, S4)."""
    seen: set[str] = set()
    for number, turn in enumerate(played.turns):
        if (number and played.turns[number - 1].erased) or turn.step.silence > KEPT:
            seen = set()
        for name in dict.fromkeys(turn.ids):
            if name in SAID_ONCE and name in seen and "again" not in turn.step.marks:
                yield number, f"{name} is said a second time"
            seen.add(name)


def nothing_asked_again(played: Transcript, _theatre: Theatre) -> Found:
    """Nothing is asked that was told before, here or in the same message (B6, "ask little")."""
    told: set[str] = set()
    for number, turn in enumerate(played.turns):
        ids = turn.ids
        if set(ids) & FORGOTTEN:
            told = set()
        else:
            told |= turn.step.told
        for about in sorted(told):
            asked = [name for name in ids if QUESTIONS[about].fullmatch(name)]
            if asked:
                yield number, f"asked for the {about} that was told before ({', '.join(asked)})"
        # What the bot itself had understood by now.
        known = {"place"} if turn.place else set()
        for about in sorted(known - told):
            asked = [name for name in ids if QUESTIONS[about].fullmatch(name)]
            if asked and not set(ids) & FORGOTTEN:
                yield number, f"asked for the {about} that it knew ({', '.join(asked)})"


def crossing_is_not_asked_again(played: Transcript, _theatre: Theatre) -> Found:
    """To a text that crossed our question the question is not put again: it was not read yet.

    But for a yes to a permission: it is none, so the permission is asked in other words (C6).
    """
    for number, (one, two) in enumerate(pairwise(played.turns), start=1):
        if "crossed" not in two.step.marks or two.text.strip().casefold() in ("yes", "si", "sí"):
            continue
        for subject, asks in SUBJECTS.items():
            if all(any(asks.fullmatch(name) for name in turn.ids) for turn in (one, two)):
                yield number, f"asks for {subject} again, of somebody who has not read it yet"


def one_question_a_message(played: Transcript, _theatre: Theatre) -> Found:
    """At most one question in a text (B6)."""
    for number, turn in enumerate(played.turns):
        for said in ours(turn):
            if len(re.findall(r"[?？؟]+", said.text)) > 1 and not MATCH.fullmatch(said.id):
                yield number, f"more than one question in a text ({said.id})"
        asked = [said.id for said in ours(turn) if re.search(r"[?？؟]", said.text)]
        if len(asked) > 1:
            yield number, f"more than one question in an answer ({', '.join(asked)})"


def no_double_in_a_list(played: Transcript, _theatre: Theatre) -> Found:
    """No list names the same partner twice: for a reader it is the same line."""
    for number, turn in enumerate(played.turns):
        for said in ours(turn):
            if said.id.startswith("match_list"):
                # A partner may have two lines for two needs, each with a number of its own.
                names = re.findall(r"(?m)^\d (.+?): ", said.text)
                if len(set(names)) < len(names):
                    yield number, f"the same partner twice in a list ({', '.join(names)})"


def a_person_after_two(played: Transcript, _theatre: Theatre) -> Found:
    """Two misunderstandings in a row: a person is offered (B5)."""
    for number, (one, two) in enumerate(pairwise(played.turns), start=1):
        if set(one.ids) & NOT_UNDERSTOOD and set(two.ids) & NOT_UNDERSTOOD:
            texts = " ".join(said.text for said in ours(two))
            if not re.search(r"HUMAN|PERSON|person", texts):
                yield number, "twice not understood, and no person is offered"


def no_alarm_unmeant(played: Transcript, _theatre: Theatre) -> Found:
    """Danger is answered where it was meant, and nowhere else (S1, S2, B4)."""
    if "alarm" in played.script.wants:
        return
    for number, turn in enumerate(played.turns):
        if any(CRISIS.fullmatch(name) for name in turn.ids):
            yield number, "an alarm that was not meant"
