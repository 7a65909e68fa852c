"""The names of TensorFlow that Rasa touches when it is imported: part of the engine's environment.

The engine uses none of Rasa's neural components, so TensorFlow (2 GB) is left out. Rasa still names
its classes as bases and in annotations; they stand here, empty. Must never learn to do anything:
a component that needs TensorFlow has to fail (waymark_engine.project says so in plain words).
"""

import sys
from types import ModuleType


def _module(name: str, **names: object) -> ModuleType:
    """A submodule of this placeholder, importable by its full name."""
    module = ModuleType(f"tensorflow.{name}")
    module.__dict__.update(names, __path__=[])
    sys.modules[module.__name__] = module
    return module


def _empty(*names: str) -> dict[str, type]:
    """Empty classes by these names, to be bases and annotations."""
    return {name: type(name, (), {}) for name in names}


Tensor, SparseTensor, TensorShape, TensorSpec = _empty(
    "Tensor", "SparseTensor", "TensorShape", "TensorSpec"
).values()

keras = _module(
    "keras",
    backend=_module("keras.backend"),
    layers=_module("keras.layers", **_empty("Layer", "Dense", "Dropout", "AbstractRNNCell")),
    metrics=_module("keras.metrics", **_empty("Metric")),
    callbacks=_module("keras.callbacks", **_empty("Callback")),
    utils=_module("keras.utils", **_empty("Sequence")),
)
types = _module("types", experimental=_module("types.experimental", **_empty("TensorLike")))
python = _module(
    "python",
    eager=_module(
        "python.eager",
        wrap_function=_module("python.eager.wrap_function", **_empty("WrappedFunction")),
    ),
)
