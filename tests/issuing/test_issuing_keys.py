"""Our keys in the store: which signs, until when each must stay, and who is told."""

from datetime import timedelta

import pytest

from backend.credentials.certificate import Form
from backend.credentials.key_set import KeyPurpose, KeyState
from backend.domain.errors import NotFoundError
from backend.issuing.certificates import issue_certificates
from backend.issuing.keys import (
    KnownKeys,
    declare_compromised,
    key_set,
    records_of,
    retire_keys,
    rotate_key,
)
from backend.issuing.tokens import LIFETIME
from tests.house_of_glass import NOW, OLD, House

DAY = timedelta(days=1)


def active_kid(house: House) -> str:
    record = key_set(house.store).active(KeyPurpose.ISSUING, OLD.digits)
    assert record is not None
    return record.kid


def retired(house: House, after: timedelta) -> list[str]:
    return [it.kid for it in retire_keys(house.store, NOW + after)]


def rotate(house: House) -> None:
    house.new_key(OLD.digits)
    rotate_key(house.store, KeyPurpose.ISSUING, OLD.digits, house.at)


def test_a_key_stays_until_the_last_token_that_it_signed_has_ended(
    house: House,
) -> None:
    person = house.person()
    house.cover(person)
    house.phone(person)
    kid = active_kid(house)
    rotate(house)

    assert retired(house, LIFETIME - timedelta(seconds=1)) == []
    assert retired(house, LIFETIME) == []  # to the end of that day in Japan
    assert retired(house, LIFETIME + DAY) == [kid]


@pytest.mark.parametrize("is_paper_first", [True, False])
def test_a_short_token_never_shortens_the_life_of_a_key(
    house: House, is_paper_first: bool
) -> None:
    person = house.person()
    house.cover(person)
    kid = active_kid(house)

    def sign_paper() -> None:
        whom, at = [person], house.at
        run = issue_certificates(house.issuer, OLD.digits, whom, Form.A4, at)
        assert run.issued

    steps = [sign_paper, lambda: house.phone(person)]
    for sign in steps if is_paper_first else reversed(steps):
        sign()
    rotate(house)

    assert retired(house, 4 * 365 * DAY) == []
    assert retired(house, 6 * 365 * DAY) == [kid]


def test_a_key_in_waiting_has_not_begun_to_sign(house: House) -> None:
    first = active_kid(house)
    waiting = house.new_key(OLD.digits)
    with house.store.reading() as tx:
        records = {it.kid: it for it in records_of(tx)}
    assert (records[first].state, records[first].activated_at) == (
        KeyState.ACTIVE,
        NOW,
    )
    assert (records[waiting].state, records[waiting].activated_at) == (
        KeyState.NEXT,
        None,
    )


def test_a_key_changed_since_is_known_at_the_next_look(house: House) -> None:
    known, kid = KnownKeys(), active_kid(house)
    with house.store.reading() as tx:
        assert known.at(tx).find(kid).state is KeyState.ACTIVE
    declare_compromised(house.store, kid, NOW, house.at)
    with house.store.reading() as tx:
        assert known.at(tx).find(kid).state is KeyState.COMPROMISED
        assert known.at(tx) is known.at(tx)  # and read once


def test_a_key_that_is_not_ours_cannot_be_declared_compromised(house: House) -> None:
    with pytest.raises(NotFoundError):
        declare_compromised(house.store, "AAAAAAAA", NOW, house.at)
