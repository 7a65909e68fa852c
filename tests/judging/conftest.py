"""One engine for all judged conversations."""

from collections.abc import Iterator

import pytest

from tests.judging.stage import Theatre, theatre


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theatre]:
    """The engine and the actions, running."""
    with theatre(tmp_path_factory.mktemp("judging")) as running:
        yield running
