"""The vectors in the repository are those of the training texts, and only save time."""

import json
import subprocess

from tests.engine.conftest import ROOT, engine_environment, engine_python

COMPARE = """
import json, random
import numpy as np
from pathlib import Path
from waymark_engine import shipped
from waymark_engine.encoder import NAME, Encoder
from waymark_engine.examples import from_project

texts = sorted({example.text for example in from_project(Path("bot"))})
known = shipped.read(NAME)
some = random.Random(3).sample([text for text in texts if shipped.key_of(text) in known], 40)
fresh = shipped.rounded(Encoder().vectors(some))
held = [known[shipped.key_of(text)] for text in some]
alike = [float(a @ b / np.linalg.norm(a) / np.linalg.norm(b)) for a, b in zip(held, fresh)]
missing = sum(shipped.key_of(text) not in known for text in texts)
print(json.dumps({"alike": min(alike), "texts": len(texts), "missing": missing}))
"""


def test_they_are_what_the_encoder_says_of_these_texts_today() -> None:
    done = subprocess.run(
        [str(engine_python()), "-c", COMPARE],
        cwd=ROOT,
        env=engine_environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["alike"] > 0.9995
    assert found["missing"] < found["texts"] / 10, "run `make vectors` and commit what it writes"
