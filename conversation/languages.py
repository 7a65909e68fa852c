"""Decides in which language a conversation goes on. The core owns it, not the engine."""

import unicodedata

from conversation.core_words import alarm_in
from conversation.models import Conversation
from language.detection import detect

# To leave a language that was settled takes a clear and longer text: names, towns and borrowed
# words look like other languages.
SWITCH_CONFIDENCE = 0.9
SWITCH_LETTERS = 10
# To begin in a language other than English takes more than a guess at a few letters.
FIRST_CONFIDENCE = 0.75
# A language that we only read is claimed in answer to a short text in Latin letters only when there
# is hardly a doubt: "pinche robot" is not Russian, and saying so would lose whoever wrote it. Of
# 43 short texts really in such languages, 6 are not claimed at this bar.
ONLY_READ_CONFIDENCE = 0.95
SHORT_LETTERS, SHORT_WORDS = 12, 3
# A talk in a language that we write leads out of it by a sentence, not by a few such words.
SAID_WORDS = 5


def language_of(text: str, expected: str | None = None) -> tuple[str | None, float]:
    """The language of a text and how sure that is; a cry for help is known by its phrase."""
    found = detect(text, expected=expected)
    guessed = found.language is None or (expected is None and found.confidence < SWITCH_CONFIDENCE)
    if guessed and (alarm := alarm_in(text)) is not None:
        return alarm.language, 1.0
    return found.language, found.confidence


def settle_language(conversation: Conversation, text: str, spoken: frozenset[str]) -> bool:
    """Set or change the conversation's language by what was just written; whether it changed.

    `spoken` are the languages that we write in; a short text leads out of them only at first.
    """
    language, confidence = language_of(text, conversation.language)
    if language is None or language == conversation.language:
        return False
    out = language not in spoken and _is_latin(text, SHORT_WORDS)
    if conversation.language is None:
        sure = confidence >= (ONLY_READ_CONFIDENCE if out else FIRST_CONFIDENCE)
    elif language not in spoken and conversation.language in spoken and _is_latin(text, SAID_WORDS):
        sure = False
    else:
        letters = sum(char.isalpha() for char in text)
        sure = confidence >= SWITCH_CONFIDENCE and letters >= SWITCH_LETTERS
    if sure:
        conversation.language = language
    return sure


def _is_latin(text: str, words: int) -> bool:
    """Whether a text is short, and in letters that half of the world's languages share."""
    letters = [char for char in text if char.isalpha()]
    short = len(letters) < SHORT_LETTERS or len(text.split()) < words
    return short and all(unicodedata.name(char, "").startswith("LATIN") for char in letters)
