"""Several that need the same model, on one volume: one trains, and a kill does no harm."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.engine.conftest import PROJECT, ROOT, engine_environment, engine_python

PATIENCE = 120  # seconds; a training of the small project takes three


@contextmanager
def training(out: Path) -> Iterator[subprocess.Popen[str]]:
    """A training of the small project that has begun."""
    command = [str(engine_python()), "-m", "waymark_engine.train", "--project", str(PROJECT)]
    with subprocess.Popen(
        [*command, "--out", str(out)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=engine_environment(),
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def next_line(process: subprocess.Popen[str]) -> str:
    """What it prints next."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


def end(process: subprocess.Popen[str]) -> str:
    """The last line that it prints, once it has ended well."""
    printed, _ = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    return printed.splitlines()[-1]


def test_who_needs_a_model_that_is_being_trained_waits_for_it(tmp_path: Path) -> None:
    with ExitStack() as both:
        first = both.enter_context(training(tmp_path))
        assert next_line(first).startswith("Training ")
        second = both.enter_context(training(tmp_path))
        assert next_line(second) == "Waiting for a training that is under way …"
        model = end(first).split(" (")[0]
        assert end(second) == f"{model} is up to date."
        assert [str(path) for path in tmp_path.glob("*.tar.gz")] == [model]


def test_when_a_training_is_killed_another_takes_its_place(tmp_path: Path) -> None:
    with ExitStack() as both:
        first = both.enter_context(training(tmp_path))
        assert next_line(first).startswith("Training ")
        second = both.enter_context(training(tmp_path))
        assert next_line(second).startswith("Waiting ")
        first.kill()
        _, name, *_ = next_line(second).split()
        assert end(second).startswith(f"{tmp_path / name} (")
