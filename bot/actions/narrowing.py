"""Part of the bot's actions: which one question would change the answer. Must never ask what would
not: it tries the answers on the directory first, and asks only when the list would differ (B6)."""

from collections.abc import Iterator
from dataclasses import replace

from bot.actions.context import Context
from bot.actions.details import codes
from bot.actions.recall import Recall
from bot.actions.urgency import by_urgency
from directory.matches import Query
from directory.search import find_each
from directory.vocabulary import Need


def next_question(context: Context, known: Recall, asked: Query) -> str | None:
    """The need of which the kind is asked next, as its slug; None when nothing is asked.

    `asked` is the query as it would be now. Who needs a bed tonight is asked nothing more.
    """
    if known.place is None or known.narrowing:
        # One before each search: more would be an interrogation.
        return None
    for question, variants in _questions(known, asked):
        if question not in known.narrowed and _differ(context, variants):
            return question
    return None


def _questions(known: Recall, asked: Query) -> Iterator[tuple[str, list[Query]]]:
    """What may be asked, with the query that each answer would lead to."""
    for need in by_urgency(known.seeking, known.kinds):
        kinds = codes(need)
        if len(kinds) > 1 and not known.kinds & set(kinds):
            yield str(need), [replace(asked, kinds=asked.kinds | {code}) for code in kinds]


def children_matter(context: Context, known: Recall, asked: Query) -> bool:
    """Whether it would change the list if children came along, and that is not known."""
    if Need.HOUSING not in known.seeking or asked.fits.children is not None:
        return False
    fits = [replace(asked.fits, children=with_them) for with_them in (True, False)]
    return _differ(context, [replace(asked, fits=one) for one in fits])


def _differ(context: Context, variants: list[Query]) -> bool:
    with context.sessions() as session:
        lists = find_each(session, variants)
    return len({tuple(sorted(match.service_id for match in found)) for found in lists}) > 1
