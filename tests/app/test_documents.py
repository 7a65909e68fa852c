"""The documents are true: settings, commands and dependencies are read against the code."""

import re
import tomllib
from pathlib import Path

from typer.main import get_command

from app.cli import app
from app.settings import Settings

ROOT = Path(__file__).parents[2]
ROOMS = (
    "app",
    "bench",
    "bot",
    "channels",
    "conversation",
    "desk",
    "directory",
    "language",
    "migrations",
    "scripts",
    "tests",
)


def test_every_setting_is_in_the_readme_and_none_that_is_not() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    described = set(re.findall(r"`(WAYMARK_[A-Z_]+)`", readme))
    assert described == {f"WAYMARK_{name.upper()}" for name in Settings.model_fields}


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in get_command(app).commands:  # type: ignore[attr-defined]
        assert re.search(rf"`(?:waymark )?{name}\b", readme), name


def test_every_command_has_an_example_in_its_help() -> None:
    def walk(command, path):  # type: ignore[no-untyped-def]
        for name, child in getattr(command, "commands", {}).items():
            yield from walk(child, [*path, name])
        if not hasattr(command, "commands"):
            yield " ".join(path), command.help

    for name, text in walk(get_command(app), []):
        assert "Example:" in (text or ""), name


def test_every_dependency_has_a_reason_and_every_reason_a_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=~! ]", item)[0].lower() for item in declared}
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = re.findall(r"^\| ([a-z][a-z0-9-]*) \|", page, flags=re.MULTILINE)
    assert sorted(name for name in explained if name != "package") == sorted(names)


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    long = [
        str(file.relative_to(ROOT))
        for folder in [
            "app",
            "bot",
            "channels",
            "conversation",
            "desk",
            "directory",
            "language",
            "migrations",
            "tests",
            "scripts",
        ]
        for file in (ROOT / folder).rglob("*.py")
        if len(file.read_text(encoding="utf-8").splitlines()) > 400
    ]
    assert long == []
