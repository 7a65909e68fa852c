"""One running system for the journeys, and one that may be broken for those that kill parts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.both import Both
from tests.support.system import System
from tests.support.twilio_standin import TwilioStandIn


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A whole installation with a real trained model, for all journeys."""
    with TwilioStandIn() as twilio, System(tmp_path_factory.mktemp("system"), twilio) as running:
        # The first turn of an engine takes longest: on a slow machine it is given up once.
        running.texter().says("hi", "ask_safe")
        yield running


@pytest.fixture
def breakable(tmp_path: Path) -> Iterator[System]:
    """An installation of a test's own."""
    with TwilioStandIn() as twilio, System(tmp_path, twilio) as running:
        yield running


@pytest.fixture
def both(system: System) -> Iterator[Both]:
    """Two survivors, one for each language; who they brought into the line leaves it again."""
    yield Both(system)
    system.log_in("advocate").empties_the_line()
