"""What the rules look at: who said a text, which messages are questions, matches or alarms."""

import re
from collections.abc import Iterator
from datetime import timedelta

from tests.judging.stage import Said, Turn

Found = Iterator[tuple[int, str]]
"""Numbers of turns, from 0, with what is wrong there."""
LONG = timedelta(hours=6)
"""After so long a silence somebody else may hold the phone (S13)."""

PLACE_QUESTIONS = re.compile(r"ask_place(_again)?|place_which(_again)?|place_unknown|place_avoided")
NEED_QUESTIONS = re.compile(r"ask_need(_again)?|need_unsure|need_examples")
NOT_UNDERSTOOD = {"need_examples", "need_menu_or_person", "need_unsure", "next_gentle"}
CRISIS = re.compile(
    r"(danger|danger_other|self_harm|self_harm_other|harm_done|medical)_(answer|again)"
    r"|help_coming(_again)?|cannot_call(_for_you)?|emergency_language"
)
MATCH = re.compile(r"match_list.*|match_full")


def ours(turn: Turn) -> list[Said]:
    """What the bot or the core said in a turn: not an advocate's words."""
    return [said for said in turn.said if not said.by_person]


def silent(turn: Turn) -> bool:
    """Whether nothing should be said: stopped, or an advocate has the conversation."""
    return turn.opted_out or turn.live
