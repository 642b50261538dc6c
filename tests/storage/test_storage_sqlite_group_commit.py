"""Group commit: one durable commit for many, and nobody suffers for another."""

import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread

import pytest
from storage_samples import LATER, append

from backend.domain.errors import ConflictError, UnavailableError
from backend.storage.rows import Clinic

CALLERS = 64


def notes(store):
    with store.reading() as tx:
        return [entry for _, entry in tx.audit_entries()]


def all_waiting(store, works):
    """Run works that are all waiting when the pen is laid down; their outcomes."""
    started = Barrier(len(works) + 1)

    def call(work):
        started.wait()
        try:
            return store.write(work)
        except Exception as error:
            return error

    with ThreadPoolExecutor(len(works)) as pool:
        with store.transaction():
            called = [pool.submit(call, work) for work in works]
            started.wait()
            until_waiting(store, len(works))
        return [it.result() for it in called]


def until_waiting(store, count):
    waiting = store.group._pen._waiting
    while len(waiting) < count:
        Event().wait(0.001)


def test_every_caller_gets_their_own_answer_and_commits_are_shared(store):
    works = [append(note=f"n{n}") for n in range(CALLERS)]

    entries = all_waiting(store, works)

    assert [entry.note for entry in entries] == [f"n{n}" for n in range(CALLERS)]
    assert {entry.sequence for entry in entries} == set(range(CALLERS))
    assert store.group.commits == 1
    assert len(notes(store)) == CALLERS


def test_callers_who_come_as_they_please_share_commits(store):
    def call(n):
        return [store.write(append(note=f"n{n}-{k}")).note for k in range(5)]

    with ThreadPoolExecutor(CALLERS) as pool:
        told = list(pool.map(call, range(CALLERS)))

    assert told == [[f"n{n}-{k}" for k in range(5)] for n in range(CALLERS)]
    assert len(notes(store)) == 5 * CALLERS
    assert store.group.commits < 5 * CALLERS


def test_a_caller_alone_commits_alone(store):
    for n in range(3):
        assert store.write(append()).sequence == n
    assert store.group.commits == 3


def test_a_work_that_fails_fails_alone(store):
    def fail(tx):
        tx.put_clinic(Clinic("1312345678", "架空医院"))
        append(note="never")(tx)
        raise ZeroDivisionError

    def contradict(tx):
        append(note="never")(tx)
        tx.add_person("p1", b"k" * 32, None, None)
        tx.add_person("p1", b"k" * 32, None, None)

    works = [append(note="a"), fail, append(note="b"), contradict, append(note="c")]
    a, failed, b, contradicted, c = all_waiting(store, works)

    assert isinstance(failed, ZeroDivisionError)
    assert isinstance(contradicted, ConflictError)
    assert sorted([a.sequence, b.sequence, c.sequence]) == [0, 1, 2]
    assert store.group.commits == 1
    assert not any(b"never" in entry for entry in notes(store))
    with store.reading() as tx:
        assert tx.clinic("1312345678") is None
        assert tx.audit_key("p1") is None


def test_a_commit_that_fails_fails_for_all_and_leaves_nothing(store):
    def break_commit(tx):
        append()(tx)
        tx.run("PRAGMA defer_foreign_keys = ON")
        tx.put_access_token(b"digest", "nobody", LATER)

    works = [append(note="a"), break_commit, append(note="b")]
    outcomes = all_waiting(store, works)

    assert {type(it) for it in outcomes} == {UnavailableError}
    assert len({id(it) for it in outcomes}) == 3  # each their own, to be raised
    assert notes(store) == []
    assert store.write(append()).sequence == 0


def test_a_work_that_undoes_everything_fails_for_all(store):
    store.write(append())

    def undo_all(tx):
        tx.run("INSERT OR ROLLBACK INTO audit_entries VALUES (0, NULL, X'77')")

    outcomes = all_waiting(store, [append(note="a"), undo_all, append(note="b")])

    assert {type(it) for it in outcomes} == {UnavailableError}
    assert len(notes(store)) == 1
    assert store.write(append()).sequence == 1


def test_an_interrupt_ends_its_thread_and_nobody_else_waits_for_ever(store):
    def interrupted(tx):
        append(note="never")(tx)
        raise KeyboardInterrupt

    outcomes = []

    def call(work):
        try:
            outcomes.append(store.write(work))
        except BaseException as error:
            outcomes.append(error)

    with store.transaction():
        threads = [Thread(target=call, args=[interrupted])]
        threads[0].start()
        until_waiting(store, 1)
        threads += [Thread(target=call, args=[append()]) for _ in range(3)]
        for thread in threads[1:]:
            thread.start()
        until_waiting(store, 4)
    for thread in threads:
        thread.join(10)

    assert {type(it) for it in outcomes} == {KeyboardInterrupt, UnavailableError}
    assert notes(store) == []
    assert store.write(append()).sequence == 0


def test_a_transaction_of_ones_own_waits_its_turn(store):
    order = []

    def alone():
        with store.transaction() as tx:
            order.append(append(note="alone")(tx).sequence)

    def together():
        order.append(store.write(append()).sequence)

    with store.transaction() as tx:
        append(note="first")(tx)
        threads = []
        for n, target in enumerate((together, alone, together)):
            threads.append(Thread(target=target))
            threads[-1].start()
            until_waiting(store, n + 1)
    for thread in threads:
        thread.join(10)

    assert sorted(order) == [1, 2, 3]
    assert b"alone" in notes(store)[2]  # in the order of asking


@pytest.mark.skipif(
    threading.current_thread() is not threading.main_thread(),
    reason="only the main thread receives a signal",
)
def test_who_stops_waiting_leaves_the_row_and_the_pen_goes_on(store):
    class GaveUpError(Exception):
        pass

    def give_up(*_):
        raise GaveUpError

    holding, done = Event(), Event()

    def hold():
        with store.transaction() as tx:
            append(note="held")(tx)
            holding.set()
            done.wait(10)

    holder = Thread(target=hold)
    holder.start()
    holding.wait(10)
    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, 0.05)
    try:
        with pytest.raises(GaveUpError):
            store.write(append(note="never"))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    done.set()
    holder.join(10)

    assert store.write(append(note="after")).sequence == 1
    assert not any(b"never" in entry for entry in notes(store))
