"""Records every look at a transcript and every act at the desk (C12). Never what was said."""

from datetime import datetime

from sqlalchemy.orm import Session

from conversation.models import AuditEntry


def record(
    session: Session, *, actor_id: str, action: str, conversation_id: str | None, now: datetime
) -> None:
    """Add an entry to the caller's transaction: what is not recorded is not shown."""
    session.add(
        AuditEntry(actor_id=actor_id, action=action, conversation_id=conversation_id, at=now)
    )
