"""Part of the bot's actions: how a told need changes what is remembered. Knows only slugs."""

from dataclasses import replace
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import Short, instead, read_short
from bot.actions.details import FOR_NATIVE, MINOR, NATIVE, UNDER_16, codes, read_details, takes_back
from bot.actions.dropping import dropped_things
from bot.actions.hearing import Heard
from bot.actions.recall import Recall, place_value
from bot.actions.speech import need_words, say
from bot.actions.whereabouts import Whereabouts, answered, mentioned, refused
from directory.vocabulary import Need

ANEW: dict[str, Any] = {
    "matched": None, "shown": None, "covered": None, "wider": None, "small": None,
    "returned": None, "narrowing": None, "told_about": None,
}  # fmt: skip
"""What is forgotten when another search begins. A message that tells what leads to one sets it."""


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
        **ANEW,
    }


def taken_back(known: Recall, heard: Heard) -> tuple[Need, ...]:
    """Needs told before that this message takes back: "no food any more, just a bed"."""
    return tuple(need for need in _taken_back(heard) if need in (known.needs or ()))


def _taken_back(heard: Heard) -> set[Need]:
    """Needs that a message takes back, told before or not; by its parts where they tell."""
    things = dropped_things(heard.text)
    if things:
        return set(things)
    inside = {need for text, needs in heard.parts if takes_back(text) for need in needs}
    if inside:
        return inside
    if changes_mind(heard):
        # "forget it, i want clothes": what is named comes in its place.
        return set()
    whole = heard.intent == "not_needed" or takes_back(heard.text)
    return set(heard.named) if whole else set()


def needs_told(known: Recall, heard: Heard) -> dict[str, Any]:
    """Slots after a message that may tell needs and take others back; empty for neither."""
    back, dropped = _taken_back(heard), taken_back(known, heard)
    values: dict[str, Any] = {}
    if dropped:
        values = without(known, dropped)
        left = tuple(map(Need, values["needs"] or ()))
        seeking = tuple(map(Need, values["seeking"] or ()))
        known = replace(known, needs=left or None, seeking=seeking or left)
    # "i dont need food i need a lawyer": what was not told before can only be asked for.
    told = [need for need in heard.needs if need not in dropped]
    # "not food", though it was never told, is no wish for food.
    told = [need for need in told if need not in dropped_things(heard.text)]
    if heard.intent == "not_needed" or dropped:
        told = [need for need in told if need not in (known.needs or ())]
        told = [need for need in told if need not in back or (dropped and not heard.parts)]
    return values | (new_needs(known, tuple(told), changed=changes_mind(heard)) if told else {})


def without(known: Recall, dropped: tuple[Need, ...]) -> dict[str, Any]:
    """Slots without these needs; with none left it is asked again what is needed."""
    left = [str(need) for need in known.needs or () if need not in dropped]
    seeking = [str(need) for need in known.seeking if need not in dropped]
    kinds = known.kinds.difference(*map(codes, dropped))
    return {"needs": left or None, "seeking": seeking or None, "kinds": sorted(kinds) or None}


def told_details(known: Recall, heard: Heard, needs: tuple[Need, ...]) -> dict[str, Any]:
    """Slots after a message that may tell what must fit; a new search only where that matters.

    `needs` are all needs told so far, those of this message among them.
    """
    told = read_details(heard.text)
    kinds, fits = told.of(needs), {**known.fits, **told.fits}
    if heard.minor:
        fits[MINOR] = True
    if heard.under_16:
        fits[UNDER_16] = True
    values: dict[str, Any] = {}
    if kinds - known.kinds:
        # "no, a place of my own": the kind told last stands for its need.
        renewed = [need for need in needs if kinds & set(codes(need))]
        values["kinds"] = sorted(kinds | known.kinds.difference(*map(codes, renewed)))
    if fits != known.fits:
        values["fits"] = fits
    matters = "kinds" in values or _matters(known, fits)
    return values | ANEW if values and matters and known.matched else values


def _matters(known: Recall, fits: dict[str, Any]) -> bool:
    """Whether what must fit can change the answer: children count where one stays overnight."""
    changed = {name for name, value in fits.items() if known.fits.get(name) != value}
    matters = {"children": frozenset({Need.HOUSING}), NATIVE: FOR_NATIVE}
    return any(
        one not in matters or bool(matters[one].intersection(known.seeking)) for one in changed
    )


def told_place(known: Recall, heard: Heard) -> dict[str, Any]:
    """Slots after a message that may tell a place though none was asked for; empty if it does not.

    Once a place is known, another one counts only where it is what the message is about: "my mom in
    Ohio" does not move anybody. A known place that is now to be avoided is forgotten.
    """
    left = refused(heard.text, known.place)
    if left is not None:
        return place_slots(left) or {**ANEW, "place": None, "place_tries": None, "asked": None}
    rest = instead(heard.text)
    if rest is not None and known.place_answered and not heard.needs:
        # "no wait i mean dallas": what stands behind is read as an answer would be.
        where = answered(rest, sure=heard.intent == "place")
    elif heard.intent == "place":
        where = answered(heard.text, sure=True, known=known.place)
    elif known.place is None or heard.intent == "need":
        where = mentioned(heard.text, known=known.place)
    else:
        return {}
    if where.place is None and len(heard.lines) > 1:
        # One of several lines may be the place: "y", "detroit".
        alone = [answered(line, sure=False) for line in heard.lines if read_short(line) == Short()]
        where = next((one for one in alone if one.place is not None), where)
    return {} if where.place is not None and where.place == known.place else place_slots(where)


def told_now(known: Recall, heard: Heard) -> dict[str, Any]:
    """Slots after needs, a place or details were told while none was asked for; empty for nothing.

    Needs that are being looked at anyway change nothing: "is the shelter free?" asks for no list.
    """
    new = [need for need in heard.needs if need not in known.seeking]
    changed = new or picks_some(known, heard) or taken_back(known, heard)
    told = needs_told(known, heard) if changed else {}
    needs = tuple(map(Need, told.get("needs") or known.needs or ()))
    return told | told_place(known, heard) | told_details(known, heard, needs)


def say_dropped(dispatcher: CollectingDispatcher, known: Recall, heard: Heard) -> bool:
    """Say back which needs a message took back; False when it took none."""
    dropped = taken_back(known, heard)
    if dropped:
        say(dispatcher, "need_removed", needs=need_words(dropped, known.kinds))
    return bool(dropped)


def leads_to_search(told: dict[str, Any]) -> bool:
    """Whether what was told asks for another list."""
    return "matched" in told


def changes_mind(heard: Heard) -> bool:
    """Whether a need is told instead of the one before: "actually a lawyer".

    "Actually not food" puts nothing in its place.
    """
    turned_down = dropped_things(heard.text)
    return bool(heard.needs) and not turned_down and instead(heard.text) is not None


def picks_some(known: Recall, heard: Heard) -> bool:
    """Whether some of the needs that were listed together are named: "what about the job"."""
    some = bool(heard.needs) and set(heard.needs) < set(known.seeking)
    return known.matched and some and heard.intent == "need"


def asks_again(known: Recall, heard: Heard) -> bool:
    """Whether the very needs that were just searched are asked for once more."""
    return heard.intent == "need" and known.matched and bool(heard.needs)


def place_slots(where: Whereabouts) -> dict[str, Any]:
    """Slots for a place, or for several to choose from; empty for neither."""
    changed: dict[str, Any] = {**ANEW, "place_tries": None}
    if where.place is not None:
        return changed | {"place": place_value(where.place), "places_asked": None}
    if where.options:
        options = [place_value(place) for place in where.options]
        # Which of them is a question of its own, to be asked in full.
        return changed | {"place": None, "places_asked": options, "asked": None}
    return {}
