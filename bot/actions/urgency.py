"""Part of the bot's actions: which of several needs is looked at first. Knows no survivor.

The order is that of an advocate's first hour: life and body, tonight, what keeps somebody safe,
then what opens the way on. Needs of one rank stay in the order in which they were told (P6).
"""

from collections.abc import Collection, Iterable

from directory.vocabulary import Need

_RANKS: tuple[frozenset[str], ...] = (
    frozenset({"medical_care.emergency", Need.CRISIS_INTERVENTION}),
    frozenset({"housing.emergency", Need.SEXUAL_ASSAULT_SERVICES, "mental_health_care.emergency"}),
    frozenset({Need.SAFETY_PLANNING, "dental_care.emergency"}),
    frozenset({Need.FOOD, Need.HOUSING, Need.MEDICAL_CARE, Need.CHILD_ASSISTANCE}),
)


def by_urgency(needs: Iterable[Need], kinds: Collection[str] = ()) -> list[Need]:
    """The needs, the most urgent first; `kinds` are codes such as "housing.emergency"."""
    return sorted(needs, key=lambda need: _rank(need, kinds))


def _rank(need: Need, kinds: Collection[str]) -> int:
    asked = {str(need), *(code for code in kinds if code.startswith(f"{need}."))}
    return next((rank for rank, members in enumerate(_RANKS) if members & asked), len(_RANKS))
