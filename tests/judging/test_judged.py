"""Every conversation in conversations/ keeps every rule, and they cover what they should."""

import pytest

from directory.vocabulary import Need
from language import LANGUAGES
from tests.judging.rules import judge
from tests.judging.scripts import Script, read_all
from tests.judging.stage import Theatre

SCRIPTS = read_all()
LEAST = {"en": 30, "es": 30}
LEAST_ELSEWHERE = 7


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_the_conversation_keeps_every_rule(house: Theatre, script: Script) -> None:
    broken = judge(house.play(script), house)
    assert not broken, "\n" + "\n".join(map(str, broken))


def test_there_are_more_than_a_hundred_in_twelve_languages() -> None:
    counts = {code: sum(script.language == code for script in SCRIPTS) for code in LANGUAGES}
    assert len(counts) == 12
    short = {code: n for code, n in counts.items() if n < LEAST.get(code, LEAST_ELSEWHERE)}
    assert not short
    assert len(SCRIPTS) >= 130


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_need_is_asked_for(language: str) -> None:
    asked = {need for script in SCRIPTS if script.language == language for need in script.needs}
    assert set(Need) <= asked


def test_no_two_have_the_same_title() -> None:
    assert len({script.name for script in SCRIPTS}) == len(SCRIPTS)
