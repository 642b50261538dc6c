"""Certificates, tokens, withdrawals, lists and keys over a real store."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend.audit.batch_seal import batch_seal
from backend.audit.events import AuditKind, pseudonym, read_entry
from backend.credentials.certificate import Form, open_certificate
from backend.credentials.certificate_qr import from_qr, to_qr
from backend.credentials.eligibility_token import open_token
from backend.credentials.key_set import KeyPurpose, KeyState
from backend.credentials.receipt import Receipt, open_receipt, seal_receipt
from backend.credentials.status_list import StatusValue, open_status_list
from backend.domain.charge import CopayRatio, Effective
from backend.domain.coverage import Hold
from backend.domain.errors import ConflictError, NotFoundError, UnavailableError
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber
from backend.domain.outcome import Outcome
from backend.issuing import certificates as certificates_room
from backend.issuing.batches import finish_batches
from backend.issuing.certificates import issue_certificates
from backend.issuing.issued_text import issued_text
from backend.issuing.keys import (
    declare_compromised,
    key_set,
    retire_keys,
    rotate_key,
)
from backend.issuing.reissue import reissue_compromised
from backend.issuing.status_lists import addresses, published
from backend.issuing.tokens import issue_token
from backend.issuing.withdrawals import WithdrawalReason, withdraw
from backend.printing.typeface import advances
from backend.storage.rows import Insurer, WithdrawalKind
from backend.verifying.limits import FURTHEST, LONGEST_CLAIM
from tests.house_of_glass import CLINIC, NEW, NOW, OLD, TODAY


def issue(house, persons=None, form=Form.A4):
    return issue_certificates(house.issuer, OLD.digits, persons, form, house.at)


def step(house, serial, kind, reason=WithdrawalReason.LOST, insurer=OLD.digits):
    return withdraw(house.store, insurer, serial, kind, reason, house.at)


# ---- who gets one ----


def test_everyone_without_a_usable_card_gets_one_and_the_others_a_reason(house):
    people = {}
    for status in ("NO_CARD", "DEREGISTERED", "USABLE", "NEEDS_HELP"):
        people[status] = house.person(card_status=status)
        house.cover(people[status])

    run = issue(house)

    assert {it.person_id for it in run.issued} == {
        people["NO_CARD"],
        people["DEREGISTERED"],
    }
    assert {it.person_id for it in run.skipped} == {
        people["USABLE"],
        people["NEEDS_HELP"],
    }
    assert all(it.reason.ja and it.reason.en for it in run.skipped)


@pytest.mark.parametrize(
    "next_one",
    [
        {"acquired_on": TODAY + timedelta(days=10)},
        {"acquired_on": TODAY, "lost_on": TODAY},
    ],
)
def test_a_coverage_to_come_or_undone_keeps_nobody_from_their_paper(house, next_one):
    person = house.person()
    held = house.cover(person, lost_on=TODAY + timedelta(days=10))
    house.cover(person, **next_one)

    (paper,) = issue(house).issued

    assert paper.coverage_id == held.id


def test_who_needs_help_gets_one_on_application(house):
    person = house.person(card_status="NEEDS_HELP")
    house.cover(person)

    assert len(issue(house, [person]).issued) == 1


def test_nobody_holds_two_valid_papers_until_the_first_is_withdrawn(house):
    person = house.person()
    house.cover(person)
    first = issue(house).issued[0]

    again = issue(house)
    step(house, first.serial, WithdrawalKind.REVOKED)
    reissued = issue(house)

    assert again.issued == ()
    assert "既に" in again.skipped[0].reason.ja
    assert [it.serial == first.serial for it in reissued.issued] == [False]


@pytest.mark.parametrize(
    ("birth_on", "is_printed"),
    [
        (date(1956, 11, 1), True),  # 70 since the last day of October
        (date(1956, 11, 2), False),  # from the first of December on
        (date(1951, 11, 24), True),  # 74
        (date(1980, 5, 5), False),
    ],
)
def test_the_ratio_is_printed_from_seventy_on(house, birth_on, is_printed):
    copay = (Effective(CopayRatio.THREE_TENTHS, date(2026, 11, 1), None),)
    house.cover(house.person(birth_on=birth_on), copay=copay)

    (paper,) = issue(house).issued

    fields = open_certificate(issued_text(paper), key_set(house.store).find).fields
    assert (fields.copay_ratio is not None) is is_printed


def test_a_ratio_from_before_seventy_is_not_printed(house):
    house.cover(house.person(birth_on=date(1951, 11, 24)))  # recorded since 2020

    (paper,) = issue(house).issued

    fields = open_certificate(issued_text(paper), key_set(house.store).find).fields
    assert fields.copay_ratio is None


def test_the_late_elderly_have_theirs_printed_too(house):
    late = InsurerNumber.parse("39130018")
    with house.store.transaction() as tx:
        tx.put_insurer(Insurer(late.digits, "架空後期高齢者医療広域連合", "03-0"))
    house.new_key(late.digits)
    person = house.person(birth_on=date(1940, 1, 2), insurers=(late,))
    numbers = InsuredIdentity(None, "12345678", None)
    house.cover(person, insurer=late, identity=numbers)

    run = issue_certificates(house.issuer, late.digits, None, Form.A4, house.at)

    (paper,) = run.issued
    fields = open_certificate(issued_text(paper), key_set(house.store).find).fields
    assert fields.copay_ratio is CopayRatio.THREE_TENTHS


@pytest.mark.parametrize("why", ["lapsed", "not yet", "hidden"])
def test_without_coverage_today_there_is_no_paper(house, why):
    person = house.person()
    bent = {
        "lapsed": {"lost_on": TODAY},
        "not yet": {"acquired_on": TODAY + timedelta(days=1)},
        "hidden": {},
    }[why]
    coverage = house.cover(person, **bent)
    if why == "hidden":
        with house.store.transaction() as tx:
            tx.open_hold(Hold(coverage.id, house.at), "mismatch")

    run = issue(house)

    assert run.issued == ()
    assert len(run.skipped) == 1


def test_a_stranger_or_another_insurers_member_cannot_be_issued_to(house):
    person = house.person()
    house.cover(person, insurer=NEW)

    with pytest.raises(NotFoundError):
        issue(house, [person])
    with pytest.raises(NotFoundError):
        issue(house, ["per-nobody"])


# ---- what stands on it ----


def test_what_is_signed_is_what_the_register_says_and_survives_its_code(house):
    person = house.person(birth_on=date(1954, 1, 15), name="髙﨑　●子")
    coverage = house.cover(
        person,
        copay=(Effective(CopayRatio.TWO_TENTHS, date(2026, 8, 1), None),),
    )

    paper = issue(house).issued[0]

    code = to_qr(issued_text(paper))
    assert from_qr(code, house.issuer.names) == issued_text(paper)
    fields = open_certificate(issued_text(paper), key_set(house.store).find).fields
    assert (fields.name, fields.number) == ("髙﨑　●子", coverage.identity.number)
    assert fields.address == "架空県見本市一丁目1-1"
    assert fields.copay_ratio is CopayRatio.TWO_TENTHS
    assert fields.copay_from_on == date(2026, 8, 1)


@pytest.mark.parametrize(
    ("form", "is_undisclosed", "has_address"),
    [(Form.A4, False, True), (Form.CARD, False, False), (Form.A4, True, False)],
)
def test_the_address_stands_only_where_it_may(house, form, is_undisclosed, has_address):
    house.cover(house.person(is_undisclosed=is_undisclosed))

    paper = issue(house, form=form).issued[0]

    fields = open_certificate(issued_text(paper), key_set(house.store).find).fields
    assert (fields.address is not None) == has_address


@pytest.mark.parametrize(
    ("birth_on", "insurers_day", "expires_on"),
    [
        (date(1980, 5, 5), None, date(2031, 11, 22)),
        (date(1980, 5, 5), date(2027, 7, 31), date(2027, 7, 31)),
        (date(1952, 3, 10), None, date(2027, 3, 9)),
    ],
)
def test_it_is_valid_for_five_years_at_most(house, birth_on, insurers_day, expires_on):
    with house.store.transaction() as tx:
        tx.put_insurer(Insurer(OLD.digits, "架空", "03", insurers_day))
    house.cover(house.person(birth_on=birth_on))

    assert issue(house).issued[0].expires_on == expires_on


def test_what_does_not_fit_the_code_is_a_reason_and_nothing_is_signed(house):
    rare = sorted(it for it in advances() if ord(it) > 0x20000)[::15]
    person = house.person(name="".join(rare[:40]))
    identity = InsuredIdentity("".join(rare[40:60]), "".join(rare[60:]), "01")
    house.cover(person, identity=identity)

    run = issue(house, form=Form.CARD)

    assert run.issued == ()
    assert "qr" in run.skipped[0].reason.en
    with house.store.reading() as tx:
        assert tx.open_batches(OLD.digits) == []


# ---- intent, signature, record ----


def test_what_a_crash_left_unsigned_is_signed_once_and_only_once(house, monkeypatch):
    """The process ends after the intents: nothing is lost, nobody gets two."""
    for _ in range(3):
        house.cover(house.person())
    with monkeypatch.context() as crash:
        crash.setattr(certificates_room, "finish_batches", lambda *_: [])
        issue(house)
    with house.store.reading() as tx:
        (batch,) = tx.open_batches(OLD.digits)
    intended = set(batch.serials)

    finished = finish_batches(house.issuer, OLD.digits, house.at)
    again = finish_batches(house.issuer, OLD.digits, house.at)

    assert set(finished) == intended
    assert len(intended) == 3
    assert again == []


def test_a_token_that_a_crash_cut_off_never_becomes_a_certificate(house):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)

    def crash(kid):
        raise KeyboardInterrupt

    broken = replace(house.issuer, signer_of=crash)
    with pytest.raises(KeyboardInterrupt):
        issue_token(broken, phone.client, house.at)

    assert finish_batches(house.issuer, OLD.digits, house.at) == []
    assert len(issue(house).issued) == 1


def test_a_run_tells_of_its_papers_also_if_another_run_signed_them(house, monkeypatch):
    for _ in range(3):
        house.cover(house.person())
    finish = finish_batches

    def another_run_is_faster(issuer, insurer, at):
        finish(issuer, insurer, at)
        return finish(issuer, insurer, at)

    monkeypatch.setattr(certificates_room, "finish_batches", another_run_is_faster)

    assert len(issue(house).issued) == 3


def test_serials_and_places_are_never_used_twice(house):
    for _ in range(50):
        house.cover(house.person())

    issued = issue(house).issued

    assert len({it.serial for it in issued}) == 50
    places = {(it.place.list_number, it.place.idx) for it in issued}
    assert len(places) == 50
    assert sorted(index for _, index in places) != list(range(50))


def test_the_log_seals_each_certificate_and_tells_its_person(house):
    house.cover(house.person())
    house.cover(house.person())
    papers = issue(house).issued

    with house.store.reading() as tx:
        found = [read_entry(stored) for _, stored in tx.audit_entries()]
        key = tx.audit_key(papers[0].person_id)
        own = tx.audit_of_person(papers[0].person_id, pseudonym(key), 10)

    (issued,) = [it for it in found if it.kind is AuditKind.CERTIFICATES_ISSUED]
    assert issued.note == batch_seal((it.serial, it.digest) for it in papers)
    assert issued.actor == OLD.digits
    assert own == [issued]


# ---- withdrawal ----


def test_revoked_is_final(house):
    house.cover(house.person())
    serial = issue(house).issued[0].serial
    step(house, serial, WithdrawalKind.REVOKED)

    for kind in (WithdrawalKind.REINSTATED, WithdrawalKind.SUSPENDED):
        with pytest.raises(ConflictError) as refusal:
            step(house, serial, kind)
        assert "失効は取り消せません" in refusal.value.reason.ja
    assert step(house, serial, WithdrawalKind.REVOKED).withdrawal is not None


def test_only_what_is_suspended_can_be_reinstated(house):
    house.cover(house.person())
    serial = issue(house).issued[0].serial

    with pytest.raises(ConflictError):
        step(house, serial, WithdrawalKind.REINSTATED)
    step(house, serial, WithdrawalKind.SUSPENDED)
    again = step(house, serial, WithdrawalKind.REINSTATED)
    assert again.withdrawal.kind is WithdrawalKind.REINSTATED


def test_another_insurer_cannot_withdraw_or_even_find_it(house):
    house.cover(house.person())
    serial = issue(house).issued[0].serial

    with pytest.raises(NotFoundError):
        step(house, serial, WithdrawalKind.REVOKED, insurer=NEW.digits)


def test_each_step_has_its_entry_about_the_paper_and_its_person(house):
    person = house.person()
    house.cover(person)
    serial = issue(house).issued[0].serial
    step(house, serial, WithdrawalKind.SUSPENDED, WithdrawalReason.LOST)
    step(house, serial, WithdrawalKind.REINSTATED, WithdrawalReason.ERROR)
    step(house, serial, WithdrawalKind.REVOKED, WithdrawalReason.DEATH)

    with house.store.reading() as tx:
        found = [read_entry(stored) for _, stored in tx.audit_entries()][-3:]
        subject = pseudonym(tx.audit_key(person))
    assert [(it.kind, it.outcome, it.note) for it in found] == [
        (AuditKind.SUSPENDED, "suspended", "lost"),
        (AuditKind.REINSTATED, "reinstated", "error"),
        (AuditKind.WITHDRAWN, "revoked", "death"),
    ]
    assert {(it.actor, it.object, it.subject) for it in found} == {
        (OLD.digits, serial, subject)
    }


def test_repeating_a_step_writes_nothing_more(house):
    house.cover(house.person())
    serial = issue(house).issued[0].serial
    step(house, serial, WithdrawalKind.SUSPENDED)
    with house.store.reading() as tx:
        size = tx.audit_size()

    step(house, serial, WithdrawalKind.SUSPENDED)

    with house.store.reading() as tx:
        assert tx.audit_size() == size


def test_the_status_list_says_the_same(house):
    for _ in range(4):
        house.cover(house.person())
    good, revoked, suspended, reinstated = issue(house).issued
    step(house, revoked.serial, WithdrawalKind.REVOKED)
    step(house, suspended.serial, WithdrawalKind.SUSPENDED)
    step(house, reinstated.serial, WithdrawalKind.SUSPENDED)
    step(house, reinstated.serial, WithdrawalKind.REINSTATED)
    place = good.place
    uri = house.issuer.names.status_list(OLD.digits, place.list_number)

    token = published(house.issuer, OLD.digits, place.list_number, house.at)
    statuses = open_status_list(token, uri, key_set(house.store).find, house.at)

    papers = (good, revoked, suspended, reinstated)
    assert [statuses.get(it.place.idx) for it in papers] == [
        StatusValue.VALID,
        StatusValue.INVALID,
        StatusValue.SUSPENDED,
        StatusValue.VALID,
    ]
    assert uri in addresses(house.issuer)
    with pytest.raises(NotFoundError):
        published(house.issuer, OLD.digits, 99, house.at)


# ---- tokens ----


def test_a_phones_token_is_bound_to_its_key_and_renewed_under_a_new_handle(house):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)

    opened = open_token(phone.token.text, key_set(house.store).find)
    renewed = issue_token(house.issuer, phone.client, house.at + timedelta(days=7))

    assert opened.holder == phone.signer.public
    assert opened.disclosed["name"] == "見本　花子"
    assert "address" not in opened.disclosed
    assert opened.expires_at - opened.issued_at == timedelta(days=14)
    assert renewed.handle != phone.token.handle


def test_without_coverage_there_is_no_token(house):
    person = house.person()
    house.cover(person, lost_on=TODAY)

    with pytest.raises(ConflictError):
        house.phone(person)


# ---- keys ----


def test_rotation_keeps_old_papers_and_signs_with_the_new_key(house):
    first_person, second_person = house.person(), house.person()
    house.cover(first_person)
    old = issue(house).issued[0]
    house.new_key(OLD.digits)
    rotate_key(house.store, KeyPurpose.ISSUING, OLD.digits, house.at)
    house.cover(second_person)

    new = issue(house).issued[0]

    keys = key_set(house.store)
    assert old.kid != new.kid
    assert open_certificate(issued_text(old), keys.find).fields.serial == old.serial
    assert open_certificate(issued_text(new), keys.find).fields.serial == new.serial


def test_a_key_retires_only_after_the_last_expiry_that_it_signed(house):
    house.cover(house.person())
    paper = issue(house).issued[0]
    house.new_key(OLD.digits)
    rotate_key(house.store, KeyPurpose.ISSUING, OLD.digits, house.at)

    early = retire_keys(house.store, NOW + timedelta(days=4 * 365))
    late = retire_keys(house.store, NOW + timedelta(days=6 * 365))

    assert early == ()
    assert [(it.kid, it.state) for it in late] == [(paper.kid, KeyState.RETIRED)]
    assert key_set(house.store).find(paper.kid) is None


def test_a_receipt_is_checked_against_published_keys_while_a_claim_rests_on_it(house):
    signed_by = key_set(house.store).active(KeyPurpose.SERVICE, None)
    receipt = Receipt(
        check_id="chk-1",
        clinic=CLINIC,
        terminal="ter-1",
        outcome=Outcome.VALID,
        on=TODAY + FURTHEST,
        at=house.at,
    )
    sealed = seal_receipt(receipt, house.signers[signed_by.kid])
    house.new_key(None)
    rotate_key(house.store, KeyPurpose.SERVICE, None, house.at)

    last_claim_at = house.at + FURTHEST + LONGEST_CLAIM
    retire_keys(house.store, last_claim_at - timedelta(seconds=1))

    keys = key_set(house.store)
    assert signed_by.kid in [jwk["kid"] for jwk in keys.published()]
    assert open_receipt(sealed, keys.find) == receipt
    assert [it.kid for it in retire_keys(house.store, last_claim_at)] == [signed_by.kid]


def test_after_a_compromise_one_command_withdraws_and_reissues(house):
    before, after = house.person(), house.person()
    house.cover(before)
    kept = issue(house).issued[0]
    house.at = NOW + timedelta(days=2)
    house.cover(after)
    lost = issue(house).issued[0]
    declare_compromised(house.store, kept.kid, NOW + timedelta(days=1), house.at)

    reissued = reissue_compromised(house.issuer, house.make_key, kept.kid, house.at)
    again = reissue_compromised(house.issuer, house.make_key, kept.kid, house.at)

    assert [it.person_id for it in reissued] == [after]
    assert reissued[0].kid != kept.kid
    assert again == ()
    with house.store.reading() as tx:
        assert tx.certificate(kept.serial).withdrawal is None
        assert tx.certificate(lost.serial).withdrawal.kind is WithdrawalKind.REVOKED


def test_without_a_key_nothing_is_signed_and_it_says_what_to_run(house):
    house.cover(house.person())
    kid = key_set(house.store).active(KeyPurpose.ISSUING, OLD.digits).kid
    declare_compromised(house.store, kid, house.at, house.at)

    with pytest.raises(UnavailableError, match="shikaku doctor"):
        issue(house)


def test_an_issuer_signs_only_with_its_insurers_key(house):
    """A paper of one insurer under another's key is not genuine."""
    from backend.credentials import jose
    from backend.credentials.certificate import (
        CERTIFICATE_TYP,
        certificate_payload,
        read_fields,
    )
    from backend.credentials.jose import NotGenuineError

    house.cover(house.person())
    paper = issue(house).issued[0]
    fields, form, names = read_fields(jose.peek_claims(issued_text(paper)))
    other = key_set(house.store).active(KeyPurpose.ISSUING, NEW.digits).kid
    claims = certificate_payload(fields._replace(number="9"), form, names)
    forged = jose.seal(claims, CERTIFICATE_TYP, house.signers[other])

    with pytest.raises(NotGenuineError):
        open_certificate(forged, key_set(house.store).find)
