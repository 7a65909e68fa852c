"""A safe time is read as people say it, in every language; what is unclear is no time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.actions.clock import LATEST, read_time

# A Tuesday, 4:30 in the afternoon in Detroit.
NOW = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)
ZONE = "America/Detroit"


def there(text: str, *, asked: bool = False, now: datetime = NOW) -> str | None:
    """Day and clock time in Detroit of what was read."""
    found = read_time(text, now=now, zone=ZONE, asked=asked)
    return found and found.astimezone(ZoneInfo(ZONE)).strftime("%a %d %H:%M")


SAID = {
    "tomorrow at 3": "Wed 25 15:00",
    "text me tmrw at 3pm": "Wed 25 15:00",
    "8pm": "Tue 24 20:00",
    "9am": "Wed 25 09:00",
    "friday morning": "Fri 27 09:00",
    "in 2 hours": "Tue 24 18:30",
    "in 30 min": "Tue 24 17:00",
    "tonight at 9:30": "Tue 24 21:30",
    "call me monday 10am": "Mon 30 10:00",
    "noon": "Wed 25 12:00",
    "when he leaves at 7 am": "Wed 25 07:00",
    "day after tomorrow 5 pm": "Thu 26 17:00",
    "mañana a las 3": "Wed 25 15:00",
    "manana a las 3 de la tarde": "Wed 25 15:00",
    "mañana por la mañana": "Wed 25 09:00",
    "el viernes a las 10": "Fri 27 10:00",
    "esta noche a las 9": "Tue 24 21:00",
    "en 2 horas": "Tue 24 18:30",
    "demain à 15h": "Wed 25 15:00",
    "amanhã às 3 da tarde": "Wed 25 15:00",
    "demen a 3 zè nan apremidi": "Wed 25 15:00",
    "明天下午3点": "Wed 25 15:00",
    "ngày mai 3 giờ chiều": "Wed 25 15:00",
    "bukas ng 3 ng hapon": "Wed 25 15:00",
    "завтра в 3 часа дня": "Wed 25 15:00",
    "내일 오후 3시": "Wed 25 15:00",
    "غدا الساعة 3": "Wed 25 15:00",
    "कल शाम 5 बजे": "Wed 25 17:00",
}


@pytest.mark.parametrize("text", list(SAID))
def test_a_time_is_read_as_it_is_said(text: str) -> None:
    assert there(text) == SAID[text]


@pytest.mark.parametrize(
    "text",
    ["3", "after 5", "tomorrow", "i have 2 kids", "48226", "not safe now", "next week", "", "asdf"],
)
def test_what_names_no_hour_is_no_time(text: str) -> None:
    assert there(text) is None


def test_a_bare_hour_is_a_time_once_it_was_asked_for() -> None:
    assert there("3", asked=True) == "Wed 25 15:00"
    assert there("after 5", asked=True) == "Tue 24 17:00"
    assert there("at 8", asked=True) == "Tue 24 20:00"


def test_no_time_is_too_soon_or_too_far() -> None:
    assert there("in 5 minutes") is None
    assert there("in 400 hours") is None
    soon = read_time("in 20 minutes", now=NOW, zone=ZONE)
    assert soon is not None
    assert timedelta(minutes=10) < soon - NOW < LATEST


def test_an_hour_that_is_over_today_is_the_next_one() -> None:
    assert there("at 4 pm") == "Wed 25 16:00"
    assert there("8 am") == "Wed 25 08:00"


def test_the_clock_goes_back_in_november_and_the_hour_said_is_the_hour_kept() -> None:
    before = datetime(2026, 10, 31, 16, tzinfo=UTC)  # daylight saving ends that night
    found = read_time("tomorrow at 3 pm", now=before, zone=ZONE)
    assert found == datetime(2026, 11, 1, 20, tzinfo=UTC)


WEDNESDAY_AT_3 = datetime(2026, 11, 25, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("make it 4pm instead", "Wed 25 16:00"),
        ("no 4", "Wed 25 16:00"),
        ("mejor a las 5 de la tarde", "Wed 25 17:00"),
        ("in the morning", "Wed 25 09:00"),
        ("mejor el jueves", "Thu 26 15:00"),
        ("change it to friday", "Fri 27 15:00"),
        ("friday at 10am", "Fri 27 10:00"),
        ("in 2 hours", "Tue 24 18:30"),
        ("改成4点", "Wed 25 16:00"),
    ],
)
def test_a_time_that_is_corrected_keeps_what_is_not_named_anew(text: str, corrected: str) -> None:
    found = read_time(text, now=NOW, zone=ZONE, asked=True, before=WEDNESDAY_AT_3)
    assert found is not None
    assert found.astimezone(ZoneInfo(ZONE)).strftime("%a %d %H:%M") == corrected


def test_an_hour_that_is_over_on_the_day_kept_is_read_by_itself() -> None:
    tonight = datetime(2026, 11, 25, 1, tzinfo=UTC)  # Tuesday, 8 in the evening
    found = read_time("make it 3pm", now=NOW, zone=ZONE, asked=True, before=tonight)
    assert found == WEDNESDAY_AT_3


def test_a_correction_without_a_time_is_no_time() -> None:
    assert read_time("make it stop", now=NOW, zone=ZONE, asked=True, before=WEDNESDAY_AT_3) is None
