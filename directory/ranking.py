"""Part of the directory room: the one place that puts candidates in order and says why.

It must never know who asks, and it settles ties by the query's seed alone, so that no partner is
always first.
"""

from collections.abc import Iterable
from datetime import timedelta
from hashlib import blake2b
from typing import Any

from directory.areas import Coverage
from directory.facts import Facts
from directory.fitting import Suits, only_for_the_young
from directory.matches import Query, Reason
from directory.place_index import STATES
from directory.reach import Reach
from directory.vocabulary import Need

# Distances within one step of this many kilometres are a tie: nobody is first for one street less.
_STEP_KM = 3.0
_STEP_KM_OF_A_TOWN = 10.0
_KM_PER_MILE = 1.609344
# "Opens at 9" is only told when it is soon enough to be understood as the next 9 o'clock.
_SOON = timedelta(hours=18)
_OPEN_ORDER = {True: 0, None: 1, False: 2}


def ranked(candidates: Iterable[Facts], query: Query) -> list[Facts]:
    """The candidates, best first; see `_order` for what counts before what."""
    candidates = list(candidates)
    by_partner: dict[str, set[Need]] = {}
    for facts in candidates:
        by_partner.setdefault(facts.service.organization_id, set()).update(facts.needs)
    return sorted(
        candidates,
        key=lambda facts: _order(facts, len(by_partner[facts.service.organization_id]), query),
    )


def reasons(facts: Facts, query: Query) -> tuple[Reason, ...]:
    """Why it fits, the one worth telling first in front; a text message has room for one (M2)."""
    where = facts.where
    found: list[Reason] = []
    # One that may be far off, or lies in another state, must say so first (D5).
    afar = where.wider or where.across
    if afar:
        found += _area_reasons(facts, query)
    # What they said must fit counts for more than what only makes it easier.
    if facts.fitting.children is Suits.KNOWN:
        found.append(Reason("takes_children"))
    if facts.fitting.wheelchair is Suits.KNOWN:
        found.append(Reason("wheelchair_access"))
    if len(facts.needs) > 1:
        found.append(Reason("takes_many", {"count": len(facts.needs)}))
    if query.language not in (None, "en") and query.language in facts.languages:
        found.append(Reason("speaks", {"language": {"say": f"language_{query.language}"}}))
    if facts.hours.open_now:
        found.append(Reason("open_always" if facts.hours.always else "open_now"))
    if not afar:
        found += _area_reasons(facts, query)
    if facts.free:
        found.append(Reason("free"))
    if where.virtual:
        found.append(Reason("virtual"))
    if where.national:
        found.append(Reason("national"))
    opening = facts.hours.next_opening
    if opening is not None and where.zone is not None and opening - query.at <= _SOON:
        at = {"time": opening.isoformat(), "zone": where.zone}
        found.append(Reason("opens_at", {"time": at, "zone": where.zone}))
    return tuple(found)


def _order(facts: Facts, partner_needs: int, query: Query) -> tuple[Any, ...]:
    """What counts, in this order."""
    where = facts.where
    return (
        where.reach == Reach.WIDER,  # somewhere else only after all that serves the place (D5)
        -len(facts.needs),  # meets more of the needs by itself
        where.reach == Reach.ANYWHERE,  # a line for everybody only after what serves the place
        facts.fitting.doubts,  # what is known to fit before what is not known
        where.reach,
        facts.fitting.gender or Suits.KNOWN,
        only_for_the_young(facts.service, query.fits),
        -len(query.kinds.intersection(facts.kinds)),  # the very kind, before the need as a whole
        facts.speech,
        _OPEN_ORDER[facts.hours.open_now],
        facts.hurdles,
        -partner_needs,  # meets more of them with its partner's other services
        where.covered is None,  # serves the area, before only being near (D5)
        _steps(facts, query),
        _lot(query.seed, facts.service.id),
    )


def _steps(facts: Facts, query: Query) -> int:
    """The distance in steps; an unknown one counts as the middle of what is near."""
    km = facts.where.ranked_km
    exact = query.place is not None and query.place.kind == "zip"
    step = _STEP_KM if exact else _STEP_KM_OF_A_TOWN
    return round((20.0 if km is None else km) / step)


def _lot(seed: int, service_id: str) -> bytes:
    return blake2b(f"{seed}:{service_id}".encode(), digest_size=8).digest()


def _area_reasons(facts: Facts, query: Query) -> list[Reason]:
    where = facts.where
    found: list[Reason] = []
    if where.distance_km is not None:
        miles = max(1, round(where.distance_km / _KM_PER_MILE))
        found.append(Reason("near", {"distance": f"{miles} mi"}))
    covered = where.covered
    if covered is not None and covered.coverage == Coverage.STATE and covered.area.place:
        found.append(Reason("serves_state", {"area": STATES[covered.area.place.state]}))
    elif covered is not None and covered.coverage != Coverage.NATION:
        found.insert(0, Reason("serves_area", {"area": covered.area.label}))
    elif query.place is None or where.reach == Reach.WIDER:
        labels = [area.label for area in where.areas if area.place is not None]
        found += [Reason("serves_area", {"area": label}) for label in labels[:1]]
    return found
