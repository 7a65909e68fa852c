"""Checks the Rasa project and the catalogues: `make bot-check`.

`rasa data validate` runs in the engine's own environment; the catalogues are checked for missing
messages, placeholders, length and words that are never used.
"""

import os
import subprocess
import sys

from app.engine_process import BOT, EngineProblem, engine_python, environment
from app.settings import load_settings
from language.proofreading import problems


def main() -> None:
    """Exit with 1 when anything is wrong."""
    settings = load_settings()
    try:
        python = engine_python(settings)
    except EngineProblem as problem:
        raise SystemExit(str(problem)) from None
    validated = subprocess.run(
        [python, "-m", "waymark_engine.validate", "--project", str(BOT)],
        env={**os.environ, **environment(settings, "", "")},
    )
    found = problems()
    for line in found:
        print(line, file=sys.stderr)
    print(f"catalogues: {len(found)} problems")
    raise SystemExit(1 if found or validated.returncode else 0)


if __name__ == "__main__":
    main()
