"""Keeps texts out of every log: part of bot/engine. Must never print what another library said.

Rasa's own messages quote survivors at DEBUG and, when an action fails, at ERROR. So nothing below
WARNING is let through at all, and what is above is named (where it came from), not quoted. Only
this package's own lines, which hold no text, are printed as they are.
"""

import logging
import os
import sys
import warnings
from collections.abc import MutableMapping
from typing import Any

OWN = "waymark_engine"


class _Named(logging.Formatter):
    """Formats our lines in full, and anybody else's as the place it came from."""

    def format(self, record: logging.LogRecord) -> str:
        if record.name.split(".")[0] == OWN:
            said = record.getMessage()
        else:
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
            said = f"{record.module}:{record.lineno} {kind}".strip()
        return f"{self.formatTime(record)} {record.levelname} {record.name}: {said}"


def be_quiet() -> None:
    """Set up all logging of this process; nothing set before or by the environment survives it."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    for variable in ("LOG_LEVEL", "LOG_LEVEL_LIBRARIES", "FORCE_JSON_LOGGING"):
        os.environ.pop(variable, None)
    import structlog  # after the environment is set: Rasa reads it on import

    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Named())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.disable(logging.INFO)
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        processors=[_without_content],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    warnings.showwarning = _unsaid  # filters would not do: libraries set their own
    sys.excepthook = _name_only


def _without_content(_: object, __: str, event: MutableMapping[str, Any]) -> str:
    """A structured log line is reduced to the name of the event."""
    return str(event.get("event", ""))


def _unsaid(*_: object, **__: object) -> None:
    """Warnings of libraries, about versions mostly; those on a project are read by validate."""


def _name_only(kind: type[BaseException], error: BaseException, _: object) -> None:
    """The last word of a process that dies of something unforeseen."""
    print(f"The engine stopped: {kind.__name__}.", file=sys.stderr)
