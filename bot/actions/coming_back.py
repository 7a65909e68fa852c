"""Part of the bot's actions: the answer to our hello at a time that they agreed to (S10).

Must never say what was told before (S13).
"""

from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import Answer
from bot.actions.hearing import Facts, Heard
from bot.actions.speech import say


def after_hello(dispatcher: CollectingDispatcher, facts: Facts, heard: Heard) -> str | None:
    """Where the answer to "is it a good time?" leads: "next" or "pause"; None if it is none."""
    if not facts.hello_said:
        return None
    if heard.says(Answer.YES) or heard.numbers == (1,):
        say(dispatcher, "pick_up")
        return "next"
    if heard.refuses or heard.numbers == (2,) or heard.intent == "unsafe":
        return "pause"
    return None
