"""Part of the bot's actions: what an action may reach. Must never hold anything of a survivor's."""

from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy.orm import Session, sessionmaker

from bot.actions.answers import plain
from bot.actions.speech import CHOICES
from language.catalogue import Catalogue


@dataclass(frozen=True)
class Context:
    """The directory, opened for reading, and the catalogue, for the labels that can be tapped."""

    sessions: sessionmaker[Session]
    catalogue: Catalogue = field(default_factory=Catalogue.load)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Every label of a choice in every language, folded, with the choice's message id."""
        return {
            plain(self.catalogue.speak(choice, {}, language)): choice
            for language in self.catalogue.languages()
            for choice in CHOICES
        }
