"""Takes turns, sends messages, and texts first where that was agreed, until told to stop.

All state is in the database: a worker can be killed at any moment, and another goes on.
"""

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from app.quiet import where
from app.wake import LocalWake
from conversation import check_ins, outbox, retention, safe_times
from conversation.models import Channel, new_id
from conversation.ports import Sender, SendFailed, SendUnconfirmed, Timing
from conversation.turns import Turns
from conversation.voice import Voice

log = logging.getLogger(__name__)

# How often to look without having been woken, in seconds: what other processes commit on SQLite.
LOOK_EVERY = 0.25
TIDY_EVERY = 3600.0
# How often to look for somebody who is to be texted first: they agreed to a minute, not a second.
REACH_OUT_EVERY = 5.0
# After an unexpected failure, e.g. of the database.
PAUSE_AFTER_FAILURE = 1.0


@dataclass(frozen=True)
class Outbox:
    """Sends what is due, one message at a time, through the channel's sender."""

    sessions: sessionmaker[Session]
    senders: Mapping[Channel, Sender]
    clock: Callable[[], datetime]
    timing: Timing

    def take(self) -> Callable[[], None] | None:
        """Lease the next message; what sends it, or None when nothing is due."""
        if not self.senders:
            return None
        owner = new_id()
        with self.sessions() as session:
            outgoing = outbox.take_next(session, owner, self.clock(), self.timing)
        return None if outgoing is None else lambda: self._send(outgoing, owner)

    def _send(self, outgoing: outbox.Outgoing, owner: str) -> None:
        known: frozenset[str] = frozenset()
        if outgoing.tried_before:
            with self.sessions() as session:
                known = outbox.known_provider_ids(session, outgoing.message_id)
        try:
            provider_id = outbox.send(self.senders[outgoing.channel], outgoing, known)
        except (SendFailed, SendUnconfirmed) as error:
            with self.sessions() as session:
                outbox.failed(session, outgoing, owner, error, self.clock(), self.timing)
        else:
            with self.sessions() as session:
                outbox.sent(session, outgoing, owner, provider_id, self.clock())


@dataclass(frozen=True)
class Tidying:
    """Deletes what is due, once at the start and then every hour (C11)."""

    sessions: sessionmaker[Session]
    clock: Callable[[], datetime]
    keep: timedelta

    def tidy(self) -> None:
        """Delete what is due."""
        with self.sessions() as session:
            deleted = retention.tidy(session, self.clock(), self.keep)
        if deleted:
            log.info("deleted %d things that were due", deleted)


@dataclass(frozen=True)
class ReachingOut:
    """Texts first, which is done for two reasons only: a check-in and a safe time (S10)."""

    sessions: sessionmaker[Session]
    voice: Voice
    someone_here: Callable[[Session], bool]
    clock: Callable[[], datetime]

    def reach_out(self) -> int:
        """Put all that is due into the outbox; how many looked-at things that were."""
        done = 0
        while self._hello() or self._check_in():
            done += 1
        return done

    def _hello(self) -> bool:
        with self.sessions() as session:
            return safe_times.say_next(session, self.clock(), voice=self.voice)

    def _check_in(self) -> bool:
        with self.sessions() as session:
            someone_here = self.someone_here(session)
            return check_ins.say_next(
                session, self.clock(), voice=self.voice, someone_here=someone_here
            )


class Worker:
    """Two dispatchers, one for turns and one for sending, each with a few threads to do the work.

    A dispatcher takes the next piece under a lease and gives it to a thread, so that pieces are
    taken in order and done in parallel. Two more threads text first where it was agreed, and
    delete what is due.
    """

    def __init__(
        self,
        turns: Turns,
        sending: Outbox,
        reaching_out: ReachingOut,
        tidying: Tidying,
        wake: LocalWake,
        *,
        threads: int = 4,
    ) -> None:
        """Prepare; `start` begins."""
        self._reaching_out = reaching_out
        self._tidying = tidying
        self._wake = wake
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(2 * threads, thread_name_prefix="work")
        self._dispatchers = [
            threading.Thread(
                target=self._dispatch, args=(take, threads), name=f"worker-{name}", daemon=True
            )
            for name, take in (("turns", turns.take), ("sending", sending.take))
        ]
        self._dispatchers += [
            threading.Thread(target=self._reach_out, name="worker-reaching-out", daemon=True),
            threading.Thread(target=self._tidy, name="worker-tidying", daemon=True),
        ]

    def start(self) -> None:
        """Begin to work, in threads."""
        for thread in self._dispatchers:
            thread.start()

    def stop(self) -> None:
        """Take nothing new, finish what is in hand, return."""
        self._stopping.set()
        self._wake.ring()
        for thread in self._dispatchers:
            thread.join()
        self._pool.shutdown(wait=True)

    def _reach_out(self) -> None:
        while not self._stopping.is_set():
            try:
                if self._reaching_out.reach_out():
                    self._wake.ring()
            except Exception as error:  # noqa: BLE001 - tried again in a moment
                log.error("could not text first: %s", where(error))
            self._stopping.wait(REACH_OUT_EVERY)

    def _tidy(self) -> None:
        while not self._stopping.is_set():
            try:
                self._tidying.tidy()
            except Exception as error:  # noqa: BLE001 - tried again in an hour
                log.error("could not delete what is due: %s", where(error))
            self._stopping.wait(TIDY_EVERY)

    def _dispatch(self, take: Callable[[], Callable[[], None] | None], threads: int) -> None:
        free = threading.BoundedSemaphore(threads)
        while not self._stopping.is_set():
            if not free.acquire(timeout=LOOK_EVERY):
                continue
            try:
                work = take()
            except Exception as error:  # noqa: BLE001 - the dispatcher outlives any failure
                log.error("cannot take work: %s", where(error))
                free.release()
                self._stopping.wait(PAUSE_AFTER_FAILURE)
                continue
            if work is None:
                free.release()
                self._wake.wait_in_thread(LOOK_EVERY)
            else:
                self._pool.submit(self._do, work, free)

    def _do(self, work: Callable[[], None], free: threading.BoundedSemaphore) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - its lease ends, and it is taken again
            log.error("work failed and will be tried again: %s", where(error))
        finally:
            free.release()
            self._wake.ring()
