"""Open now, in the service's own zone; unknown where the record does not say (D3)."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from directory.hours import Hours, hours, schedule_fault
from directory.models import Schedule
from tests.directory.partners import ALWAYS, EVERY_NIGHT, LONG_AGO, WEEKDAYS

DETROIT = "America/Detroit"


def local(text: str, zone: str = DETROIT) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def at(text: str, *levels: list[dict[str, Any]], zone: str | None = DETROIT) -> Hours:
    rows = [[Schedule(**one) for one in level] for level in levels]
    return hours(rows, zone, local(text))


# 2026-11-24 is a Tuesday.
def test_it_is_open_within_its_hours_and_closed_at_their_end() -> None:
    assert at("2026-11-24T16:59", [WEEKDAYS]).open_now is True
    assert at("2026-11-24T17:00", [WEEKDAYS]).open_now is False
    assert at("2026-11-24T09:00", [WEEKDAYS]).open_now is True


def test_the_next_opening_after_friday_is_monday_morning_in_utc() -> None:
    seen = at("2026-11-27T18:00", [WEEKDAYS])
    assert seen.next_opening == local("2026-11-30T09:00")
    assert seen.next_opening.tzinfo is UTC


def test_overnight_hours_last_into_the_next_morning() -> None:
    assert at("2026-11-24T23:30", [EVERY_NIGHT]).open_now is True
    assert at("2026-11-24T07:59", [EVERY_NIGHT]).open_now is True
    assert at("2026-11-24T08:00", [EVERY_NIGHT]).open_now is False


def test_a_friday_night_still_lasts_on_saturday_morning() -> None:
    fridays = EVERY_NIGHT | {"byday": "FR"}
    assert at("2026-11-28T02:00", [fridays]).open_now is True
    assert at("2026-11-29T02:00", [fridays]).open_now is False


def test_every_day_from_midnight_to_midnight_is_always_open() -> None:
    assert at("2026-11-24T03:00", [ALWAYS]) == Hours(open_now=True, always=True)
    until_a_minute_before = ALWAYS | {"closes_at": "23:59"}
    assert at("2026-11-24T23:59", [until_a_minute_before]).always is True


def test_no_schedule_means_unknown_never_closed() -> None:
    assert at("2026-11-24T12:00", [], []).open_now is None
    assert at("2026-11-24T12:00", [{"description": "Call us"}]).open_now is None
    assert at("2026-11-24T12:00", [WEEKDAYS], zone=None).open_now is None


def test_an_expired_schedule_says_nothing_about_today() -> None:
    old = WEEKDAYS | {"valid_to": LONG_AGO}
    assert at("2026-11-24T12:00", [old]).open_now is None
    assert at("2026-11-24T12:00", [old], [WEEKDAYS]).open_now is True


def test_before_its_season_it_is_closed_and_opens_when_the_season_does() -> None:
    season = ALWAYS | {"valid_from": date(2026, 12, 1), "valid_to": date(2027, 3, 31)}
    seen = at("2026-11-24T12:00", [season])
    assert seen.open_now is False
    assert seen.next_opening == local("2026-12-01T00:00")


def test_the_hours_at_the_location_go_before_those_of_the_service() -> None:
    nights = at("2026-11-24T12:00", [EVERY_NIGHT], [WEEKDAYS])
    assert nights.open_now is False
    assert at("2026-11-24T12:00", [], [WEEKDAYS], [EVERY_NIGHT]).open_now is True


def test_hours_follow_summer_time_in_their_own_zone() -> None:
    assert at("2026-07-07T09:00", [WEEKDAYS]).open_now is True
    assert at("2026-07-07T08:59", [WEEKDAYS]).open_now is False


def test_a_written_offset_gives_way_to_the_zone_of_the_place() -> None:
    written = WEEKDAYS | {"opens_at": "09:00-05:00", "closes_at": "17:00-05:00"}
    assert at("2026-07-07T09:00", [written]).open_now is True
    assert at("2026-11-24T09:00", [written], zone=None).open_now is True


def test_a_written_z_is_meant() -> None:
    written = WEEKDAYS | {"opens_at": "14:00Z", "closes_at": "22:00Z"}
    assert at("2026-11-24T09:00", [written]).open_now is True
    assert at("2026-11-24T08:59", [written]).open_now is False


def test_every_other_week_counts_from_its_start() -> None:
    fortnight = WEEKDAYS | {"interval": 2, "byday": "TU", "dtstart": date(2026, 11, 17)}
    assert at("2026-11-17T10:00", [fortnight]).open_now is True
    assert at("2026-11-24T10:00", [fortnight]).open_now is False
    assert at("2026-12-01T10:00", [fortnight]).open_now is True


def test_every_other_week_from_an_unsaid_start_is_unknown() -> None:
    assert at("2026-11-24T10:00", [WEEKDAYS | {"interval": 2}]).open_now is None


def test_the_first_saturday_of_a_month_is_found_a_month_ahead() -> None:
    monthly = WEEKDAYS | {"freq": "MONTHLY", "byday": "1SA"}
    seen = at("2026-11-07T18:00", [monthly])
    assert seen.next_opening == local("2026-12-05T09:00")


def test_an_old_start_costs_no_time_and_changes_nothing() -> None:
    assert at("2026-11-24T12:00", [WEEKDAYS | {"dtstart": LONG_AGO}]).open_now is True


@pytest.mark.parametrize(
    "wrong",
    [{"opens_at": "nine"}, {"closes_at": "25:00"}, {"byday": "MO,XX"}, {"bymonthday": "first"}],
)
def test_a_malformed_schedule_is_named_and_its_hours_are_unknown(wrong: dict[str, str]) -> None:
    schedule = WEEKDAYS | wrong
    assert schedule_fault(Schedule(**schedule)) is not None
    assert at("2026-11-24T12:00", [schedule]).open_now is None
