"""The vectors of the training texts that come with the repository: part of bot/engine.

    python -m waymark_engine.shipped --project bot

They make a first training several times shorter, and are nothing but a cache: a text that is not
among them is encoded when it is trained. One file a language, so that a change stays small; eight
bits a number, and the vectors computed anew are rounded alike, so that both train the same model.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import Any

import numpy as np

FOLDER = Path(__file__).resolve().parents[1] / "vectors"
KEY_SIZE = 16
_STEPS = 127

Vectors = np.ndarray[Any, np.dtype[np.float32]]


def key_of(text: str) -> bytes:
    """What stands for a text in a cache."""
    return hashlib.blake2b(text.encode(), digest_size=KEY_SIZE).digest()


def rounded(rows: Vectors) -> Vectors:
    """Vectors as a shipped file gives them back."""
    return _unpacked(*_packed(rows))


def read(name: str, folder: Path = FOLDER) -> dict[bytes, Vectors]:
    """The shipped vectors of the encoder called `name`, by key; none when they are of another."""
    known: dict[bytes, Vectors] = {}
    for file in sorted(folder.glob("*.npz")):
        with np.load(file, allow_pickle=False) as saved:
            if str(saved["encoder"]) == name:
                keys = saved["keys"].reshape(-1, KEY_SIZE)
                rows = _unpacked(saved["steps"], saved["scales"])
                known.update((key.tobytes(), row) for key, row in zip(keys, rows, strict=True))
    return known


def write(file: Path, name: str, vectors: dict[bytes, Vectors]) -> None:
    """One file of vectors, the same bytes for the same vectors."""
    keys = sorted(vectors)
    steps, scales = _packed(np.stack([vectors[key] for key in keys]))
    file.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        file,
        encoder=np.array(name),
        keys=np.frombuffer(b"".join(keys), np.uint8),
        steps=steps,
        scales=scales,
    )


def _packed(rows: Vectors) -> tuple[Any, Vectors]:
    scales = np.abs(rows).max(axis=1, keepdims=True).astype(np.float32) / _STEPS
    scales = np.maximum(scales, np.float32(1e-12))
    return np.rint(rows / scales).astype(np.int8), scales


def _unpacked(steps: Any, scales: Vectors) -> Vectors:
    return np.asarray(steps.astype(np.float32) * scales, np.float32)


def main(arguments: list[str] | None = None) -> None:
    """Write the vectors of a project's texts, a file a language; known ones are kept."""
    from waymark_engine.encoder import NAME, CachingEncoder, cache_folder
    from waymark_engine.examples import from_project

    parser = argparse.ArgumentParser(prog="python -m waymark_engine.shipped")
    parser.add_argument("--project", default="bot", help="folder of data/nlu/<language>/")
    options = parser.parse_args(arguments)
    by_language: dict[str, set[str]] = {}
    for example in from_project(Path(options.project)):
        by_language.setdefault(example.language, set()).add(example.text)
    encoder = CachingEncoder(cache_folder(), lambda done, of: print(f"{done} of {of} new texts"))
    for language, texts in sorted(by_language.items()):
        ordered = sorted(texts)
        rows = encoder.vectors(ordered)
        keys = [key_of(text) for text in ordered]
        write(FOLDER / f"{language}.npz", NAME, dict(zip(keys, rows, strict=True)))
        print(f"{language}: {len(ordered)} texts")


if __name__ == "__main__":
    main()
