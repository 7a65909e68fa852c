"""A person: asked for, agreed to, refused, waited for, withdrawn; and what the desk sees of it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from conversation.models import Consent, Conversation
from tests.support.advocate import Advocate
from tests.support.both import LANGUAGES, Both
from tests.support.past import everybody_left_the_desk, in_the_database

IN_LINE = "handoff_opened/handoff_asked_for"


def somebody_at_the_desk(both: Both) -> Advocate:
    """An advocate with the desk open and nobody in line."""
    advocate = both.system.log_in("advocate")
    advocate.empties_the_line()
    return advocate


def consents(session: Session, conversation: Conversation) -> list[Consent]:
    """What was answered when a permission was asked for, oldest first."""
    return list(
        session.scalars(
            select(Consent).where(Consent.conversation_id == conversation.id).order_by(Consent.at)
        )
    )


def test_a_person_can_be_asked_for_in_ones_own_words(both: Both) -> None:
    """C13, P8: who reads what, that it is a choice, and what happens next are said before."""
    advocate = somebody_at_the_desk(both)
    offer = both.begin(
        "can i talk to a real person | quiero hablar con una persona",
        "offer_handoff",
        but_not="ask_need* ask_place* offer_closed_note",
    )
    assert offer.has("read this chat | leeria este chat")
    assert offer.has("a no costs you nothing | no pierde nada")
    assert advocate.waiting() == [], "nothing is asked of the desk before a yes"
    opened = both.say("yes please | si por favor", IN_LINE, "ask_check_ins")
    assert opened.has("BACK | ATRAS")
    assert len(advocate.waiting()) == 2
    for _ in LANGUAGES:
        assert "They agreed to it." in advocate.knows(advocate.take_first())
    both.hear("advocate_joined")


def test_a_yes_is_kept_with_the_question_the_language_and_the_time(both: Both) -> None:
    """C3, C4, C9: what was shown, what was answered, and the withdrawal beside it."""
    begun = datetime.now(UTC)
    both.begin("food in detroit | comida en detroit", "offer_handoff")
    both.say("yes | si", "handoff_opened*/handoff_asked_for")
    both.say("BACK | ATRAS", "handoff_withdrawn")
    for code, texter in both.texters.items():
        yes, back = in_the_database(texter, consents)
        assert (yes.purpose, yes.decision, yes.language) == ("handoff", "granted", code)
        assert (yes.asked_text or "") in "\n".join(texter.received())
        assert yes.answer_text == {"en": "yes", "es": "si"}[code]
        assert begun - timedelta(seconds=1) <= yes.at <= back.at
        assert back.decision == "withdrawn"


def test_a_no_to_a_person_costs_nothing_at_all(both: Both) -> None:
    """P6: the talk goes on, the list comes, and nobody is pushed."""
    advocate = somebody_at_the_desk(both)
    both.begin("i need food | necesito comida", "ask_place")
    both.say("can i talk to a person | quiero hablar con una persona", "offer_handoff")
    both.say("no", "handoff_refused", "ask_place*")
    both.say("chicago", "hint_*")
    found = both.say("i need a dentist too | tambien un dentista", "hint_*", same=True)
    assert not found.says("offer_*")
    assert advocate.waiting() == []


def test_maybe_is_no_yes_and_the_offer_is_left_open(both: Both) -> None:
    """C6."""
    advocate = somebody_at_the_desk(both)
    both.begin("a dentist in detroit | un dentista en detroit", "offer_handoff")
    both.say("maybe | tal vez", "offer_plain")
    both.say("ok?", "offer_left_open")
    assert advocate.waiting() == []
    both.say("HUMAN | PERSONA", "offer_again/offer_handoff")


def test_the_wait_is_told_as_it_is_and_the_line_can_be_left(both: Both) -> None:
    """P4, C4: no time is promised; looking for things goes on meanwhile."""
    advocate = somebody_at_the_desk(both)
    both.begin("food in detroit | comida en detroit", "offer_handoff")
    both.say("yes | si", IN_LINE, "ask_check_ins")
    both.say("no thanks | no gracias", "check_ins_declined")
    wait = both.say("how long do i have to wait | cuanto tengo que esperar", "still_waiting")
    assert wait.lacks("minutes | minutos")
    both.say("i also need a dentist | tambien necesito un dentista", "hint_*", but_not="offer_*")
    assert len(advocate.waiting()) == 2
    both.say("never mind i dont want to wait | ya no quiero esperar", "handoff_withdrawn")
    assert advocate.waiting() == []
    both.say("thanks | gracias", "thanks", but_not="offer_* still_waiting*")


def test_notes_about_the_wait_are_sent_only_after_a_yes_and_quiet_ends_them(both: Both) -> None:
    """S10."""
    somebody_at_the_desk(both)
    both.begin("food in detroit | comida en detroit", "offer_handoff")
    both.say("yes | si", IN_LINE, "ask_check_ins")
    assert both.say("yes | si", "check_ins_on").has("QUIET | SILENCIO")
    both.say("what do you know about me | que sabe de mi", "about_me", "about_me_check_ins")
    both.say("QUIET | SILENCIO", "check_ins_off")


def test_when_nobody_is_there_that_is_said_and_a_safe_time_is_kept(both: Both) -> None:
    """P4, S3, S10: who answers now, and when they may be texted."""
    advocate = somebody_at_the_desk(both)
    everybody_left_the_desk(both.system)
    both.begin("food in detroit | comida en detroit", "offer_handoff", "offer_closed_note")
    opened = both.say("yes | si", "handoff_opened_closed", "ask_safe_time")
    assert opened.has("1-888-373-7888")
    asked = both.say(
        "tomorrow at 3 in the afternoon | manana a las 3 de la tarde", "confirm_safe_time"
    )
    assert asked.has("3:00")
    both.say("yes | si", "safe_time_kept")
    assert advocate.queue_page().count("safe to text:") == 2


def test_a_safe_time_may_be_told_at_any_moment_and_left_out(both: Both) -> None:
    """S10, P6."""
    both.begin("i need food | necesito comida", "ask_place")
    both.say("text me tomorrow at 3pm | escribame manana a las 3 de la tarde", "confirm_safe_time")
    both.say("no", "ask_safe_time_again", but_not="safe_time_kept")
    both.say("skip | saltar", "safe_time_skipped", "ask_place*")
    assert both.say("detroit", "hint_*").has("Blue Kettle Kitchen")
