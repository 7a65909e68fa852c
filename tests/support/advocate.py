"""An advocate at the desk, by its forms, without scripts."""

import re
import time
from dataclasses import dataclass
from html import unescape

import httpx


@dataclass
class Advocate:
    """Somebody who is logged in."""

    browser: httpx.Client
    csrf: str = ""

    @classmethod
    def log_in(cls, url: str, name: str, password: str) -> "Advocate":
        """Log in as a person does; the test fails when that does not work."""
        browser = httpx.Client(base_url=url, follow_redirects=True, trust_env=False, timeout=20)
        form = _csrf(browser.get("/desk/login").text)
        page = browser.post(
            "/desk/login", data={"csrf": form, "name": name, "password": password, "next": "/desk"}
        )
        assert page.status_code == 200, f"{name} could not log in: {page.status_code}"
        return cls(browser, _csrf(page.text))

    def waiting(self) -> list[str]:
        """The handoffs that wait, first in line first."""
        page = self.browser.get("/desk").text
        self.csrf = _csrf(page)
        return re.findall(r'action="/desk/queue/([\w-]+)/claim"', page)

    def queue_page(self) -> str:
        """The desk as it is shown."""
        return self.browser.get("/desk").text

    def wait_for_somebody(self, seconds: float = 15) -> str:
        """The first in line, when there is one."""
        end = time.monotonic() + seconds
        while not (found := self.waiting()):
            assert time.monotonic() < end, "nobody came into the queue"
            time.sleep(0.1)
        return found[0]

    def take(self, handoff_id: str) -> httpx.Response:
        """Take a conversation."""
        return self.browser.post(f"/desk/queue/{handoff_id}/claim", data={"csrf": self.csrf})

    def take_first(self) -> str:
        """Take whoever is first in line; the conversation's id."""
        page = self.take(self.wait_for_somebody())
        assert page.status_code == 200, page.status_code
        return str(page.url).rsplit("/", 1)[-1].split("?")[0]

    def knows(self, conversation_id: str) -> str:
        """The page of a conversation: what is known and what was agreed to, in plain words."""
        page = self.browser.get(f"/desk/conversations/{conversation_id}").text
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())

    def empties_the_line(self) -> None:
        """Take and close whoever waits, so that the next journey finds nobody there."""
        while waiting := self.waiting():
            page = self.take(waiting[0])
            self.closes(str(page.url).rsplit("/", 1)[-1].split("?")[0])

    def reads(self, conversation_id: str) -> str:
        """The words of a conversation, as its page shows them."""
        page = self.browser.get(f"/desk/conversations/{conversation_id}")
        words = re.findall(r'<p class="words"[^>]*>(.*?)</p>', page.text, flags=re.DOTALL)
        return "\n".join(unescape(text) for text in words)

    def answers(self, conversation_id: str, text: str) -> httpx.Response:
        """Send words of one's own."""
        page = self.browser.get(f"/desk/conversations/{conversation_id}").text
        mark = re.search(r'name="mark" value="([^"]*)"', page)
        return self.browser.post(
            f"/desk/conversations/{conversation_id}/answer",
            data={"csrf": self.csrf, "text": text, "mark": mark[1] if mark else ""},
        )

    def hands_back(self, conversation_id: str) -> httpx.Response:
        """Return it to the bot."""
        return self._post(conversation_id, "hand-back")

    def closes(self, conversation_id: str) -> httpx.Response:
        """End it."""
        return self._post(conversation_id, "close")

    def _post(self, conversation_id: str, action: str) -> httpx.Response:
        return self.browser.post(
            f"/desk/conversations/{conversation_id}/{action}", data={"csrf": self.csrf}
        )


def _csrf(page: str) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', page)
    assert found, "the page has no form of ours"
    return found[1]
