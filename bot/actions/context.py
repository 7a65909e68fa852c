"""Part of the bot's actions: what an action may reach. Must never hold anything of a survivor's."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session, sessionmaker

from bot.actions.answers import plain
from bot.actions.speech import CHOICES
from language.catalogue import Catalogue


@dataclass(frozen=True)
class Context:
    """The directory, opened for reading, and the catalogue, for the labels that can be tapped."""

    sessions: sessionmaker[Session]
    catalogue: Catalogue = field(default_factory=Catalogue.load)
    # By the edition of the catalogue that they were read from.
    _labels: dict[int, dict[str, str]] = field(default_factory=dict, repr=False)

    @property
    def labels(self) -> dict[str, str]:
        """Every label of a choice in every language, folded, with the choice's message id.

        Labels that were edited away are kept: a page that still shows them may be tapped.
        """
        edition = self.catalogue.edition
        if edition not in self._labels:
            labels = dict(one for known in list(self._labels.values()) for one in known.items())
            for language in self.catalogue.languages():
                for choice in CHOICES:
                    labels[plain(self.catalogue.speak(choice, {}, language))] = choice
            self._labels[edition] = labels
        return self._labels[edition]
