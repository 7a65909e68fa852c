"""Part of the bot's actions: shows who can help, and why they fit. Only reads the directory, and
never says a confidential address: search leaves it out (D9)."""

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import numbers_inside
from bot.actions.context import Context
from bot.actions.hearing import Facts, facts_of, hear
from bot.actions.recall import Recall, recall, slots
from bot.actions.speech import Word, need_words, say, word
from bot.actions.step import Events, Step
from directory.search import Match, Query, find_matches, get_match
from directory.vocabulary import Need
from language import LANGUAGES

PAGE = 3
MOST_LOOKED_AT = 12
"""Where partners shown already are left out, so many are looked at."""
MOST_ANYWHERE = 300
"""Without a place most of what is found helps only where it is, and is left out."""
MOST_NAMED = 3
MOST_REASONS = 3


@dataclass(frozen=True)
class Page:
    """Up to three matches, and whether there are others after them."""

    matches: list[Match]
    more: bool


def query(
    known: Recall, facts: Facts, *, exclude: frozenset[str] = frozenset(), limit: int = PAGE
) -> Query:
    """What the directory is asked; police and immigration are never suggested (S12)."""
    return Query(
        needs=known.seeking,
        place=known.place,
        language=facts.language,
        at=facts.now,
        exclude=exclude,
        limit=limit,
        seed=facts.seed,
    )


def first_page(context: Context, known: Recall, facts: Facts) -> Page:
    """The best matches for what is sought."""
    limit = PAGE + 1 if known.place is not None else MOST_ANYWHERE
    with context.sessions() as session:
        found = find_matches(session, query(known, facts, limit=limit))
    found = [match for match in found if known.place is not None or helps_anywhere(match)]
    return Page(found[:PAGE], len(found) > PAGE)


def helps_anywhere(match: Match) -> bool:
    """Whether a service helps people wherever they are: "serves Cook County" is useless then."""
    codes = {reason.code for reason in match.reasons}
    return "national" in codes or (match.virtual and not codes & {"serves_area", "serves_state"})


def next_page(context: Context, known: Recall, facts: Facts) -> Page:
    """Matches of partners that were not shown yet: the same name again is no other choice."""
    limit = MOST_LOOKED_AT if known.place is not None else MOST_ANYWHERE
    asked = query(known, facts, exclude=frozenset(known.shown), limit=limit)
    with context.sessions() as session:
        shown = [get_match(session, service_id, asked) for service_id in known.shown]
        partners = {match.partner for match in shown if match is not None}
        found = [m for m in find_matches(session, asked) if m.partner not in partners]
    found = [match for match in found if known.place is not None or helps_anywhere(match)]
    return Page(found[:PAGE], len(found) > PAGE)


def last_page(context: Context, known: Recall, facts: Facts) -> Page:
    """The matches of the last list, as they are now."""
    asked = query(known, facts)
    with context.sessions() as session:
        found = [get_match(session, service_id, asked) for service_id in known.listed]
    return Page([match for match in found if match is not None], more=False)


def show(dispatcher: CollectingDispatcher, known: Recall, facts: Facts, page: Page) -> None:
    """One message with the list in a text, one each where there is room (M2)."""
    intro = _intro(known)
    if not facts.short:
        say(dispatcher, "matches_intro", intro=intro)
        for number, match in enumerate(page.matches, start=1):
            say_in_full(dispatcher, number, match, facts.language or "en")
        return
    hint = word("hint_more" if page.more else "hint_details")
    short = {f"match_{n}": _short(n, match) for n, match in enumerate(page.matches, start=1)}
    say(dispatcher, f"match_list_{len(page.matches)}", intro=intro, hint=hint, **short)


def _intro(known: Recall) -> Word:
    needs = need_words(known.seeking[:MOST_NAMED])
    if known.place is None:
        return word("matches_for", needs=needs)
    return word("matches_for_near", needs=needs, place=known.place.label)


def _short(number: int, match: Match) -> Word:
    """Name, number and the one reason that matters most."""
    said = {"number": number, "partner": match.partner, "contact": contact(match)}
    if not match.reasons:
        return word("match_short", **said)
    return word("match_short_why", reason=reason_words(match)[0], **said)


def contact(match: Match) -> str | Word:
    """How to reach a service: its telephone before its text number before its page."""
    if match.phone:
        return match.phone
    if match.text_number:
        return word("contact_text", number=match.text_number)
    return match.url or word("contact_through_us")


def reason_words(match: Match) -> list[Word]:
    """The reasons, best first, as messages `reason_<code>`."""
    return [word(f"reason_{reason.code}", **reason.args) for reason in match.reasons]


def say_in_full(dispatcher: CollectingDispatcher, number: int, match: Match, language: str) -> None:
    """All that helps to choose, in one message: what it is, how to reach it, why, what it asks."""
    lines = [
        word("match_what", number=number, partner=match.partner, service=match.service),
        word("match_contact", contact=contact(match)),
        *_known_of(match, language),
    ]
    if match.address:
        lines.append(word("match_address", address=match.address))
    asked = _asked_for(match, language)
    if asked:
        lines.append(word("match_restrictions", restrictions=asked))
    say(dispatcher, "match_full", lines=_stacked(lines))


def _stacked(lines: list[Word]) -> Word:
    """Lines below one another, as one word: the first above the rest."""
    *above, stack = lines
    for line in reversed(above):
        stack = word("line_above", line=line, rest=stack)
    return stack


def _known_of(match: Match, language: str) -> list[Word]:
    """Why it was chosen, its languages, its hours when unknown (D3, D4), what it costs."""
    reasons = match.reasons[:MOST_REASONS]
    codes = {reason.code for reason in reasons}
    why: list[Any] = reason_words(match)[:MOST_REASONS]
    if match.open_now is None:
        why.append(word("hours_unknown"))
    languages = [word(f"language_{code}") for code in match.languages if code in LANGUAGES]
    if languages and "speaks" not in codes:
        why.append(word("languages_spoken", languages=languages))
    if match.interpreters and language not in match.languages:
        why.append(word("interpreters"))
    known = [word("match_why", facts=why)] if why else []
    if match.cost and "free" not in codes:
        known.append(word("match_cost", cost=_cost(match, language)))
    return known


def _cost(match: Match, language: str) -> str | Word:
    """What it costs in the directory's own words, which are English; else ours."""
    if any(reason.code == "free" for reason in match.reasons):
        return word("reason_free")
    return str(match.cost) if language == "en" else word("cost_ask")


def _ages(match: Match) -> list[Word]:
    """The ages that a service is for; nothing when it is for all."""
    low, high = match.minimum_age, match.maximum_age
    if low and high is not None:
        return [word("age_between", low=low, high=high)]
    if high is not None:
        return [word("age_to", n=high)]
    return [word("age_from", n=low)] if low else []


def _asked_for(match: Match, language: str) -> list[Any]:
    """What a service asks of people (D13): its own words in English, ours in other languages."""
    if language != "en":
        asked = [word(f"requirement_{requirement}") for requirement in match.requirements]
        return [*asked, *_ages(match)]
    return [_as_part(sentence) for sentence in match.restrictions]


def _as_part(sentence: str) -> str:
    """A sentence of the directory as part of a list: "For ages 16 to 24." → "for ages 16 to 24"."""
    words = sentence.rstrip(".")
    # "ID is asked for" and "I …" keep their capital.
    return words if words[1:2].isupper() or words[1:2] == " " else words[:1].lower() + words[1:]


def tell_about(
    context: Context, dispatcher: CollectingDispatcher, tracker: Tracker, numbers: tuple[int, ...]
) -> bool:
    """Tell more about matches of the last list, by number; False when there is no such number."""
    known, facts = recall(tracker), facts_of(tracker)
    if numbers and len(known.listed) == 1:
        numbers = (1,)
    told = False
    with context.sessions() as session:
        for number in numbers:
            if not 1 <= number <= len(known.listed):
                continue
            match = get_match(session, known.listed[number - 1], query(known, facts))
            if match is not None:
                say_in_full(dispatcher, number, match, facts.language or "en")
                told = True
    return told


class ShowMatches(Step):
    """The first list for what is sought, or an honest word that there is none (S3)."""

    called = "action_show_matches"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Show up to three, say what was not found, and remember which were shown."""
        known, facts = recall(tracker), facts_of(tracker)
        page = first_page(self.context, known, facts)
        found = page.matches
        # For care after an assault there is always a line to name (S5).
        others = [need for need in known.seeking if need is not Need.SEXUAL_ASSAULT_SERVICES]
        if found:
            show(dispatcher, known, facts, page)
            met = {need for match in found for need in match.needs}
            missing = [need for need in others if need not in met]
            if missing and known.place is not None:
                say(dispatcher, "matches_missing", needs=need_words(missing[:MOST_NAMED]))
            elif known.place is None:
                say(dispatcher, "place_needed")
        elif others or not known.seeking:
            none = "no_matches" if known.place is not None else "no_matches_anywhere"
            say(dispatcher, none, needs=need_words(others[:MOST_NAMED]))
        if len(others) < len(known.seeking):
            say(dispatcher, "assault_line")
        ids = [match.service_id for match in found]
        return slots(matched=True, shown=ids, listed=ids)


def show_more(
    context: Context, dispatcher: CollectingDispatcher, known: Recall, facts: Facts
) -> Events:
    """The next list, or that there are no others; nothing before the first one."""
    if not known.matched:
        return []
    page = next_page(context, known, facts)
    if not page.matches:
        say(dispatcher, "no_more_matches")
        return []
    show(dispatcher, known, facts, page)
    ids = [match.service_id for match in page.matches]
    return slots(shown=[*known.shown, *ids], listed=ids)


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
        known = recall(tracker)
        if not known.listed:
            return []
        heard = hear(tracker, self.context)
        numbers = heard.short.numbers or numbers_inside(heard.text)
        if len(known.listed) == 1 and not numbers:
            numbers = (1,)
        if not tell_about(self.context, dispatcher, tracker, numbers):
            say(dispatcher, "which_match", last=len(known.listed))
        return []


class NoneOfThese(Step):
    """ "none of these": others if there are, else people who know more (S3)."""

    called = "action_none_of_these"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """No reason is asked for: a no costs nothing (P6)."""
        known, facts = recall(tracker), facts_of(tracker)
        if not known.matched:
            return []
        say(dispatcher, "none_of_these")
        return show_more(self.context, dispatcher, known, facts)
