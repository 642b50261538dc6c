"""The desk: a code is spent once, an answer is kept, the log has no gap."""

from dataclasses import replace
from datetime import timedelta

import pytest
from storage_samples import (
    AT,
    INSURER,
    LATER,
    SUBJECT,
    a_client,
    an_entry,
    an_intent,
    append,
    open_batch,
    sign,
)

from backend.audit.events import entry_bytes
from backend.domain.errors import ConflictError
from backend.storage.rows import MemberList, SavedAnswer

ANSWER = SavedAnswer("1312345678", "key1", b"digest", b"\x00body", AT)


def test_a_presentation_is_spent_by_handle_and_instant(store):
    def spend(handle, at, spent_at=AT):
        return store.write(lambda tx: tx.spend_presentation(handle, at, spent_at))

    assert spend("handle", AT) is True
    assert spend("handle", AT, LATER) is False
    assert spend("handle", AT + timedelta(microseconds=1)) is True
    assert spend("another", AT) is True


def test_an_answer_is_kept_for_its_party_and_key(store):
    store.write(lambda tx: tx.save_answer(ANSWER))

    with store.reading() as tx:
        assert tx.saved_answer("1312345678", "key1") == ANSWER
        assert tx.saved_answer("1312345678", "key2") is None
        assert tx.saved_answer("2712345678", "key1") is None


def test_a_later_answer_under_the_key_takes_the_place_of_the_old(store):
    later = replace(ANSWER, question_digest=b"d2", body=b"b2", answered_at=LATER)
    with store.transaction() as tx:
        tx.save_answer(ANSWER)
        tx.save_answer(replace(ANSWER, idempotency_key="key2"))
        tx.save_answer(later)
        assert tx.saved_answer("1312345678", "key1") == later
        assert tx.saved_answer("1312345678", "key2").body == ANSWER.body


def test_only_what_has_passed_is_forgotten(store):
    def fill(tx, at, name):
        tx.save_answer(replace(ANSWER, idempotency_key=name, answered_at=at))
        tx.spend_presentation(name, at, at)
        tx.spend_once("dpop", name.encode(), at)
        tx.put_access_token(name.encode(), "phone1", at)
        tx.take(name, at, 1, 1)

    with store.transaction() as tx:
        tx.put_client(a_client())
        fill(tx, AT, "old")
        fill(tx, LATER, "new")
        assert tx.forget_transients(AT + timedelta(seconds=2)) == 5
        assert tx.forget_transients(AT + timedelta(seconds=2)) == 0
    with store.transaction() as tx:
        assert tx.saved_answer("1312345678", "old") is None
        assert tx.saved_answer("1312345678", "new") is not None
        assert tx.access_token(b"old") is None
        assert tx.access_token(b"new") is not None
        assert tx.spend_presentation("new", LATER, LATER) is False
        assert tx.spend_once("dpop", b"new", LATER) is False
        assert tx.taken("new", LATER, 1) == 1


def test_what_was_forgotten_is_never_spent_again(store):
    second = timedelta(seconds=1)
    with store.transaction() as tx:
        assert tx.has_forgotten(AT) is False
        tx.spend_presentation("code", AT, AT)
        tx.spend_once("dpop", b"proof", AT - second)
        tx.forget_transients(LATER)
        tx.forget_transients(AT - second)  # a clock that was set back
    with store.transaction() as tx:
        assert tx.spend_presentation("code", AT, AT) is False
        assert tx.spend_once("dpop", b"proof", AT - second) is False
        assert tx.spend_once("dpop", b"other", AT) is False
        assert (tx.has_forgotten(AT), tx.has_forgotten(AT + second)) == (True, False)
        assert tx.spend_presentation("code", AT + second, AT) is True
        assert tx.spend_once("dpop", b"next", AT + second) is True


def test_forgetting_ends_in_bounded_steps(store):
    with store.transaction() as tx:
        for n in range(2500):
            tx.spend_presentation(f"h{n}", AT, AT)
    steps = []
    while count := store.write(lambda tx: tx.forget_transients(LATER)):
        steps.append(count)
    assert sum(steps) == 2500
    assert len(steps) > 1


def test_entries_are_numbered_from_zero_without_gaps(store):
    def three(tx):
        return [append()(tx).sequence for _ in range(3)]

    with store.reading() as tx:
        assert tx.audit_size() == 0
    assert store.write(three) == [0, 1, 2]
    assert store.write(three) == [3, 4, 5]
    with store.reading() as tx:
        assert tx.audit_size() == 6
        assert [n for n, _ in tx.audit_entries()] == [0, 1, 2, 3, 4, 5]


def test_a_write_that_failed_leaves_no_gap(store):
    def fail(tx):
        append()(tx)
        raise ZeroDivisionError

    store.write(append(note="first"))
    with pytest.raises(ZeroDivisionError):
        store.write(fail)

    assert store.write(append(note="second")).sequence == 1


def test_the_stored_bytes_are_the_entrys_one_spelling(store):
    entry = store.write(append(SUBJECT, "note"))

    with store.reading() as tx:
        assert list(tx.audit_entries()) == [(0, entry_bytes(entry))]
    assert entry == an_entry(0, SUBJECT, "note")


def test_every_row_is_read_as_stored_with_its_subject(store):
    of_one = store.write(append(SUBJECT))
    of_nobody = store.write(append(""))

    with store.reading() as tx:
        assert list(tx.audit_rows()) == [
            (0, SUBJECT, entry_bytes(of_one)),
            (1, None, entry_bytes(of_nobody)),
        ]


def test_entries_are_read_from_a_number_on_and_up_to_a_limit(store):
    store.write(lambda tx: [append()(tx) for _ in range(10)])

    with store.reading() as tx:
        assert [n for n, _ in tx.audit_entries(7)] == [7, 8, 9]
        assert [n for n, _ in tx.audit_entries(3, limit=2)] == [3, 4]
        assert list(tx.audit_entries(10)) == []


def test_a_persons_entries_come_newest_first_in_pages(store):
    other = SUBJECT[::-1]
    with store.transaction() as tx:
        for subject in (SUBJECT, other, "", SUBJECT, SUBJECT):
            append(subject)(tx)
    with store.reading() as tx:
        page = tx.audit_of_person("p1", SUBJECT, 2)
        assert page == [an_entry(4, SUBJECT), an_entry(3, SUBJECT)]
        rest = tx.audit_of_person("p1", SUBJECT, 2, before=3)
        assert rest == [an_entry(0, SUBJECT)]
        assert tx.audit_of_person("p1", "", 10) == []  # no person, so nobody's history


def test_what_seals_a_persons_certificate_is_in_their_history(peopled):
    with peopled.transaction() as tx:
        for subject in (SUBJECT, "", ""):
            append(subject)(tx)
        sign(tx, open_batch(tx, an_intent()), entry=2)
        assert tx.audit_of_person("p1", SUBJECT, 10) == [
            an_entry(2),
            an_entry(0, SUBJECT),
        ]
        assert tx.audit_of_person("p1", SUBJECT, 10, before=2) == [an_entry(0, SUBJECT)]
        assert tx.audit_of_person("p2", SUBJECT, 10) == [an_entry(0, SUBJECT)]


def test_a_list_is_kept_and_committed_once(store):
    told = MemberList("l1", INSURER, b"digest", b"plan", AT)
    store.write(lambda tx: tx.put_list(told))

    with store.reading() as tx:
        assert tx.member_list("l1") == told
        assert tx.member_list("l2") is None
    assert store.write(lambda tx: tx.commit_list("l1", b"done", LATER)) is True
    assert store.write(lambda tx: tx.commit_list("l1", b"again", AT)) is False
    assert store.write(lambda tx: tx.commit_list("l2", b"done", AT)) is False
    with store.reading() as tx:
        assert tx.member_list("l1") == replace(told, plan=b"done", committed_at=LATER)


def test_a_list_is_under_way_from_its_beginning_to_its_commitment(store):
    told = MemberList("l1", INSURER, b"digest", b"plan", AT)

    with store.transaction() as tx:
        tx.put_list(told)
        tx.decide_list("l1", b"too early")
        assert tx.list_under_way(INSURER) is None
        tx.begin_list("l1", LATER)
        tx.begin_list("l1", AT)
        assert tx.list_under_way(INSURER) == "l1"
        assert tx.member_list("l1") == replace(told, begun_at=LATER)
        tx.abandon_list("l1")
        assert tx.list_under_way(INSURER) is None
        tx.begin_list("l1", AT)
        tx.decide_list("l1", b"first")
        tx.decide_list("l1", b"second")
        tx.abandon_list("l1")
        assert tx.member_list("l1").decision == b"first"
        assert tx.list_under_way(INSURER) == "l1"
        tx.commit_list("l1", b"done", LATER)
        tx.begin_list("l1", LATER)
        assert tx.list_under_way(INSURER) is None
        assert tx.member_list("l1").decision is None


def test_one_list_of_an_insurer_is_under_way_at_a_time(store):
    with store.transaction() as tx:
        for name in ("l1", "l2"):
            tx.put_list(MemberList(name, INSURER, b"digest", b"plan", AT))
        tx.begin_list("l1", AT)

    with pytest.raises(ConflictError):
        store.write(lambda tx: tx.begin_list("l2", AT))


def test_a_list_that_was_never_begun_is_forgotten_one_at_a_time(store):
    with store.transaction() as tx:
        for name, at in (("done", AT), ("old", AT), ("older", AT), ("new", LATER)):
            tx.put_list(MemberList(name, INSURER, b"digest", b"plan", at))
        tx.put_list(MemberList("begun", INSURER, b"digest", b"plan", AT))
        tx.commit_list("done", b"done", LATER)
        tx.begin_list("begun", AT)

    steps = [store.write(lambda tx: tx.forget_lists(LATER)) for _ in range(3)]

    assert steps == [1, 1, 0]
    with store.reading() as tx:
        names = ("done", "old", "older", "new", "begun")
        kept = [it for it in names if tx.member_list(it)]
    assert kept == ["done", "new", "begun"]
