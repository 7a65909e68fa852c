"""Part of the directory room: whether a service is open now, in its own time zone (D3).

It must never know who asks. No schedule, or none that can be read, is "unknown", never "closed".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from directory.models import Schedule

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
_DAY = timedelta(days=1)
_LOOK_BACK = 2 * _DAY  # an overnight opening of yesterday may still last
_LOOK_AHEAD = 62 * _DAY  # long enough for something that happens once a month
_ALWAYS = 7 * _DAY  # without a gap for this long is "always open"


@dataclass(frozen=True)
class Hours:
    """Open now (None: unknown), without ever closing, and else when next, in aware UTC."""

    open_now: bool | None = None
    always: bool = False
    next_opening: datetime | None = None


@dataclass(frozen=True)
class _Times:
    opens: timedelta  # since midnight
    closes: timedelta  # since the same midnight; beyond 24 hours when it is the next morning
    offset: tzinfo | None


def hours(levels: Iterable[Sequence[Schedule]], zone: str | None, at: datetime) -> Hours:
    """The hours by the first of `levels` that has a schedule still in force and readable.

    Levels go from the closest to the widest (service at location, service, location). `zone` is an
    IANA name or None, `at` is aware.
    """
    for level in levels:
        openings = [
            _openings(schedule, zone, at) for schedule in level if not _is_over(schedule, at)
        ]
        known = [spans for spans in openings if spans is not None]
        if known:
            return _hours(_joined(span for spans in known for span in spans), at)
    return Hours()


def schedule_fault(schedule: Schedule) -> str | None:
    """What is wrong with a schedule, in a few words, or None; import says it (D10)."""
    for text in (schedule.opens_at, schedule.closes_at):
        if text and _clock(text) is None:
            return f"{text!r} is no time of day"
    try:
        _days(schedule, date(2026, 1, 1), date(2026, 3, 1))
    except ValueError as error:
        return str(error)
    return None


def _hours(spans: list[tuple[datetime, datetime]], at: datetime) -> Hours:
    for start, end in spans:
        if start <= at < end:
            return Hours(open_now=True, always=end - at >= _ALWAYS)
    return Hours(open_now=False, next_opening=min((s for s, _ in spans if s > at), default=None))


def _is_over(schedule: Schedule, at: datetime) -> bool:
    """An old schedule says nothing about today; a day is left for any time zone."""
    last = min((day for day in (schedule.valid_to, schedule.until) if day), default=None)
    return last is not None and last < (at - _DAY).date()


def _openings(
    schedule: Schedule, zone: str | None, at: datetime
) -> list[tuple[datetime, datetime]] | None:
    """When it is open around `at`, in UTC; None when the schedule does not say enough."""
    times = _times(schedule)
    where = _zone(schedule, times, zone)
    if times is None or where is None:
        return None
    first, last = (at - _LOOK_BACK).date(), (at + _LOOK_AHEAD).date()
    try:
        days = _days(schedule, first, last)
    except ValueError:
        # Import refuses such a rule; one that came in otherwise makes the hours unknown (D3).
        return None
    if days is None:
        return None
    spans = []
    for day in days:
        midnight = datetime.combine(day, time.min)
        start, end = midnight + times.opens, midnight + times.closes
        spans.append(
            (start.replace(tzinfo=where).astimezone(UTC), end.replace(tzinfo=where).astimezone(UTC))
        )
    return spans


def _days(schedule: Schedule, first: date, last: date) -> list[date] | None:
    """The days from `first` to `last` on which the rule opens; ValueError when it is malformed."""
    freq = schedule.freq or ("WEEKLY" if schedule.byday else None)
    anchor = schedule.dtstart or schedule.valid_from
    if freq is None:
        # Without a rule, a start is a single day; less than that says nothing.
        return _within(schedule, [schedule.dtstart], first, last) if schedule.dtstart else None
    by = {
        "BYDAY": schedule.byday,
        "BYMONTHDAY": schedule.bymonthday,
        "BYYEARDAY": schedule.byyearday,
        "BYWEEKNO": schedule.byweekno,
    }
    names_days = any(by.values())
    counted = (schedule.interval or 1) > 1 or schedule.count is not None
    if anchor is None and (counted or not names_days):
        return None
    if anchor is None or (not counted and names_days):
        # Nothing is counted from the start, so the rule need not run through all the years since.
        anchor = max(anchor or first, first)
    parts = {"FREQ": freq, "INTERVAL": str(schedule.interval or 1), "WKST": schedule.wkst, **by}
    if schedule.count is not None:
        parts["COUNT"] = str(schedule.count)
    text = ";".join(f"{key}={value.replace(' ', '')}" for key, value in parts.items() if value)
    try:
        rule = rrulestr(text.upper(), dtstart=datetime.combine(anchor, time.min))
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise ValueError(f"{text!r} is no rule for days") from error
    start, end = datetime.combine(first, time.min), datetime.combine(last, time.max)
    days = [one.date() for one in rule.between(start, end, inc=True)]
    return _within(schedule, days, first, last)


def _within(schedule: Schedule, days: list[date], first: date, last: date) -> list[date]:
    begin = max(first, schedule.valid_from or first, schedule.dtstart or first)
    end = min(last, schedule.valid_to or last, schedule.until or last)
    return [day for day in days if begin <= day <= end]


def _times(schedule: Schedule) -> _Times | None:
    opens, closes = _clock(schedule.opens_at), _clock(schedule.closes_at)
    if opens is None or closes is None:
        return None
    since, until = opens[0], closes[0]
    if until == timedelta(hours=23, minutes=59):
        until = _DAY  # people write 23:59 for midnight; the last minute is no gap
    if until <= since:
        until += _DAY
    return _Times(since, until, opens[1])


def _clock(text: str | None) -> tuple[timedelta, tzinfo | None] | None:
    match = _TIME.fullmatch((text or "").strip())
    if match is None:
        return None
    hour, minute, offset = int(match[1]), int(match[2]), match[3]
    since = timedelta(hours=hour, minutes=minute)
    if minute > 59 or since > _DAY:
        return None
    return since, _offset(offset)


def _offset(text: str | None) -> tzinfo | None:
    if not text:
        return None
    if text.upper() == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    if size >= _DAY:
        return None
    return timezone(-size if text[0] == "-" else size)


def _zone(schedule: Schedule, times: _Times | None, zone: str | None) -> tzinfo | None:
    """The zone to read a schedule in.

    A written Z is meant. Any other offset is only what was true on the day of writing, so the
    place's own zone, which knows of summer time, goes before it.
    """
    written = times.offset if times is not None else None
    if written is UTC:
        return UTC
    if zone is not None:
        return ZoneInfo(zone)
    if written is not None:
        return written
    if schedule.timezone is not None and abs(schedule.timezone) <= 14:
        return timezone(timedelta(hours=schedule.timezone))
    return None


def _joined(spans: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Spans in order, those that touch made one."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
