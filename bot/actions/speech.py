"""Part of the bot's actions: how an action says something. Must never hold a text, only ids."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from directory.vocabulary import KINDS, Need

Word = dict[str, Any]

AT_ONCE = frozenset({Need.MEDICAL_CARE, Need.DENTAL_CARE, Need.MENTAL_HEALTH_CARE})
"""Needs whose kinds are "today" and "it can wait"."""

MENU: tuple[Need, ...] = (
    Need.HOUSING,
    Need.FOOD,
    Need.LEGAL_REPRESENTATION,
    Need.MEDICAL_CARE,
    Need.MENTAL_HEALTH_CARE,
    Need.JOB_PREPARATION,
)
"""The needs that the short menu offers by number; the number after them is "something else"."""

YES_NO = ("choice_yes", "choice_no")
MENU_CHOICES = (*(f"need_{need}" for need in MENU), "choice_something_else")
KIND_CHOICES = {
    code: f"kind_{'at_once' if kind == 'emergency' else 'later'}"
    if need in AT_ONCE
    else f"kind_{need}_{kind}"
    for need, kinds in KINDS.items()
    if len(kinds) > 1
    for kind in kinds
    for code in (f"{need}.{kind}",)
}
"""The label of each kind that can be asked about: what can be sent, and tapped in web chat."""
CHOICES = tuple(
    dict.fromkeys(
        (*YES_NO, *MENU_CHOICES, *KIND_CHOICES.values(), "choice_skip", "choice_more",
         "choice_human")
    )
)  # fmt: skip
"""Every label that can be tapped in web chat; a tapped label comes back as a text."""


def word(message_id: str, **args: Any) -> Word:
    """A message to be said, or to stand inside another one."""
    return {"say": message_id, "args": args} if args else {"say": message_id}


def say(
    dispatcher: CollectingDispatcher, message_id: str, *, choices: Iterable[str] = (), **args: Any
) -> None:
    """Say a message of the catalogue."""
    spoken = word(message_id, **args)
    chosen = list(choices)
    if chosen:
        spoken["choices"] = chosen
    dispatcher.utter_message(json_message=spoken)


def command(dispatcher: CollectingDispatcher, name: str, **args: Any) -> None:
    """Ask the worker to do something (conversation/commands.py holds the table)."""
    dispatcher.utter_message(json_message={"command": name, "args": args})


def need_words(needs: Iterable[Need], kinds: Collection[str] = ()) -> list[Word]:
    """The needs as short noun phrases, to be joined as the language joins lists.

    A need of which one kind is known ("housing.emergency") is said by it.
    """
    return [word(_need_id(need, kinds)) for need in needs]


def _need_id(need: Need, kinds: Collection[str]) -> str:
    known = [code for code in kinds if code.startswith(f"{need}.")]
    return f"need_{known[0].replace('.', '_')}" if len(known) == 1 else f"need_{need}"


def stacked(lines: Sequence[Word]) -> Word:
    """Lines below one another, as one word: the first above the rest."""
    *above, stack = lines
    for line in reversed(above):
        stack = word("line_above", line=line, rest=stack)
    return stack


def menu() -> dict[str, Word]:
    """The menu's entries as arguments {need_1} … {need_6}."""
    return {f"need_{n}": word(f"need_{need}") for n, need in enumerate(MENU, start=1)}


def say_other(
    dispatcher: CollectingDispatcher,
    last: str | None,
    *candidates: str,
    choices: Iterable[str] = (),
    **args: Any,
) -> str:
    """Say the first of these that was not the last one said, and name it for the slot `said_last`.

    Nobody reads the same words twice in a row.
    """
    chosen = next((message for message in candidates if message != last), candidates[0])
    say(dispatcher, chosen, choices=choices, **args)
    return chosen
