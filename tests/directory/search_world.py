"""What the tests of search ask with and look at."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from directory.places import Place, exact_place
from directory.search import Match, Query
from directory.vocabulary import Need

TUESDAY_NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # 12:00 in Detroit


def place(text: str) -> Place:
    found = exact_place(text)
    assert found is not None
    return found


DETROIT = place("48226")


def query(*needs: Need, **other: Any) -> Query:
    start = Query(
        needs=needs or (Need.HOUSING,), place=DETROIT, language=None, at=TUESDAY_NOON, limit=10
    )
    return replace(start, **other)


def ids(matches: list[Match]) -> list[str]:
    return [match.service_id for match in matches]


def codes(match: Match) -> list[str]:
    return [reason.code for reason in match.reasons]
