"""The language room: which language somebody writes, and the words to answer in it.

It must never know who writes, what a conversation holds, or what a partner is.
"""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True)
class LanguageInfo:
    """What the rest of the house has to know about one language we answer in."""

    code: str
    own_name: str
    english_name: str
    direction: Direction
    gsm7: bool
    """Whether its texts fit GSM-7 (M2); Spanish does once its accents are folded."""
    complete: bool = False
    """Whether its catalogue must hold every message; the others fall back to English."""


LANGUAGES: dict[str, LanguageInfo] = {
    info.code: info
    for info in (
        LanguageInfo("en", "English", "English", "ltr", gsm7=True, complete=True),
        LanguageInfo("es", "Español", "Spanish", "ltr", gsm7=True, complete=True),
        LanguageInfo("fr", "Français", "French", "ltr", gsm7=False),
        LanguageInfo("pt", "Português", "Portuguese", "ltr", gsm7=False),
        LanguageInfo("ht", "Kreyòl ayisyen", "Haitian Creole", "ltr", gsm7=True),
        LanguageInfo("zh", "中文", "Chinese", "ltr", gsm7=False),
        LanguageInfo("vi", "Tiếng Việt", "Vietnamese", "ltr", gsm7=False),
        LanguageInfo("tl", "Tagalog", "Tagalog", "ltr", gsm7=True),
        LanguageInfo("ru", "Русский", "Russian", "ltr", gsm7=False),
        LanguageInfo("ko", "한국어", "Korean", "ltr", gsm7=False),
        LanguageInfo("ar", "العربية", "Arabic", "rtl", gsm7=False),
        LanguageInfo("hi", "हिन्दी", "Hindi", "ltr", gsm7=False),
    )
}
