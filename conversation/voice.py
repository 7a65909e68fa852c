"""Turns words (message ids and arguments) into the texts of one channel, in one language.

Over SMS the texts keep to the carriers' budgets (M1, M2); in web chat they come whole, with the
answers one can tap. In discreet mode they name no service (S8).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from conversation.models import Channel
from conversation.ports import Word
from language.catalogue import DISCREET, Catalogue
from language.segments import PER_TEXT, fold_accents, segments, split_for_sms
from language.speaking import choices, speak_word

TEXT_CHANNELS = frozenset({Channel.SMS, Channel.WHATSAPP})
# Inside a sentence these name a need; in discreet mode all of them are "what you asked for" (S8).
NEED = "need_"


class CannotSpeak(Exception):
    """A message id or an argument is missing. Names the id, never a value."""


@dataclass(frozen=True)
class Spoken:
    """One outbound text, the message ids in it, and the answers to tap."""

    text: str
    said: list[str]
    choices: list[str]


@dataclass(frozen=True)
class Voice:
    """Speaks for one organisation, whose name and numbers the catalogue fills in (S1 to S5)."""

    catalogue: Catalogue
    zone: str
    fold_spanish: bool = True

    @property
    def organization(self) -> str:
        """The name that the organisation gives itself."""
        return self.catalogue.general.organization

    def speak(
        self,
        words: Iterable[Word],
        language: str | None,
        channel: str,
        *,
        discreet: bool = False,
    ) -> list[Spoken]:
        """Say words in a language (English where none is known yet) for a channel.

        `discreet` says a message's discreet variant where there is one, and names no need (S8);
        `said` keeps the id of the message itself. Raises CannotSpeak.
        """
        if language not in self.catalogue.languages():
            # The whole text in one language: lists and times too.
            language = "en"
        spoken = []
        for word in words:
            try:
                said = self._discreetly(word) if discreet else word
                text = speak_word(self.catalogue, said, language, zone=self.zone)
            except (KeyError, ValueError, TypeError) as error:
                raise CannotSpeak(
                    f"message {word.get('say')!r} cannot be said ({type(error).__name__}): "
                    "look at its placeholders in language/catalogues"
                ) from None
            if channel not in TEXT_CHANNELS:
                labels = choices(self.catalogue, said, language)
                spoken.append(Spoken(text, [word["say"]], labels))
                continue
            spoken += [Spoken(part, [word["say"]], []) for part in self._parts(text, language)]
        return spoken

    def _discreetly(self, word: Word) -> dict[str, Any]:
        """The same word, with the discreet variant of each message in it."""
        variant = f"{word['say']}{DISCREET}"
        return {
            "say": variant if self.catalogue.knows(variant) else word["say"],
            "args": {name: self._hidden(value) for name, value in word.get("args", {}).items()},
            # A label to tap stands on the screen like any other word.
            "choices": [one for one in word.get("choices", ()) if not one.startswith(NEED)],
        }

    def _hidden(self, value: Any) -> Any:
        match value:
            case {"say": str(message_id)}:
                if message_id.startswith(NEED):
                    return {"say": f"need{DISCREET}"}
                return self._discreetly(value)
            case list() | tuple():
                hidden = [self._hidden(item) for item in value]
                # Several needs are one "what you asked for".
                return [item for place, item in enumerate(hidden) if item not in hidden[:place]]
        return value

    def _parts(self, text: str, language: str) -> list[str]:
        if self.fold_spanish and language == "es":
            text = fold_accents(text)
        return split_for_sms(text, PER_TEXT[segments(text).encoding])
