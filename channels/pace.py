"""Part of the channels room: keeps one sender from flooding everybody else.

It must never know who a sender is: it keeps hashes, in memory only.
"""

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from hashlib import sha256

# Senders kept in mind; the ones not heard of for longest are forgotten first.
MOST_SENDERS = 10_000


class Pace:
    """Allows each sender `most` messages in any `seconds`. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], datetime], *, most: int, seconds: float) -> None:
        """Begin with nobody in mind."""
        self._clock = clock
        self._most = most
        self._within = timedelta(seconds=seconds)
        self._times: OrderedDict[bytes, deque[datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, sender: str) -> bool:
        """Whether this sender may send one more now; counts it if so."""
        key, now = sha256(sender.encode()).digest(), self._clock()
        with self._lock:
            times = self._times.setdefault(key, deque())
            self._times.move_to_end(key)
            while len(self._times) > MOST_SENDERS:
                self._times.popitem(last=False)
            while times and times[0] <= now - self._within:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            return True
