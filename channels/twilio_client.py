"""Part of the channels room: sends texts through Twilio's REST API.

An error's own words repeat the number, and so does the address of Twilio's list: only codes leave
this module.
"""

import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from twilio.base.exceptions import (
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.http import HttpClient
from twilio.http.response import Response
from twilio.rest import Client

from conversation.ports import SendFailed, SendUnconfirmed

log = logging.getLogger(__name__)

# In seconds: for the answer, and for each of the two steps of a connection. A look into the list
# and a send after it stay under the lease of a message, so that two workers never send it at once.
TIMEOUT = 5.0
CONNECT = 2.0
# One page of Twilio's list is enough: nobody gets more texts within a few minutes.
LOOK_AT = 200
# By how much Twilio's clock may differ from ours.
CLOCKS_DIFFER = timedelta(seconds=30)
# What trying again cannot change, whatever the status: opted out (21610), not a number that can
# get texts (21211, 21614, 21612), blocked region (21408), not our number (21606, 21659).
FINAL_CODES = frozenset({"21211", "21408", "21606", "21610", "21612", "21614", "21659"})
FINAL_STATUSES = frozenset({400, 401, 403, 404})
SHORTEST_VALIDITY = 1
LONGEST_VALIDITY = 36_000
CODE_LENGTH = 16


class TwilioSender:
    """A sender for SMS; safe to use from several threads."""

    def __init__(
        self,
        *,
        account_sid: str,
        auth_token: str,
        sender: str,
        status_url: str,
        api_url: str | None = None,
        timeout: float = TIMEOUT,
    ) -> None:
        """`sender` is a number or a messaging service (MG…); `api_url` another REST base."""
        self._client = Client(account_sid, auth_token, http_client=_QuietHttp(timeout))
        if api_url is not None:
            self._client.api.base_url = api_url
        self._sender = sender
        self._status_url = status_url

    def send(self, *, to: str, body: str, valid_seconds: int) -> str:
        """Hand a text over; Twilio's id. Raises SendFailed or SendUnconfirmed."""
        origin = (
            {"messaging_service_sid": self._sender}
            if self._sender.startswith("MG")
            else {"from_": self._sender}
        )
        try:
            message = self._client.messages.create(
                to=to,
                body=body,
                status_callback=self._status_url,
                validity_period=min(max(valid_seconds, SHORTEST_VALIDITY), LONGEST_VALIDITY),
                **origin,
            )
        except (TwilioRestException, TwilioServiceException) as error:
            raise _failed(error.status, error.code) from None
        except (httpx.HTTPError, TwilioException, ValueError):
            # It may have arrived: only Twilio's list can tell.
            raise SendUnconfirmed from None
        if message.sid is None:
            raise SendUnconfirmed
        return str(message.sid)

    def find_sent(self, *, to: str, body: str, since: datetime) -> list[str]:
        """Ids of such texts in Twilio's own list, newest first. Raises SendUnconfirmed.

        Twilio can filter its list by the time of sending only, which a text that waits in its
        queue does not have yet: so the time is compared here, and it is that of creation.
        """
        try:
            found = self._client.messages.list(to=to, limit=LOOK_AT, page_size=LOOK_AT)
        except (httpx.HTTPError, TwilioException, ValueError):
            raise SendUnconfirmed from None
        earliest, wanted = since - CLOCKS_DIFFER, _letters(body)
        return [
            item.sid
            for item in found
            if item.sid is not None
            and _letters(item.body or "") == wanted
            and (item.date_created is None or item.date_created.astimezone(UTC) >= earliest)
        ]


def _failed(status: int, code: int | None) -> SendFailed | SendUnconfirmed:
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        # Twilio may have taken the text before it failed.
        return SendUnconfirmed()
    name = str(code or status)[:CODE_LENGTH]
    return SendFailed(name, final=name in FINAL_CODES or status in FINAL_STATUSES)


def _letters(text: str) -> str:
    """What a carrier leaves alone: Twilio may put plain quotes, dashes and spaces for others."""
    return "".join(letter for letter in text if letter.isalnum()) or text.strip()


class _QuietHttp(HttpClient):  # type: ignore[misc]
    """Carries the SDK's requests. The SDK's own client logs addresses with the number in them,
    and hands one thread's answer to another when two send at once."""

    def __init__(self, timeout: float) -> None:
        super().__init__(log, is_async=False, timeout=timeout)
        self._http = httpx.Client(timeout=httpx.Timeout(timeout, connect=CONNECT))

    def request(
        self,
        method: str,
        uri: str,
        params: Mapping[str, Any] | None = None,
        data: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Make one request. Raises httpx.HTTPError."""
        answer = self._http.request(
            method,
            uri,
            params=params or None,
            data=data,
            headers=headers,
            auth=auth,
            timeout=httpx.USE_CLIENT_DEFAULT if timeout is None else timeout,
            follow_redirects=allow_redirects,
        )
        return Response(answer.status_code, answer.text, answer.headers)


# Its messages hold the address asked for, and that of Twilio's list names a number. Not left to
# the settings of logging: whatever level somebody sets.
logging.getLogger("httpx").addFilter(lambda record: record.levelno >= logging.WARNING)
