"""What must always work, through the running system."""

from tests.support.system import System, until


def test_danger_is_answered_and_rings_at_the_desk(system: System) -> None:
    zoe = system.texter()
    answer = zoe.says("me va a matar", "danger_answer")
    assert "911" in answer
    advocate = system.log_in("advocate")
    assert "Danger" in advocate.queue_page()
    talk = advocate.take_first()
    assert "me va a matar" in advocate.reads(talk)
    advocate.closes(talk)


def test_stop_and_start(system: System) -> None:
    max_ = system.texter()
    max_.says("hi", "ask_safe")
    max_.text("STOP")
    max_.hears_nothing()
    max_.text("i need food")
    max_.hears_nothing()
    assert max_.says("START", "opted_in")
    assert max_.says("i need food").texts


def test_the_same_webhook_twice_is_answered_once(system: System) -> None:
    pat = system.texter()
    for _ in range(3):
        assert pat.text("hello there", sid="SM" + "7" * 32).status_code == 200
    heard = pat.hears("ask_safe")
    assert sum("automated" in text for text in heard.texts) == 1
    pat.hears_nothing(1.5)


def test_a_forged_signature_changes_nothing(system: System) -> None:
    import httpx

    answer = httpx.post(
        f"{system.url}/sms/twilio",
        data={"From": "+13135550199", "Body": "hello", "MessageSid": "SM" + "8" * 32},
        headers={"X-Twilio-Signature": "bm90IHR3aWxpbw=="},
        trust_env=False,
    )
    assert answer.status_code == 403
    assert not [sent for sent in system.twilio.messages if sent.to == "+13135550199"]


def test_a_language_by_its_name_changes_what_follows(system: System) -> None:
    rosa = system.texter()
    rosa.says("hi", "ask_safe")
    answer = rosa.says("español", "language_changed")
    assert "espa" in answer
    until(lambda: bool(answer.texts), "an answer")


def test_erase_asks_and_then_forgets(system: System) -> None:
    una = system.texter()
    una.says("i need food in omaha", "ask_safe_heard")
    una.says("delete my messages", "erase_confirm")
    una.says("DELETE", "erase_done")
    assert una.says("hi", "welcome")
