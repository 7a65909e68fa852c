"""Accounts of the desk: made, checked and changed here. Of a password only a hash is kept."""

import re
import secrets
import threading
from datetime import UTC, datetime
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from conversation.access import Role
from desk.models import Account, LoginSession

PASSWORD_AT_LEAST = 14
PASSWORD_AT_MOST = 200
NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")

_hasher = PasswordHasher()
# One hash takes 64 MiB: a crowd at the login page must not take all the memory.
_hashing = threading.BoundedSemaphore(2)


class BadAccount(ValueError):
    """The account cannot be made or changed as asked; the text says what to do."""


def add_account(
    session: Session,
    name: str,
    role: Role,
    password: str | None = None,
    *,
    display_name: str | None = None,
    now: datetime | None = None,
) -> str:
    """Make an account and commit; its password (a generated one where none is given).

    Raises BadAccount when the name is taken or malformed, or the password is too short.
    """
    name = name.strip().lower()
    if not NAME.fullmatch(name):
        raise BadAccount(
            f"the login name {name!r} cannot be used: take 2 to 64 of a-z, 0-9, '.', '_', '-', '@'"
        )
    if find(session, name) is not None:
        raise BadAccount(f"there is already an account {name!r}: choose another login name")
    password = new_password() if password is None else password
    session.add(
        Account(
            name=name,
            display_name=(display_name or name).strip(),
            role=role,
            password_hash=hash_password(password),
            created_at=now or datetime.now(UTC),
        )
    )
    session.commit()
    return password


def find(session: Session, name: str) -> Account | None:
    """The account with a login name, active or not."""
    return session.scalars(select(Account).where(Account.name == name.strip().lower())).first()


def verify(session: Session, name: str, password: str) -> Account | None:
    """The active account that this name and password belong to.

    An unknown name takes as long as a wrong password, so that time does not tell them apart.
    """
    account = find(session, name)
    usable = account is not None and account.active
    right = _matches(account.password_hash if account and usable else _nobodys_hash(), password)
    return account if usable and right else None


def change(
    session: Session,
    name: str,
    *,
    display_name: str | None = None,
    role: Role | None = None,
    password: str | None = None,
) -> None:
    """Change what is given, and commit; a new role or password ends the account's logins.

    Raises BadAccount when there is no such account, or the password is too short.
    """
    account = _existing(session, name)
    if display_name is not None:
        account.display_name = display_name.strip()
    if role is not None:
        account.role = role
    if password is not None:
        account.password_hash = hash_password(password)
    if role is not None or password is not None:
        _end_logins(session, account)
    session.commit()


def deactivate(session: Session, name: str) -> None:
    """Lock somebody out now, and commit; the account stays for the audit. Raises BadAccount."""
    account = _existing(session, name)
    account.active = False
    _end_logins(session, account)
    session.commit()


def activate(session: Session, name: str) -> None:
    """Let somebody in again, and commit. Raises BadAccount."""
    _existing(session, name).active = True
    session.commit()


def hash_password(password: str) -> str:
    """The argon2 hash of a password. Raises BadAccount when it is too short or too long."""
    if not PASSWORD_AT_LEAST <= len(password) <= PASSWORD_AT_MOST:
        raise BadAccount(
            f"a password has {PASSWORD_AT_LEAST} to {PASSWORD_AT_MOST} characters: "
            "three or four words in a row are easy to keep in mind"
        )
    with _hashing:
        return _hasher.hash(password)


def new_password() -> str:
    """A password one can read out: four made-up words, about 66 bits."""
    consonants, vowels = "bdghjklmnprstvz", "aeiou"
    return "-".join(
        "".join(secrets.choice(letters) for letters in (consonants, vowels) * 2)
        + secrets.choice(consonants)
        for _ in range(4)
    )


def _matches(password_hash: str, password: str) -> bool:
    if len(password) > PASSWORD_AT_MOST:
        return False
    try:
        with _hashing:
            return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return hash_password(new_password())


def _existing(session: Session, name: str) -> Account:
    account = find(session, name)
    if account is None:
        raise BadAccount(f"there is no account {name!r}: check the login name")
    return account


def _end_logins(session: Session, account: Account) -> None:
    session.execute(delete(LoginSession).where(LoginSession.account_id == account.id))
