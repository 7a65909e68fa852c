"""Ends the engine when its starter is gone: part of bot/engine. Knows only a file descriptor.

The starter keeps the write end of a pipe open. Its end closes with the starter, however that ended.
"""

import os
import signal
import threading
import time

VARIABLE = "WAYMARK_LIFELINE_FD"
_GRACE_SECONDS = 5.0


def hold() -> None:
    """Watch the inherited pipe, if there is one; raises SystemExit if it is no pipe."""
    given = os.environ.get(VARIABLE, "")
    if not given:
        return
    try:
        descriptor = int(given)
        os.fstat(descriptor)
    except (ValueError, OSError):
        raise SystemExit(f"{VARIABLE} must name an inherited, open pipe; it does not.") from None
    threading.Thread(target=_watch, args=(descriptor,), daemon=True).start()


def _watch(descriptor: int) -> None:
    while os.read(descriptor, 64):
        pass  # nothing is said over a lifeline; whatever comes is thrown away
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os._exit(1)
