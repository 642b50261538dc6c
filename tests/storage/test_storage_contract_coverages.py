"""Coverages: every version stays, the newest answers, the record is whole."""

from datetime import date, timedelta

import pytest
from storage_samples import (
    AT,
    INSURER,
    LATER,
    OTHER_INSURER,
    a_coverage,
    a_member,
    charges,
    person_with_coverage,
)

from backend.domain.codes import CardClassification, LossReason, Relation
from backend.domain.coverage import Hold, PendingFiling, Record
from backend.domain.errors import NotFoundError
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber

FULL = a_coverage(
    "c9",
    lost_on=date(2026, 10, 1),
    loss_reason=LossReason.OTHER_INSURANCE,
    relation=Relation.FAMILY,
    classification=CardClassification.SELF_DEFENCE_FORCES,
    **charges(),
)
BARE = a_coverage("c9", identity=InsuredIdentity(None, "0１ａ", None), relation=None)


@pytest.mark.parametrize("told", [FULL, BARE])
def test_a_coverage_comes_back_as_it_was_told(peopled, told):
    peopled.write(lambda tx: tx.put_coverage(told))

    with peopled.reading() as tx:
        assert tx.coverage("c9") == told
        assert tx.coverage("nothing") is None
        assert told in tx.record_of_person("p1").coverages


def test_every_version_stays_and_the_one_told_last_answers(peopled):
    ended = a_coverage(lost_on=date(2026, 10, 1), recorded_at=LATER)
    tardy = a_coverage(acquired_on=date(2026, 3, 1), recorded_at=AT - timedelta(days=1))
    with peopled.transaction() as tx:
        tx.put_coverage(ended)
        tx.put_coverage(tardy)
    with peopled.reading() as tx:
        assert tx.coverage("c1") == ended
        assert tx.coverage_history("c1") == [a_coverage(), ended, tardy]
        assert tx.record_of_person("p1").coverages == (a_coverage(), ended, tardy)


def test_of_versions_told_at_the_same_instant_the_one_appended_last_answers(peopled):
    again = a_coverage(acquired_on=date(2026, 5, 1))
    peopled.write(lambda tx: tx.put_coverage(again))

    with peopled.reading() as tx:
        assert tx.coverage("c1") == again


def test_numbers_find_newest_versions_only(peopled):
    symbol, number = a_coverage().identity.search_key
    renumbered = a_coverage(
        identity=InsuredIdentity("12-あ", "999", "01"), recorded_at=LATER
    )
    with peopled.transaction() as tx:
        person_with_coverage(tx, "p2", "c2")
        person_with_coverage(tx, "p3", "c3", OTHER_INSURER)
        assert [c.id for c in tx.coverages_numbered(INSURER, symbol, number)] == [
            "c1",
            "c2",
        ]
        tx.put_coverage(renumbered)
        assert [c.id for c in tx.coverages_numbered(INSURER, symbol, number)] == ["c2"]
        assert tx.coverages_numbered(INSURER, symbol, "999") == [renumbered]
        assert tx.coverages_numbered(INSURER, "", "999") == []


def test_what_is_told_late_but_knew_less_is_not_the_newest(peopled):
    symbol, number = a_coverage().identity.search_key
    tardy = a_coverage(
        identity=InsuredIdentity("12-あ", "999", "01"),
        recorded_at=AT - timedelta(days=1),
    )
    with peopled.transaction() as tx:
        tx.put_coverage(tardy)
        tx.put_member(a_member(card_status="linked", recorded_at=tardy.recorded_at))
        assert tx.coverages_numbered(INSURER, symbol, "999") == []
        assert tx.coverages_numbered(INSURER, symbol, number) == [a_coverage()]
        assert list(tx.members_of(INSURER)) == [(a_member(), a_coverage())]


def test_numbers_are_found_however_they_are_written(peopled):
    wide = a_coverage("c2", identity=InsuredIdentity("１２－ア", "３４５", None))
    peopled.write(lambda tx: tx.put_coverage(wide))
    narrow = InsuredIdentity("12-ｱ", "345", None).search_key

    with peopled.reading() as tx:
        assert tx.coverages_numbered(INSURER, *narrow) == [wide]


def test_an_insurers_members_come_with_newest_description_and_coverages(peopled):
    ended = a_coverage(lost_on=date(2026, 10, 1), recorded_at=LATER)
    again = a_coverage("c2", acquired_on=date(2026, 11, 1))
    described = a_member(card_status="linked", recorded_at=LATER)
    with peopled.transaction() as tx:
        tx.put_coverage(ended)
        tx.put_coverage(again)
        tx.put_member(described)
        person_with_coverage(tx, "p2", "c3", OTHER_INSURER)
    with peopled.reading() as tx:
        mine = sorted(tx.members_of(INSURER), key=lambda pair: pair[1].id)
        theirs = list(tx.members_of(OTHER_INSURER))
    assert mine == [(described, ended), (described, again)]
    assert [member.person.id for member, _ in theirs] == ["p2"]


def test_members_are_read_as_they_are_asked_for(store):
    with store.transaction() as tx:
        for n in range(50):
            person_with_coverage(tx, f"p{n}", f"c{n}")
    with store.reading() as tx:
        members = tx.members_of(INSURER)
        assert next(members)[0].insurer == INSURER
        assert tx.coverage("c49") is not None  # other questions in between
        assert len(list(members)) == 49


def test_a_record_holds_all_of_the_person_and_nothing_of_others(peopled):
    hold = Hold("c1", AT)
    with peopled.transaction() as tx:
        person_with_coverage(tx, "p2", "c2")
        tx.note_delivery(INSURER, LATER)
        tx.open_hold(hold, "number shared")
        tx.open_hold(Hold("c2", AT), "number shared")
    with peopled.reading() as tx:
        assert tx.record_of_person("p1") == Record(
            (a_coverage(),), (hold,), (), {INSURER: LATER}
        )
        assert tx.record_of_person("nobody") == Record()


def test_a_record_tells_of_each_insurer_when_it_last_delivered(peopled):
    newer = a_coverage("c2", insurer=OTHER_INSURER, acquired_on=date(2026, 9, 1))
    with peopled.transaction() as tx:
        tx.put_coverage(newer)
        tx.note_delivery(INSURER, LATER)
        assert tx.record_of_person("p1").delivered == {INSURER: LATER}
        tx.note_delivery(OTHER_INSURER, AT)
        assert tx.record_of_person("p1").delivered == {
            INSURER: LATER,
            OTHER_INSURER: AT,
        }


def test_a_coverage_moved_to_another_person_is_whole_in_both_records(peopled):
    moved = a_coverage(person_id="p2", recorded_at=LATER)
    with peopled.transaction() as tx:
        tx.add_person("p2", b"2" * 32, None, None)
        tx.put_coverage(moved)
    with peopled.reading() as tx:
        assert tx.record_of_person("p1").coverages == (a_coverage(), moved)
        assert tx.record_of_person("p2").coverages == (a_coverage(), moved)


def test_the_record_of_coverages_is_that_of_all_their_people(peopled):
    other = a_coverage("c1b", insurer=OTHER_INSURER)
    with peopled.transaction() as tx:
        tx.put_coverage(other)
        person_with_coverage(tx, "p2", "c2")
        person_with_coverage(tx, "p3", "c3")
        tx.open_hold(Hold("c1b", AT), "doubt")
    with peopled.reading() as tx:
        record = tx.record_of_coverages(["c1", "c2"])
        assert {c.id for c in record.coverages} == {"c1", "c1b", "c2"}
        assert [hold.coverage_id for hold in record.holds] == ["c1b"]
        assert tx.record_of_coverages(["c1"]) == tx.record_of_person("p1")
        assert tx.record_of_coverages([]) == Record()
        assert tx.record_of_coverages(["nothing"]) == Record()


def test_a_hold_is_released_and_may_be_opened_again(peopled):
    with peopled.transaction() as tx:
        tx.open_hold(Hold("c1", AT), "doubt")
        tx.release_hold("c1", LATER)
        tx.open_hold(Hold("c1", LATER), "doubt again")
        tx.release_hold("c1", LATER + timedelta(days=1))
        assert tx.record_of_person("p1").holds == (
            Hold("c1", AT, LATER),
            Hold("c1", LATER, LATER + timedelta(days=1)),
        )


def test_only_a_known_coverage_is_held(peopled):
    with pytest.raises(NotFoundError):
        peopled.write(lambda tx: tx.open_hold(Hold("nothing", AT), "doubt"))


BORN = date(1980, 2, 29)
NUMBERS = InsuredIdentity("12", "345", None)


def filed(tx, filing_id="f1", insurer=INSURER, at=AT):
    filing = PendingFiling(InsurerNumber(insurer), at, date(2026, 12, 1))
    tx.put_filing(filing_id, filing, NUMBERS, BORN)
    return filing


def test_filings_are_found_by_numbers_and_birth_date_alike(peopled):
    with peopled.transaction() as tx:
        filing = filed(tx)
        wide = InsuredIdentity("１２", "３４５", "01")
        assert tx.filings_of(INSURER, wide, BORN) == [filing]
        for other in (
            (OTHER_INSURER, NUMBERS, BORN),
            (INSURER, InsuredIdentity("13", "345", None), BORN),
            (INSURER, InsuredIdentity("12", "346", None), BORN),
            (INSURER, NUMBERS, date(1980, 2, 28)),
        ):
            assert tx.filings_of(*other) == []


def test_a_filing_is_forgotten_settled_taken_back_or_old(peopled):
    with peopled.transaction() as tx:
        filed(tx)
        tx.settle_filings(OTHER_INSURER, NUMBERS, BORN)
        assert not tx.end_filing(OTHER_INSURER, "f1")
        assert tx.forget_filings(AT) == 0
        assert len(tx.filings_of(INSURER, NUMBERS, BORN)) == 1
        assert tx.end_filing(INSURER, "f1")
        assert not tx.end_filing(INSURER, "f1")
        filed(tx)
        tx.settle_filings(INSURER, NUMBERS, BORN)
        assert tx.filings_of(INSURER, NUMBERS, BORN) == []
        filed(tx)
        filed(tx, "f2", at=LATER)
        assert tx.forget_filings(LATER) == 1
        assert len(tx.filings_of(INSURER, NUMBERS, BORN)) == 1
