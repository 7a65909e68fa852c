"""How a survivor wants to be reached, and whom they asked us to call, as the desk says it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation import safe_times
from conversation.models import Conversation
from directory.models import Organization, Service

# Within this a weekday alone names a day.
A_WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Wishes:
    """What an advocate has to heed before they write. `safe_time` is as it is shown."""

    discreet: bool
    safe_time: str | None
    missed: bool
    asked_to_call: str | None


def wishes_of(
    session: Session, conversation_id: str, service_id: str | None, now: datetime
) -> Wishes:
    """The wishes in a conversation; `service_id` is what they asked us to call for them."""
    conversation = session.get_one(Conversation, conversation_id)
    return Wishes(
        discreet=conversation.discreet,
        safe_time=safe_time(conversation.safe_at, conversation.safe_zone, now),
        missed=safe_times.is_missed(conversation, now),
        asked_to_call=_partner(session, service_id) if service_id else None,
    )


def safe_time(at: datetime | None, zone: str | None, now: datetime) -> str | None:
    """A safe time in its own zone: "Tue 3:00 PM (Detroit)", with the date when it is far."""
    if at is None or zone is None:
        return None
    there = at.astimezone(ZoneInfo(zone))
    day = f"{there:%a}" if abs(at - now) < A_WEEK else f"{there:%a} {there.day} {there:%b}"
    hour = there.hour % 12 or 12
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{day} {hour}:{there:%M} {'AM' if there.hour < 12 else 'PM'} ({city})"


def _partner(session: Session, service_id: str) -> str:
    """The partner's name; a service that has left the directory is said to be gone."""
    name = session.scalar(
        select(Organization.name)
        .join(Service, Service.organization_id == Organization.id)
        .where(Service.id == service_id)
    )
    return name or "a partner that is no longer in the directory"
