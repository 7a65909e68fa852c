"""Turns words (message ids and arguments) into the texts of one channel, in one language.

Over SMS the texts keep to the carriers' budgets (M1, M2); in web chat they come whole, with the
answers one can tap.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from conversation.models import Channel
from conversation.ports import Word
from language.catalogue import Catalogue
from language.segments import PER_TEXT, fold_accents, segments, split_for_sms
from language.speaking import choices, speak_word

TEXT_CHANNELS = frozenset({Channel.SMS, Channel.WHATSAPP})


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

    def speak(self, words: Iterable[Word], language: str | None, channel: str) -> list[Spoken]:
        """Say words in a language (English where none is known yet) for a channel.

        Raises CannotSpeak.
        """
        if language not in self.catalogue.languages():
            # The whole text in one language: lists and times too.
            language = "en"
        spoken = []
        for word in words:
            try:
                text = speak_word(self.catalogue, word, language, zone=self.zone)
            except (KeyError, ValueError, TypeError) as error:
                raise CannotSpeak(
                    f"message {word.get('say')!r} cannot be said ({type(error).__name__}): "
                    "look at its placeholders in language/catalogues"
                ) from None
            if channel not in TEXT_CHANNELS:
                labels = choices(self.catalogue, word, language)
                spoken.append(Spoken(text, [word["say"]], labels))
                continue
            spoken += [Spoken(part, [word["say"]], []) for part in self._parts(text, language)]
        return spoken

    def _parts(self, text: str, language: str) -> list[str]:
        if self.fold_spanish and language == "es":
            text = fold_accents(text)
        return split_for_sms(text, PER_TEXT[segments(text).encoding])
