"""A whole installation for tests: `waymark up` with a folder of its own and a stand-in for Twilio.

with System(folder, twilio) as system:
    ana = system.texter()              # a survivor with a number
    ana.says("i need food")            # the texts that came back
    guest = system.visitor()           # a survivor in the web chat
    advocate = system.log_in("advocate")
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.support.advocate import Advocate
from tests.support.speech import Speech
from tests.support.twilio_standin import TwilioStandIn

ROOT = Path(__file__).parents[2]
# Where training in tests keeps the model of the bot, so that it is trained once.
MODELS = ROOT / "models"
READY_WITHIN = 600.0
ANSWER_WITHIN = 30.0
PROGRAMS = {"engine": "waymark_engine.serve", "app": "app.cli"}


def free_port() -> int:
    """A loopback port that is free now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def until(true: Callable[[], bool], what: str, seconds: float = ANSWER_WITHIN) -> None:
    """Wait until something is true; the test fails with `what` otherwise."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"waited {seconds:.0f} s in vain: {what}"
        time.sleep(0.05)


@dataclass
class System:
    """A running installation."""

    folder: Path
    twilio: TwilioStandIn
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    logins: dict[str, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(1000, 10_000)))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def printed(self) -> str:
        """Everything that all processes printed so far."""
        return (self.folder / "printed.txt").read_text(encoding="utf-8", errors="replace")

    def start(self) -> None:
        """Start, and return when everything is ready."""
        self.data.mkdir(parents=True, exist_ok=True)
        MODELS.mkdir(exist_ok=True)
        if not (self.data / "models").exists():
            (self.data / "models").symlink_to(MODELS)
        before = self.printed().count("Ctrl-C stops") if self.process else 0
        with (self.folder / "printed.txt").open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.cli", "up"],
                cwd=ROOT,
                env=self._environment(),
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        process = self.process
        until(
            lambda: process.poll() is not None or self.printed().count("Ctrl-C stops") > before,
            "the system is ready",
            READY_WITHIN,
        )
        assert process.poll() is None, f"the system did not start:\n{self.printed()}"
        found = re.findall(r"^ {4}(\w+) +([\w-]{14,})$", self.printed(), re.MULTILINE)
        self.logins.update(found)

    def stop(self) -> None:
        """Ctrl-C, and wait for the end."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)

    def pid_of(self, name: str) -> int | None:
        """The process number of a part; None while it does not run."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        for pid in map(int, children.split()):
            try:
                command = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
            except FileNotFoundError:
                continue
            if PROGRAMS[name] in command:
                return pid
        return None

    def kill(self, name: str) -> None:
        """`kill -9` a part."""
        pid = self.pid_of(name)
        assert pid is not None, f"{name} does not run"
        os.kill(pid, signal.SIGKILL)

    def wait_healthy(self) -> None:
        """Return when the web pages answer."""

        def healthy() -> bool:
            try:
                return httpx.get(f"{self.url}/health", trust_env=False).status_code == 200
            except httpx.TransportError:
                return False

        until(healthy, "the app answers")

    def texter(self) -> "Texter":
        """A survivor who texts, with a number of their own."""
        return Texter(self, f"+1313555{next(self.numbers)}")

    def visitor(self) -> "Visitor":
        """A survivor in the web chat, in a browser of their own."""
        return Visitor(httpx.Client(base_url=self.url, trust_env=False, timeout=20))

    def log_in(self, name: str) -> Advocate:
        """Somebody at the desk."""
        return Advocate.log_in(self.url, name, self.logins[name])

    def _environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("WAYMARK_")}
        return kept | {
            "WAYMARK_DATA_DIR": str(self.data),
            "WAYMARK_PORT": str(self.port),
            "WAYMARK_SETTLE_SECONDS": "0.3",
            "WAYMARK_ZONE": "America/Detroit",
            "WAYMARK_TWILIO_ACCOUNT_SID": self.twilio.account_sid,
            "WAYMARK_TWILIO_AUTH_TOKEN": self.twilio.auth_token,
            "WAYMARK_TWILIO_FROM": self.twilio.number,
            "WAYMARK_TWILIO_API_URL": self.twilio.url,
            **self.settings,
        }


@dataclass
class Texter:
    """A survivor with a phone."""

    system: System
    number: str
    seen: int = 0

    def text(self, body: str, **more: str) -> httpx.Response:
        """Send a text and do not wait for an answer."""
        return self.system.twilio.text(self.system.url, from_=self.number, body=body, **more)

    def received(self) -> list[str]:
        """All texts that came to this number so far."""
        return [sent.body for sent in self.system.twilio.messages if sent.to == self.number]

    def new(self) -> list[str]:
        """The texts that came since the last look."""
        all_of_them = self.received()
        news, self.seen = all_of_them[self.seen :], len(all_of_them)
        return news

    def says(self, body: str, *expect: str) -> Speech:
        """Text, wait for the answer to be whole, and give it.

        `expect` are message ids: the answer is whole when one of them has been said.
        """
        self.text(body)
        return self.hears(*expect, after=body)

    def hears(self, *expect: str, after: str = "") -> Speech:
        """Wait for texts: until one of `expect` was said, else until none came for a second."""
        heard = Speech()
        quiet_since, end = time.monotonic(), time.monotonic() + ANSWER_WITHIN
        while time.monotonic() < end:
            news = self.new()
            if news:
                heard.texts += news
                quiet_since = time.monotonic()
            if any(heard.says(one) for one in expect):
                return heard
            if not expect and heard.texts and time.monotonic() - quiet_since > 1:
                return heard
            time.sleep(0.05)
        wanted = expect or "a text"
        raise AssertionError(f"after {after!r} waited for {wanted}; came: {heard.texts}")

    def hears_nothing(self, seconds: float = 2.5) -> None:
        """Nothing comes."""
        time.sleep(seconds)
        assert self.new() == []


@dataclass
class Visitor:
    """A survivor in the web chat, without scripts: what a page shows is what was said."""

    browser: httpx.Client
    seen: int = 0

    def text(self, body: str, message_id: str = "") -> httpx.Response:
        """Send a message."""
        return self.browser.post("/chat/messages", data={"text": body, "id": message_id})

    def page(self) -> list[tuple[str, str]]:
        """(author, text) of every line on the page."""
        html = self.browser.get("/chat", params={"language": "en"}).text
        lines = re.findall(r'class="line (\w+)".*?<p[^>]*>(.*?)</p>', html, flags=re.DOTALL)
        return [(author, unescape(text)) for author, text in lines]

    def says(self, body: str, *expect: str) -> Speech:
        """Send a message and wait until one of the message ids was said in reply."""
        self.text(body)
        return self.hears(*expect)

    def hears(self, *expect: str) -> Speech:
        """Wait until one of the message ids was said."""
        heard = Speech()

        def there() -> bool:
            lines = self.page()
            news, self.seen = lines[self.seen :], len(lines)
            heard.texts += [text for author, text in news if author != "survivor"]
            return any(heard.says(one) for one in expect)

        end = time.monotonic() + ANSWER_WITHIN
        while not there():
            assert time.monotonic() < end, f"waited for {expect}; came: {heard.texts}"
            time.sleep(0.1)
        return heard
