"""How well messages are understood: recall, precision and F1, and what is taken for what."""

from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from app.held_back import Judged
from conversation.understanding import Reading

NOTHING = "nothing"
NEED = "need"

Pair = tuple[Judged, Reading]


@dataclass(frozen=True)
class Figures:
    """How often something was meant, found, and both."""

    meant: int
    found: int
    right: int

    @property
    def recall(self) -> float | None:
        """The part of what was meant that was found; None where nothing was meant."""
        return self.right / self.meant if self.meant else None

    @property
    def precision(self) -> float | None:
        """The part of what was found that was meant; None where nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where nothing was meant or found."""
        total = self.meant + self.found
        return 2 * self.right / total if total else None


@dataclass(frozen=True)
class Alarms:
    """Danger and self-harm, either of which alerts a person."""

    meant: int
    found: int
    calm: int
    false: int


def labels_of(judged: Judged) -> frozenset[str]:
    """What is to be found in a message: its needs, and its intent unless a need is all there is."""
    return frozenset(map(str, judged.needs)) | ({judged.intent} - {NEED})


def labels_found(reading: Reading) -> frozenset[str]:
    """What was found, in the same shape."""
    return frozenset(reading.needs) | ({reading.intent} - {NEED})


def figures(pairs: Iterable[Pair], among: Set[str]) -> Figures:
    """Of these labels taken together."""
    meant = found = right = 0
    for judged, reading in pairs:
        wanted, given = labels_of(judged) & among, labels_found(reading) & among
        meant, found, right = (
            meant + len(wanted),
            found + len(given),
            right + len(wanted & given),
        )
    return Figures(meant, found, right)


def alarms(pairs: Sequence[Pair]) -> Alarms:
    """Found alarms of either kind, and false ones among all other messages."""
    urgent = [reading.danger is not None for judged, reading in pairs if judged.alarm]
    calm = [reading.danger is not None for judged, reading in pairs if not judged.alarm]
    return Alarms(len(urgent), sum(urgent), len(calm), sum(calm))


def confusions(pairs: Iterable[Pair]) -> Counter[tuple[str, str]]:
    """How often one label was meant and another found in its place.

    What was missed with nothing wrong beside it counts as taken for NOTHING, and the other way.
    """
    taken: Counter[tuple[str, str]] = Counter()
    for judged, reading in pairs:
        meant, found = labels_of(judged), labels_found(reading)
        missed, wrong = sorted(meant - found) or [NOTHING], sorted(found - meant) or [NOTHING]
        if missed != [NOTHING] or wrong != [NOTHING]:
            taken.update((one, other) for one in missed for other in wrong)
    return taken
