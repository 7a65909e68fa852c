"""One sender cannot flood everybody else."""

from channels import pace
from channels.pace import Pace
from tests.conftest import Clock


def test_a_sender_gets_so_many_in_a_while_and_no_more(clock: Clock) -> None:
    kept = Pace(clock, most=3, seconds=60)
    assert [kept.allows("one") for _ in range(5)] == [True, True, True, False, False]
    assert kept.allows("another")
    clock.forward(59)
    assert not kept.allows("one")
    clock.forward(1)
    assert kept.allows("one")


def test_what_was_refused_does_not_count(clock: Clock) -> None:
    kept = Pace(clock, most=1, seconds=10)
    assert kept.allows("one")
    for _ in range(9):
        clock.forward(1)
        assert not kept.allows("one")
    clock.forward(1)
    assert kept.allows("one")


def test_the_ones_not_heard_of_for_longest_are_forgotten(clock: Clock) -> None:
    kept = Pace(clock, most=1, seconds=60)
    assert kept.allows("first")
    for number in range(pace.MOST_SENDERS):
        kept.allows(f"sender {number}")
    assert kept.allows("first")
