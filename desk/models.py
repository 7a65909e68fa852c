"""The desk's own tables: who may log in, and who is logged in. Nothing of a survivor's is here."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from conversation.models import Base, Id, new_id


class Account(Base):
    """Somebody who works at the desk. An account is never deleted: the audit names it (C12)."""

    __tablename__ = "account"

    id: Mapped[str] = mapped_column(Id, primary_key=True, default=new_id)
    # What one types to log in, in lower case.
    name: Mapped[str] = mapped_column(String(64), unique=True)
    # What colleagues see, and the survivor when this person joins.
    display_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    password_hash: Mapped[str] = mapped_column(String(255))
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]


class LoginSession(Base):
    """That a browser is logged in. The token in its cookie is kept only as its SHA-256 hash."""

    __tablename__ = "login_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id"), index=True)
    csrf_token: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    # When a page of this login last showed a sign of life (`desk.presence`).
    seen_at: Mapped[datetime]
    # The mark of the answer form sent last: the same form sent twice is one answer.
    last_form: Mapped[str | None] = mapped_column(String(64))

    account: Mapped[Account] = relationship()
