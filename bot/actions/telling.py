"""Part of the bot's actions: how a told need changes what is remembered. Knows only slugs."""

from typing import Any

from bot.actions.answers import instead
from bot.actions.hearing import Heard
from bot.actions.recall import Recall, place_value
from bot.actions.whereabouts import Whereabouts, answered, mentioned
from directory.vocabulary import Need


def new_needs(known: Recall, told: tuple[Need, ...], *, changed: bool = False) -> dict[str, Any]:
    """Slots after these needs were told: all needs in order, and what to search for now.

    Before the first search everything is searched together; later only what is new, since the rest
    has been shown. A need told again is searched again. With `changed` they stand instead of those
    that were sought ("actually a lawyer").
    """
    before = known.needs or ()
    if changed:
        before = tuple(need for need in before if need not in known.seeking)
    needs = [*before, *(need for need in told if need not in before)]
    seeking = list(told) if known.matched or changed else needs
    return {
        "needs": [str(need) for need in needs],
        "seeking": [str(need) for need in seeking],
        "matched": None,
        "shown": None,
    }


def told_place(known: Recall, heard: Heard) -> dict[str, Any]:
    """Slots after a message that may tell a place though none was asked for; empty if it does not.

    Once a place is known, another one counts only where it is what the message is about: "my mom in
    Ohio" does not move anybody.
    """
    rest = instead(heard.text)
    if rest is not None and known.place_answered and not heard.needs:
        # "no wait i mean dallas": what stands behind is read as an answer would be.
        where = answered(rest, sure=heard.intent == "place")
    elif heard.intent == "place":
        where = answered(heard.text, sure=True)
    elif known.place is None or heard.intent == "need":
        where = mentioned(heard.text)
    else:
        return {}
    return {} if where.place is not None and where.place == known.place else place_slots(where)


def told_now(known: Recall, heard: Heard) -> dict[str, Any]:
    """Slots after needs or a place were told while neither was asked for; empty for neither.

    Needs that are being looked at anyway change nothing: "is the shelter free?" asks for no list.
    """
    new = [need for need in heard.needs if need not in known.seeking]
    told = new_needs(known, heard.needs, changed=changes_mind(heard)) if new else {}
    return told | told_place(known, heard)


def changes_mind(heard: Heard) -> bool:
    """Whether a need is told instead of the one before: "actually a lawyer"."""
    return bool(heard.needs) and instead(heard.text) is not None


def asks_again(known: Recall, heard: Heard) -> bool:
    """Whether the very needs that were just searched are asked for once more."""
    return heard.intent == "need" and known.matched and bool(heard.needs)


def place_slots(where: Whereabouts) -> dict[str, Any]:
    """Slots for a place, or for several to choose from; empty for neither."""
    changed: dict[str, Any] = {"matched": None, "shown": None, "place_tries": None}
    if where.place is not None:
        return changed | {"place": place_value(where.place), "places_asked": None}
    if where.options:
        options = [place_value(place) for place in where.options]
        # Which of them is a question of its own, to be asked in full.
        return changed | {"place": None, "places_asked": options, "asked": None}
    return {}
