"""Part of the bot's actions: "call them for me". Must never promise a call: a person can make one,
and is offered first (P8)."""

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.answers import numbers_inside
from bot.actions.handoff import say_waiting
from bot.actions.hearing import facts_of, hear
from bot.actions.matches import listed_match
from bot.actions.recall import recall, slots
from bot.actions.speech import say
from bot.actions.step import Events, Step


class CallForMe(Step):
    """Says that we cannot call and an advocate can, and leads to the offer of one."""

    called = "action_call_for_me"

    def act(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Remember which partner is meant, when it is plain."""
        known, facts, heard = recall(tracker), facts_of(tracker), hear(tracker, self.context)
        numbers = heard.numbers or numbers_inside(heard.text)
        if len(known.listed) == 1:
            numbers = (1,)
        found = [listed_match(self.context, known, facts, number) for number in numbers[:1]]
        match = next((match for match in found if match is not None), None)
        if match is not None and not facts.discreet:
            say(dispatcher, "call_for_me_partner", partner=match.partner)
        else:
            say(dispatcher, "call_for_me")
        wanted = match.service_id if match is not None else None
        if facts.in_line:
            return [*say_waiting(dispatcher, known, facts), *slots(route="next", wanted=wanted)]
        return slots(route="offer", wanted=wanted)
