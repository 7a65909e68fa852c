"""What a text is taken to mean: core words first, then the engine, as in a turn.

This is how understanding is measured: the very path a message takes, without a conversation.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from conversation import core_words, masking
from conversation.core_words import CoreWord, Danger, is_word
from conversation.inbox import clean
from conversation.languages import language_of
from conversation.ports import Engine, Understood

# Core words that are intents of their own.
INTENTS = {CoreWord.STOP: "stop", CoreWord.HELP: "help", CoreWord.HUMAN: "human"}


@dataclass(frozen=True)
class Reading:
    """What one text means; `danger` is the more urgent of what either detector found."""

    text: str
    language: str | None
    intent: str
    needs: tuple[str, ...]
    danger: str | None
    confidence: float


def understand(engine: Engine, texts: Sequence[str]) -> list[Reading]:
    """Read texts, in order. Raises EngineUnavailable."""
    cleaned = [clean(text) for text in texts]
    answers = engine.understand([masking.mask(text) for text in cleaned])
    return [_read(*item) for item in zip(texts, cleaned, answers, strict=True)]


def _read(text: str, cleaned: str, answer: Understood) -> Reading:
    language, _ = language_of(cleaned)
    for word, intent in INTENTS.items():
        if is_word(cleaned, word):
            return Reading(text, language, intent, (), None, 1.0)
    phrase = core_words.danger_in(cleaned)
    found = {kind for kind in (phrase and phrase.value, answer.danger) if kind}
    danger = next((kind.value for kind in Danger if kind.value in found), None)
    confidence = answer.confidence
    if phrase and answer.danger is None and not answer.needs:
        # The engine's label is not given, so its doubt does not count.
        confidence = 1.0
    return Reading(text, language, danger or answer.intent, answer.needs, danger, confidence)
