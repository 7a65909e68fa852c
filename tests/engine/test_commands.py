"""What whoever runs the engine is told: one clear line, and an exit code that says no."""

from __future__ import annotations

import shutil
import socket
from contextlib import closing
from pathlib import Path

import pytest

from tests.engine.conftest import PROJECT, load_engine_module, run_engine_module


def _project_with(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the small project with something changed in one file."""
    copy = folder / "project"
    shutil.copytree(PROJECT, copy)
    text = (copy / file).read_text("utf-8")
    assert old in text
    (copy / file).write_text(text.replace(old, new), "utf-8")
    return copy


def _fails(module: str, *arguments: str) -> str:
    """The one line that a failing command says."""
    done = run_engine_module(module, *arguments)
    assert done.returncode == 1, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    return done.stderr.strip()


def test_a_missing_model_is_said_in_one_line(tmp_path: Path) -> None:
    assert "There is no model at" in _fails("serve", "--model", str(tmp_path / "gone.tar.gz"))


def test_a_broken_model_is_said_in_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "bot-0.tar.gz"
    broken.write_bytes(b"nothing of the kind")
    said = _fails("serve", "--port", "0", "--model", str(broken), "--project", str(PROJECT))
    assert "bot-0.tar.gz cannot be loaded" in said


def test_a_port_in_use_is_said_before_anything_is_loaded(model: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        said = _fails("serve", "--port", str(port), "--model", str(model))
    assert f"Cannot listen on 127.0.0.1:{port}" in said


def test_a_model_that_is_there_is_not_trained_again(model: Path) -> None:
    done = run_engine_module("train", "--project", str(PROJECT), "--out", str(model.parent))
    assert done.stdout.strip() == f"{model} is up to date."


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("config.yml", "waymark_engine.rules.Rules", "TEDPolicy", "without TensorFlow"),
        (
            "config.yml",
            "waymark_engine.understanding.Understanding",
            "DIETClassifier",
            "without TensorFlow",
        ),
        ("domain/domain.yml", "{say: hello}", "{say: hello_there}", "must say hello"),
        ("domain/domain.yml", "- custom: {say: why}", "- text: why", "exactly one variant"),
        ("data/rules/rules.yml", "action: utter_why", "action: utter_gone", "names utter_gone"),
        ("data/rules/rules.yml", "rules:", "rules: [", "not valid YAML"),
        ("data/rules/rules.yml", "intent: restart", "intent: greet", "ontradict"),
    ],
    ids=["policy", "classifier", "other id", "text", "gone response", "no YAML", "two rules"],
)
def test_a_project_that_cannot_work_does_not_train(
    tmp_path: Path, file: str, old: str, new: str, complaint: str
) -> None:
    project = _project_with(tmp_path, file, old, new)
    said = _fails("train", "--project", str(project), "--out", str(tmp_path / "models"))
    assert said.startswith("Training failed.")
    assert complaint in said
    assert not list(tmp_path.glob("models/*.tar.gz"))


def test_a_sound_project_is_valid() -> None:
    done = run_engine_module("validate", "--project", str(PROJECT))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{PROJECT} is valid."


def test_an_unsound_project_is_not(tmp_path: Path) -> None:
    project = _project_with(tmp_path, "domain/domain.yml", "[place, wants_person]", "[gone]")
    assert run_engine_module("validate", "--project", str(project)).returncode == 1


def test_the_fingerprint_follows_what_the_model_depends_on(tmp_path: Path) -> None:
    names = set()
    for number, (file, old, new) in enumerate(
        [
            ("config.yml", "0.3", "0.3"),
            ("config.yml", "0.3", "0.31"),
            ("data/nlu/es/all.yml", "busco un refugio", "busco refugio"),
            ("domain/domain.yml", "{say: menu,", "{say: menu ,"),
        ]
    ):
        project = _project_with(tmp_path / str(number), file, old, new)
        names.add(_fingerprint(project))
    assert len(names) == 4
    assert _fingerprint(PROJECT) == _fingerprint(tmp_path / "0" / "project")


def _fingerprint(project: Path) -> str:
    return str(load_engine_module("project").fingerprint(project))
