"""Part of the bot's actions: reads when it is safe to text somebody. Must never keep a time: what
is read is said back, and kept only after a clear yes (S10)."""

import re
import tomllib
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.actions.answers import plain
from bot.actions.phrases import any_of

SOONEST = timedelta(minutes=10)
LATEST = timedelta(days=14)
# "3", "3:30", "15h", "15h30", "3点", "3시", "3 giờ", at most two digits an hour.
_HOUR = re.compile(
    r"(?<![\d:.])(\d{1,2})(?:\s*[:.h]\s*([0-5]\d)(?!\d))?(?!\d)\s*"
    r"(?:h\b|hs\b|點|点|時|시|giờ|gio\b|heures?\b|horas?\b|è\b|часов|часа|час\b|बजे|baje\b)?"
    r"\s*(a\.?\s?m\b|p\.?\s?m\b)?",
    re.IGNORECASE,
)


def read_time(
    text: str, *, now: datetime, zone: str, asked: bool = False, before: datetime | None = None
) -> datetime | None:
    """The time that a text names, in aware UTC, or None.

    `now` is aware. Without `asked` a bare number is no time: "3" may be anything. Times sooner than
    ten minutes or later than two weeks from now are none that could be kept. `before` is an aware
    time that is being corrected: "make it 4 pm" keeps its day, "better friday" its hour.
    """
    here = now.astimezone(ZoneInfo(zone))
    earlier = before.astimezone(here.tzinfo) if before is not None else None
    readings = [_ahead(text, here), _named(text, here, asked=asked, earlier=earlier)]
    if earlier is not None:
        # The hour may be over on that day: then it is read by itself.
        readings.append(_named(text, here, asked=asked))
    for found in readings:
        if found is not None and SOONEST <= found - here <= LATEST:
            return found.astimezone(UTC)
    return None


def asks_when(text: str) -> bool:
    """Whether somebody asks when we will text them: "what time will u text me"."""
    return bool(_table()["asks"].search(plain(text)))


def corrects(text: str) -> bool:
    """Whether a text begins as a change does: "make it 4 pm", "mejor el jueves"."""
    return bool(_table()["changes"].match(plain(text)))


def is_about_listed(text: str) -> bool:
    """Whether a text asks about one of a list by its number: "tell me about 1"; "at 1" does not."""
    return bool(_table()["listed"].search(plain(text)))


def _ahead(text: str, here: datetime) -> datetime | None:
    """ "in 2 hours"."""
    words = plain(text)
    for minutes, units in _table()["units"].items():
        amount = rf"(\d{{1,3}})\s*(?:{units})"
        before, after = _table()["before"], _table()["after"]
        found = re.search(rf"(?<!\w)(?:{before})\s*{amount}|{amount}\s*(?:{after})", words)
        if found:
            count = int(found.group(1) or found.group(2))
            return _whole_minute(here + timedelta(minutes=count * minutes))
    return None


def _named(
    text: str, here: datetime, *, asked: bool, earlier: datetime | None = None
) -> datetime | None:
    words = plain(text)
    part, words = _part(words)
    day, evening = _day(words, here)
    clock = _clock(text)
    if earlier is not None and day is not None and clock is None and part is None:
        clock = (earlier.hour, earlier.minute, "p" if earlier.hour >= 12 else "a")
    elif earlier is not None and day is None and (clock is not None or part is not None):
        day = earlier
    if clock is None and part is None:
        return None
    if day is None and part is None and clock is not None and not (clock[2] or asked):
        return None
    if clock is None:
        hour, minute = part or 0, 0
    else:
        late = evening or (part is not None and part >= 12)
        hour, minute = _hour_of_day(clock, late=late, early=part == 9)
    on = (day or here).replace(hour=hour, minute=minute, second=0, microsecond=0)
    if day is None and on - here < SOONEST:
        on += timedelta(hours=12) if _ambiguous(clock, part) and hour < 12 else timedelta(days=1)
    return on


def _hour_of_day(clock: tuple[int, int, str | None], *, late: bool, early: bool) -> tuple[int, int]:
    """The hour from 0 to 23: by am and pm, by the part of the day, else as most people mean it."""
    hour, minute, half = clock
    if half == "a" or (early and half is None):
        return hour % 12, minute
    if half == "p" or (late and hour < 12):
        return hour % 12 + 12, minute
    # "at 3" is the afternoon's, "at 9" the morning's: the answer says which, and is asked about.
    return (hour + 12 if 1 <= hour <= 6 else hour), minute


def _ambiguous(clock: tuple[int, int, str | None] | None, part: int | None) -> bool:
    return clock is not None and clock[2] is None and part is None and clock[0] <= 12


def _clock(text: str) -> tuple[int, int, str | None] | None:
    """Hour, minute and "a" or "p" of the first number that can be an hour."""
    for found in _HOUR.finditer(text):
        hour = int(found.group(1))
        if hour <= 23:
            half = found.group(3)
            return hour, int(found.group(2) or 0), half[0].lower() if half else None
    return None


def _part(words: str) -> tuple[int | None, str]:
    """The part of the day, and the text without it: Spanish "por la manana" is no tomorrow."""
    for hour, pattern in _table()["parts"].items():
        found = pattern.search(words)
        if found:
            return hour, f"{words[: found.start()]} {words[found.end() :]}"
    return None, words


def _day(words: str, here: datetime) -> tuple[datetime | None, bool]:
    """The day a text names, and whether its evening is meant."""
    days = _table()["days"]
    if days["tonight"].search(words):
        return here, True
    for name, ahead in (("after_tomorrow", 2), ("tomorrow", 1), ("today", 0)):
        if days[name].search(words):
            return here + timedelta(days=ahead), False
    for weekday, pattern in _table()["weekdays"].items():
        if pattern.search(words):
            return here + timedelta(days=(weekday - here.weekday()) % 7 or 7), False
    return None, False


def _whole_minute(time: datetime) -> datetime:
    return time.replace(second=0, microsecond=0)


@cache
def _table() -> dict[str, Any]:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    ahead = data["ahead"]
    return {
        "days": {name: any_of(words) for name, words in data["days"].items()},
        "weekdays": {int(day): any_of(words) for day, words in data["weekdays"].items()},
        "parts": {int(hour): any_of(words) for hour, words in data["parts"].items()},
        "asks": any_of(data["corrections"]["asks"]),
        "changes": any_of(data["corrections"]["begins"]),
        "listed": any_of(data["listed"]["words"]),
        "before": _either(ahead["words"]),
        "after": _either(ahead["after"]),
        "units": {int(minutes): _either(units) for minutes, units in ahead["units"].items()},
    }


def _either(words: list[str]) -> str:
    longest_first = sorted(map(plain, words), key=len, reverse=True)
    return "|".join(re.escape(word) for word in longest_first)
