"""Every message that is said exists in English and Spanish, and none exists that is never said."""

import ast
import re
from pathlib import Path
from typing import Any

import polib
import pytest
import yaml

from bot.actions.server import ACTIONS
from bot.actions.speech import CHOICES, MENU
from directory.vocabulary import KINDS, Need, Requirement
from language import LANGUAGES
from language.catalogue import DISCREET, PLACEHOLDER
from language.general import DAYS_MESSAGE, EXAMPLES
from tests.bot.core_messages import CORE_MESSAGES

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ROOT / "language" / "catalogues"
REASONS = (
    "open_now", "open_always", "opens_at", "serves_area", "serves_state", "near", "speaks", "free",
    "takes_many", "virtual", "national", "takes_children", "wheelchair_access",
)  # fmt: skip
# Ids that actions put together: one for each member of a table.
COMPOSED = {
    *(f"need_{need}" for need in Need),
    *(f"need_{need}_{kind}" for need, kinds in KINDS.items() for kind in kinds),
    *(f"about_need_{need}" for need in Need),
    *(f"language_{code}" for code in LANGUAGES),
    *(f"reason_{code}" for code in REASONS),
    *(f"requirement_{requirement}" for requirement in Requirement),
    *(f"match_list_{number}" for number in (1, 2, 3)),
    # What a match does not tell of itself (directory/fitting.py).
    "ask_children",
    "ask_wheelchair",
    *CHOICES,
    DAYS_MESSAGE,
}


def domain(kind: str) -> list[tuple[str, Any]]:
    """All entries of one kind (actions, responses …) in the domain, whichever topic they are in."""
    files = (ROOT / "bot" / "domain").glob("*.yml")
    topics = [yaml.safe_load(file.read_text("utf-8")) for file in files]
    parts = [topic.get(kind, {}) for topic in topics]
    named = [part if isinstance(part, dict) else dict.fromkeys(part) for part in parts]
    return [entry for part in named for entry in part.items()]


def ids_in_domain() -> set[str]:
    responses = dict(domain("responses"))
    return {variant["custom"]["say"] for variants in responses.values() for variant in variants}


def ids_in_actions() -> set[str]:
    """Every string in the actions' code that is the id of a message."""
    known = set(entries("en"))
    found: set[str] = set()
    for file in (ROOT / "bot" / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found |= {node.value} & known
    return found


def ids_said_directly() -> set[str]:
    """The first argument of each `say` and `word` call in the actions, where it is a literal."""
    said: set[str] = set()
    for file in (ROOT / "bot" / "actions").glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                place = {"say": 1, "word": 0}.get(node.func.id)
                if place is not None and len(node.args) > place:
                    said |= set(_literals(node.args[place]))
    return said


def _literals(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return []


def entries(language: str) -> dict[str, polib.POEntry]:
    file = polib.pofile(str(CATALOGUES / f"{language}.po"), encoding="utf-8")
    return {entry.msgid: entry for entry in file if not entry.obsolete}


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_message_that_is_said_is_in_the_catalogue(language: str) -> None:
    said = ids_in_domain() | ids_said_directly() | COMPOSED | set(CORE_MESSAGES)
    assert said - set(entries(language)) == set()


def ids_in_other_rooms() -> set[str]:
    """Ids that stand as a string in the code or the pages of the rooms that speak by themselves."""
    known = set(entries("en"))
    found: set[str] = set()
    for room in ("app", "channels", "conversation", "desk"):
        for file in (ROOT / room).rglob("*"):
            if file.suffix in (".py", ".html", ".js", ".toml"):
                found |= set(re.findall(r"[\"']([a-z][a-z0-9_]+)[\"']", file.read_text("utf-8")))
    return found & known


def test_no_message_is_never_said() -> None:
    said = ids_in_domain() | ids_in_actions() | ids_in_other_rooms() | COMPOSED | set(CORE_MESSAGES)
    # The voice says X_discreet instead of X in discreet mode (S8).
    said |= {f"{one}{DISCREET}" for one in said}
    assert set(entries("en")) - said == set()


def test_every_message_that_another_room_says_is_in_the_catalogue() -> None:
    for room in ("app", "channels", "conversation", "desk"):
        for file in (ROOT / room).rglob("*.py"):
            said = set(re.findall(r'"say": "([a-z0-9_]+)"', file.read_text("utf-8")))
            assert said - set(entries("en")) == set(), file


def test_english_and_spanish_have_the_same_messages() -> None:
    assert set(entries("en")) == set(entries("es"))


def test_the_core_is_asked_for_no_argument_it_does_not_give() -> None:
    for message_id, given in CORE_MESSAGES.items():
        entry = entries("en")[message_id]
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        wanted = {name for text in texts for name in PLACEHOLDER.findall(text)}
        assert wanted <= given | EXAMPLES.keys(), message_id


def test_every_response_is_named_after_its_message() -> None:
    responses = dict(domain("responses"))
    for name, variants in responses.items():
        assert name == f"utter_{variants[0]['custom']['say']}"


def test_the_domain_and_the_server_know_the_same_actions() -> None:
    assert {name for name, _ in domain("actions")} == {action.called for action in ACTIONS}


def test_the_menu_has_room_for_something_else() -> None:
    assert len(MENU) == 6
    assert all(f"need_{need}" in CHOICES for need in MENU)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_label_never_means_two_choices(language: str) -> None:
    labels = [entries(language)[choice].msgstr.casefold() for choice in CHOICES]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    "message_id",
    [
        "ask_safe",
        "ask_safe_again",
        "ask_safe_heard",
        "reentry",
        "reentry_automated",
        "paused",
        "wrong_number",
        "wrong_number_first",
        "small_talk",
        "safe_time_hello",
        "confirm_safe_time",
        "safe_time_kept",
        "safe_time_is",
        "safe_time_forgotten",
        "safe_time_not_kept",
        "discreet_on",
        "discreet_off",
        "need_discreet",
    ],
)
def test_what_a_stranger_may_read_names_no_service(message_id: str) -> None:
    # S13: neutral re-entry, whoever holds the phone.
    for language in ("en", "es"):
        assert reveals(language, message_id) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_discreet_variant_names_a_service(language: str) -> None:
    # S8: it may be read on a lock screen.
    variants = [one for one in entries(language) if one.endswith(DISCREET)]
    assert variants
    assert [one for one in variants if reveals(language, one)] == []


def reveals(language: str, message_id: str) -> list[str]:
    """The words of a message that would tell a stranger what it is about."""
    entry = entries(language)[message_id]
    text = " ".join([entry.msgstr, *entry.msgstr_plural.values()]).casefold()
    revealing = (
        "traffick",
        "shelter",
        "help",
        "service",
        "safe place",
        "advocate",
        "trata",
        "ayuda",
        "servicio",
        "refugio",
    )
    return [word for word in revealing if word in text]


def test_our_words_for_leaving_are_never_the_carriers() -> None:
    # M3, M4: STOP is taught as the end of all texts; leaving the chat is PAUSE.
    welcome = entries("en")["welcome_private"].msgstr
    assert "PAUSE" in welcome
    assert "STOP" in welcome
