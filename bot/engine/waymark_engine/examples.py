"""Reads the training texts: part of bot/engine. Knows the project's files, never a survivor's text.

Needs stand in a block's metadata: `needs: [housing]`; every other label is the block's intent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message

from waymark_engine.decision import NEED


@dataclass(frozen=True)
class Example:
    """One training text, its intent, the needs it shows and the language it is written in."""

    text: str
    intent: str
    needs: frozenset[str]
    language: str = ""

    @property
    def labels(self) -> frozenset[str]:
        """What is to be found: the needs, and the intent unless a need is all there is."""
        return self.needs if self.intent == NEED else self.needs | {self.intent}


def from_messages(messages: Iterable[Message], language: str = "") -> list[Example]:
    """The examples among Rasa's messages."""
    found = []
    for message in messages:
        metadata = (message.get("metadata") or {}).get("intent") or {}
        needs = frozenset(metadata.get("needs", ()))
        found.append(Example(message.get("text"), message.get("intent"), needs, language))
    return found


def from_project(project: Path) -> list[Example]:
    """All examples under data/nlu/<language>/, in a fixed order."""
    found: list[Example] = []
    for file in sorted((project / "data" / "nlu").glob("*/*.yml")):
        data = RasaYAMLReader().read(str(file))
        found += from_messages(data.intent_examples, file.parent.name)
    return found
