"""Keeps what a survivor wrote and their number unreadable at rest. No other module touches a key.

Texts, numbers, memory and notes are columns of type `EncryptedText` or `EncryptedJSON`; an
address is found again by a keyed hash. The keys come from `app` and are bound to the database
engine, so that a session reads and writes plain values and nothing else has to think of it.
"""

import hmac
import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, Engine, LargeBinary
from sqlalchemy.types import TypeDecorator


class BadKey(ValueError):
    """The encryption key is missing, malformed, or not the one the data was written with."""


class Vault:
    """Encrypts with the first key, reads with any of them, so that keys can be rotated."""

    def __init__(self, keys: Sequence[str]) -> None:
        """Take Fernet keys (32 bytes, URL-safe base64), the newest first. Raises BadKey."""
        if not keys:
            raise BadKey("no encryption key: give at least one in WAYMARK_ENCRYPTION_KEY")
        try:
            self._fernet = MultiFernet([Fernet(key) for key in keys])
        except ValueError as error:
            raise BadKey(
                "an encryption key is not 32 bytes in URL-safe base64: "
                "check WAYMARK_ENCRYPTION_KEY or the key file in the data folder"
            ) from error
        self._hash_keys = [_hash_key(key) for key in keys]

    @staticmethod
    def new_key() -> str:
        """Make a fresh key."""
        return Fernet.generate_key().decode("ascii")

    def encrypt(self, plain: str) -> bytes:
        """Turn text into bytes that only the holder of a key can read."""
        return self._fernet.encrypt(plain.encode("utf-8"))

    def decrypt(self, secret: bytes) -> str:
        """Read what `encrypt` wrote. Raises BadKey when no key fits."""
        try:
            return self._fernet.decrypt(secret).decode("utf-8")
        except InvalidToken:
            raise BadKey(
                "the data was written with another encryption key: "
                "restore the key file that belongs to this database"
            ) from None

    def hashes(self, channel: str, address: str) -> list[str]:
        """Keyed hashes of an address, the current key's first (design: identity)."""
        value = f"{channel}:{address}".encode()
        return [hmac.new(key, value, sha256).hexdigest() for key in self._hash_keys]


def _hash_key(key: str) -> bytes:
    """Derive the key of the address hash, so that the same key never serves two purposes."""
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"waymark address hash")
    return derivation.derive(key.encode("ascii"))


def bind(engine: Engine, vault: Vault) -> None:
    """Give a database engine the keys for its encrypted columns."""
    engine.dialect.waymark_vault = vault  # type: ignore[attr-defined]


def _vault_of(dialect: Dialect) -> Vault:
    vault = getattr(dialect, "waymark_vault", None)
    if vault is None:
        raise BadKey("this database engine has no keys: call conversation.vault.bind first")
    assert isinstance(vault, Vault)  # noqa: S101 - narrows the type; `bind` is the only writer
    return vault


class EncryptedText(TypeDecorator[str]):
    """A column of text that is unreadable without the key."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        return None if value is None else _vault_of(dialect).encrypt(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """Decrypt on the way out."""
        return None if value is None else _vault_of(dialect).decrypt(bytes(value))


class EncryptedJSON(TypeDecorator[Any]):
    """A column of JSON that is unreadable without the key."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Encrypt on the way in."""
        if value is None:
            return None
        return _vault_of(dialect).encrypt(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Decrypt on the way out."""
        return None if value is None else json.loads(_vault_of(dialect).decrypt(bytes(value)))
