"""Part of the directory room: what a partner's number must look like, and how it is shown.

It must never see a survivor's number: those belong to the conversation.
"""

import re
from collections.abc import Callable, Iterable

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat, shortnumberinfo

from directory.models import Phone
from directory.spoken import language_code

_REGION = "US"
_SHORT = re.compile(r"\d{3}|\d{5,6}")
_TEXT_TYPES = frozenset({"text", "sms"})
_NOT_FOR_CALLS = _TEXT_TYPES | {"fax", "pager", "textphone", "tty", "tdd", "video"}


def is_dialable(number: str) -> bool:
    """Whether this can be dialled or texted: a full number, or a short one such as 988 (D10)."""
    parsed = _parsed(number)
    if parsed is None:
        return False
    if _SHORT.fullmatch(_digits(number)):
        return shortnumberinfo.is_valid_short_number(parsed)
    return phonenumbers.is_valid_number(parsed)


def shown_number(phone: Phone) -> str:
    """A number as people write it: 313-555-0123 ext. 7; short ones stay as they are."""
    parsed = _parsed(phone.number)
    if parsed is None or _SHORT.fullmatch(_digits(phone.number)):
        return phone.number
    if parsed.country_code == 1:
        digits = str(parsed.national_number)
        shown = f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    else:
        shown = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    extension = phone.extension if phone.extension is not None else parsed.extension
    return f"{shown} ext. {extension}" if extension else shown


def number_for_calls(levels: Iterable[Iterable[Phone]], language: str | None) -> str | None:
    """The number to call: of the first level that has one, there one in the language if any."""
    return _best(levels, language, lambda kind: kind not in _NOT_FOR_CALLS)


def number_for_texts(levels: Iterable[Iterable[Phone]], language: str | None) -> str | None:
    """The number to text, chosen likewise."""
    return _best(levels, language, lambda kind: kind in _TEXT_TYPES)


def _best(
    levels: Iterable[Iterable[Phone]], language: str | None, fits: Callable[[str], bool]
) -> str | None:
    for level in levels:
        usable = [
            phone
            for phone in level
            if not phone.quarantine and fits((phone.type or "voice").strip().casefold())
        ]
        speaking = [phone for phone in usable if language in _languages(phone)]
        if usable:
            return shown_number((speaking or usable)[0])
    return None


def _languages(phone: Phone) -> set[str | None]:
    return {language_code(row.code, row.name) for row in phone.languages}


def _parsed(number: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number, _REGION)
    except NumberParseException:
        # Not a number at all: the caller says so, with the record it stands in.
        return None


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)
