"""Trains a model of the project: part of bot/engine. Never used while the engine serves.

    python -m waymark_engine.train --project bot --out models

The model's name holds the fingerprint of all it depends on; one that is there is not trained again.
Of several that find none in the same folder, on one volume, one trains and the others wait for it.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import io
import logging
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from waymark_engine.project import ProjectError, check, fingerprint
from waymark_engine.quiet import be_quiet


def main(arguments: list[str] | None = None) -> None:
    """Train if needed and print the model's path; exits 1 with one line when that fails."""
    parser = argparse.ArgumentParser(prog="python -m waymark_engine.train")
    parser.add_argument("--project", default="bot", help="folder of config.yml, domain/ and data/")
    parser.add_argument("--out", default="models", help="folder for the model")
    parser.add_argument("--force", action="store_true", help="train even if the model is there")
    options = parser.parse_args(arguments)
    be_quiet()
    try:
        train(Path(options.project), Path(options.out), force=options.force)
    except (ProjectError, OSError) as problem:
        print(f"Training failed. {problem}", file=sys.stderr)
        raise SystemExit(1) from None


def train(project: Path, out: Path, *, force: bool = False) -> Path:
    """The path of the model of this project, trained if it was not there; raises ProjectError."""
    check(project)
    model = out / f"bot-{fingerprint(project)}.tar.gz"
    if model.is_file() and not force:
        return _up_to_date(model)
    out.mkdir(parents=True, exist_ok=True)
    with _alone(out):
        if model.is_file() and not force:
            return _up_to_date(model)
        begun = time.monotonic()
        print(f"Training {model.name} …", flush=True)
        # A model that is half written when this is killed must not be taken for one.
        written = out / ".unfinished.tar.gz"
        _run(project, out, written.name)
        if not written.is_file():
            raise ProjectError(
                "Rasa wrote no model. Run python -m waymark_engine.validate to see why."
            )
        written.replace(model)
    size = model.stat().st_size / 1e6
    print(f"{model} ({size:.1f} MB) in {time.monotonic() - begun:.0f} s.")
    return model


def _up_to_date(model: Path) -> Path:
    print(f"{model} is up to date.")
    return model


@contextlib.contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Be the only training that writes into a folder; the system frees a killed one's place."""
    with (out / ".training.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for a training that is under way …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _run(project: Path, out: Path, name: str) -> None:
    # Rasa's own cache of finished steps does not notice changes of our code.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    from rasa.model_training import train as rasa_train

    be_quiet()  # importing Rasa has set up some logging again
    logging.disable(logging.CRITICAL)  # what fails is raised too, and said once
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            rasa_train(
                domain=str(project / "domain"),
                config=str(project / "config.yml"),
                training_files=[str(project / "data")],
                output=str(out),
                fixed_model_name=name,
                force_training=True,
            )
    except SystemExit:
        raise ProjectError(_last_line(said.getvalue()) or "Rasa gave up.") from None
    except Exception as error:  # shown in one line; the data is the project's own
        raise ProjectError(f"{type(error).__name__}: {_on_one_line(str(error))}") from error


def _on_one_line(text: str) -> str:
    return " ".join(text.split()) or "no more is known."


def _last_line(text: str) -> str:
    return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")


if __name__ == "__main__":
    main()
