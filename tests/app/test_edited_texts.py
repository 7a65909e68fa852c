"""An edited text reaches a running part within seconds, without a restart."""

import logging
import time

import pytest
from sqlalchemy import text

from app import edited_texts as following
from app.database import Database
from app.edited_texts import EditedTexts
from bot.actions.context import Context
from conversation import edited_texts
from conversation.models import EditedText
from language.catalogue import FOLDER, Catalogue
from language.shipped import Shipped
from tests.conftest import Clock


def write(database: Database, clock: Clock, message_id: str, form: str) -> None:
    with database.sessions() as session:
        edited_texts.edit(
            session, Catalogue.load(), Shipped.load(), message_id=message_id, language="es",
            forms=[form], by="Ana", now=clock(),
        )  # fmt: skip
        session.commit()


@pytest.fixture
def running(database: Database, monkeypatch: pytest.MonkeyPatch) -> EditedTexts:
    """A part whose catalogue was loaded before anything was edited."""
    monkeypatch.setattr(following, "LOOK_EVERY", 0.05)
    return EditedTexts(database.reading, Catalogue.load(), FOLDER)


def wait_until_said(running: EditedTexts, message_id: str, wanted: str) -> None:
    end = time.monotonic() + 5
    while running.catalogue.speak(message_id, {}, "es") != wanted:
        assert time.monotonic() < end, "the edit did not arrive"
        time.sleep(0.02)


def test_an_edit_and_its_reset_arrive_while_it_runs(
    database: Database, clock: Clock, running: EditedTexts
) -> None:
    shipped = running.catalogue.speak("greet", {}, "es")
    write(database, clock, "greet", "Hola, aquí estamos.")
    with running.followed():
        assert running.catalogue.speak("greet", {}, "es") == "Hola, aquí estamos."
        clock.forward(1)
        write(database, clock, "greet", "Hola de nuevo.")
        wait_until_said(running, "greet", "Hola de nuevo.")
        with database.sessions() as session:
            edited_texts.reset(session, message_id="greet", language="es")
            session.commit()
        wait_until_said(running, "greet", shipped)


def test_nothing_is_laid_over_again_while_nothing_changes(
    database: Database, clock: Clock, running: EditedTexts
) -> None:
    write(database, clock, "greet", "Hola, aquí estamos.")
    running.look()
    running.look()
    assert running.catalogue.edition == 1


def test_a_text_that_does_not_fit_is_named_once_and_not_said(
    database: Database, clock: Clock, running: EditedTexts, caplog: pytest.LogCaptureFixture
) -> None:
    with database.sessions() as session:
        session.add(
            EditedText(
                message_id="gone", language="es", forms=["xyzzy"], review="drafted",
                edited_by="Ana", edited_at=clock(),
            )
        )  # fmt: skip
        session.commit()
    running.look()
    running.look()
    assert [record.getMessage().split(" does")[0] for record in caplog.records] == [
        "the edited text of gone (es)"
    ]
    assert "xyzzy" not in caplog.text


def test_without_its_table_the_shipped_texts_are_said(
    database: Database, running: EditedTexts, caplog: pytest.LogCaptureFixture
) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE edited_text RENAME TO away"))
    try:
        with caplog.at_level(logging.ERROR), running.followed():
            time.sleep(0.3)
            assert running.catalogue.speak("greet", {}, "es") == "Hola, aquí estoy."
    finally:
        with database.engine.begin() as connection:
            connection.execute(text("ALTER TABLE away RENAME TO edited_text"))
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [
        "cannot read the edited texts"
    ]


def test_an_edited_label_is_understood_when_it_is_tapped_and_the_old_one_too(
    database: Database, clock: Clock, running: EditedTexts
) -> None:
    context = Context(database.reading, running.catalogue)
    assert context.labels["mas"] == "choice_more"
    write(database, clock, "choice_more", "Otros lugares")
    running.look()
    assert context.labels["otros lugares"] == context.labels["mas"] == "choice_more"
