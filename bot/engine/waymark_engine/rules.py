"""Rasa's rules, without its own words: part of bot/engine. Knows no text.

Rasa takes the intents "restart" and "back" for commands of its own, which replay a history that
the memory does not carry. Here they are intents like any other: the project's rules say what
follows.
"""

from __future__ import annotations

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.trackers import DialogueStateTracker


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True
)
class Rules(RulePolicy):  # type: ignore[misc]
    """RulePolicy with every intent left to the project's rules."""

    @staticmethod
    def _find_action_from_default_actions(
        tracker: DialogueStateTracker,
    ) -> tuple[str | None, str | None]:
        return None, None
