"""Wakes whoever waits for a commit: at once within a process, and across processes by polling or,
on PostgreSQL, by LISTEN/NOTIFY. It only wakes; the database says what happened."""

import asyncio
import threading
from contextlib import suppress

import psycopg
from sqlalchemy import Engine, text

CHANNEL = "waymark"


class LocalWake:
    """Wakes threads and coroutines of this process."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._condition = threading.Condition()
        self._rings = 0
        self._waiting: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()

    def ring(self) -> None:
        """Wake everybody who waits in this process."""
        with self._condition:
            self._rings += 1
            self._condition.notify_all()
            waiting = list(self._waiting)
        for loop, event in waiting:
            # The loop may have ended between the two lines: then nobody waits there any more.
            with suppress(RuntimeError):
                loop.call_soon_threadsafe(event.set)

    async def wait(self, timeout: float) -> None:
        """Return when rung, or after `timeout` seconds."""
        entry = (asyncio.get_running_loop(), asyncio.Event())
        with self._condition:
            self._waiting.add(entry)
        try:
            await asyncio.wait_for(entry[1].wait(), timeout)
        except TimeoutError:
            return
        finally:
            with self._condition:
                self._waiting.discard(entry)

    def wait_in_thread(self, timeout: float) -> None:
        """Return when rung since the call began, or after `timeout` seconds."""
        with self._condition:
            rings = self._rings
            self._condition.wait_for(lambda: self._rings != rings, timeout)


class PostgresWake(LocalWake):
    """The same over all processes that share a PostgreSQL database."""

    def __init__(self, engine: Engine) -> None:
        """Listen in a thread of its own, on a connection of its own."""
        super().__init__()
        self._engine = engine
        url = engine.url.set(drivername="postgresql")
        self._dsn = url.render_as_string(hide_password=False)
        threading.Thread(target=self._listen, name="wake", daemon=True).start()

    def ring(self) -> None:
        """Wake this process at once, the others through the database."""
        super().ring()
        with self._engine.connect() as connection:
            connection.execute(text(f"NOTIFY {CHANNEL}"))
            connection.commit()

    def _listen(self) -> None:
        pause = threading.Event()
        while True:
            # A lost connection is made again; meanwhile everybody still polls.
            with (
                suppress(psycopg.OperationalError),
                psycopg.connect(self._dsn, autocommit=True) as connection,
            ):
                connection.execute(f"LISTEN {CHANNEL}")
                for _ in connection.notifies():
                    super().ring()
            pause.wait(2)


def make_wake(engine: Engine) -> LocalWake:
    """The wake that fits a database."""
    return PostgresWake(engine) if engine.dialect.name == "postgresql" else LocalWake()
