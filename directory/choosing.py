"""Part of the directory room: which few of all that fit are named together.

It must never know who asks: the order comes from ranking.py, and here nothing is put before what
ranks better but to meet more of the needs, or to name another partner.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, partial

from directory.facts import Facts
from directory.matches import Query
from directory.reach import Reach
from directory.vocabulary import Need

# What is found is named in lists of this length; each of them should serve by itself.
LIST = 3
# Up to this reach another partner fits as well as one that is closer.
_AS_NEAR = Reach.PART

Needs = frozenset[Need]
# A partner under one number: for a reader that is one line of a list.
Line = tuple[str, str]


@dataclass(frozen=True)
class _One:
    """A candidate with its rank; `line` tells which others are the same to a reader."""

    rank: int
    facts: Facts
    line: Line

    @property
    def partner(self) -> str:
        return self.facts.service.organization_id

    @property
    def needs(self) -> Needs:
        return frozenset(self.facts.needs)


def chosen(
    ranking: Sequence[Facts], query: Query, number: Callable[[Facts], str | None]
) -> list[Facts]:
    """As many as the query asks for, in lists of three that follow each other.

    Each list meets as many of the query's needs as three lines can, and names another partner
    rather than one twice where another fits as well. A partner stands once under one `number`:
    of two such services the better one stays, and answers for what nobody else in its list meets.
    Within a list they stay in order of rank.
    """
    left = _lines(ranking, number)
    found: list[Facts] = []
    partners: set[str] = set()
    met: Needs = frozenset()
    while left and len(found) < query.limit:
        # What no list before has met is looked for first; then everything counts again.
        if _all_needs(left) <= met:
            met = frozenset()
        picked = _list_of(left, min(LIST, query.limit - len(found)), partners, met)
        taken = {one.line for one in picked}
        found += _answering_for_their_line(sorted(picked, key=lambda one: one.rank), left)
        partners |= {one.partner for one in picked}
        met |= _all_needs(picked)
        left = [one for one in left if one.line not in taken]
    return found


def _lines(ranking: Sequence[Facts], number: Callable[[Facts], str | None]) -> list[_One]:
    """The candidates with their lines; numbers are only looked up where a partner has several."""
    services = Counter(facts.service.organization_id for facts in ranking)
    found: list[_One] = []
    for rank, facts in enumerate(ranking):
        partner = facts.service.organization_id
        line = (number(facts) or "") if services[partner] > 1 else ""
        found.append(_One(rank, facts, (partner, line)))
    return found


def _list_of(left: Sequence[_One], room: int, partners: Set[str], met_before: Needs) -> list[_One]:
    """One list: each time the best that still leaves room to meet as many needs as can be met."""
    kinds = _different(left)
    # Who meets one set of needs only is in nobody's way: once named, it has nothing to add.
    times = Counter(line for lines in kinds.values() for line in lines)
    in_the_way = frozenset(line for line in times if times[line] > 1)
    most = cache(partial(_most, kinds))
    goal = most(room, met_before, frozenset())
    picked: list[_One] = []
    while len(picked) < room:
        met = met_before | _all_needs(picked)
        taken = frozenset(one.line for one in picked)
        after = room - len(picked) - 1
        fitting = [
            one
            for one in left
            if one.line not in taken
            and most(after, met | one.needs, in_the_way & (taken | {one.line})) >= goal
        ]
        if not fitting:
            break
        named = partners | {one.partner for one in picked}
        picked.append(min(fitting, key=partial(_waits, fitting, met, named)))
    return _others_instead(picked, left, partners)


def _others_instead(picked: list[_One], left: Sequence[_One], partners: Set[str]) -> list[_One]:
    """The list with another partner for one that stands twice, where no need is lost by it."""
    for one in reversed(picked):
        rest = [other for other in picked if other is not one]
        named = partners | {other.partner for other in rest}
        if one.partner not in {other.partner for other in rest}:
            continue
        must = _all_needs(picked) - _all_needs(rest)
        near = max(one.facts.where.reach, _AS_NEAR)
        for other in left:
            fits = must <= other.needs and other.facts.where.reach <= near
            if fits and other.partner not in named:
                return _others_instead([*rest, other], left, partners)
    return picked


def _waits(fitting: Sequence[_One], met: Needs, named: Set[str], one: _One) -> tuple[int, int]:
    """The least goes first: another partner than those `named`, or who alone is near for a need.

    After that it is the rank that counts.
    """
    if one.partner not in named:
        return 0, one.rank
    if one.needs <= met:
        return 2, one.rank
    near = max(one.facts.where.reach, _AS_NEAR)
    others = (other for other in fitting if other.partner not in named)
    return int(any(other.facts.where.reach <= near for other in others)), one.rank


def _different(left: Sequence[_One]) -> dict[Needs, list[Line]]:
    """The different sets of needs, each with lines that meet it; as many as can be in the way."""
    found: dict[Needs, list[Line]] = {}
    for one in left:
        lines = found.setdefault(one.needs, [])
        if one.line not in lines and len(lines) < LIST:
            lines.append(one.line)
    return found


def _most(kinds: dict[Needs, list[Line]], room: int, met: Needs, taken: frozenset[Line]) -> int:
    """How many needs can be met with so many further lines, those met already included."""
    best, all_of_them = len(met), len(met.union(*kinds))
    if room == 0 or best == all_of_them:
        return best
    gains = sorted(kinds, key=lambda needs: -len(needs - met))
    most_gained = len(gains[0] - met)
    for needs in gains:
        gained = len(needs - met)
        # What comes now cannot lead to more than has been found.
        if gained == 0 or best >= min(all_of_them, len(met) + gained + (room - 1) * most_gained):
            return best
        for line in (line for line in kinds[needs] if line not in taken):
            best = max(best, _most(kinds, room - 1, met | needs, taken | {line}))
    return best


def _answering_for_their_line(picked: Sequence[_One], left: Iterable[_One]) -> list[Facts]:
    """The picked ones; what else is met under the number of one, and by no other, counts as its."""
    met = _all_needs(picked)
    more: dict[Line, set[Need]] = {}
    for one in left:
        more.setdefault(one.line, set()).update(one.needs - met)
    return [_with_needs(one.facts, frozenset(more.get(one.line, ()))) for one in picked]


def _with_needs(facts: Facts, more: Needs) -> Facts:
    return replace(facts, needs=(*facts.needs, *sorted(more))) if more else facts


def _all_needs(picked: Iterable[_One]) -> Needs:
    return frozenset(need for one in picked for need in one.needs)
