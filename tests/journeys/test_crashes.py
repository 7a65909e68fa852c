"""`kill -9` of any part during a conversation: nothing lost, nothing said twice."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.support.system import System, until
from tests.support.twilio_standin import Failure


def test_the_engine_killed_in_the_middle(breakable: System) -> None:
    ana = breakable.texter()
    ana.says("i got no where to sleep tonite", "ask_safe_heard")
    breakable.kill("engine")
    heard = ana.says("yes", "engine_down")
    assert "HUMAN" in heard
    # It is started again by itself, and the text that waited is answered.
    ana.hears("ask_place")
    matches = ana.says("48226", "offer_handoff")
    assert "Detroit" in matches
    said = ana.received()
    assert len(said) == len(set(said)), "nothing is said twice"
    assert "engine died" in breakable.printed()


def test_the_app_killed_while_a_text_waits(breakable: System) -> None:
    ana = breakable.texter()
    ana.says("i need food", "ask_safe_heard")
    ana.text("yes")
    breakable.kill("app")
    until(lambda: breakable.pid_of("app") is not None, "the app is started again")
    breakable.wait_healthy()
    ana.hears("ask_place")
    said = ana.received()
    assert len(said) == len(set(said)), "nothing is said twice"


def test_everything_killed_and_started_again(breakable: System) -> None:
    ana = breakable.texter()
    ana.says("i need food", "ask_safe_heard")
    ana.text("yes")
    assert breakable.process is not None
    parts = [breakable.pid_of("app"), breakable.pid_of("engine")]
    os.kill(breakable.process.pid, signal.SIGKILL)
    breakable.process.wait()
    until(lambda: not any(_runs(pid) for pid in parts), "the children end with their parent")
    breakable.start()
    ana.hears("ask_place")
    assert "Chicago" in ana.says("chicago", "offer_handoff")
    said = ana.received()
    assert len(said) == len(set(said))


def test_a_send_that_was_taken_but_not_confirmed_is_not_repeated(breakable: System) -> None:
    ana = breakable.texter()
    breakable.twilio.fail_next(Failure.GONE_AFTER)
    ana.says("i need food", "ask_safe_heard")
    said = ana.received()
    assert len(said) == len(set(said))


def test_ctrl_c_leaves_nothing_running(breakable: System) -> None:
    parts = [breakable.pid_of("app"), breakable.pid_of("engine")]
    assert all(_runs(pid) for pid in parts)
    breakable.stop()
    assert not any(_runs(pid) for pid in parts)


def test_a_port_in_use_is_one_clear_line(breakable: System, tmp_path: Path) -> None:
    other = System(tmp_path / "other", breakable.twilio, port=breakable.port)
    with pytest.raises(AssertionError, match=f"port {breakable.port} is in use"):
        other.start()
    assert other.process is not None
    assert other.process.returncode == 1


def test_neither_words_nor_numbers_are_in_files_or_logs(breakable: System) -> None:
    ana = breakable.texter()
    words = "the yellow kite flies over the cannery"
    ana.says(words, "ask_safe")
    ana.says("he has a gun", "danger_answer")
    ana.text("yes")
    time.sleep(1)
    breakable.kill("engine")
    ana.says("are you still there my friend")
    breakable.stop()
    printed = breakable.printed()
    for secret in (ana.number, ana.number[2:], words, "cannery", "still there my"):
        assert secret not in printed
        for file in breakable.data.rglob("*"):
            if file.is_file() and "models" not in file.parts:
                strings = subprocess.run(
                    ["strings", "-n", "6", str(file)], capture_output=True, text=True, check=False
                ).stdout
                assert secret not in strings, file.name


def _runs(pid: int | None) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]
    except FileNotFoundError:
        return False
