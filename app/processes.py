"""Starts, watches, restarts and ends the processes of an installation on one machine.

A child inherits the read end of a pipe and ends itself when the pipe closes: so it ends with its
parent however that one dies, also by `kill -9`.
"""

import errno
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LIFELINE = "WAYMARK_LIFELINE_FD"
STANDARD_ERROR = 2
BACKOFF = (0.5, 1, 2, 5, 10, 30)
# A child that lived this long, in seconds, begins again with the shortest wait.
STEADY = 60.0
# How long a child may take to end when asked, in seconds, before it is killed.
END_WITHIN = 8.0


class NotReady(RuntimeError):
    """A process did not become ready; the message says which and what to look at."""


def port_is_free(host: str, port: int) -> bool:
    """Whether nothing listens on a port yet. Raises OSError when `host` is no address of ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return False
            raise
    return True


def free_port() -> int:
    """A loopback port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass
class Child:
    """One process of ours."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    ready: Callable[[], bool]
    ready_within: float = 60.0
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    start_again_at: float | None = None
    _pipe: tuple[int, int] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start the process with a new lifeline."""
        self._close_pipe()
        self._pipe = os.pipe()
        self.started = time.monotonic()
        self.start_again_at = None
        # A session of its own: Ctrl-C reaches the parent only, which ends its children in order.
        self.process = subprocess.Popen(  # noqa: S603 - the command is ours
            self.command,
            env={**os.environ, **self.environment, LIFELINE: str(self._pipe[0])},
            pass_fds=(self._pipe[0],),
            stdin=subprocess.DEVNULL,
            # Standard output belongs to the command that was called: others read it.
            stdout=STANDARD_ERROR,
            start_new_session=True,
        )
        os.close(self._pipe[0])

    def wait_ready(self, stop: threading.Event | None = None) -> float:
        """Wait until it answers; the seconds it took. Raises NotReady."""
        assert self.process is not None  # noqa: S101 - start() comes first
        while not self.ready():
            if self.process.poll() is not None:
                raise NotReady(
                    f"{self.name} ended at its start (exit code {self.process.returncode}): "
                    "its last lines above say why"
                )
            if time.monotonic() - self.started > self.ready_within:
                raise NotReady(f"{self.name} was not ready within {self.ready_within:.0f} s")
            if stop is not None and stop.is_set():
                raise NotReady(f"{self.name} was stopped while it started")
            time.sleep(0.1)
        return time.monotonic() - self.started

    def end(self) -> None:
        """Ask it to end; kill it when it does not."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(END_WITHIN)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._close_pipe()

    def _close_pipe(self) -> None:
        if self._pipe is not None:
            os.close(self._pipe[1])
            self._pipe = None


def watch(children: list[Child], say: Callable[[str], None], stop: threading.Event) -> None:
    """Until `stop`: restart a child that died, after a wait that grows, and say so."""
    while not stop.wait(0.2):
        for child in children:
            _look_after(child, say)


def _look_after(child: Child, say: Callable[[str], None]) -> None:
    if child.process is None or child.process.poll() is None:
        return
    now = time.monotonic()
    if child.start_again_at is None:
        child.failures = 0 if now - child.started > STEADY else child.failures
        wait = BACKOFF[min(child.failures, len(BACKOFF) - 1)]
        child.failures += 1
        child.start_again_at = now + wait
        say(
            f"{child.name} died (exit code {child.process.returncode}); "
            f"starting it again in {wait:g} s"
        )
    elif now >= child.start_again_at:
        child.start()
        say(f"{child.name} started again")


def follow_lifeline() -> None:
    """In a child: end when the parent is gone."""
    descriptor = os.environ.pop(LIFELINE, None)
    if descriptor is None:
        return

    def wait_for_the_end() -> None:
        os.read(int(descriptor), 1)
        # The parent is gone: nobody waits for an orderly end, and nothing is lost by none.
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(END_WITHIN)
        os._exit(1)

    threading.Thread(target=wait_for_the_end, name="lifeline", daemon=True).start()
