"""Two survivors who live the same journey at the same time, one in English, one in Spanish.

both = Both(system)
both.say("i need food | necesito comida", "ask_safe_heard")   # each waits for their answer
heard = both.say("y | si", "ask_place", but_not="ask_need*")
assert heard.has("food | comida")

Words for one language each are parted by ` | `; without it they hold for both. Texts sent in one
breath are parted by ` >> `. Messages that are expected must all be said, in the language of who is
told: `a/b` is one of the two, `a*` any that begins so.
"""

import time
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from tests.support.past import in_the_database, they_wrote
from tests.support.speech import Speech
from tests.support.system import ANSWER_WITHIN, System, Texter

LANGUAGES = ("en", "es")
# What is said to who is not understood: only where a journey expects it.
UNWANTED = "need_examples need_menu_or_person next_gentle"


def parted(words: str) -> dict[str, str]:
    """The words for each language."""
    parts = words.split(" | ")
    assert len(parts) <= len(LANGUAGES), words
    return dict(zip(LANGUAGES, parts * len(LANGUAGES), strict=False))


@dataclass(frozen=True)
class Heard:
    """What both were answered."""

    speeches: Mapping[str, Speech]

    def has(self, words: str) -> bool:
        """Whether each heard these words; case and accents count nothing."""
        return all(_in(part, self.speeches[code]) for code, part in parted(words).items())

    def lacks(self, words: str) -> bool:
        """Whether neither did."""
        return not any(_in(part, self.speeches[code]) for code, part in parted(words).items())

    def says(self, message_id: str) -> bool:
        """Whether each was told a message."""
        return all(speech.says(message_id, code) for code, speech in self.speeches.items())

    @property
    def texts(self) -> list[list[str]]:
        """The texts that came, English first."""
        return [speech.texts for speech in self.speeches.values()]


def _in(words: str, speech: Speech) -> bool:
    return _plain(words) in _plain(" ".join(speech.texts))


def _plain(words: str) -> str:
    letters = unicodedata.normalize("NFKD", " ".join(words.split()))
    return "".join(one for one in letters if not unicodedata.combining(one)).casefold()


@dataclass
class Both:
    """See above."""

    system: System
    texters: dict[str, Texter] = field(default_factory=dict)
    last: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.texters = {code: self.system.texter() for code in LANGUAGES}

    def text(self, words: str) -> None:
        """Send a text and wait for nothing."""
        for code, body in parted(words).items():
            for piece in body.split(" >> "):
                assert self.texters[code].text(piece).status_code < 400

    def say(self, words: str, *expected: str, but_not: str = "", same: bool = False) -> Heard:
        """Send a text and wait until all that is expected was said; it must not be `but_not`.

        `same`: the words of the answer before may come again.
        """
        self.text(words)
        return self.hear(*expected, but_not=but_not, same=same, after=words)

    def begin(self, words: str, *expected: str, but_not: str = "") -> Heard:
        """The first text, and a yes to whether it is safe: then what is expected is said."""
        self.say(words, "welcome", "welcome_private", "ask_safe_heard")
        return self.say("yes | si", *expected, but_not=but_not)

    def hear(self, *expected: str, but_not: str = "", same: bool = False, after: str = "") -> Heard:
        """Wait until all that is expected was said to both."""
        end = time.monotonic() + ANSWER_WITHIN
        heard = Heard({code: Speech() for code in LANGUAGES})
        missing = list(self._missing(heard, expected))
        while missing:
            assert time.monotonic() < end, f"after {after!r} missed {missing}; came: {heard.texts}"
            time.sleep(0.03)
            news = {code: texter.new() for code, texter in self.texters.items()}
            if any(news.values()):
                for code, texts in news.items():
                    heard.speeches[code].texts += texts
                missing = list(self._missing(heard, expected))
        self._judge(heard, expected, but_not, same=same, after=after)
        return heard

    def come_back_after(self, days: int) -> None:
        """Let days pass since their last text."""
        for texter in self.texters.values():
            in_the_database(texter, they_wrote(timedelta(days=days)))

    def hear_nothing(self, seconds: float = 1.5) -> None:
        """Nothing comes to either."""
        time.sleep(seconds)
        assert [texter.new() for texter in self.texters.values()] == [[], []]

    @staticmethod
    def _missing(heard: Heard, expected: tuple[str, ...]) -> Iterator[str]:
        for code, speech in heard.speeches.items():
            if not speech.texts:
                yield f"{code}: any answer"
            for one in expected:
                if not any(speech.says(name, code) for name in one.split("/")):
                    yield f"{code}: {one}"

    def _judge(
        self, heard: Heard, expected: tuple[str, ...], but_not: str, *, same: bool, after: str
    ) -> None:
        wanted = {name for one in expected for name in one.split("/")}
        for code, speech in heard.speeches.items():
            for name in [*but_not.split(), *(set(UNWANTED.split()) - wanted)]:
                assert not speech.says(name, code), f"{code}: {after!r}: {name} in {speech.texts}"
            if not same:
                again = set(speech.texts) & set(self.last.get(code, []))
                assert not again, f"{code}: {after!r}: the same words twice in a row: {again}"
            self.last[code] = speech.texts
