"""What a survivor's text becomes before Rasa sees it: part of bot/engine. Must never log a text.

Rasa takes a text that begins with "/" for a command with full confidence, also after spaces; a
lone surrogate cannot be encoded and a NUL cuts the text short for the encoder.
"""

MOST_CHARACTERS = 1600
"""A longer text is cut to its start and its end: people put what they need last."""

_START = 1000
_GAP = " … "


def neutral(text: str) -> str:
    """The text as words like any others: no command, no lone surrogate, no control character.

    The line breaks between texts sent in one breath stay: each line is read by itself too. At most MOST_CHARACTERS long; may be empty.
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    shown = (mark == "\n" or (mark >= " " and mark != "\x7f") for mark in whole)
    printable = "".join(mark if show else " " for mark, show in zip(whole, shown, strict=True))
    words = printable.strip()
    while words.startswith("/"):
        words = words[1:].strip()
    return start_and_end(words, MOST_CHARACTERS, _START)


def start_and_end(text: str, most: int, start: int) -> str:
    """A text of at most `most` characters: its first `start` ones and as many of its last."""
    if len(text) <= most:
        return text
    return text[:start] + _GAP + text[len(text) - (most - start - len(_GAP)) :]
