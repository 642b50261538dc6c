"""Status lists: an index is random, is used once, and shows the newest withdrawal."""

import random

import pytest
from storage_samples import (
    AT,
    INSURER,
    LIST_SIZE,
    OTHER_INSURER,
    a_withdrawal,
    append,
    put_certificate,
)

from backend.domain.errors import NotFoundError
from backend.storage.rows import StatusPlace, WithdrawalKind


def test_no_place_is_ever_given_twice(store, random_bytes):
    places = []
    for count in (1, 3, 0, LIST_SIZE, 2 * LIST_SIZE + 1, 1):
        given = store.write(
            lambda tx, n=count: tx.allocate_status(INSURER, n, random_bytes)
        )
        assert len(given) == count
        places += given

    assert len(set(places)) == len(places)
    assert {place.idx for place in places} == set(range(LIST_SIZE))


def test_a_list_is_used_up_before_the_next_is_opened(store, random_bytes):
    given = store.write(
        lambda tx: tx.allocate_status(INSURER, LIST_SIZE + 1, random_bytes)
    )

    assert [place.list_number for place in given] == [0] * LIST_SIZE + [1]
    with store.reading() as tx:
        assert tx.status_lists() == [(INSURER, 0), (INSURER, 1)]


def test_insurers_have_lists_of_their_own(store, random_bytes):
    with store.transaction() as tx:
        mine = tx.allocate_status(INSURER, 1, random_bytes)
        theirs = tx.allocate_status(OTHER_INSURER, 1, random_bytes)
        assert (mine[0].insurer, theirs[0].insurer) == (INSURER, OTHER_INSURER)
        assert tx.status_lists() == [(INSURER, 0), (OTHER_INSURER, 0)]


def test_indices_come_in_an_order_that_only_chance_decides(store):
    def order(tx, seed, number):
        insurer = f"{number:08d}"
        dice = random.Random(seed).randbytes
        return [p.idx for p in tx.allocate_status(insurer, LIST_SIZE, dice)]

    with store.transaction() as tx:
        orders = [order(tx, seed, seed) for seed in range(64)]
        same = order(tx, 3, 99)

    assert same == orders[3]
    assert len({tuple(it) for it in orders}) == 64  # of 40320
    firsts = {it[0] for it in orders}
    assert firsts == set(range(LIST_SIZE))


def test_places_of_a_write_that_failed_were_never_given(store, random_bytes):
    def fail(tx):
        tx.allocate_status(INSURER, LIST_SIZE + 1, random_bytes)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(fail)

    with store.reading() as tx:
        assert tx.status_lists() == []
    given = store.write(lambda tx: tx.allocate_status(INSURER, 3, random_bytes))
    assert len(set(given)) == 3


def test_a_list_shows_each_withdrawn_index_with_its_newest_kind(peopled, random_bytes):
    with peopled.transaction() as tx:
        tx.allocate_status(INSURER, 1, random_bytes)
        assert tx.status_entries(INSURER, 0) == (LIST_SIZE, [])
        for serial, index in (("s5", 5), ("s2", 2), ("s3", 3)):
            put_certificate(tx, serial, index)
        put_certificate(tx, "other", place=StatusPlace(INSURER, 1, 1, 1))
        tx.put_withdrawal(
            a_withdrawal("s5", WithdrawalKind.SUSPENDED), StatusPlace(INSURER, 0, 5, 5)
        )
        tx.put_withdrawal(
            a_withdrawal("s2", WithdrawalKind.REVOKED), StatusPlace(INSURER, 0, 2, 2)
        )
        tx.put_withdrawal(
            a_withdrawal("s5", WithdrawalKind.REINSTATED), StatusPlace(INSURER, 0, 5, 5)
        )
        tx.put_withdrawal(a_withdrawal("other"), StatusPlace(INSURER, 1, 1, 1))
    with peopled.reading() as tx:
        assert tx.status_entries(INSURER, 0) == (
            LIST_SIZE,
            [(2, "revoked"), (5, "reinstated")],
        )


def test_a_list_that_was_never_opened_is_not_found(store):
    with store.reading() as tx, pytest.raises(NotFoundError):
        tx.status_entries(INSURER, 0)


def test_other_writes_leave_the_places_alone(store, random_bytes):
    first = store.write(lambda tx: tx.allocate_status(INSURER, 2, random_bytes))
    assert store.write(append()).at == AT
    second = store.write(lambda tx: tx.allocate_status(INSURER, 6, random_bytes))

    assert len({*first, *second}) == LIST_SIZE
