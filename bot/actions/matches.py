"""Part of the bot's actions: shows who can help, and why they fit. Only reads the directory, and
never says a confidential address: search leaves it out (D9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import numbers_inside, plain
from bot.actions.context import Context
from bot.actions.details import FOR_NATIVE, NATIVE, fits_of
from bot.actions.hearing import Facts, facts_of, hear
from bot.actions.match_words import say_in_full, short_words
from bot.actions.narrowing import children_matter
from bot.actions.recall import Recall, recall, slots
from bot.actions.speech import YES_NO, Word, need_words, say, word
from bot.actions.step import Events, Step
from bot.actions.urgency import by_urgency
from directory.search import Match, Query, find_matches, get_match, unmet
from directory.vocabulary import Need

PAGE = 3
MOST_LOOKED_AT = 12
"""Where partners shown already are left out, so many are looked at."""
MOST_ANYWHERE = 300
"""Without a place most of what is found helps only where it is, and is left out."""
MOST_LOOKED_AT_WIDER = 40
"""With permission to look further away, what is there stands behind all that is nearer."""
MOST_NAMED = 3
AREA, KIND = "area", "kind"
"""What a search may be widened by, each only with permission (D5)."""


@dataclass(frozen=True)
class Page:
    """Up to three matches, whether there are others after them, and what nothing was found for."""

    matches: list[Match]
    more: bool
    unmet: tuple[Need, ...] = ()


def query(known: Recall, facts: Facts, *, limit: int = PAGE) -> Query:
    """What the directory is asked; police and immigration are never suggested (S12)."""
    return Query(
        needs=known.seeking,
        place=known.place,
        language=facts.language,
        at=facts.now,
        limit=limit,
        seed=facts.seed,
        kinds=frozenset() if KIND in known.wider else known.kinds,
        fits=fits_of(known.fits),
        wider=AREA in known.wider or known.place is None,
    )


def first_page(context: Context, known: Recall, facts: Facts) -> Page:
    """The best matches for what is sought."""
    limit = PAGE + 1 if known.place is not None else MOST_ANYWHERE
    asked = query(known, facts, limit=limit)
    with context.sessions() as session:
        found = _useful(find_matches(session, asked), known)
        met = {need for match in found for need in match.needs}
        missing = known.place is not None and not met.issuperset(known.seeking)
        nothing = unmet(session, asked) if missing else ()
    return Page(found[:PAGE], len(found) > PAGE, nothing)


def _useful(found: Iterable[Match], known: Recall) -> list[Match]:
    """All of them near a place; without one only what helps wherever somebody is."""
    return [match for match in found if known.place is not None or helps_anywhere(match)]


def helps_anywhere(match: Match) -> bool:
    """Whether a service helps people wherever they are: "serves Cook County" is useless then."""
    codes = {reason.code for reason in match.reasons}
    return "national" in codes or (match.virtual and not codes & {"serves_area", "serves_state"})


def nothing_near(known: Recall, page: Page) -> bool:
    """Whether a place is known and all that is listed helps by phone or online only."""
    far = all(match.distance_km is None and helps_anywhere(match) for match in page.matches)
    return known.place is not None and bool(page.matches) and far


def next_page(context: Context, known: Recall, facts: Facts) -> Page:
    """Matches that were not shown yet, of partners not shown yet: the same name is no choice.

    While a need has nobody yet, those that meet it come first. With permission to look further away
    what is found there comes first: it is what was asked for.
    """
    further = known.place is not None and AREA in known.wider
    limit = MOST_LOOKED_AT if known.place is not None else MOST_ANYWHERE
    limit = MOST_LOOKED_AT_WIDER if further else limit
    asked = replace(query(known, facts, limit=limit), exclude=frozenset(known.shown))
    waiting = tuple(need for need in known.seeking if need not in known.covered)
    with context.sessions() as session:
        shown = [get_match(session, service_id, asked) for service_id in known.shown]
        partners = {match.partner for match in shown if match is not None}
        found = find_matches(session, replace(asked, needs=waiting)) if waiting else []
        if not found:
            found = [m for m in find_matches(session, asked) if m.partner not in partners]
    found = sorted(_useful(found, known), key=lambda match: further and not match.wider)
    return Page(found[:PAGE], len(found) > PAGE)


def last_page(context: Context, known: Recall, facts: Facts) -> Page:
    """The matches of the last list, as they are now."""
    asked = query(known, facts)
    with context.sessions() as session:
        found = [get_match(session, service_id, asked) for service_id in known.listed]
    return Page([match for match in found if match is not None], more=False)


def listed_match(context: Context, known: Recall, facts: Facts, number: int) -> Match | None:
    """One match of the last list by its number, from 1; None when there is none."""
    if not 1 <= number <= len(known.listed):
        return None
    with context.sessions() as session:
        return get_match(session, known.listed[number - 1], query(known, facts))


def show(
    dispatcher: CollectingDispatcher,
    known: Recall,
    facts: Facts,
    page: Page,
    *,
    begins: str = "matches_for_near",
) -> None:
    """One message with the list in a text, one each where there is room (M2).

    `begins` is the message that leads to it, with the needs and the place.
    """
    intro = _intro(known, page, begins)
    if not facts.short:
        say(dispatcher, "matches_intro", intro=intro)
        for number, match in enumerate(page.matches, start=1):
            say_in_full(
                dispatcher,
                number,
                match,
                language=facts.language or "en",
                discreet=facts.discreet,
            )
        return
    hint = word("hint_more" if page.more else "hint_details")
    short = {
        f"match_{n}": short_words(
            n,
            match,
            discreet=facts.discreet,
            fits=fits_of(known.fits),
            meets=_met_by(match, known, page),
        )
        for n, match in enumerate(page.matches, start=1)
    }
    say(dispatcher, f"match_list_{len(page.matches)}", intro=intro, hint=hint, **short)


def _met_by(match: Match, known: Recall, page: Page) -> list[Word]:
    """The most urgent need that a match meets, where it does not meet all that the list is for."""
    met = {need for one in page.matches for need in one.needs} & set(known.seeking)
    own = [need for need in by_urgency(known.seeking, known.kinds) if need in match.needs]
    return need_words(own[:1], known.kinds) if not met <= set(own) else []


def _intro(known: Recall, page: Page, begins: str) -> Word:
    met = {need for match in page.matches for need in match.needs}
    named = [need for need in by_urgency(known.seeking, known.kinds) if need in met]
    needs = need_words(named[:MOST_NAMED], known.kinds)
    if known.place is None:
        return word("matches_for", needs=needs)
    return word(begins, needs=needs, place=known.place.label)


def named(context: Context, known: Recall, facts: Facts, text: str) -> tuple[int, ...]:
    """The numbers of the matches of the last list whose partner a text names."""
    words = f" {plain(text)} "
    found = [listed_match(context, known, facts, n) for n in range(1, len(known.listed) + 1)]
    return tuple(
        number
        for number, match in enumerate(found, start=1)
        if match is not None and f" {plain(match.partner)} " in words
    )


def tell_about(
    context: Context, dispatcher: CollectingDispatcher, tracker: Tracker, numbers: tuple[int, ...]
) -> Events:
    """Tell more about matches of the last list, by number; nothing when there is no such number."""
    known, facts = recall(tracker), facts_of(tracker)
    if numbers and len(known.listed) == 1:
        numbers = (1,)
    told: Events = []
    for number in numbers:
        match = listed_match(context, known, facts, number)
        if match is not None:
            say_in_full(
                dispatcher,
                number,
                match,
                language=facts.language or "en",
                discreet=facts.discreet,
            )
            told = slots(told_about=number)
    return told


class ShowMatches(Step):
    """The first list for what is sought, or an honest word that there is none (S3)."""

    called = "action_show_matches"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Show up to three, say what was not found, and remember which were shown."""
        known, facts = recall(tracker), facts_of(tracker)
        page = first_page(self.context, known, facts)
        small = None
        far = nothing_near(known, page)
        # For care after an assault there is always a line to name (S5).
        others = [need for need in known.seeking if need is not Need.SEXUAL_ASSAULT_SERVICES]
        if page.matches:
            begins = "nothing_near" if far else "matches_for_near"
            show(dispatcher, known, facts, page, begins=begins)
            _say_what_is_left(dispatcher, known, page, others)
            now = query(known, facts)
            # Who has told of a wheelchair knows that it can be told.
            place = known.place and not far and not now.fits.wheelchair
            if place and children_matter(self.context, known, now):
                say(dispatcher, "children_hint")
        elif others or not known.seeking:
            small = _say_nothing_found(self.context, dispatcher, known, facts, others)
        if len(others) < len(known.seeking):
            say(dispatcher, "assault_line")
        ids = [match.service_id for match in page.matches]
        told = _tell_native(dispatcher, known)
        if far:
            small = _ask_to_look_further(self.context, dispatcher, known, facts, ids)
        return slots(
            **told,
            matched=True,
            shown=ids,
            listed=ids,
            covered=_covered(known, page),
            small=small,
            route="next" if small or _offered(known, facts) else "offer",
        )


def _ask_to_look_further(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts, ids: list[str]
) -> dict[str, str] | None:
    """Ask it where something is there and nothing is near (D5); returns the question then open."""
    wider = replace(known, wider=(*known.wider, AREA), shown=tuple(ids))
    found = [] if AREA in known.wider else next_page(context, wider, facts).matches
    if not any(match.wider for match in found):
        return None
    say(dispatcher, "look_further", choices=YES_NO)
    return {"ask": "no_more_widen", "by": AREA}


def _tell_native(dispatcher: CollectingDispatcher, known: Recall) -> dict[str, list[str]]:
    """Name the line for Native people once, to who said to be one and seeks what it does (S5)."""
    fits = known.fits.get(NATIVE) and FOR_NATIVE.intersection(known.seeking)
    if not fits or "native_line" in known.told:
        return {}
    say(dispatcher, "native_line_answer")
    return {"told": [*known.told, "native_line"]}


def _offered(known: Recall, facts: Facts) -> bool:
    """Whether no offer of a person follows: it was answered, somebody comes, or all is quiet."""
    return known.offered or facts.waiting or known.after_crisis is not None


def _covered(known: Recall, page: Page) -> list[str]:
    """The needs for which something has been shown."""
    met = [need for match in page.matches for need in match.needs]
    return list(dict.fromkeys(map(str, [*known.covered, *met])))


def _say_what_is_left(
    dispatcher: CollectingDispatcher, known: Recall, page: Page, others: Sequence[Need]
) -> None:
    """After a list: needs that it leaves out, those without anybody and those that MORE brings."""
    if known.place is None:
        say(dispatcher, "place_needed")
        return
    met = {need for match in page.matches for need in match.needs}
    nobody = [need for need in others if need in page.unmet]
    later = [need for need in others if need not in met and need not in page.unmet]
    if nobody:
        say(dispatcher, "matches_missing", needs=need_words(nobody[:MOST_NAMED], known.kinds))
    if later:
        say(dispatcher, "matches_later", needs=need_words(later[:MOST_NAMED], known.kinds))


def _say_nothing_found(
    context: Context,
    dispatcher: CollectingDispatcher,
    known: Recall,
    facts: Facts,
    others: Sequence[Need],
) -> dict[str, str] | None:
    """Say so honestly, and ask to look wider where that would find something (D5).

    Returns the question that is then open.
    """
    if known.place is None:
        needs = need_words(others[:MOST_NAMED])
        say(dispatcher, "no_matches_anywhere", needs=needs)
        return None
    needs = need_words(others[:MOST_NAMED], known.kinds)
    where = known.place.label
    for widening in (KIND, AREA):
        wider = replace(known, wider=(*known.wider, widening))
        changes = query(wider, facts) != query(known, facts)
        if changes and first_page(context, wider, facts).matches:
            question = f"widen_{widening}"
            say(dispatcher, question, choices=YES_NO, needs=needs, place=where)
            return {"ask": question, "by": widening}
    say(dispatcher, "no_matches", needs=needs, place=where)
    return None


def show_more(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts
) -> Events:
    """The next list, or that there are no others; nothing before the first one."""
    if not known.matched:
        return []
    page = next_page(context, known, facts)
    if page.matches:
        show(dispatcher, known, facts, page)
        ids = [match.service_id for match in page.matches]
        covered = _covered(known, page)
        return slots(shown=[*known.shown, *ids], listed=ids, covered=covered)
    wider = replace(known, wider=(*known.wider, AREA), shown=known.shown)
    if AREA not in known.wider and known.place and next_page(context, wider, facts).matches:
        say(dispatcher, "no_more_widen", choices=YES_NO)
        return slots(small={"ask": "no_more_widen", "by": AREA})
    if "no_more" in known.told:
        say(dispatcher, "no_more_matches_again")
        return []
    say(dispatcher, "no_more_matches")
    return slots(told=[*known.told, "no_more"])


class More(Step):
    """ "more": other matches for the same needs and place."""

    called = "action_more"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Before the first list the open question is just asked again."""
        return show_more(self.context, dispatcher, recall(tracker), facts_of(tracker))


class AboutMatch(Step):
    """ "tell me about 2": one match of the last list in full."""

    called = "action_about_match"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask for the number when it is not clear; nothing before the first list."""
        known, facts = recall(tracker), facts_of(tracker)
        if not known.listed:
            return []
        heard = hear(tracker, self.context)
        numbers = heard.short.numbers or named(self.context, known, facts, heard.text)
        numbers = numbers or numbers_inside(heard.text)
        if not numbers:
            # "what was their number again": the one that was told last, or the only one.
            numbers = (1,) if len(known.listed) == 1 else known.told_about
        told = tell_about(self.context, dispatcher, tracker, numbers)
        if not told:
            say(dispatcher, "which_match", last=len(known.listed))
        return told


class NoneOfThese(Step):
    """ "none of these": others if there are, else people who know more (S3)."""

    called = "action_none_of_these"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """No reason is asked for: a no costs nothing (P6)."""
        known, facts = recall(tracker), facts_of(tracker)
        if not known.matched:
            return []
        if next_page(self.context, known, facts).matches:
            say(dispatcher, "none_of_these")
        return show_more(self.context, dispatcher, known, facts)
