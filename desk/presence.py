"""Whether anybody is at the desk, by the signs of life of the pages that are open there."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from conversation.access import Role, may
from desk.login import Person
from desk.models import Account, LoginSession

# An open page gives a sign this often; one that was silent for longer is taken for closed.
SIGN_EVERY = timedelta(seconds=30)
GONE_AFTER = timedelta(seconds=90)


def sign(session: Session, person: Person, now: datetime) -> None:
    """Note that a page of this login is open, and commit; at most once in `SIGN_EVERY`."""
    session.execute(
        update(LoginSession)
        .where(
            LoginSession.token_hash == person.token_hash, LoginSession.seen_at < now - SIGN_EVERY
        )
        .values(seen_at=now)
    )
    session.commit()


def someone_here(session: Session, now: datetime) -> bool:
    """Whether somebody who may take conversations has a page of the desk open."""
    roles = [role.value for role in Role if may(role, "claim")]
    found = session.scalars(
        select(LoginSession.token_hash)
        .join(Account, Account.id == LoginSession.account_id)
        .where(
            Account.active,
            Account.role.in_(roles),
            LoginSession.expires_at > now,
            LoginSession.seen_at >= now - GONE_AFTER,
        )
        .limit(1)
    )
    return found.first() is not None
