"""Logging that cannot betray: what is logged names code, never words, numbers or parameters."""

import logging
import sys
import traceback

# Libraries whose messages at INFO or DEBUG carry addresses or texts.
TALKATIVE = ("httpx", "httpcore", "twilio", "twilio.http_client", "rasa_sdk", "sanic", "urllib3")


def set_up_logging() -> None:
    """Log to standard error, one line an event."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)


def where(error: BaseException) -> str:
    """An exception as type and place: its own text may hold what a survivor wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = " > ".join(f"{frame.name}:{frame.lineno}" for frame in frames[-4:])
    return f"{type(error).__name__} at {place}"
