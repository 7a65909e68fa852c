"""Talks to the dialogue engine over HTTP. Errors name what failed, never what was said."""

from collections.abc import Mapping, Sequence
from typing import Any

import httpx

from conversation.ports import EngineAnswer, EngineUnavailable, Understood

SECRET_HEADER = "X-Waymark-Secret"  # noqa: S105 - a header's name
# Well under the lease of a turn, so that a slow engine never lets a turn be taken twice.
TIMEOUT = httpx.Timeout(10.0, connect=2.0)


class EngineClient:
    """The engine's turn channel; safe to use from several threads."""

    def __init__(self, url: str, secret: str) -> None:
        """Take the engine's address, without a path, and the shared secret."""
        self._client = httpx.Client(
            base_url=f"{url}/webhooks/turn/",
            timeout=TIMEOUT,
            headers={SECRET_HEADER: secret},
            trust_env=False,
        )

    def ready(self) -> bool:
        """Whether the engine answers and has loaded its model."""
        try:
            return self._client.get("").status_code == httpx.codes.OK
        except httpx.HTTPError:
            return False

    def take_turn(self, memory: Mapping[str, Any], text: str) -> EngineAnswer:
        """Answer one turn. Raises EngineUnavailable."""
        answer = self._post("turn", {"memory": memory, "text": text})
        try:
            return EngineAnswer(
                words=answer["words"],
                commands=answer["commands"],
                memory=answer["memory"],
                understood=_understood(answer["understood"]),
            )
        except (KeyError, TypeError):
            raise EngineUnavailable("the engine's answer is not as agreed") from None

    def understand(self, texts: Sequence[str]) -> list[Understood]:
        """Say what each text means. Raises EngineUnavailable."""
        answer = self._post("understand", {"texts": list(texts)})
        try:
            return [_understood(item) for item in answer["understood"]]
        except (KeyError, TypeError):
            raise EngineUnavailable("the engine's answer is not as agreed") from None

    def _post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        try:
            response = self._client.post(path, json=body)
        except httpx.HTTPError as error:
            raise EngineUnavailable(f"no answer ({type(error).__name__})") from None
        if response.status_code != httpx.codes.OK:
            raise EngineUnavailable(f"it answered with status {response.status_code}")
        try:
            answer = response.json()
        except ValueError:
            raise EngineUnavailable("its answer is not JSON") from None
        if not isinstance(answer, dict):
            raise EngineUnavailable("its answer is not as agreed")
        return answer


def _understood(item: Mapping[str, Any]) -> Understood:
    return Understood(
        intent=item["intent"],
        needs=tuple(item["needs"]),
        danger=item["danger"] or None,
        confidence=item["confidence"],
    )
