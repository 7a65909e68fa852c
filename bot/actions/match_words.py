"""Part of the bot's actions: how a match is said, in a list and in full. Must never say a
confidential address: search leaves it out (D9)."""

from collections.abc import Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from bot.actions.speech import Word, say, stacked, word
from directory.search import Fits, Match
from directory.vocabulary import Need, Requirement
from language import LANGUAGES

MOST_REASONS = 3


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


def short_words(
    number: int, match: Match, *, discreet: bool, fits: Fits, meets: Sequence[Word] = ()
) -> Word:
    """Name, number and the one reason that matters most; no name while discreet (S8).

    What may shut them out goes before what speaks for it (D13), beside a place that is far off.
    Where several needs are sought, what it `meets` of them is reason enough.
    """
    said: dict[str, Any] = {"number": number, "contact": contact(match)}
    if not discreet:
        said["partner"] = match.partner
    reasons = reason_words(match)[:1]
    shut_out = [] if discreet else shuts_out(match, fits)[:1]
    if shut_out:
        reasons = [*shut_out, *(reasons if match.wider else [])]
    if meets and not discreet:
        reasons = [*meets, *(reasons if shut_out or match.wider else [])]
    if not reasons:
        return word("match_short_unnamed" if discreet else "match_short", **said)
    reason = reasons if len(reasons) > 1 else reasons[0]
    return word("match_unnamed_why" if discreet else "match_short_why", reason=reason, **said)


def shuts_out(match: Match, fits: Fits) -> list[Word]:
    """Whom a service is for, where that may leave out the one who asks (D13)."""
    only = {
        Requirement.MEN_ONLY: fits.gender == "man",
        Requirement.WOMEN_ONLY: fits.gender == "woman",
        Requirement.NO_CHILDREN: not fits.children,
    }
    asked = [one for one in match.requirements if not only.get(one, True)]
    if {Requirement.MEN_ONLY, Requirement.WOMEN_ONLY} <= set(match.requirements):
        # A house for each.
        asked = [one for one in asked if one is Requirement.NO_CHILDREN]
    # Where children are helped, the ages are the children's.
    ages = [] if Need.CHILD_ASSISTANCE in match.needs else _ages(match)
    return [*(word(f"requirement_{one}") for one in asked), *ages]


def say_in_full(
    dispatcher: CollectingDispatcher, number: int, match: Match, *, language: str, discreet: bool
) -> None:
    """All that helps to choose, in one message: what it is and does, how to reach it safely, when,
    why, what it costs and asks. While discreet neither its name nor what it does (S8)."""
    named = word("match_what", number=number, partner=match.partner, service=match.service)
    lines = [
        word("match_unnamed", number=number) if discreet else named,
        *([] if discreet else _what_it_does(dispatcher, match, language)),
        word("match_contact", contact=contact(match)),
        hours(match),
        *_known_of(match, language),
    ]
    if match.address and not discreet:
        # A street would be seen on the screen: it is said to who asks where it is (S8).
        lines.append(word("match_address", address=match.address))
    asked = _asked_for(match, language)
    if asked and not discreet:
        lines.append(word("match_restrictions", restrictions=asked))
    if match.ask_first:
        lines.append(word("match_ask_first", topics=[word(code) for code in match.ask_first]))
    if match.phone:
        lines.append(word("match_call_safely"))
    say(dispatcher, "match_full", lines=stacked(lines))


def _what_it_does(dispatcher: CollectingDispatcher, match: Match, language: str) -> list[Word]:
    """In the directory's own words, which are English; else in ours for its first need, once."""
    if language == "en" and match.about:
        return [word("match_about", about=match.about)]
    ours = [f"about_need_{need}" for need in match.needs[:1]]
    return [word(one) for one in ours if not has_said(dispatcher, one)]


def has_said(dispatcher: CollectingDispatcher, message_id: str) -> bool:
    """Whether a message was said in this turn, by itself or inside another one."""
    return any(_holds(message.get("custom"), message_id) for message in dispatcher.messages)


def _holds(said: Any, message_id: str) -> bool:
    if isinstance(said, dict):
        return said.get("say") == message_id or any(
            _holds(one, message_id) for one in said.values()
        )
    return isinstance(said, list) and any(_holds(one, message_id) for one in said)


def hours(match: Match) -> Word:
    """Open now, or when; unknown is said as unknown (D3)."""
    if match.open_now:
        return word("match_open")
    if match.open_now is None:
        return word("match_hours_unknown")
    if match.next_opening is None or match.zone is None:
        return word("match_closed")
    at = {"time": match.next_opening.isoformat(), "zone": match.zone, "date": True}
    return word("match_opens", time=at)


def _known_of(match: Match, language: str) -> list[Word]:
    """Why it was chosen, its languages (D4), what it costs."""
    told = ("open_now", "open_always", "opens_at")  # a line of their own
    reasons = [reason for reason in match.reasons if reason.code not in told][:MOST_REASONS]
    codes = {reason.code for reason in reasons}
    why: list[Any] = [word(f"reason_{reason.code}", **reason.args) for reason in reasons]
    spoken = [word(f"language_{code}") for code in match.languages if code in LANGUAGES]
    if spoken and "speaks" not in codes:
        why.append(word("languages_spoken", languages=spoken))
    if _interpreted(match, language):
        why.append(word("interpreters"))
    known = [word("match_why", facts=why)] if why else []
    asked = cost(match, language)
    if asked is not None and match.cost and "free" not in codes:
        known.append(word("match_cost", cost=asked))
    return known


def languages_there(match: Match, language: str) -> list[Word]:
    """The languages that are spoken there, and whether an interpreter can be asked for (D4)."""
    spoken = [word(f"language_{code}") for code in match.languages if code in LANGUAGES]
    return [*spoken, *([word("interpreters")] if _interpreted(match, language) else [])]


def _interpreted(match: Match, language: str) -> bool:
    return match.interpreters and language not in match.languages


def cost(match: Match, language: str) -> str | Word | None:
    """What it costs in the directory's own words, which are English; else ours. None: unknown."""
    if any(reason.code == "free" for reason in match.reasons):
        return word("reason_free")
    if not match.cost:
        return None
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
