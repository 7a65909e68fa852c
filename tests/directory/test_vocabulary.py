"""The project's words for needs and partners match the numbered requirements."""

from directory.vocabulary import (
    KINDS,
    NEED_NUMBER,
    PARTNER_KIND_NUMBER,
    REQUIREMENT_WORDS,
    Need,
    Requirement,
    need_of_code,
)


def test_there_are_26_needs_numbered_in_order() -> None:
    assert len(Need) == 26
    assert NEED_NUMBER[Need.CASE_MANAGEMENT] == "N1"
    assert NEED_NUMBER[Need.HOUSING] == "N12"
    assert NEED_NUMBER[Need.VICTIM_ADVOCACY] == "N26"
    assert all(need.name.lower() == need.value for need in Need)


def test_there_are_18_partner_kinds_numbered_in_order() -> None:
    assert list(PARTNER_KIND_NUMBER.values()) == [f"K{number}" for number in range(1, 19)]


def test_every_need_has_its_kinds_or_none() -> None:
    assert set(KINDS) == set(Need)
    assert KINDS[Need.HOUSING] == ("emergency", "transitional", "permanent")
    assert KINDS[Need.FOOD] == ()


def test_a_kind_belongs_to_its_need() -> None:
    assert need_of_code("housing.emergency") == Need.HOUSING
    assert need_of_code("housing") == Need.HOUSING
    assert need_of_code("hotel") is None


def test_every_requirement_has_plain_words() -> None:
    assert set(REQUIREMENT_WORDS) == set(Requirement)
