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

CHILDREN = "children"


def next_question(context: Context, known: Recall, asked: Query) -> str | None:
    """The next question to ask, a need's slug (which kind of it?) or CHILDREN; None for none.

    `asked` is the query as it would be now.
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
    if Need.HOUSING in known.seeking and asked.fits.children is None:
        answers = (replace(asked.fits, children=children) for children in (True, False))
        yield CHILDREN, [replace(asked, fits=fits) for fits in answers]


def _differ(context: Context, variants: list[Query]) -> bool:
    with context.sessions() as session:
        lists = find_each(session, variants)
    return len({tuple(sorted(match.service_id for match in found)) for found in lists}) > 1
