"""Reading and writing: one consistent state, whole changes, no misuse."""

from threading import Thread

import pytest
from storage_samples import INSURER, a_coverage, append, person_with_coverage

from backend.domain.errors import ConflictError
from backend.storage.rows import Clinic


def size(store):
    with store.reading() as tx:
        return tx.audit_size()


def test_a_write_answers_with_what_its_work_answers(store):
    assert store.write(lambda tx: tx.append_audit and 42) == 42
    assert store.write(lambda _: None) is None


def test_a_transaction_is_committed_when_its_block_ends_well(store):
    with store.transaction() as tx:
        append()(tx)
        assert tx.audit_size() == 1
        assert size(store) == 0  # nobody sees it yet
    assert size(store) == 1


def test_what_is_set_aside_is_a_dictionary_that_nobody_else_sees(store):
    with store.aside() as mine, store.aside() as theirs:
        mine["p1"] = 1
        mine["p1"] = 2
        theirs["p2"] = 3
        assert (mine.get("p1"), theirs.get("p1")) == (2, None)
        assert "p1" in mine
        assert "p2" not in mine


@pytest.mark.parametrize("error", [ZeroDivisionError, KeyboardInterrupt])
def test_a_change_that_fails_never_happened(store, error):
    def fail(tx):
        person_with_coverage(tx)
        append()(tx)
        raise error

    with pytest.raises(error):
        store.write(fail)
    with pytest.raises(error), store.transaction() as tx:
        fail(tx)

    assert size(store) == 0
    with store.reading() as tx:
        assert tx.coverage("c1") is None
    assert store.write(append()).sequence == 0  # and the pen was laid down


def test_a_part_that_fails_has_not_happened_and_the_rest_stands(store):
    def broken(tx):
        with tx.apart():
            append()(tx)  # the next has its number again
            with tx.apart():
                person_with_coverage(tx)
            raise ZeroDivisionError

    def contradicting(tx):
        with tx.apart():
            person_with_coverage(tx)
            tx.add_person("p1", b"k" * 32, None, None)

    def whole(tx):
        append()(tx)
        with pytest.raises(ZeroDivisionError):
            broken(tx)
        with pytest.raises(ConflictError):
            contradicting(tx)
        with tx.apart():
            return append()(tx).sequence

    assert store.write(whole) == 1
    assert size(store) == 2
    with store.reading() as tx:
        assert tx.coverage("c1") is None


def test_what_contradicts_the_record_undoes_the_whole_change(store):
    def twice(tx):
        append()(tx)
        person_with_coverage(tx)
        tx.add_person("p1", b"k" * 32, None, None)

    with pytest.raises(ConflictError):
        store.write(twice)
    with pytest.raises(ConflictError), store.transaction() as tx:
        twice(tx)
    assert size(store) == 0


def test_a_reader_keeps_the_state_that_it_first_saw(peopled):
    with peopled.reading() as tx:
        assert len(tx.coverage_history("c1")) == 1
        peopled.write(lambda tx: tx.put_coverage(a_coverage()))
        assert len(tx.coverage_history("c1")) == 1
        assert len(tx.record_of_person("p1").coverages) == 1
    with peopled.reading() as tx:
        assert len(tx.coverage_history("c1")) == 2


def test_readers_may_be_nested_and_stand_beside_a_write(store):
    with store.reading() as outer, store.reading() as inner:
        assert outer.audit_size() == inner.audit_size() == 0
        with store.transaction() as tx:
            append()(tx)
        assert outer.audit_size() == 0


def test_nothing_is_written_through_a_reader(store):
    with pytest.raises(RuntimeError), store.reading() as tx:
        tx.put_clinic(Clinic("1312345678", "架空医院"))
    with store.reading() as tx:
        assert tx.clinic("1312345678") is None


def test_a_reader_is_usable_again_after_an_error_in_its_block(store):
    with pytest.raises(ZeroDivisionError), store.reading() as tx:
        print(1 / tx.audit_size())
    store.write(append())
    assert size(store) == 1


def test_a_write_within_a_write_is_refused_and_does_not_hang(store):
    def nested(tx):
        append()(tx)
        store.write(append())

    with pytest.raises(RuntimeError):
        store.write(nested)
    with store.transaction() as tx:
        append()(tx)
        with pytest.raises(RuntimeError):
            store.write(append())
        with pytest.raises(RuntimeError), store.transaction():
            pass
    assert size(store) == 1


def test_a_transaction_is_of_no_use_after_it_has_ended(store):
    kept = []
    store.write(kept.append)
    with store.transaction() as tx:
        kept.append(tx)
    with store.reading() as tx:
        kept.append(tx)

    for tx in kept:
        with pytest.raises(RuntimeError):
            tx.put_clinic(Clinic("1312345678", "架空医院"))
        with pytest.raises(RuntimeError):
            tx.allocate_status(INSURER, 1, bytes)


def test_threads_read_and_write_side_by_side(store):
    seen, errors = [], []

    def work():
        try:
            for _ in range(20):
                store.write(append())
                seen.append(size(store))
        except Exception as error:
            errors.append(error)

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert size(store) == 160
    assert max(seen) == 160
