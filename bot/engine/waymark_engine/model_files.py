"""Keeps a trained classifier in files: part of bot/engine. Must never hold a pickle or a text.

Numbers are npz, names are JSON. The same files serve a model and the cache that spares a training
when only rules or domain have changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from waymark_engine.classifier import Model
from waymark_engine.examples import Example

_NUMBERS, _NAMES = "numbers.npz", "names.json"
_EXACT = ("mean", "spread", "idf")  # the rest is kept in half precision
_CODE = ("classifier.py", "encoder.py", "examples.py", "model_files.py", "network.py", "texts.py")
_MOST_KEPT = 3


def write(model: Model, needs: Iterable[str], folder: Path) -> None:
    """Put the model into an existing folder; `needs` says which labels are needs."""
    numbers = {name: values.astype(np.float16) for name, values in model.arrays.items()}
    numbers |= {name: model.arrays[name].astype(np.float32) for name in _EXACT}
    np.savez_compressed(folder / _NUMBERS, **numbers)
    grams = sorted(model.vocabulary, key=lambda gram: model.vocabulary[gram])
    names = {"labels": model.labels, "needs": sorted(needs), "grams": grams}
    (folder / _NAMES).write_text(json.dumps(names), "utf-8")


def read(folder: Path) -> tuple[Model, frozenset[str]]:
    """The model of a folder, and which of its labels are needs."""
    names = json.loads((folder / _NAMES).read_text("utf-8"))
    with np.load(folder / _NUMBERS, allow_pickle=False) as saved:
        arrays = {name: saved[name].astype(np.float32) for name in saved.files}
    vocabulary = {gram: at for at, gram in enumerate(names["grams"])}
    return Model(tuple(names["labels"]), vocabulary, arrays), frozenset(names["needs"])


class TrainedBefore:
    """Trained classifiers in the cache folder, found by the examples and the code that learned."""

    def __init__(self, folder: Path | None, examples: Iterable[Example]) -> None:
        """`folder` None: nothing is kept."""
        self._place = folder / f"understanding-{_key(examples)}" if folder else None

    def copy_into(self, folder: Path) -> bool:
        """Put the files of an earlier training of the same examples there, if there are any."""
        if self._place is None or not (self._place / _NAMES).is_file():
            return False
        for name in (_NUMBERS, _NAMES):
            shutil.copyfile(self._place / name, folder / name)
        return True

    def keep(self, folder: Path) -> None:
        """Remember the files of this training, and let go of old ones."""
        if self._place is None:
            return
        self._place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._place.parent) as partial:
            whole = Path(partial) / "whole"
            shutil.copytree(folder, whole)
            if not self._place.exists():
                os.replace(whole, self._place)
        kept = sorted(
            self._place.parent.glob("understanding-*"), key=lambda one: one.stat().st_mtime
        )
        for old in kept[:-_MOST_KEPT]:
            shutil.rmtree(old, ignore_errors=True)


def _key(examples: Iterable[Example]) -> str:
    digest = hashlib.sha256()
    for example in examples:
        digest.update(json.dumps([example.text, sorted(example.labels)]).encode())
    for name in _CODE:
        digest.update((Path(__file__).parent / name).read_bytes())
    return digest.hexdigest()[:16]
