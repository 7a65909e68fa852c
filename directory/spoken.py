"""Part of the directory room: the languages a service speaks, itself or by interpreters (D4).

It must never know who needs them.
"""

import re
from collections.abc import Iterable

from directory.models import Language

# ISO 639-3 and older codes, and English names, of the languages the project speaks.
_CODES: dict[str, str] = {
    "eng": "en", "english": "en",
    "spa": "es", "spanish": "es", "castilian": "es",
    "fra": "fr", "fre": "fr", "french": "fr",
    "por": "pt", "portuguese": "pt",
    "hat": "ht", "haitian": "ht", "haitian creole": "ht", "creole": "ht", "kreyol": "ht",
    "zho": "zh", "chi": "zh", "cmn": "zh", "yue": "zh",
    "chinese": "zh", "mandarin": "zh", "cantonese": "zh",
    "vie": "vi", "vietnamese": "vi",
    "tgl": "tl", "fil": "tl", "tagalog": "tl", "filipino": "tl",
    "rus": "ru", "russian": "ru",
    "kor": "ko", "korean": "ko",
    "ara": "ar", "arb": "ar", "arabic": "ar",
    "hin": "hi", "hindi": "hi",
}  # fmt: skip
_NO_INTERPRETERS = re.compile(
    r"\s*(?:no\b|none\b|not\b|n/?a\b|english only|unavailable|$)", re.IGNORECASE
)


def language_code(code: str | None, name: str | None = None) -> str | None:
    """A two-letter code from a code ("spa", "es-MX") or a name ("Spanish"); None when unknown."""
    if code:
        base = re.split(r"[-_]", code.strip().casefold())[0]
        return _CODES.get(base, base) or None
    return _CODES.get(name.strip().casefold()) if name else None


def staff_languages(rows: Iterable[Language]) -> tuple[str, ...]:
    """The codes of the languages that staff speak, each once, sorted."""
    codes = {language_code(row.code, row.name) for row in rows}
    return tuple(sorted(code for code in codes if code))


def has_interpreter(described: str | None, language: str) -> bool:
    """Whether `interpretation_services` promises one for this language.

    A text that names some of our languages is taken at its word; one that names none means any.
    """
    if not described or _NO_INTERPRETERS.match(described):
        return False
    words = set(re.findall(r"[a-z]+", described.casefold()))
    named = {code for name, code in _CODES.items() if len(name) > 3 and name in words}
    return not named or language in named or "any" in words or "all" in words
