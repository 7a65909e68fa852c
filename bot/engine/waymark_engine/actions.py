"""Calls the action server and insists on an answer: part of bot/engine. Must never quote a text.

Left to itself Rasa goes on when an action fails and says half, and logs the whole request. Here a
failed action ends the turn, and the worker gives the honest answer.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

import aiohttp
from rasa.shared.core.events import deserialise_events
from rasa.utils.endpoints import EndpointConfig

SECRET_HEADER = "X-Waymark-Secret"  # noqa: S105 (the header's name)
_SECONDS = 15.0


class TurnFailed(BaseException):
    """This turn cannot be answered; `what` names the part that failed.

    Not an Exception: Rasa catches those, logs them with the request, and says the rest.
    """

    def __init__(self, what: str) -> None:
        """`what` is the name of an action or a part, never anything of the survivor's."""
        super().__init__(what)
        self.what = what


class ActionEndpoint(EndpointConfig):  # type: ignore[misc]
    """The action server's address, asked with the shared secret and checked for acknowledgement."""

    async def request(self, method: str = "post", *args: Any, **kwargs: Any) -> Any:
        """Run one action; raises TurnFailed unless it ran, acknowledged itself and said it well."""
        name = str(kwargs["json"]["next_action"])
        kwargs["headers"] = {SECRET_HEADER: os.environ.get("WAYMARK_INTERNAL_SECRET", "")}
        kwargs["timeout"] = aiohttp.ClientTimeout(total=_SECONDS)
        try:
            answer = await super().request(method, *args, **kwargs)
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, OSError):
            raise TurnFailed(name) from None
        if not _acknowledged(answer, name):
            raise TurnFailed(name)
        return answer


def _acknowledged(answer: object, name: str) -> bool:
    """Whether the action's answer is well formed and holds {"custom": {"ack": name}}."""
    if not isinstance(answer, dict):
        return False
    responses, events = answer.get("responses"), answer.get("events")
    if not isinstance(responses, list) or not isinstance(events, list):
        return False
    try:
        deserialise_events(events)
    except Exception:  # noqa: BLE001 (whatever an event lacks: the answer is no good)
        return False
    return any(
        isinstance(response, dict)
        and isinstance(response.get("custom"), dict)
        and response["custom"].get("ack") == name
        for response in responses
    )
