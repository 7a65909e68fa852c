"""Hides phone numbers and e-mail addresses before a text goes to the engine; ZIP codes stay."""

import re

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Seven or more digits with the marks people put between them; a ZIP+4 has a place of its own.
ZIP_PLUS_4 = re.compile(r"\b\d{5}-\d{4}\b")
NUMBER = re.compile(r"(?<![\w])\+?\(?\d(?:[\s().-]{0,2}\d){6,}(?![\w])")


def mask(text: str) -> str:
    """The text with each e-mail address as "(email)" and each phone number as "(phone)"."""
    text = EMAIL.sub("(email)", text)
    return NUMBER.sub(lambda found: found[0] if ZIP_PLUS_4.fullmatch(found[0]) else "(phone)", text)
