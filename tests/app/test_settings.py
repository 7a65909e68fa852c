"""A bad setting is one line that names the variable; keys are made once and kept."""

import stat
from pathlib import Path

import pytest

from app.settings import KEY_FILE, BadSetting, Settings, load_settings, load_vault
from language.general import Lines


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WAYMARK_PORT", "many"),
        ("WAYMARK_PORT", "70000"),
        ("WAYMARK_SETTLE_SECONDS", "-1"),
        ("WAYMARK_DATABASE_URL", "mysql://somewhere/x"),
        ("WAYMARK_DATABASE_URL", "nonsense"),
        ("WAYMARK_PUBLIC_URL", "help.example.org"),
        ("WAYMARK_TWILIO_API_URL", "ftp://x"),
        ("WAYMARK_ZONE", "Mars/Olympus"),
        ("WAYMARK_KEEP_DAYS", "0"),
        ("WAYMARK_EMERGENCY", "call us"),
        ("WAYMARK_HOTLINE_PHONE", "1-888-373"),
        ("WAYMARK_HOTLINE_TEXT", "12"),
        ("WAYMARK_NATIVE_LINE", ""),
    ],
)
def test_a_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting, match=name) as problem:
        load_settings()
    assert "\n" not in str(problem.value)


def test_twilio_is_all_or_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_TWILIO_ACCOUNT_SID", "AC1")
    with pytest.raises(BadSetting, match="missing: WAYMARK_TWILIO_AUTH_TOKEN, WAYMARK_TWILIO_FROM"):
        load_settings()


def test_secrets_are_not_shown_by_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAYMARK_INTERNAL_SECRET", "xyzzy-secret")
    monkeypatch.setenv("WAYMARK_ENCRYPTION_KEY", "xyzzy-key")
    assert "xyzzy" not in repr(load_settings())


def test_the_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data")
    first, made = load_vault(settings)
    again, made_again = load_vault(settings)
    assert (made, made_again) == (True, False)
    assert again.decrypt(first.encrypt("words")) == "words"
    assert stat.S_IMODE((tmp_path / "data" / KEY_FILE).stat().st_mode) == 0o600


def test_a_postgresql_address_gets_our_driver() -> None:
    settings = Settings(_env_file=None, database_url="postgresql://waymark:pw@db/waymark")
    assert settings.database == "postgresql+psycopg://waymark:pw@db/waymark"


def test_every_line_can_be_set_and_reaches_the_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    # S1-S5
    monkeypatch.setenv("WAYMARK_EMERGENCY", " 112 ")
    monkeypatch.setenv("WAYMARK_HOTLINE_TEXT", "741741")
    monkeypatch.setenv("WAYMARK_YOUNG_LINE", "+1 313-555-0123")
    general = load_settings().general
    assert general.lines == Lines(
        emergency="112", hotline_text="741741", young_line="+1 313-555-0123"
    )
    assert (general.organization, general.keep_days) == ("Waymark", 30)
