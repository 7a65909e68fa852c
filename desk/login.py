"""Logging in and out of the desk: sessions in the database, their token in a cookie."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from starlette.responses import Response

from conversation.access import Role
from desk.deps import DeskDeps
from desk.models import Account, LoginSession

# A shift and a bit; then one logs in again.
LOGIN_LASTS = timedelta(hours=12)
# Where one may be sent after logging in: our own pages only, by their shape.
_NEXT = re.compile(r"/desk(/(account|directory|conversations/[0-9a-f-]{36}))?")


@dataclass(frozen=True)
class Person:
    """Who is logged in, for the time of one request."""

    account_id: str
    display_name: str
    role: Role
    csrf_token: str
    token_hash: str


def cookie_name(deps: DeskDeps) -> str:
    """The name of the session cookie; over https the browser itself guards the prefixed one."""
    return "__Host-waymark_desk" if deps.secure else "waymark_desk"


def start(session: Session, account: Account, now: datetime) -> str:
    """Open a login session and commit; the token for the cookie, which is kept nowhere else."""
    token = secrets.token_urlsafe(32)
    session.execute(delete(LoginSession).where(LoginSession.expires_at <= now))
    session.add(
        LoginSession(
            token_hash=_hash(token),
            account_id=account.id,
            csrf_token=secrets.token_urlsafe(32),
            created_at=now,
            expires_at=now + LOGIN_LASTS,
            seen_at=now,
        )
    )
    session.commit()
    return token


def person_of(session: Session, token: str | None, now: datetime) -> Person | None:
    """Who a cookie's token belongs to; None when it is unknown, over, or of a locked account."""
    return _person(session, _hash(token), now) if token else None


def still_there(session: Session, person: Person, now: datetime) -> Person | None:
    """The same person looked up anew: a live page asks before each thing it shows."""
    return _person(session, person.token_hash, now)


def _person(session: Session, token_hash: str, now: datetime) -> Person | None:
    found = session.execute(
        select(LoginSession, Account)
        .join(Account, Account.id == LoginSession.account_id)
        .where(
            LoginSession.token_hash == token_hash,
            LoginSession.expires_at > now,
            Account.active,
        )
    ).first()
    if found is None:
        return None
    login, account = found
    return Person(
        account_id=account.id,
        display_name=account.display_name,
        role=Role(account.role),
        csrf_token=login.csrf_token,
        token_hash=login.token_hash,
    )


def end(session: Session, person: Person) -> None:
    """Log out and commit."""
    session.execute(delete(LoginSession).where(LoginSession.token_hash == person.token_hash))
    session.commit()


def first_time(session: Session, person: Person, form_mark: str) -> bool:
    """Whether this form has not been sent before; noted in the caller's transaction.

    A double click, or a browser that asks again after a lost answer, must not text twice.
    """
    noted = session.execute(
        update(LoginSession)
        .where(
            LoginSession.token_hash == person.token_hash,
            LoginSession.last_form.is_distinct_from(form_mark),
        )
        .values(last_form=form_mark)
        .returning(LoginSession.token_hash)
    )
    return noted.first() is not None


def new_mark() -> str:
    """A fresh mark for a form."""
    return secrets.token_urlsafe(16)


def same(one: str | None, other: str | None) -> bool:
    """Compare two secrets without telling by time how far they agree; nothing equals nothing."""
    return bool(one) and bool(other) and hmac.compare_digest(str(one).encode(), str(other).encode())


def set_cookie(response: Response, deps: DeskDeps, name: str, value: str, lasts: timedelta) -> None:
    """Put a cookie that no script and no other site can use."""
    response.set_cookie(
        name,
        value,
        max_age=int(lasts.total_seconds()),
        path="/",
        secure=deps.secure,
        httponly=True,
        samesite="strict",
    )


def safe_next(target: str | None) -> str:
    """Where to go after logging in; anything that is not a page of ours becomes the desk."""
    return target if target and _NEXT.fullmatch(target) else "/desk"


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
