"""Part of the directory room: what a service meets, costs and asks for, read off its record.

It must never decide who may come: requirements are told, and the survivor decides (D13).
"""

import re
from collections.abc import Iterable
from datetime import date

from directory.models import Attribute, CostOption, Service
from directory.vocabulary import (
    KINDS,
    MARKS_TAXONOMY,
    NEEDS_TAXONOMY,
    POPULATIONS_TAXONOMY,
    REQUIREMENT_WORDS,
    REQUIREMENTS_TAXONOMY,
    Mark,
    Need,
    Population,
    Requirement,
    need_of_code,
)

_FREE_WORDS = frozenset(
    {"free", "free of charge", "no cost", "no charge", "no fee", "no fees", "none", "$0"}
)
_REQUIREMENTS = frozenset(requirement.value for requirement in Requirement)
_POPULATIONS = frozenset(population.value for population in Population)
_LONGEST_ABOUT = 160  # characters: one text message in the plain alphabet (M1)
_CUT = "..."
_SENTENCE_END = re.compile(r"""[.!?]["')]?(?=\s+["'(]?[^\Wa-z_]|$)""")
# A point after one of these, or after a single letter ("U.S."), ends no sentence.
_SHORT_FORM = re.compile(r"\b(?:[A-Za-z]|Dr|Mr|Mrs|Ms|St|Ste|Ave|Rd|No|approx|incl|etc|vs)\.$")


def needs_met(service: Service, kinds: frozenset[str] = frozenset()) -> frozenset[Need]:
    """All needs that a service is marked with.

    Of a need with a kind in `kinds`, one of those kinds must be marked, or the need as a whole:
    a house for a year is no bed for tonight.
    """
    codes = _codes(service.attributes, NEEDS_TAXONOMY)
    met = {need for code in codes if (need := need_of_code(code)) is not None}
    return frozenset(need for need in met if _of_kind(need, codes, kinds))


def kinds_of_needs(service: Service, needs: Iterable[Need]) -> tuple[str, ...]:
    """The kinds ("housing.emergency") of these needs that a service is marked with, in order."""
    codes = _codes(service.attributes, NEEDS_TAXONOMY)
    return tuple(code for need in needs for code in _kind_codes(need) if code in codes)


def populations(service: Service) -> frozenset[Population]:
    """Whom the service is meant for, as far as its record says."""
    codes = _codes(service.attributes, POPULATIONS_TAXONOMY)
    return frozenset(Population(code) for code in codes & _POPULATIONS)


def about(service: Service) -> str | None:
    """What the service does, as its record says it: whole sentences, at most 160 characters.

    A first sentence longer than that is cut between two words and ends in "...".
    """
    text = " ".join((service.description or "").split())
    if len(text) <= _LONGEST_ABOUT:
        return text or None
    ends = [
        end.end()
        for end in _SENTENCE_END.finditer(text)
        if not _SHORT_FORM.search(text[: end.end()])
    ]
    last = max((end for end in ends if end <= _LONGEST_ABOUT), default=None)
    if last is not None:
        return text[:last]
    room = text[: _LONGEST_ABOUT - len(_CUT) + 1]
    return (room.rpartition(" ")[0] or room[:-1]).rstrip(".,;:- ") + _CUT


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


def _of_kind(need: Need, codes: set[str], kinds: frozenset[str]) -> bool:
    asked = kinds & set(_kind_codes(need))
    return not asked or need in codes or bool(asked & codes)


def _kind_codes(need: Need) -> list[str]:
    return [f"{need}.{kind}" for kind in KINDS[need]]


def _codes(attributes: Iterable[Attribute], taxonomy: str) -> set[str]:
    terms = (attribute.taxonomy_term for attribute in attributes)
    return {term.code for term in terms if term.taxonomy == taxonomy and term.code}
