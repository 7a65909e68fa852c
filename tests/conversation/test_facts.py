"""What the bot is told beside a text: the facts of its turn."""

from typing import Any

import pytest

from conversation import outbox
from conversation.models import Channel, Delivery, new_id
from conversation.ports import Timing
from tests.conversation.conftest import Core


def facts(core: Core) -> dict[str, Any]:
    told: dict[str, Any] = core.engine.asked[-1][0]["facts"]
    return told


def test_zone_and_how_long_words_are_kept_are_told(core: Core) -> None:
    core.say("how long do you keep this")
    told = facts(core)
    assert (told["zone"], told["keep_days"]) == ("America/Detroit", 30)
    assert (told["discreet"], told["check_ins"], told["safe_time"]) == (False, False, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("he has a gun", "danger"), ("i want to die", "self_harm"), ("i need food", False)],
)
def test_which_crisis_was_answered_is_told(core: Core, text: str, kind: str | bool) -> None:
    core.say(text)
    assert facts(core)["crisis_answered"] == kind
    assert bool(facts(core)["crisis_answered"]) == (kind is not False)


def test_a_welcome_of_the_cores_is_told(core: Core) -> None:
    assert core.say("HUMAN") == ["welcome", "welcome_private", "offer_handoff"]
    core.say("i need food")
    assert facts(core)["first_contact"] is True
    assert facts(core)["welcomed"] is True
    assert facts(core)["told_who_reads"] is True


def test_only_a_yes_to_being_read_counts_as_agreed(core: Core) -> None:
    core.say("he has a gun")
    assert (facts(core)["handoff"], facts(core)["agreed"]) == ("waiting", False)


def test_a_yes_to_the_cores_offer_is_told(core: Core) -> None:
    core.say("HUMAN")
    core.say("yes")
    core.say("am i in line")
    assert (facts(core)["handoff"], facts(core)["agreed"]) == ("waiting", True)


def test_without_a_welcome_none_is_told(core: Core) -> None:
    core.say("i need food")
    assert facts(core)["welcomed"] is False
    core.asks({"say": "welcome"})
    core.say("and a bed")
    assert facts(core)["welcomed"] is True


def queue_answer(core: Core) -> None:
    """The bot answers, and nothing has been handed to the carrier yet."""
    core.text("i need food")
    core.clock.forward(3)
    core.take_turns()


@pytest.mark.parametrize(("later", "crossed"), [(-2.0, True), (0.5, False), (3.0, False)])
def test_a_text_that_crosses_ours_is_told(core: Core, later: float, crossed: bool) -> None:
    queue_answer(core)
    if later < 0:
        core.text("and a bed")
        core.clock.forward(-later)
        core.send_all()
    else:
        core.send_all()
        core.clock.forward(later)
        core.text("and a bed")
    core.clock.forward(5)
    core.take_turns()
    assert facts(core)["crossed"] is crossed


def test_a_text_that_comes_before_ours_could_leave_crosses_it(core: Core) -> None:
    queue_answer(core)
    core.text("and a bed")
    core.clock.forward(5)
    core.take_turns()
    assert facts(core)["crossed"] is True


def test_what_was_never_sent_is_not_crossed(core: Core) -> None:
    core.say("i need food")
    core.clock.forward(60)
    queue_answer(core)
    core.clock.forward(outbox.SEND_WITHIN.total_seconds() + 60)
    core.send_all()
    assert core.lines()[-1].delivery == Delivery.EXPIRED
    core.say("and a bed")
    assert facts(core)["crossed"] is False


def test_the_first_text_crosses_nothing(core: Core) -> None:
    core.say("", media_count=1)
    core.clock.forward(60)
    core.say("my papers", media_count=1)
    assert facts(core)["crossed"] is False
    assert core.said()[-2:] == ["no_media", "greet"]


def test_on_a_page_an_answer_is_read_as_soon_as_it_is_there(core: Core) -> None:
    core.say("i need food", channel=Channel.WEBCHAT, address="page")
    core.clock.forward(0.5)
    core.say("and a bed", channel=Channel.WEBCHAT, address="page")
    assert facts(core)["crossed"] is False


def test_news_that_crosses_an_advocates_word_counts_too(core: Core) -> None:
    core.say("i need food")
    core.clock.forward(60)
    core.text("are you there")
    with core.database.sessions() as session:
        conversation = core.conversation()
        session.add(conversation)
        outbox.queue_words(
            session, conversation, [{"say": "advocate_left"}], voice=core.voice, now=core.clock()
        )
        session.commit()
    core.clock.forward(3)
    with core.database.sessions() as session:
        item = outbox.take_next(session, "test", core.clock(), Timing())
        assert item is not None
        outbox.sent(session, item, "test", new_id(), core.clock())
    core.take_turns()
    assert facts(core)["crossed"] is True
