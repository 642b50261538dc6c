"""Runs that cross, break off or are asked twice: nobody gets two valid papers."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from backend.credentials.certificate import Form
from backend.credentials.signing import Signer
from backend.issuing.batches import finish_batches
from backend.issuing.certificates import CertificateRun, issue_certificates
from backend.issuing.issuer import Issuer
from backend.storage.rows import IssuedCertificate
from tests.house_of_glass import NOW, OLD, TODAY, House


class PowerCutError(Exception):
    """The process ends here."""


@dataclass(frozen=True)
class Interrupted:
    """Signs as the other does, once something has happened."""

    signer: Signer
    happen: Callable[[], None]

    @property
    def kid(self) -> str:
        return self.signer.kid

    def sign(self, message: bytes) -> bytes:
        self.happen()
        return self.signer.sign(message)

    def sign_digest(self, digest: bytes) -> bytes:
        self.happen()
        return self.signer.sign_digest(digest)


def interrupted(house: House, happen: Callable[[], None]) -> Issuer:
    """An issuer whose signing is preceded by `happen`."""
    signer_of = house.issuer.signer_of
    return replace(
        house.issuer, signer_of=lambda kid: Interrupted(signer_of(kid), happen)
    )


def cut() -> None:
    raise PowerCutError


def run(house: House, *persons: str, by: Issuer | None = None) -> CertificateRun:
    whom = list(persons) or None
    return issue_certificates(by or house.issuer, OLD.digits, whom, Form.A4, house.at)


def papers_of(house: House, person: str) -> list[IssuedCertificate]:
    with house.store.reading() as tx:
        return list(tx.certificates_of(person))


@pytest.fixture
def person(house: House) -> str:
    covered = house.person()
    house.cover(covered)
    return covered


def test_who_is_named_twice_gets_one(house: House, person: str) -> None:
    assert len(run(house, person, person).issued) == 1
    assert len(papers_of(house, person)) == 1


def test_a_run_that_begins_while_another_is_cut_off_issues_no_second_paper(
    house: House, person: str
) -> None:
    signer_of = house.issuer.signer_of
    others = iter([interrupted(house, cut)])

    def another_begins_first(kid: str) -> Signer:
        for other in others:  # once: when this run is about to reserve
            with pytest.raises(PowerCutError):
                run(house, person, by=other)
        return signer_of(kid)

    ours = run(house, person, by=replace(house.issuer, signer_of=another_begins_first))

    assert ours.issued == ()
    assert "少し待って" in ours.skipped[0].reason.ja
    assert len(papers_of(house, person)) == 1


def test_what_another_run_signed_meanwhile_is_recorded_once(
    house: House, person: str
) -> None:
    with pytest.raises(PowerCutError):
        run(house, person, by=interrupted(house, cut))
    faster = iter([lambda: finish_batches(house.issuer, OLD.digits, house.at)])
    slow = interrupted(house, lambda: [it() for it in faster] and None)

    assert finish_batches(slow, OLD.digits, house.at) == []
    assert len(papers_of(house, person)) == 1


def test_the_next_run_tells_of_the_papers_that_a_power_cut_left(
    house: House, person: str
) -> None:
    with pytest.raises(PowerCutError):
        run(house, person, by=interrupted(house, cut))

    (paper,) = run(house).issued

    assert [paper] == papers_of(house, person)


def test_who_was_erased_before_the_signature_keeps_nobody_from_theirs(
    house: House, person: str
) -> None:
    with pytest.raises(PowerCutError):
        run(house, person, by=interrupted(house, cut))
    house.store.write(lambda tx: tx.erase_person(person))
    other = house.person()
    house.cover(other)

    assert [it.person_id for it in run(house).issued] == [other]


@pytest.mark.parametrize(("days_after", "is_due"), [(0, False), (1, True)])
def test_the_next_paper_is_due_once_the_last_day_has_passed(
    house: House, person: str, days_after: int, is_due: bool
) -> None:
    (paper,) = run(house).issued
    house.at = NOW + (paper.expires_on - TODAY) + timedelta(days=days_after)

    assert bool(run(house).issued) is is_due


def test_the_paper_of_an_ended_coverage_keeps_nobody_from_the_next(
    house: House, person: str
) -> None:
    (old,) = run(house).issued
    with house.store.reading() as tx:
        ended = tx.coverage(old.coverage_id)
    assert ended is not None
    with house.store.transaction() as tx:
        tx.put_coverage(replace(ended, lost_on=date(2026, 11, 1), recorded_at=house.at))
    house.cover(person, acquired_on=date(2026, 11, 1))

    (new,) = run(house).issued

    assert new.coverage_id != old.coverage_id
