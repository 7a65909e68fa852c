"""Turns the desk's data into pages: all of it escaped, nothing inline, so that the CSP holds."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from conversation.models import Channel
from desk import words

HERE = Path(__file__).parent

# A page of the desk runs nothing and loads nothing that is not ours, is kept nowhere, is shown in
# no other page, and tells nobody where it was left for.
SECURITY_HEADERS: dict[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def ago(at: datetime, now: datetime) -> str:
    """How long ago something was: 'now', '4 min', '2 h 5 min', '3 days'. desk.js counts alike."""
    minutes = int(max(0.0, (now - at).total_seconds()) // 60)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 24:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    days = hours // 24
    return "1 day" if days == 1 else f"{days} days"


def exact(at: datetime, zone: str) -> str:
    """A time to the second in the organisation's zone."""
    return at.astimezone(ZoneInfo(zone)).strftime("%a %d %b %Y, %H:%M:%S %Z")


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["ago"] = ago
    environment.filters["exact"] = exact
    environment.filters["need_name"] = words.need_name
    environment.filters["alarm_name"] = words.ALARM_NAMES.__getitem__
    environment.filters["language_name"] = words.language_name
    environment.globals.update(
        media_words=words.media_words,
        channel_name=lambda channel: words.CHANNEL_NAMES[Channel(channel)],
        channel_short=lambda channel: words.CHANNEL_SHORT[Channel(channel)],
        KEYS=words.KEYS,
        NEED_NAMES=words.NEED_NAMES,
    )
    return environment


ENVIRONMENT = _environment()


def render(template: str, context: Mapping[str, Any]) -> str:
    """Render a template by name."""
    return ENVIRONMENT.get_template(template).render(context)


def page(template: str, context: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """Render a template as a response."""
    return HTMLResponse(render(template, context), status_code=status)
