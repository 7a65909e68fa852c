"""Decides in which language a conversation goes on. The core owns it, not the engine."""

from conversation.core_words import alarm_in
from conversation.models import Conversation
from language.detection import detect

# To leave a language that was settled takes a clear and longer text: names, towns and borrowed
# words look like other languages.
SWITCH_CONFIDENCE = 0.9
SWITCH_LETTERS = 10
# To begin in a language other than English takes more than a guess at a few letters.
FIRST_CONFIDENCE = 0.75


def language_of(text: str, expected: str | None = None) -> tuple[str | None, float]:
    """The language of a text and how sure that is; a cry for help is known by its phrase."""
    found = detect(text, expected=expected)
    if found.language is None and (alarm := alarm_in(text)) is not None:
        return alarm.language, 1.0
    return found.language, found.confidence


def settle_language(conversation: Conversation, text: str) -> bool:
    """Set or change the conversation's language by what was just written; whether it changed."""
    language, confidence = language_of(text, conversation.language)
    if language is None or language == conversation.language:
        return False
    if conversation.language is None:
        sure = confidence >= FIRST_CONFIDENCE
    else:
        letters = sum(char.isalpha() for char in text)
        sure = confidence >= SWITCH_CONFIDENCE and letters >= SWITCH_LETTERS
    if sure:
        conversation.language = language
    return sure
