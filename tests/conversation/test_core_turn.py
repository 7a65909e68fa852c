"""What must always work works without the engine, from any state (idea 4; M3, S1, S2, B4)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from conversation import core_words, handoffs
from conversation.models import Channel, Consent, Conversation, Delivery, Message
from tests.conversation.conftest import Core


@pytest.fixture(autouse=True)
def _engine_is_down(core: Core) -> None:
    core.engine.down = True


@pytest.mark.parametrize("word", ["ALTO", "parar", " Stop All "])
def test_a_stop_that_the_carrier_does_not_answer_is_confirmed_once(core: Core, word: str) -> None:
    # M3: they must learn how to come back, and nothing else may come.
    assert core.say(word) == ["stopped_sms"]
    core.send_all()
    assert [line.delivery for line in core.lines() if line.author == "bot"] == [Delivery.SENT]
    assert core.say(word) == []
    assert core.say("i need food") == []
    assert core.say("START") == ["opted_in"]


@pytest.mark.parametrize(
    "text",
    [
        "ok now wipe all this", "wipe it", "yes delete", "delete my stuff pls",
        "can u erase this chat",
        "delete everything u have on me", "no quiero que quede nada guardado",
        "elimine la conversacion",
        "ahora borre todo por favor", "efface tout stp", "apague tudo por favor",
        "efase tout mesaj mwen",
        "请把我的聊天记录全部删除", "xoa het tin nhan cua toi", "burahin mo lahat ng sinabi ko",
        "удалите все мои сообщения", "대화 다 지워 주세요", "احذف كل رسائلي لو سمحت",
        "sab kuch delete kar do", "get rid of this whole convo", "scrub this chat",
        "just delete it already", "quiero que desaparezca todo lo que puse",
        "borre todo lo que le conté, no deje rastro", "suma com tudo que eu falei",
        "fais disparaitre tout ce que j'ai dit", "fè tout sa m te di disparèt", "把整个聊天都删了",
        "làm biến mất hết những gì tôi đã kể", "tanggalin mo lahat ng kinuwento ko",
        "сотрите всё что я вам рассказала", "제가 말한 거 다 없애주세요", "احذفوا كل اللي حكيته",
        "ये सारी बातचीत मिटा दो",
    ],
)  # fmt: skip
def test_a_wish_to_erase_asks_first_and_a_yes_is_not_enough(core: Core, text: str) -> None:
    assert core.say(text)[-1] == "erase_confirm"
    assert core.say("yes") == ["erase_confirm_again"]
    core.say("delete")
    assert core.said()[-1] == "erase_done"


@pytest.mark.parametrize(
    "text",
    [
        "delete my ex's photos", "dont delete my messages", "how do i delete this", "ya borré todo",
        "i deleted it all", "no quiero que borre mis mensajes", "can you erase my record",
        "borrar mis antecedentes", "i want to get rid of it", "all clear", "不要删除",
        "삭제하지 마세요",
        "huwag burahin", "ما تمسح رسائلي", "remove me", "quiero borrar mis tatuajes",
    ],
)  # fmt: skip
def test_what_is_no_wish_to_erase_this_chat(text: str) -> None:
    assert not core_words.wants_erase(text)


@pytest.mark.parametrize("word", ["STOP", "stop.", "UNSUBSCRIBE", "cancel"])
def test_stop_is_recorded_and_nothing_is_sent_any_more(core: Core, word: str) -> None:
    assert core.say(word) == []
    assert core.say("i need food") == []
    with core.database.sessions() as session:
        assert session.scalars(select(Conversation)).one().address.opted_out_at is not None


def test_danger_after_stop_rings_at_the_desk_and_nothing_is_sent(core: Core) -> None:
    core.say("i need food")
    core.say("STOP")
    assert core.say("he is going to kill me please") == []
    with core.database.sessions() as session:
        (waiting,) = handoffs.queue(session)
    assert waiting.alarm == "danger"
    assert waiting.opted_out
    core.clock.forward(600)
    assert core.reach_out() == []
    assert core.say("START") == ["opted_in"]
    with core.database.sessions() as session:
        (waiting,) = handoffs.queue(session)
    assert not waiting.opted_out


def test_stop_takes_back_what_waits_to_be_sent(core: Core) -> None:
    core.text("HELP")
    core.clock.forward(3)
    core.take_turns()
    core.text("STOP")
    core.take_turns()
    core.clock.forward(3)
    core.take_turns()
    core.send_all()
    assert next(line.delivery for line in core.lines() if line.author == "bot") == Delivery.EXPIRED


def test_start_opts_in_again(core: Core) -> None:
    core.say("STOP")
    assert core.say("START") == ["opted_in"]
    assert core.say("HELP") == ["help_answer"]


def test_what_the_carrier_has_answered_is_not_answered_again(core: Core) -> None:
    assert core.say("HELP", opt_out="HELP") == []
    assert core.say("stop", opt_out="STOP") == []
    assert core.say("start", opt_out="START") == []
    assert core.say("AYUDA")[-1] == "help_answer"


def test_stop_in_web_chat_is_answered_since_no_carrier_does(core: Core) -> None:
    assert core.say("stop", channel=Channel.WEBCHAT) == ["stopped_webchat"]


@pytest.mark.parametrize("word", ["HUMAN", "persona", "Una persona", "人工", "человек", "moun"])
def test_a_person_is_offered_and_asked_for_with_consent(core: Core, word: str) -> None:
    said = core.say(word)
    assert (said[0], said[-1]) == ("welcome", "offer_handoff")
    with core.database.sessions() as session:
        assert handoffs.queue(session) == []
    assert core.say("yes") == ["handoff_asked_for", "ask_check_ins"]
    with core.database.sessions() as session:
        (waiting,) = handoffs.queue(session)
        consent = session.scalars(select(Consent)).one()
    assert waiting.agreed
    assert consent.decision == "granted"
    assert consent.answer_text == "yes"
    assert "advocate" in (consent.asked_text or "").lower() or consent.language != "en"


def test_human_right_after_the_offer_is_offered_in_other_words(core: Core) -> None:
    core.engine.down = False
    offer = {"say": "offer_handoff", "choices": ["choice_yes", "choice_no"]}
    note = {"say": "offer_closed_note", "choices": ["choice_yes", "choice_no"]}
    assert core.asks(offer, note) == ["offer_handoff", "offer_closed_note"]
    assert core.say("human") == ["offer_again"]
    assert core.say("HUMAN") == ["offer_plain"]
    assert core.say("person") == ["offer_again"]
    assert core.say("yes") == ["handoff_asked_for", "ask_check_ins"]
    (row,) = core.consents("handoff")
    assert row.asked_text == core.voice.catalogue.speak("offer_again", {}, "en")


def test_a_yes_to_the_bots_short_offer_is_consent_to_it(core: Core) -> None:
    core.engine.down = False
    core.asks({"say": "offer_plain", "choices": ["choice_yes", "choice_no"]})
    core.does("open_handoff", "yes", needs=[], place=None)
    (row,) = core.consents("handoff")
    assert row.decision == "granted"
    assert row.asked_text == core.voice.catalogue.speak("offer_plain", {}, "en")


@pytest.mark.parametrize("answer", ["ok?", "maybe", "what will they see", "k"])
def test_only_a_clear_yes_is_consent(core: Core, answer: str) -> None:
    core.say("HUMAN")
    core.say(answer)
    with core.database.sessions() as session:
        assert handoffs.queue(session) == []
        assert session.scalars(select(Consent)).all() == []


def test_a_no_costs_nothing_and_is_recorded(core: Core) -> None:
    core.say("HUMAN")
    assert core.say("no") == ["handoff_refused"]
    with core.database.sessions() as session:
        assert session.scalars(select(Consent)).one().decision == "refused"
    assert core.say("HUMAN") == ["offer_handoff"]


def test_a_yes_that_was_written_before_the_question_was_sent_is_no_consent(core: Core) -> None:
    core.text("HUMAN")
    core.clock.forward(3)
    core.take_turns()
    core.text("yes")
    core.clock.forward(3)
    core.send_all()
    core.take_turns()
    with core.database.sessions() as session:
        assert handoffs.queue(session) == []
        assert session.scalars(select(Consent)).all() == []
    core.send_all()
    assert core.say("yes") == ["handoff_asked_for", "ask_check_ins"]


def test_after_its_own_yes_the_core_asks_about_check_ins(core: Core) -> None:
    assert core.say("HUMAN")[-1] == "offer_handoff"
    assert core.say("yes") == ["handoff_asked_for", "ask_check_ins"]
    assert core.say("yes") == ["check_ins_on"]
    (row,) = core.consents("check_ins")
    assert row.decision == "granted"


def test_a_yes_in_two_pieces_is_asked_about_check_ins_once(core: Core) -> None:
    core.say("HUMAN")
    core.text("yes")
    assert core.say("yes please") == ["handoff_asked_for", "ask_check_ins"]
    assert core.consents("check_ins") == []


def test_where_the_bot_has_met_them_it_knows_what_was_asked(core: Core) -> None:
    core.engine.down = False
    core.say("i need food")
    core.say("HUMAN")
    assert core.say("yes") == ["handoff_asked_for", "ask_check_ins"]
    assert core.conversation().pending is None
    assert core.does("set_check_ins", "yes", on=True)[0] == "check_ins_on"
    memory, text = core.engine.asked[-1]
    assert text == "yes"
    assert memory["form"] == {"name": "next_form", "requested_slot": "next"}
    assert memory["slots"]["small"] == {"ask": "ask_check_ins"}
    assert memory["slots"]["offered"] is True


@pytest.mark.parametrize("met", [True, False])
def test_with_nobody_there_the_core_asks_for_a_safe_time(core: Core, met: bool) -> None:
    core.engine.down = False
    core.turns = replace(core.turns, someone_here=lambda _session: False)
    if met:
        core.say("i need food")
    core.say("HUMAN")
    assert core.say("yes") == ["handoff_opened_closed", "ask_safe_time"]
    core.say("tomorrow at 3")
    memory, text = core.engine.asked[-1]
    assert text == "tomorrow at 3"
    assert memory["form"] == {"name": "next_form", "requested_slot": "next"}
    assert memory["slots"]["small"] == {"ask": "ask_safe_time"}
    assert memory["version"] == 1


@pytest.mark.parametrize("before", ["discreet", "he has a gun"])
def test_in_discreet_mode_or_beside_danger_the_core_asks_nothing_more(
    core: Core, before: str
) -> None:
    core.say(before)
    core.say("HUMAN")
    assert core.say("yes") == ["handoff_asked_for"]


def test_asking_again_while_waiting_tells_the_wait(core: Core) -> None:
    core.say("HUMAN")
    core.say("yes")
    assert core.say("human") == ["still_waiting"]


def test_who_is_next_is_not_told_of_nobody_ahead(core: Core) -> None:
    core.say("HUMAN")
    core.say("yes")
    core.say("human")
    assert "You are next." in core.lines()[-1].text


def test_a_text_after_stop_and_start_is_not_swallowed(core: Core) -> None:
    core.engine.down = False
    for text in ("STOP", "START", "i need food"):
        core.text(text)
    core.clock.forward(3)
    core.take_turns()
    assert core.said() == ["opted_in", "greet"]
    assert core.engine.asked[0][1] == "i need food"


def test_erase_asks_once_and_keeps_only_the_bare_fact_of_a_consent(core: Core) -> None:
    core.say("HUMAN")
    core.say("yes")
    assert core.say("delete my messages") == ["erase_confirm"]
    core.say("DELETE")
    assert core.said()[-1] == "erase_done"
    with core.database.sessions() as session:
        texts = session.scalars(select(Message.text)).all()
        consents = session.scalars(select(Consent)).all()
        assert handoffs.queue(session) == []
    assert [text for text in texts if text] == [core.voice.catalogue.speak("erase_done", {}, "en")]
    assert [row.decision for row in consents] == ["granted"]
    assert all(row.asked_text is None and row.answer_text is None for row in consents)


def test_erase_is_dropped_by_any_other_answer(core: Core) -> None:
    core.engine.down = False
    core.say("borrar mis mensajes")
    assert core.say("i need food") == ["erase_kept", "greet"]
    assert core.engine.asked[-1][1] == "i need food"
    assert core.lines()[0].text == "borrar mis mensajes"


def test_a_no_to_an_erase_leads_back_to_the_open_question(core: Core) -> None:
    core.engine.down = False
    core.say("i need food")
    core.say("erase")
    assert core.say("no") == ["erase_kept", "greet"]
    assert core.engine.asked[-1][1] == "repeat"
    core.say("no")
    assert core.engine.asked[-1][1] == "no"


def test_a_no_to_an_erase_is_still_a_repeat_when_the_engine_comes_back(core: Core) -> None:
    core.say("erase")
    assert core.say("no") == ["erase_kept", "engine_down"]
    core.engine.down = False
    core.clock.forward(60)
    core.take_turns()
    assert [text for _memory, text in core.engine.asked] == ["repeat", "repeat"]


def test_a_bare_yes_does_not_erase_and_is_asked_for_the_word(core: Core) -> None:
    core.say("erase")
    assert core.say("yes") == ["erase_confirm_again"]
    assert core.say("yes") == ["erase_confirm"]
    assert core.lines()[0].text == "erase"
    core.say("yes delete")
    assert core.said()[-1] == "erase_done"


@pytest.mark.parametrize(
    "text",
    [
        "yeah do it", "ok do it please", "si hágalo", "oui vas-y", "sim pode fazer", "wi fè l",
        "好，删吧", "vâng làm đi", "sige po", "да давай", "네 해주세요", "ايوه تمام", "haan kar do",
    ],
)  # fmt: skip
def test_a_yes_in_any_words_to_an_erase_is_no_yes_to_anything_else(core: Core, text: str) -> None:
    core.say("erase")
    assert core.say(text)[-1] == "erase_confirm_again"


@pytest.mark.parametrize("text", ["yes i need food", "do you have food", "si pero no", "3", "no"])
def test_what_only_begins_like_a_yes_keeps_all(text: str) -> None:
    assert not core_words.agrees_to_erase(text)


def test_after_an_erase_the_next_text_begins_anew(core: Core) -> None:
    core.say("erase")
    core.say("delete")
    core.say("hello again")
    assert next(line.text for line in core.lines()) == "hello again"


def test_pause_is_quiet_until_they_write(core: Core) -> None:
    core.say("HELP")
    assert core.say("PAUSE") == ["paused"]
    assert core.conversation().paused
    core.say("help")
    assert not core.conversation().paused


def test_pictures_are_acknowledged_and_never_opened(core: Core) -> None:
    assert core.say("", media_count=2) == ["welcome", "no_media"]
    core.engine.down = False
    assert core.say("my papers", media_count=1) == ["no_media", "greet"]
    assert core.engine.asked[-1][1] == "my papers"


def test_a_text_that_is_a_command_to_rasa_is_passed_as_words(core: Core) -> None:
    core.engine.down = False
    core.say("/restart")
    assert core.engine.asked[0][1] == "/restart"
