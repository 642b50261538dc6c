"""Parties and people: what is told is remembered as told; the erased are forgotten."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from storage_samples import (
    AT,
    INSURER,
    LATER,
    OTHER_INSURER,
    a_client,
    a_coverage,
    a_member,
    an_intent,
    append,
    charges,
    open_batch,
    put_certificate,
)

from backend.audit.events import pseudonym
from backend.domain.errors import ConflictError
from backend.domain.insured_identity import InsuredIdentity
from backend.storage.rows import Clinic, Insurer

KEY = b"k" * 32


def test_an_insurer_is_remembered_and_changed(store):
    told = Insurer("01130012", "新保険者", "連絡先", date(2029, 7, 31), True, AT)
    with store.transaction() as tx:
        tx.put_insurer(told)
    with store.reading() as tx:
        assert tx.insurer("01130012") == told
        assert tx.insurer("99999999") is None
    with store.transaction() as tx:
        tx.put_insurer(replace(told, name="改名", requires_challenge=False))
    with store.reading() as tx:
        assert tx.insurer("01130012").name == "改名"
        assert tx.insurer("01130012").requires_challenge is False


@pytest.mark.parametrize("first", [AT, LATER])
def test_the_later_delivery_stays(store, first):
    other = LATER if first == AT else AT
    with store.transaction() as tx:
        tx.note_delivery(INSURER, first)
        tx.note_delivery(INSURER, other)
        tx.put_insurer(Insurer(INSURER, "改名", "", delivered_at=None))
        assert tx.insurer(INSURER).delivered_at == LATER
        tx.put_insurer(Insurer(INSURER, "改名", "", delivered_at=AT))
        assert tx.insurer(INSURER).delivered_at == LATER
        assert tx.insurer(OTHER_INSURER).delivered_at is None


def test_since_when_a_person_is_undisclosed(peopled):
    """Of a run of descriptions the first; of two insurers the one who said so last."""

    def told(insurer, minute, is_undisclosed):
        member = a_member(insurer=insurer)
        person = replace(member.person, is_undisclosed=is_undisclosed)
        at = AT + timedelta(minutes=minute)
        with peopled.transaction() as tx:
            tx.put_member(replace(member, person=person, recorded_at=at))
            since = tx.undisclosed_since("p1")
        return since and (since - AT) // timedelta(minutes=1)

    assert told(INSURER, 1, False) is None
    assert told(INSURER, 2, True) == 2
    assert told(INSURER, 3, True) == 2
    assert told(OTHER_INSURER, 4, False) == 2
    assert told(OTHER_INSURER, 5, True) == 5
    assert told(INSURER, 6, False) == 5
    assert told(OTHER_INSURER, 6, False) is None
    assert told(INSURER, 7, True) == 7
    with peopled.reading() as tx:
        assert tx.undisclosed_since("nobody") is None


def test_a_clinic_is_remembered_and_changed(store):
    with store.transaction() as tx:
        tx.put_clinic(Clinic("1312345678", "架空医院"))
        assert tx.clinic("1312345678") == Clinic("1312345678", "架空医院")
        tx.put_clinic(Clinic("1312345678", "架空医院", requires_challenge=True))
        assert tx.clinic("1312345678").requires_challenge is True
        assert tx.clinic("0000000000") is None


def test_a_clinic_or_an_insurer_may_take_only_codes_made_online(store):
    strict = Clinic("1312345678", "架空医院", requires_challenge=True)
    with store.transaction() as tx:
        tx.put_clinic(strict)
        tx.put_clinic(Clinic("2712345678", "見本医院"))
        tx.put_insurer(Insurer(INSURER, "けんぽ", "03", requires_challenge=True))
        for clinic in (strict.code, "2712345678", "0000000000"):
            is_strict = clinic == strict.code
            assert tx.requires_challenge(clinic, None) is is_strict
            assert tx.requires_challenge(clinic, OTHER_INSURER) is is_strict
            assert tx.requires_challenge(clinic, INSURER) is True


def test_a_person_is_found_by_the_digest_of_their_number_only(store):
    with store.transaction() as tx:
        tx.add_person("p1", KEY, b"index1", b"sealed")
        tx.add_person("p2", KEY, None, None)
        tx.add_person("p3", KEY, None, None)
    with store.reading() as tx:
        assert tx.person_by_number(b"index1") == "p1"
        assert tx.person_by_number(b"index2") is None
        assert tx.audit_key("p2") == KEY
        assert tx.audit_key("nobody") is None


@pytest.mark.parametrize(("person_id", "index"), [("p1", b"i2"), ("p2", b"i1")])
def test_no_two_people_share_an_id_or_a_number(store, person_id, index):
    store.write(lambda tx: tx.add_person("p1", KEY, b"i1", None))

    with pytest.raises(ConflictError):
        store.write(lambda tx: tx.add_person(person_id, KEY, index, None))

    with store.reading() as tx:
        assert tx.audit_key("p1") == KEY
        assert tx.audit_key("p2") is None


def test_the_newest_description_answers_for_each_insurer(peopled):
    moved = a_member(recorded_at=LATER, continuation_ends_on=date(2027, 3, 31))
    moved = replace(
        moved, person=replace(moved.person, address=None, is_undisclosed=True)
    )
    elsewhere = a_member(insurer=OTHER_INSURER, card_status="linked")
    with peopled.transaction() as tx:
        tx.put_member(moved)
        tx.put_member(elsewhere)
    with peopled.reading() as tx:
        assert tx.member("p1", INSURER) == moved
        assert tx.member("p1", OTHER_INSURER) == elsewhere
        assert tx.member("p2", INSURER) is None


def test_a_description_told_earlier_does_not_replace_a_later_one(peopled):
    late = a_member(recorded_at=AT - timedelta(days=1), card_status="linked")
    peopled.write(lambda tx: tx.put_member(late))

    with peopled.reading() as tx:
        assert tx.member("p1", INSURER).card_status == "none"


def test_of_two_descriptions_told_at_once_the_one_appended_last_answers(peopled):
    peopled.write(lambda tx: tx.put_member(a_member(card_status="linked")))

    with peopled.reading() as tx:
        assert tx.member("p1", INSURER).card_status == "linked"


@pytest.mark.parametrize(
    "tell",
    [
        lambda tx: tx.put_member(a_member("stranger")),
        lambda tx: tx.put_member(a_member(insurer="99999999")),
        lambda tx: tx.put_coverage(a_coverage(person_id="stranger")),
        lambda tx: tx.put_coverage(a_coverage(insurer="99999999")),
    ],
)
def test_nothing_is_told_of_or_by_somebody_unknown(peopled, tell):
    with pytest.raises(ConflictError):
        peopled.write(tell)


def test_erasing_unlinks_the_log_and_forgets_every_description(peopled):
    subject = pseudonym(store_key := b"p1".ljust(32, b"k"))
    with peopled.transaction() as tx:
        assert tx.audit_key("p1") == store_key
        append(subject)(tx)
        tx.put_coverage(a_coverage(lost_on=date(2026, 10, 1), **charges()))
        tx.put_client(a_client())
        paper = put_certificate(tx)
        tx.erase_person("p1")
    with peopled.reading() as tx:
        assert tx.audit_key("p1") is None  # no key, no pseudonym
        assert tx.audit_of_person("p1", subject, 10) != []  # the log itself stands
        assert tx.member("p1", INSURER) is None
        assert list(tx.members_of(INSURER)) == []
        assert tx.coverages_numbered(INSURER, *a_coverage().identity.search_key) == []
        assert tx.certificate("s1") == replace(paper, mould="", words="")
        assert tx.client("phone1").name == ""


def test_what_was_intended_for_an_erased_person_is_signed_no_more(peopled):
    with peopled.transaction() as tx:
        batch = open_batch(tx, an_intent())
        assert tx.open_batches(INSURER) == [batch]
        tx.erase_person("p1")
        assert tx.open_batches(INSURER) == []
        assert tx.serial_under_way("c1", "p1") is None


def test_after_erasing_an_old_paper_is_still_answered_by_its_days(peopled):
    with peopled.transaction() as tx:
        tx.put_coverage(a_coverage(lost_on=date(2026, 10, 1), **charges()))
        tx.erase_person("p1")
    with peopled.reading() as tx:
        known = tx.record_of_coverages(["c1"]).coverages[-1]
    assert known.lost_on == date(2026, 10, 1)
    assert known.identity == InsuredIdentity(None, "", None)
    assert (known.copay, known.limits, known.diseases) == ((), (), ())


def test_erasing_spares_everybody_else_and_frees_the_number(peopled):
    with peopled.transaction() as tx:
        tx.add_person("p2", KEY, b"index2", b"sealed")
        tx.put_member(a_member("p2"))
        tx.erase_person("p2")
        assert tx.person_by_number(b"index2") is None
        tx.add_person("p3", KEY, b"index2", b"sealed")
        assert tx.person_by_number(b"index2") == "p3"
        assert tx.member("p1", INSURER) == a_member()
        tx.erase_person("nobody")
