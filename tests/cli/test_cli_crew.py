"""Processes that carry one run note its chunks in the order of the list."""

import multiprocessing
import time
from threading import Thread

import pytest

from backend.cli.crew import Turns
from backend.domain.errors import UnavailableError


def a_set_of_turns():
    return Turns(multiprocessing.get_context("spawn"), 3)


def test_whoever_is_ready_first_notes_in_turn():
    turns, noted = a_set_of_turns(), []

    def carry(places):
        for place in places:
            with turns.turn(place):
                noted.append(place)

    # The later ones are ready first.
    threads = [Thread(target=carry, args=(range(n, 30, 3),)) for n in (2, 1, 0)]
    for thread in threads:
        thread.start()
        time.sleep(0.01)
    for thread in threads:
        thread.join(10)

    assert noted == list(range(30))


def test_after_a_stop_nobody_notes():
    turns, told = a_set_of_turns(), []

    def wait():
        with pytest.raises(UnavailableError), turns.turn(1):
            pass
        told.append("stopped")

    waiting = Thread(target=wait)
    waiting.start()
    turns.stop()
    waiting.join(10)

    assert told == ["stopped"]
    with pytest.raises(UnavailableError), turns.turn(0):
        pass


def test_a_failure_passes_the_turn_on():
    turns = a_set_of_turns()
    with pytest.raises(KeyError), turns.turn(0):
        raise KeyError
    with turns.turn(1):
        pass
