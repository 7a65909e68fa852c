"""Part of the bot's actions: who asks once more for what was just listed reads that list again.

Must never take it for a wish to see others, nor show the same list a third time.
"""

import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import plain
from bot.actions.context import Context
from bot.actions.hearing import Facts, Heard
from bot.actions.matches import last_page, next_page, nothing_near, show, show_more
from bot.actions.phrases import any_of
from bot.actions.recall import Recall, slots
from bot.actions.step import Events

AGAIN = "matches_again_near"


def show_again(
    context: Context,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    known: Recall,
    facts: Facts,
    heard: Heard,
) -> Events:
    """The last list in other words; when that was said, or others are asked for, what else is."""
    answered: dict[str, Any] = dict(tracker.get_slot("answered") or {})
    page = last_page(context, known, facts)
    others = _others().search(plain(heard.text))
    if others or not page.matches or answered.get(AGAIN) == known.listed[0]:
        return show_more(context, dispatcher, known, facts)
    more = bool(next_page(context, known, facts).matches)
    begins = "nothing_near" if nothing_near(known, page) else AGAIN
    show(dispatcher, known, facts, replace(page, more=more), begins=begins)
    ids = [match.service_id for match in page.matches]
    return slots(listed=ids, answered={**answered, AGAIN: ids[0]})


@cache
def _others() -> re.Pattern[str]:
    """Finds that others are asked for: "anything else for food"."""
    return any_of(tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))["others"])
