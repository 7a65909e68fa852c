"""Slows down the guessing of passwords, per login name, in the memory of this process."""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGET_AFTER = timedelta(hours=1)
# Names are a stranger's to invent: the memory for them is bounded.
NAMES_AT_MOST = 10_000


@dataclass
class _Tries:
    failed: int
    last: datetime
    closed_until: datetime


class Throttle:
    """Counts failed logins by name. Unknown names count alike, so that nothing tells who exists."""

    def __init__(self) -> None:
        """Start with nothing counted."""
        self._lock = threading.Lock()
        self._tries: OrderedDict[str, _Tries] = OrderedDict()

    def seconds_to_wait(self, name: str, now: datetime) -> int:
        """How many seconds this name has to wait before the next try; 0 when it may try now."""
        with self._lock:
            tries = self._tries.get(_key(name))
            if tries is None or tries.closed_until <= now:
                return 0
            return max(1, round((tries.closed_until - now).total_seconds()))

    def failed(self, name: str, now: datetime) -> None:
        """Count a failed try; from the fifth on, each doubles the wait."""
        with self._lock:
            key = _key(name)
            tries = self._tries.pop(key, None)
            if tries is None or now - tries.last > FORGET_AFTER:
                tries = _Tries(0, now, now)
            tries.failed += 1
            tries.last = now
            if tries.failed >= FREE_TRIES:
                doubled = FIRST_WAIT * 2 ** min(tries.failed - FREE_TRIES, 10)
                tries.closed_until = now + min(doubled, LONGEST_WAIT)
            self._tries[key] = tries
            while len(self._tries) > NAMES_AT_MOST:
                self._tries.popitem(last=False)

    def succeeded(self, name: str) -> None:
        """Forget the failed tries of a name."""
        with self._lock:
            self._tries.pop(_key(name), None)


def _key(name: str) -> str:
    return name.strip().lower()[:64]
