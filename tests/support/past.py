"""Lets time pass for a running system without a fake clock: what happened is moved into the past.

It works on the system's own database; the running worker and the desk see it at their next look.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.database import open_database
from app.settings import Settings, load_vault
from conversation import inbox
from conversation.models import Author, Channel, Conversation, Message
from conversation.vault import Vault
from desk.models import LoginSession
from tests.support.system import System, Texter

Answer = TypeVar("Answer")


def in_the_database(texter: Texter, change: Callable[[Session, Conversation], Answer]) -> Answer:
    """Look at a survivor's conversation, or change something of it as if time had passed."""
    return _in(
        texter.system,
        lambda session, vault: change(session, _conversation(session, vault, texter.number)),
    )


def they_wrote(ago: timedelta) -> Callable[[Session, Conversation], None]:
    """A change: all their texts so far are older by so much."""

    def change(session: Session, conversation: Conversation) -> None:
        for message in session.scalars(
            select(Message).where(
                Message.conversation_id == conversation.id, Message.author == Author.SURVIVOR
            )
        ):
            message.at -= ago

    return change


def everybody_left_the_desk(system: System) -> None:
    """No page of the desk has given a sign of life for an hour."""
    long_ago = datetime.now(UTC) - timedelta(hours=1)
    _in(system, lambda session, _: session.execute(update(LoginSession).values(seen_at=long_ago)))


def _in(system: System, change: Callable[[Session, Vault], Answer]) -> Answer:
    settings = Settings(_env_file=None, data_dir=system.data)
    vault, _ = load_vault(settings)
    database = open_database(settings, vault)
    try:
        with database.sessions() as session:
            answer = change(session, vault)
            session.commit()
            return answer
    finally:
        database.engine.dispose()


def _conversation(session: Session, vault: Vault, number: str) -> Conversation:
    address = inbox.find_address(session, vault, Channel.SMS, number)
    assert address is not None
    return session.scalars(
        select(Conversation).where(
            Conversation.address_id == address.id, Conversation.closed_at.is_(None)
        )
    ).one()
