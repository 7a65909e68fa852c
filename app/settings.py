"""Settings, from the environment and a `.env` file, checked once at start."""

import os
import re
import secrets
from dataclasses import fields
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from conversation.vault import BadKey, Vault
from directory.phones import is_dialable
from language.general import General, Lines

ROOT = Path(__file__).resolve().parent.parent
KEY_FILE = "encryption.key"


class BadSetting(ValueError):
    """A setting is wrong; the message names the variable and what to do."""


class Settings(BaseSettings):
    """Everything that can be set, each as `WAYMARK_<NAME>`; README.md lists them."""

    model_config = SettingsConfigDict(
        env_prefix="WAYMARK_", env_file=".env", env_file_encoding="utf-8", extra="ignore"
    )

    data_dir: Path = ROOT / "data"
    database_url: str = ""
    port: int = Field(default=8000, ge=1, le=65535)
    host: str = "127.0.0.1"
    public_url: str = ""
    organization: str = "Waymark"
    zone: str = "America/New_York"
    encryption_key: SecretStr | None = None
    keep_days: int = Field(default=30, ge=1)
    settle_seconds: float = Field(default=2.0, ge=0, le=8)
    spanish_plain_letters: bool = True

    # Who answers day and night; messages name them by placeholders of the same names (S1 to S5).
    emergency: str = Lines.emergency
    crisis_line: str = Lines.crisis_line
    hotline_phone: str = Lines.hotline_phone
    hotline_text: str = Lines.hotline_text
    young_line: str = Lines.young_line
    assault_line: str = Lines.assault_line
    poison_line: str = Lines.poison_line
    native_line: str = Lines.native_line

    twilio_account_sid: str = ""
    twilio_auth_token: SecretStr = SecretStr("")
    twilio_from: str = ""
    twilio_api_url: str = ""

    engine_url: str = ""
    actions_url: str = ""
    internal_secret: SecretStr = SecretStr("")
    engine_python: str = ""

    @field_validator("public_url", "twilio_api_url", "engine_url", "actions_url")
    @classmethod
    def _is_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if value and (parts.scheme not in ("http", "https") or not parts.netloc):
            raise ValueError("should be an address such as https://help.example.org")
        return value.rstrip("/")

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("should be a time zone such as America/Detroit") from None
        return value

    @field_validator(*(line.name for line in fields(Lines)))
    @classmethod
    def _is_number(cls, value: str) -> str:
        number = " ".join(value.split())
        # Only what one dials: words in it would be read out as part of the number.
        if not re.fullmatch(r"[0-9+() .-]+", number) or not is_dialable(number):
            raise ValueError("should be a telephone number such as 1-888-373-7888, 988 or 233733")
        return number

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if not value:
            return value
        try:
            kind = make_url(value).get_backend_name()
        except ArgumentError:
            raise ValueError(
                "should be like sqlite:///data/waymark.db or postgresql://user@host/name"
            ) from None
        if kind not in ("sqlite", "postgresql"):
            raise ValueError("should begin with sqlite: or postgresql:")
        return value

    @model_validator(mode="after")
    def _twilio_is_whole(self) -> "Settings":
        given = {
            "WAYMARK_TWILIO_ACCOUNT_SID": self.twilio_account_sid,
            "WAYMARK_TWILIO_AUTH_TOKEN": self.twilio_auth_token.get_secret_value(),
            "WAYMARK_TWILIO_FROM": self.twilio_from,
        }
        missing = [name for name, value in given.items() if not value]
        if missing and len(missing) < len(given):
            raise ValueError(
                f"Twilio needs {', '.join(given)} together; missing: {', '.join(missing)}"
            )
        return self

    @property
    def database(self) -> str:
        """The database's address: SQLite in the data folder unless one is set."""
        if not self.database_url:
            return f"sqlite:///{self.data_dir / 'waymark.db'}"
        # One driver for PostgreSQL, whatever the address says.
        url = make_url(self.database_url)
        if url.get_backend_name() == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        return url.render_as_string(hide_password=False)

    @property
    def general(self) -> General:
        """What every message may name of the organisation."""
        lines = Lines(**{line.name: getattr(self, line.name) for line in fields(Lines)})
        return General(self.organization, self.keep_days, lines)

    @property
    def address(self) -> str:
        """Where the pages are reached: the public address, or this machine's."""
        return self.public_url or f"http://127.0.0.1:{self.port}"

    @property
    def uses_twilio(self) -> bool:
        """Whether texts can be sent and received."""
        return bool(self.twilio_account_sid)


def load_settings() -> Settings:
    """Read the settings. Raises BadSetting with one line that names each wrong variable."""
    try:
        return Settings()
    except ValidationError as error:
        problems = []
        for item in error.errors():
            name = "WAYMARK_" + "_".join(str(part) for part in item["loc"]).upper()
            text = item["msg"].removeprefix("Value error, ")
            problems.append(text if not item["loc"] else f"{name}: {text}")
        raise BadSetting("; ".join(problems)) from None


def make_data_dir(settings: Settings) -> None:
    """Make the data folder, readable by its owner only. Raises BadSetting."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadSetting(
            f"WAYMARK_DATA_DIR: cannot make {settings.data_dir}: {error.strerror}"
        ) from None
    if not os.access(settings.data_dir, os.W_OK):
        raise BadSetting(f"WAYMARK_DATA_DIR: cannot write into {settings.data_dir}")


def load_vault(settings: Settings) -> tuple[Vault, bool]:
    """The keys, and whether one was made just now.

    They come from WAYMARK_ENCRYPTION_KEY (several with commas between, the newest first) or from
    the key file in the data folder, which is made at the first run. Raises BadKey.
    """
    if settings.encryption_key is not None:
        given = settings.encryption_key.get_secret_value()
        return Vault([key.strip() for key in given.split(",") if key.strip()]), False
    make_data_dir(settings)
    file = settings.data_dir / KEY_FILE
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _vault_from(file), False
    with os.fdopen(descriptor, "w", encoding="ascii") as out:
        out.write(Vault.new_key() + "\n")
    return _vault_from(file), True


def _vault_from(file: Path) -> Vault:
    try:
        keys = file.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise BadKey(
            f"cannot read the key file {file} ({type(error).__name__}): restore it from its backup"
        ) from None
    if not keys:
        raise BadKey(f"the key file {file} is empty: restore it from its backup")
    return Vault(keys)


def load_internal_secret(settings: Settings) -> str:
    """The secret that engine and actions ask of each other; made at random where none is set."""
    return settings.internal_secret.get_secret_value() or secrets.token_urlsafe(32)
