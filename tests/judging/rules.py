"""The rules by which whole conversations are judged, each a small function over the transcript.

A rule yields what is wrong, with the turn: `judge` gathers all of it for one conversation.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.judging import flow_rules, word_rules
from tests.judging.reading import Found
from tests.judging.stage import Theatre, Transcript

RULES: dict[str, Callable[[Transcript, Theatre], Found]] = {
    rule.__name__: rule
    for rule in (
        flow_rules.no_engine_failure,
        flow_rules.reaches_what_it_should,
        flow_rules.as_expected,
        flow_rules.within_eight,
        flow_rules.no_dead_end,
        flow_rules.never_twice,
        flow_rules.said_once,
        flow_rules.nothing_asked_again,
        flow_rules.crossing_is_not_asked_again,
        flow_rules.one_question_a_message,
        flow_rules.no_double_in_a_list,
        flow_rules.a_person_after_two,
        flow_rules.no_alarm_unmeant,
        word_rules.no_promise,
        word_rules.no_opt_out_word,
        word_rules.sms_budget,
        word_rules.in_their_language,
        word_rules.nothing_confidential,
        word_rules.no_police_unasked,
        word_rules.nothing_told_to_a_stranger,
        word_rules.quiet_when_unsafe,
        word_rules.automated_first,
        word_rules.consent_before_handoff,
    )
}


@dataclass(frozen=True)
class Broken:
    """A rule that does not hold, where, and the texts on both sides."""

    rule: str
    script: str
    turn: int
    wrote: str
    said: tuple[str, ...]
    why: str

    def __str__(self) -> str:
        wrote = self.wrote.replace("\n", " / ")
        heard = "\n".join(f"      < {text}".replace("\n", " / ") for text in self.said)
        place = f"{self.script}, turn {self.turn + 1}"
        return f"{self.rule}: {self.why}\n    {place}\n      > {wrote}\n{heard}"


def judge(played: Transcript, theatre: Theatre) -> list[Broken]:
    """Everything that breaks a rule in a conversation."""
    broken = []
    for name, rule in RULES.items():
        for number, why in rule(played, theatre):
            turn = played.turns[number]
            broken.append(
                Broken(
                    rule=name,
                    script=f"{played.script.name} ({played.script.where})",
                    turn=number,
                    wrote=turn.text,
                    said=tuple(said.text for said in turn.said),
                    why=why,
                )
            )
    return broken
