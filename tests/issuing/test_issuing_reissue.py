"""After a compromise: which papers are withdrawn, and who gets which one anew."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from backend.credentials.certificate import Form, open_certificate
from backend.credentials.key_set import KeyPurpose
from backend.domain.errors import ConflictError
from backend.issuing.certificates import issue_certificates
from backend.issuing.issued_text import issued_text
from backend.issuing.keys import declare_compromised, key_set
from backend.issuing.reissue import reissue_compromised
from backend.issuing.withdrawals import WithdrawalReason, withdraw
from backend.registering.erasing import erase_ended
from backend.storage.rows import IssuedCertificate, WithdrawalKind
from tests.house_of_glass import NOW, OLD, TODAY, House

SECOND = timedelta(seconds=1)


def a_paper(house: House, form: Form = Form.A4) -> IssuedCertificate:
    person = house.person()
    house.cover(person)
    run = issue_certificates(house.issuer, OLD.digits, [person], form, house.at)
    return run.issued[0]


def reissue(house: House, kid: str) -> Sequence[IssuedCertificate]:
    return reissue_compromised(house.issuer, house.make_key, kid, house.at)


def why_withdrawn(house: House, serial: str) -> str | None:
    with house.store.reading() as tx:
        paper = tx.certificate(serial)
    assert paper is not None
    return paper.withdrawal and paper.withdrawal.reason


def test_the_instant_of_the_compromise_counts_as_after_it(house: House) -> None:
    before = a_paper(house)
    house.at = NOW + SECOND
    at_that_instant = a_paper(house)
    declare_compromised(house.store, before.kid, house.at, house.at)

    reissued = reissue(house, before.kid)

    assert [it.person_id for it in reissued] == [at_that_instant.person_id]
    assert why_withdrawn(house, before.serial) is None
    assert why_withdrawn(house, at_that_instant.serial) == "key-compromised"


def test_everyone_gets_the_form_they_had_signed_by_a_new_key(house: House) -> None:
    papers = {a_paper(house, form).person_id: form for form in Form}
    kid = key_set(house.store).active(KeyPurpose.ISSUING, OLD.digits).kid
    declare_compromised(house.store, kid, NOW, house.at)

    reissued = reissue(house, kid)

    keys = key_set(house.store)
    forms = {
        it.person_id: open_certificate(issued_text(it), keys.find).form
        for it in reissued
    }
    assert forms == papers
    assert kid not in {it.kid for it in reissued}


@pytest.mark.parametrize(("days_after", "is_replaced"), [(0, True), (1, False)])
def test_a_paper_is_replaced_until_its_last_day(
    house: House, days_after: int, is_replaced: bool
) -> None:
    paper = a_paper(house)
    left = paper.expires_on - TODAY + timedelta(days=days_after)
    house.at = NOW + left
    declare_compromised(house.store, paper.kid, NOW, house.at)

    reissued = reissue(house, paper.kid)

    assert bool(reissued) is is_replaced
    expected = "key-compromised" if is_replaced else None
    assert why_withdrawn(house, paper.serial) == expected


def test_who_gave_their_paper_back_before_gets_none_anew(house: House) -> None:
    returned, held = (a_paper(house) for _ in range(2))
    kind, reason = WithdrawalKind.REVOKED, WithdrawalReason.RETURNED
    withdraw(house.store, OLD.digits, returned.serial, kind, reason, house.at)
    declare_compromised(house.store, held.kid, NOW, house.at)

    reissued = reissue(house, held.kid)

    assert returned.person_id not in {it.person_id for it in reissued}
    assert why_withdrawn(house, returned.serial) == "returned"


def test_a_suspended_paper_is_replaced_once_it_is_reinstated(house: House) -> None:
    paper = a_paper(house)

    def step(kind: WithdrawalKind) -> None:
        lost = WithdrawalReason.LOST
        withdraw(house.store, OLD.digits, paper.serial, kind, lost, house.at)

    step(WithdrawalKind.SUSPENDED)
    declare_compromised(house.store, paper.kid, NOW, house.at)

    assert reissue(house, paper.kid) == ()
    assert why_withdrawn(house, paper.serial) == "lost"
    step(WithdrawalKind.REINSTATED)
    (replaced,) = reissue(house, paper.kid)
    assert replaced.person_id == paper.person_id
    assert why_withdrawn(house, paper.serial) == "key-compromised"


def test_an_erased_persons_paper_is_withdrawn_and_keeps_nobody_from_theirs(
    house: House,
) -> None:
    person = house.person()
    coverage = house.cover(person)
    run = issue_certificates(house.issuer, OLD.digits, [person], Form.A4, house.at)
    erased, held = run.issued[0], a_paper(house)
    house.cover(
        person,
        id=coverage.id,
        identity=coverage.identity,
        lost_on=date(2026, 11, 20),
        recorded_at=house.at,
    )
    assert erase_ended(house.store, date(2026, 11, 21), house.at) == 1
    declare_compromised(house.store, held.kid, NOW, house.at)

    reissued = reissue(house, held.kid)

    assert [it.person_id for it in reissued] == [held.person_id]
    assert why_withdrawn(house, erased.serial) == "key-compromised"


def test_only_a_compromised_issuing_key_is_reissued(house: House) -> None:
    paper = a_paper(house)
    service = key_set(house.store).active(KeyPurpose.SERVICE, None).kid
    declare_compromised(house.store, service, NOW, house.at)
    for kid in (paper.kid, service, "AAAAAAAA"):
        with pytest.raises(ConflictError, match="compromised"):
            reissue(house, kid)
    assert why_withdrawn(house, paper.serial) is None


def test_a_key_in_waiting_is_not_needed_where_another_signs_already(
    house: House,
) -> None:
    paper = a_paper(house)
    declare_compromised(house.store, paper.kid, NOW, house.at)
    house.new_key(OLD.digits)
    active = key_set(house.store).active(KeyPurpose.ISSUING, OLD.digits).kid

    (reissued,) = reissue(house, paper.kid)

    assert reissued.kid == active
    with house.store.reading() as tx:
        assert len([it for it in tx.keys() if it.insurer == OLD.digits]) == 2
