"""`waymark directory search` asks all that the bot can ask, and says what is not known."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.directory_commands import app
from app.settings import BadSetting


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def search(data: Path, *words: str) -> str:
    done = CliRunner(env={"WAYMARK_DATA_DIR": str(data)}).invoke(
        app, ["search", *words], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_what_must_fit_and_the_kind_change_the_answer(data: Path) -> None:
    bed = ["housing", "--kind", "housing.emergency", "--near", "Detroit, MI", "--limit", "9"]
    anybody = search(data, *bed)
    assert "For men" in anybody
    assert "There is a waiting list" not in anybody
    woman = search(data, *bed, "--gender", "woman", "--children", "--wheelchair")
    assert "For men" not in woman
    assert "takes children; a wheelchair gets in" in woman
    assert "not known: whether a wheelchair gets in" in woman
    assert "They do not take children" not in woman
    assert "For ages 18" in anybody
    assert "For ages 18" not in search(data, *bed, "--minor")


def test_what_nobody_meets_nearby_is_said(data: Path) -> None:
    rooms = ["housing", "food", "--kind", "housing.transitional", "--near", "Flint, MI"]
    assert "No partner fits: housing." in search(data, *rooms, "--not-wider")
    assert "No partner fits" not in search(data, *rooms)


def test_a_kind_of_another_need_is_refused(data: Path) -> None:
    with pytest.raises(BadSetting, match=r"'food\.emergency' is not one of housing\.emergency"):
        search(data, "housing", "--kind", "food.emergency")
