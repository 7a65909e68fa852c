"""Part of the directory room: what a service meets, costs and asks for, read off its record.

It must never decide who may come: requirements are told, and the survivor decides (D13).
"""

from collections.abc import Iterable
from datetime import date

from directory.models import Attribute, CostOption, Service
from directory.vocabulary import (
    MARKS_TAXONOMY,
    NEEDS_TAXONOMY,
    REQUIREMENT_WORDS,
    REQUIREMENTS_TAXONOMY,
    Mark,
    Need,
    Requirement,
    need_of_code,
)

_FREE_WORDS = frozenset(
    {"free", "free of charge", "no cost", "no charge", "no fee", "no fees", "none", "$0"}
)
_REQUIREMENTS = frozenset(requirement.value for requirement in Requirement)


def needs_met(service: Service) -> frozenset[Need]:
    """All needs that a service is marked with."""
    codes = _codes(service.attributes, NEEDS_TAXONOMY)
    return frozenset(need for code in codes if (need := need_of_code(code)) is not None)


def marked(attributes: Iterable[Attribute], mark: Mark) -> str | None:
    """The value of a mark ("" when it has none); None when it is not set."""
    for attribute in attributes:
        term = attribute.taxonomy_term
        if term.taxonomy == MARKS_TAXONOMY and term.code == mark:
            return attribute.value or ""
    return None


def requirements(service: Service) -> dict[Requirement, str]:
    """What shuts people out, each with the sentence to tell: the record's own, else ours (D13)."""
    found: dict[Requirement, str] = {}
    for attribute in service.attributes:
        term = attribute.taxonomy_term
        if term.taxonomy == REQUIREMENTS_TAXONOMY and term.code in _REQUIREMENTS:
            requirement = Requirement(term.code)
            found[requirement] = attribute.value or REQUIREMENT_WORDS[requirement]
    return dict(sorted(found.items()))


def ages(service: Service) -> str | None:
    """The ages a service is for, as a sentence; None when it is for all."""
    low, high = service.minimum_age or 0, service.maximum_age
    if high is not None and low:
        return f"For ages {low:g} to {high:g}"
    if high is not None:
        return f"Up to age {high:g}"
    return f"For ages {low:g} and over" if low else None


def cost(service: Service, today: date) -> str | None:
    """What it costs in the record's words, None when it does not say."""
    if service.fees_description:
        return service.fees_description
    prices = [_price(option) for option in _valid(service, today)]
    return "; ".join(price for price in prices if price) or service.fees or None


def is_free(service: Service, today: date) -> bool:
    """Whether the record says it is free, for everybody and without conditions."""
    words = (service.fees_description or "").strip().rstrip(".!").casefold()
    if words:
        return words in _FREE_WORDS
    options = _valid(service, today)
    return bool(options) and all(option.amount == 0 and not option.option for option in options)


def _price(option: CostOption) -> str:
    amount = ""
    if option.amount is not None:
        currency = (option.currency or "").upper()
        amount = f"${option.amount:g}" if currency == "USD" else f"{option.amount:g} {currency}"
        amount = "Free" if option.amount == 0 else amount.strip()
    return " ".join(part for part in (amount, option.amount_description, _for(option)) if part)


def _for(option: CostOption) -> str:
    return f"({option.option})" if option.option else ""


def _valid(service: Service, today: date) -> list[CostOption]:
    return [
        option
        for option in service.cost_options
        if (option.valid_from or today) <= today <= (option.valid_to or today)
    ]


def _codes(attributes: Iterable[Attribute], taxonomy: str) -> set[str]:
    terms = (attribute.taxonomy_term for attribute in attributes)
    return {term.code for term in terms if term.taxonomy == taxonomy and term.code}
