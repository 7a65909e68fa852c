"""Decides in which language a conversation goes on. The core owns it, not the engine."""

from conversation.models import Conversation
from language.detection import detect

# To leave a language that was settled takes a clear and longer text: names, towns and borrowed
# words look like other languages.
SWITCH_CONFIDENCE = 0.9
SWITCH_LETTERS = 10


def settle_language(conversation: Conversation, text: str) -> None:
    """Set or change the conversation's language by what was just written."""
    found = detect(text, expected=conversation.language)
    if found.language is None or found.language == conversation.language:
        return
    letters = sum(char.isalpha() for char in text)
    if conversation.language is None or (
        found.confidence >= SWITCH_CONFIDENCE and letters >= SWITCH_LETTERS
    ):
        conversation.language = found.language
