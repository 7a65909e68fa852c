"""Part of the bot's actions: answers the engine's calls by rasa-sdk's protocol. Must never let a
survivor's text into a log or an error: a failed action is an empty 500, and the turn fails."""

import hmac
import json
import logging
import traceback
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.actions.asides import (
    AboutMe,
    Abuse,
    AsksAboutSomeone,
    Authorities,
    Cost,
    ForSomeoneElse,
    Outsider,
    Press,
    Privacy,
    SmallTalk,
    Trust,
    WhatIs,
    WhoAreYou,
    WrongNumber,
)
from bot.actions.calling import CallForMe
from bot.actions.context import Context
from bot.actions.handoff import (
    AskAgree,
    LeaveOffer,
    OpenHandoff,
    Person,
    RefuseHandoff,
    ValidateOfferForm,
)
from bot.actions.intake import ValidateIntakeForm
from bot.actions.interruptions import (
    Back,
    Crisis,
    Discreet,
    Fallback,
    Pause,
    Repeat,
    Restart,
    Stop,
    Why,
)
from bot.actions.matches import AboutMatch, More, NoneOfThese, ShowMatches
from bot.actions.onwards import AskNext, ValidateNextForm
from bot.actions.questions import AskDetail, AskNeeds, AskPlace, AskSafe
from bot.actions.step import Step

SECRET_HEADER = "X-Waymark-Secret"  # noqa: S105 (the header's name)

ACTIONS: tuple[type[Step], ...] = (
    ValidateIntakeForm, AskSafe, AskNeeds, AskPlace, AskDetail,
    ValidateOfferForm, AskAgree, OpenHandoff, RefuseHandoff, LeaveOffer, Person,
    ValidateNextForm, AskNext,
    ShowMatches, More, AboutMatch, NoneOfThese, CallForMe,
    Crisis, Pause, Stop, Discreet, Back, Restart, Repeat, Why, Fallback,
    WhoAreYou, Cost, Privacy, Authorities,
    AboutMe, WhatIs, Trust, ForSomeoneElse, SmallTalk, Abuse, Press, AsksAboutSomeone,
    Outsider, WrongNumber,
)  # fmt: skip
"""Every action of ours; bot/domain names the same."""

log = logging.getLogger(__name__)


class _Acknowledged:
    """Runs an action and adds its name, by which the turn channel knows that it ran."""

    def __init__(self, action: Step) -> None:
        self._action = action

    async def __call__(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Iterable[EventType]:
        # Actions wait for the database: not on the thread that answers everybody.
        events = await run_in_threadpool(self._action.act, dispatcher, tracker)
        dispatcher.utter_message(json_message={"ack": self._action.name()})
        return events


def executor(context: Context) -> ActionExecutor:
    """rasa-sdk's executor with every action of ours, each acknowledging itself."""
    # The sdk logs unknown events and slots with their content at DEBUG and INFO.
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    ours = ActionExecutor()
    for action in ACTIONS:
        built = action(context)
        ours.actions[built.name()] = _Acknowledged(built)
    return ours


def _where(error: Exception) -> str:
    """The kind of an error and the line it came from: never its message."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "nowhere"
    return f"{type(error).__name__} at {place}"


def asgi_app(context: Context, secret: str | None) -> Starlette:
    """The action server: POST /webhook for the engine, GET /health for whoever starts it.

    With a `secret` the header X-Waymark-Secret must equal it: 403 otherwise.
    """
    ours = executor(context)

    async def webhook(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if secret and not hmac.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=403)
        try:
            call = json.loads(await request.body())
            name = str(call["next_action"])
        except (ValueError, KeyError, TypeError):
            return Response(status_code=400)
        if name not in ours.actions:
            return Response(status_code=404)
        try:
            return JSONResponse(await ours.run(call))
        except Exception as error:  # noqa: BLE001 (may be anything at all)
            # Its message may quote the survivor: only its kind and place are said.
            log.error("action %s failed: %s", name, _where(error))
            return Response(status_code=500)

    async def health(request: Request) -> Response:
        return JSONResponse({"ready": True})

    return Starlette(
        routes=[
            Route("/webhook", webhook, methods=["POST"]),
            Route("/health", health, methods=["GET"]),
        ]
    )
