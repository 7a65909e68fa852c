"""The names of Keras that Rasa touches when it is imported: part of the engine's environment.

See the tensorflow placeholder beside it; like that one, it must never learn to do anything.
"""

import sys
from types import ModuleType


class Model:
    """A base class and nothing more."""


class _Absent:
    """Stands for what only a component that needs TensorFlow would call."""


utils = ModuleType("keras.utils")
utils.tf_utils = ModuleType("keras.utils.tf_utils")  # type: ignore[attr-defined]
utils.control_flow_util = ModuleType("keras.utils.control_flow_util")  # type: ignore[attr-defined]
utils.control_flow_util.smart_cond = _Absent  # type: ignore[attr-defined]
utils.__path__ = []
for _module in (utils, utils.tf_utils, utils.control_flow_util):
    sys.modules[_module.__name__] = _module
