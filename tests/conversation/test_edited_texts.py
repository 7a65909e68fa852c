"""The organisation's own texts: checked before they are taken, laid over what ships."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.database import Database
from conversation import edited_texts
from conversation.edited_texts import TextRefused
from conversation.models import Channel, EditedText
from conversation.voice import Voice
from language.catalogue import Catalogue
from language.general import General
from language.shipped import Shipped
from tests.conftest import Clock


@pytest.fixture(scope="module")
def shipped() -> Shipped:
    return Shipped.load()


def edit(session: Session, shipped: Shipped, clock: Clock, *forms: str, **more: Any) -> EditedText:
    given = {"message_id": "greet", "language": "es", "by": "Ana", **more}
    catalogue = Catalogue.load(general=given.pop("general", General()))
    return edited_texts.edit(session, catalogue, shipped, forms=forms, now=clock(), **given)


def test_an_edited_text_is_kept_with_who_and_when_and_spoken(
    database: Database, shipped: Shipped, clock: Clock
) -> None:
    review = edited_texts.reviewed(" Ana  Ruiz ", clock().date())
    with database.sessions() as session:
        edit(session, shipped, clock, " Hola, aquí estamos.\r\n", review=review)
        session.commit()
    with database.reading() as session:
        (row,) = edited_texts.read(session)
        assert (row.message_id, row.language, row.forms) == ("greet", "es", ["Hola, aquí estamos."])
        assert (row.edited_by, row.edited_at) == ("Ana", clock())
        assert row.review == "reviewed by Ana Ruiz on 2026-11-24"
        spoken, left = edited_texts.laid_over([row], shipped)
    assert left == []
    catalogue = Catalogue.load()
    catalogue.lay_over(spoken)
    voice = Voice(catalogue, zone="America/Detroit")
    (said,) = voice.speak([{"say": "greet"}], "es", Channel.SMS)
    assert said.text == "Hola, aqui estamos."


def test_a_second_edit_replaces_the_first_and_a_reset_takes_it_away(
    database: Database, shipped: Shipped, clock: Clock
) -> None:
    with database.sessions() as session:
        edit(session, shipped, clock, "Hola, aquí estamos.")
        clock.forward(60)
        edit(session, shipped, clock, "Hola otra vez.", by="Luis")
        session.commit()
        (row,) = edited_texts.read(session)
        assert (row.forms, row.edited_by, row.edited_at) == (["Hola otra vez."], "Luis", clock())
        assert edited_texts.reset(session, message_id="greet", language="es")
        session.commit()
        assert edited_texts.read(session) == []
        assert not edited_texts.reset(session, message_id="greet", language="es")


@pytest.mark.parametrize(
    ("message_id", "language", "forms", "why"),
    [
        ("greet", "es", ["Hola, {name}."], "unknown placeholder {name}"),
        ("advocate_joined", "en", ["Someone is here."], "lacks the placeholder {name}"),
        ("greet", "en", ["word " * 80], "segments of a text message"),
        ("greet", "en", ["Hello, victim."], "says 'victim'"),
        ("greet", "en", ["Reply END to leave."], "would silence us for good (M3)"),
        ("greet", "en", ["Hello ☺"], "letters outside GSM-7"),
        ("greet", "en", ["An immediate authorisation is indispensable."], "reads at grade"),
        ("greet", "en", ["Hello!"], "exclamation mark"),
        ("greet", "en", [""], "is empty"),
        ("greet", "en", ["Hello", "Hellos"], "has several forms"),
        ("wait_ahead", "en", ["{n} before you."], "has 1 plural forms"),
        ("greet", "xx", ["Hello"], "there is no catalogue in 'xx'"),
        ("no_such", "en", ["Hello"], "there is no message of this id"),
    ],
)
def test_a_text_that_breaks_a_rule_is_not_taken(
    database: Database,
    shipped: Shipped,
    clock: Clock,
    message_id: str,
    language: str,
    forms: list[str],
    why: str,
) -> None:
    with database.sessions() as session:
        with pytest.raises(TextRefused) as refused:
            edit(session, shipped, clock, *forms, message_id=message_id, language=language)
        assert why in str(refused.value)
        assert edited_texts.read(session) == []


def test_the_organisations_own_name_is_counted(
    database: Database, shipped: Shipped, clock: Clock
) -> None:
    text = "This is {organization}. " + "You can write to me. " * 6
    with database.sessions() as session:
        edit(session, shipped, clock, text, message_id="greet", language="en")
        with pytest.raises(TextRefused, match="segments"):
            edit(session, shipped, clock, text, language="en", general=General("Harbor Line " * 9))


def test_a_text_without_an_author_is_not_taken(
    database: Database, shipped: Shipped, clock: Clock
) -> None:
    with database.sessions() as session, pytest.raises(TextRefused, match="nobody is named"):
        edit(session, shipped, clock, "Hola.", by="  ")


def test_plural_forms_and_general_placeholders_may_be_edited(
    database: Database, shipped: Shipped, clock: Clock
) -> None:
    with database.sessions() as session:
        edit(session, shipped, clock, "Hola, soy de {organization}.")
        edit(session, shipped, clock, "Va una.", "Van {n}.", message_id="wait_ahead")
        spoken, _ = edited_texts.laid_over(edited_texts.read(session), shipped)
    catalogue = Catalogue.load(general=General("Puerto"))
    catalogue.lay_over(spoken)
    assert catalogue.speak("wait_ahead", {"n": 1}, "es") == "Va una."
    assert catalogue.speak("wait_ahead", {"n": 4}, "es") == "Van 4."
    assert catalogue.speak("greet", {}, "es") == "Hola, soy de Puerto."


def test_a_text_that_a_newer_version_cannot_say_is_left_out(
    database: Database, shipped: Shipped, clock: Clock
) -> None:
    rows = [
        EditedText(message_id=message_id, language=language, forms=forms)
        for message_id, language, forms in (
            ("gone", "en", ["Hello"]),
            ("greet", "fr", ["Bonjour"]),
            ("greet", "en", ["Hello, {who}"]),
            ("wait_ahead", "en", ["{n}"]),
            ("greet", "es", ["Hola"]),
        )
    ]
    spoken, left = edited_texts.laid_over(rows, shipped)
    assert spoken == {("es", "greet"): ("Hola",)}
    assert left == rows[:4]


def test_the_numbers_are_filled_in_within_other_messages(voice: Voice) -> None:
    # S3: a message within a message, and no argument given by whoever says it.
    words = [
        {"say": "line_above", "args": {"line": {"say": "self_harm_again"}, "rest": "-"}},
        {"say": "advocate_alerted_closed"},
    ]
    first, second = voice.speak(words, "en", Channel.WEBCHAT)
    assert "988 answers right now" in first.text
    assert "call 1-888-373-7888 or text 233733" in second.text


def test_how_long_it_is_kept_is_said_as_the_language_counts(voice: Voice) -> None:
    (said,) = voice.speak([{"say": "privacy"}], "es", Channel.WEBCHAT)
    assert "tras 30 días sin mensajes" in said.text
    one = Voice(Catalogue.load(general=General(keep_days=1)), zone="America/Detroit")
    (said,) = one.speak([{"say": "privacy"}], "en", Channel.SMS)
    assert "after 1 day of silence" in said.text
