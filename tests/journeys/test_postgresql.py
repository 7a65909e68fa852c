"""The same way on PostgreSQL, where everybody is woken by LISTEN/NOTIFY."""

from pathlib import Path

from tests.support.postgres import postgres_server
from tests.support.system import System
from tests.support.twilio_standin import TwilioStandIn


def test_a_survivor_reaches_an_advocate_on_postgresql(tmp_path: Path) -> None:
    # A server of its own: the one of the other tests holds data under another key.
    with (
        postgres_server() as url,
        TwilioStandIn() as twilio,
        System(tmp_path, twilio, {"WAYMARK_DATABASE_URL": url}) as system,
    ):
        ana = system.texter()
        ana.says("i got no where to sleep tonite", "ask_safe_heard")
        ana.says("yes", "ask_place")
        assert "Detroit" in ana.says("48226", "offer_handoff")
        ana.says("yes", "handoff_opened_closed")
        advocate = system.log_in("advocate")
        talk = advocate.take_first()
        ana.hears("advocate_joined")
        assert "i got no where to sleep tonite" in advocate.reads(talk)
        advocate.answers(talk, "I am here. Are you warm?")
        assert "Are you warm?" in ana.hears()
        assert not (system.data / "waymark.db").exists()
