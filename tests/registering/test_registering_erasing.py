"""People whose coverage ended long ago are forgotten; the log stays provable."""

from datetime import date, timedelta

import pytest

from backend.audit.events import AuditKind, pseudonym, read_entry
from backend.registering.erasing import erase_ended
from backend.storage.rows import MemberList
from tests.house_of_glass import OLD, open_house

LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def house(tmp_path):
    opened = open_house(tmp_path)
    yield opened
    opened.store.close()


def people_left(house):
    with house.store.reading() as tx:
        return {it for it in house.made if tx.audit_key(it) is not None}


@pytest.fixture
def people(house):
    """Ended long ago; ended lately; goes on; ended and reopened; never covered."""
    ended, lately, goes_on, reopened, uncovered = (house.person() for _ in range(5))
    first = {"acquired_on": date(2000, 4, 1)}
    house.cover(ended, lost_on=date(2019, 12, 31), **first)
    house.cover(lately, lost_on=LONG_AGO, **first)
    house.cover(goes_on)
    mistaken = house.cover(reopened, lost_on=date(2010, 1, 1), **first)
    house.cover(
        reopened,
        id=mistaken.id,
        identity=mistaken.identity,
        recorded_at=house.at + timedelta(seconds=1),
        **first,
    )
    house.made = (ended, lately, goes_on, reopened, uncovered)
    return house.made


def test_only_who_ended_before_the_day_is_erased_and_only_once(house, people):
    first = erase_ended(house.store, LONG_AGO, house.at)
    again = erase_ended(house.store, LONG_AGO, house.at)

    assert (first, again) == (1, 0)
    assert people_left(house) == set(people[1:])


def test_lists_that_may_name_the_erased_go_with_them(house, people):
    earlier = house.at - timedelta(minutes=1)
    with house.store.transaction() as tx:
        for name in ("waiting", "committed"):
            tx.put_list(MemberList(name, OLD.digits, b"digest", b"plan", earlier))
        tx.commit_list("committed", b"counts", earlier)

    assert erase_ended(house.store, date(2000, 1, 1), house.at) == 0
    with house.store.reading() as tx:
        assert tx.member_list("waiting") is not None
    assert erase_ended(house.store, LONG_AGO, house.at) == 1

    with house.store.reading() as tx:
        assert tx.member_list("waiting") is None
        assert tx.member_list("committed").plan == b"counts"


def test_the_log_says_that_someone_was_erased_and_not_who(house, people):
    with house.store.reading() as tx:
        subject = pseudonym(tx.audit_key(people[0]))

    erase_ended(house.store, LONG_AGO, house.at)

    with house.store.reading() as tx:
        entries = [read_entry(stored) for _, stored in tx.audit_entries()]
    erased = [it for it in entries if it.kind is AuditKind.PERSON_ERASED]
    assert [(it.subject, it.object) for it in erased] == [("", "")]
    assert subject not in str(erased)
