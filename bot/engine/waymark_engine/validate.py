"""Says whether the project holds together: part of bot/engine. Changes nothing.

    python -m waymark_engine.validate --project bot

Our own checks, then Rasa's data validation with its warnings shown.
"""

from __future__ import annotations

import argparse
import logging
import sys
import warnings
from pathlib import Path

from waymark_engine.project import ProjectError, check
from waymark_engine.quiet import be_quiet


def main(arguments: list[str] | None = None) -> None:
    """Validate; exits 1 when something is wrong, and what is wrong is printed."""
    parser = argparse.ArgumentParser(prog="python -m waymark_engine.validate")
    parser.add_argument("--project", default="bot", help="folder of config.yml, domain/ and data/")
    options = parser.parse_args(arguments)
    be_quiet()
    try:
        validate(Path(options.project))
    except ProjectError as problem:
        print(f"Not valid. {problem}", file=sys.stderr)
        raise SystemExit(1) from None
    print(f"{options.project} is valid.")


def validate(project: Path) -> None:
    """Raises ProjectError for what our checks find, SystemExit for what Rasa's do."""
    check(project)
    from rasa.cli.utils import validate_files
    from rasa.shared.importers.importer import TrainingDataImporter

    _let_speak()
    importer = TrainingDataImporter.load_from_config(
        str(project / "config.yml"), str(project / "domain"), [str(project / "data")]
    )
    validate_files(fail_on_warnings=False, max_history=None, importer=importer)


def _let_speak() -> None:
    """What is said from here on is about the project's own files, which hold nobody's words."""
    logging.disable(logging.DEBUG)
    for handler in logging.getLogger().handlers:
        handler.setFormatter(logging.Formatter("%(message)s"))
    warnings.showwarning = _say


def _say(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
    if issubclass(category, UserWarning):
        print(" ".join(str(message).split()), file=sys.stderr)


if __name__ == "__main__":
    main()
