"""The whole check over a real store and real keys: every step of the numbered list."""

import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from backend.audit.events import AuditKind, pseudonym, read_entry
from backend.credentials import base64url, jose, transport
from backend.credentials.certificate import (
    CERTIFICATE_TYP,
    Form,
    certificate_payload,
    read_fields,
)
from backend.credentials.certificate_qr import to_qr
from backend.credentials.challenge import challenge_for
from backend.credentials.key_set import KeyPurpose
from backend.credentials.receipt import open_receipt
from backend.domain.codes import LossReason
from backend.domain.coverage import Hold
from backend.domain.errors import UnavailableError
from backend.domain.insured_identity import InsuredIdentity
from backend.issuing.certificates import issue_certificates
from backend.issuing.issued_text import issued_text
from backend.issuing.keys import declare_compromised, key_set
from backend.issuing.withdrawals import WithdrawalReason, withdraw
from backend.registering.erasing import erase_ended
from backend.storage.rows import Clinic, Insurer, WithdrawalKind
from backend.verifying.limits import MISSES_AN_HOUR, REPEATS_A_DAY
from backend.verifying.question import (
    Agreement,
    ClaimReason,
    CodeShown,
    NumbersShown,
)
from backend.verifying.refusals import (
    ChallengeRequiredError,
    DayOutOfRangeError,
    IdempotencyConflictError,
    TooManyMissesError,
    TooManyRepeatsError,
)
from tests.house_of_glass import CLINIC, NEW, NOW, OLD, OTHER_CLINIC, TODAY

YESTERDAY = TODAY - timedelta(days=1)


def entries(house):
    with house.store.reading() as tx:
        return [read_entry(stored) for _, stored in tx.audit_entries()]


def paper_of(house, person_id, form=Form.A4):
    run = issue_certificates(house.issuer, OLD.digits, [person_id], form, house.at)
    assert run.skipped == ()
    return run.issued[0]


# ---- the phone ----


def test_a_covered_persons_phone_is_valid_with_name_charge_and_receipt(
    house, ask_phone
):
    person = house.person()
    coverage = house.cover(person)

    answer = ask_phone(house.phone(person))

    assert answer["outcome"] == "valid"
    assert answer["headline"]["ja"] == "有効"
    assert answer["qualification"]["validity"] == "1"
    assert answer["person"]["name"] == "見本　花子"
    assert answer["coverage"]["number"] == coverage.identity.number
    assert answer["charge"]["ratio_tenths"] == 3
    assert "住所" not in str(answer)
    assert "架空県" not in str(answer)
    receipt = open_receipt(answer["receipt"], key_set(house.store).find)
    assert (receipt.clinic, receipt.outcome.value) == (CLINIC, "valid")
    assert receipt.check_id == answer["check_id"]


def test_limit_category_is_told_only_where_the_person_agreed(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)

    silent = ask_phone(phone)
    agreed = ask_phone(
        phone, house.at + timedelta(seconds=1), agreed=frozenset({Agreement.LIMIT})
    )

    assert silent["charge"]["limit_category"] is None
    assert agreed["charge"]["limit_category"] == {"code": "A03", "label": "ウ"}
    shown = [e.shown for e in entries(house) if e.kind is AuditKind.CHECKED]
    assert ["limit" in groups for groups in shown] == [False, True]


def test_a_code_shown_again_is_replayed_wherever_it_is_shown(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)

    first = ask_phone(phone)
    again = ask_phone(phone, clinic=OTHER_CLINIC)
    here = ask_phone(phone)

    assert first["outcome"] == "valid"
    assert (again["outcome"], here["outcome"]) == ("replayed", "replayed")
    assert again["person"] is None
    assert again["qualification"] is None


def test_the_twin_of_a_spent_signature_is_spent_too(house, ask_phone, ask):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    code = phone.code(house.at)
    kind, payload = transport.unpack(code)
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    twin = payload[:-32] + (order - int.from_bytes(payload[-32:])).to_bytes(32)

    ask(CodeShown(code))
    second = ask(CodeShown(transport.pack(kind, twin)))

    assert second["outcome"] == "replayed"


def test_a_retry_under_the_same_key_gets_the_same_answer_for_five_minutes(house, ask):
    person = house.person()
    house.cover(person)
    code = CodeShown(house.phone(person).code(house.at))

    first, again, late = (
        ask(code, key="retry-0001", at=house.at + timedelta(seconds=seconds))
        for seconds in (0, 299, 301)
    )

    assert again == first
    assert late["outcome"] == "stale"


def test_the_same_key_for_another_question_is_a_conflict(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    ask_phone(phone, key="retry-0002")

    with pytest.raises(IdempotencyConflictError):
        ask_phone(phone, house.at + timedelta(seconds=1), key="retry-0002")


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [(-91, "stale"), (-90, "valid"), (0, "valid"), (30, "valid"), (31, "stale")],
)
def test_a_code_counts_from_90_seconds_before_to_30_after(
    house, ask_phone, seconds, outcome
):
    person = house.person()
    house.cover(person)

    answer = ask_phone(house.phone(person), house.at + timedelta(seconds=seconds))

    assert answer["outcome"] == outcome


def test_a_stale_code_is_not_spent(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    early = house.at + timedelta(seconds=40)

    assert ask_phone(phone, early)["outcome"] == "stale"
    assert ask_phone(phone, early, at=early)["outcome"] == "valid"


def test_a_code_is_not_taken_again_after_the_clock_went_forward_and_back(
    house, ask_phone
):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    ask_phone(phone)
    with house.store.transaction() as tx:
        tx.forget_transients(house.at + timedelta(hours=1))

    again = ask_phone(phone, clinic=OTHER_CLINIC)
    fresh = ask_phone(phone, house.at + timedelta(seconds=1))

    assert (again["outcome"], again["person"]) == ("stale", None)
    assert fresh["outcome"] == "valid"


def test_another_keys_code_is_not_genuine(house, ask_phone):
    person, other = house.person(), house.person()
    house.cover(person)
    house.cover(other)
    phone, thief = house.phone(person), house.phone(other)

    answer = ask_phone(replace(phone, signer=thief.signer))

    assert answer["outcome"] == "bad-signature"
    assert answer["person"] is None


def test_an_unknown_handle_is_of_an_unknown_issuer(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    stranger = replace(
        phone, token=replace(phone.token, handle=base64url.encode(bytes(12)))
    )

    assert ask_phone(stranger)["outcome"] == "unknown-issuer"


@pytest.mark.parametrize("text", ["hello", "M1SURNAME/GIVEN", "SK1P", "ａ" * 200])
def test_what_is_no_code_of_ours_says_so(house, ask, text):
    answer = ask(CodeShown(text))

    assert answer["outcome"] in ("wrong-kind", "unreadable")
    assert answer["qualification"] is None


def test_a_revoked_phone_and_an_old_token_say_so(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    later = house.at + timedelta(days=15)

    expired = ask_phone(phone, later, at=later)
    house.store.write(lambda tx: tx.revoke_client(phone.client.id, house.at))
    revoked = ask_phone(phone)

    assert expired["outcome"] == "document-expired"
    assert revoked["outcome"] == "revoked"
    assert revoked["person"] is None


def test_a_challenged_code_is_told_apart_and_may_be_demanded(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    challenge = challenge_for(bytes(32), phone.token.handle, house.at)
    with house.store.transaction() as tx:
        tx.put_clinic(Clinic(CLINIC, "見本内科", requires_challenge=True))

    with pytest.raises(ChallengeRequiredError):
        ask_phone(phone)
    online = ask_phone(phone, challenge=challenge)
    forged = ask_phone(phone, house.at + timedelta(seconds=1), challenge=bytes(16))

    assert online["outcome"] == "valid"
    assert online["document"]["presentation_kind"] == 2
    assert forged["outcome"] == "stale"


def test_an_insurer_may_demand_it_too(house, ask_phone):
    person = house.person()
    house.cover(person)
    with house.store.transaction() as tx:
        tx.put_insurer(
            Insurer(OLD.digits, "架空協会けんぽ", "03", requires_challenge=True)
        )

    with pytest.raises(ChallengeRequiredError):
        ask_phone(house.phone(person))


def test_an_insurer_may_demand_it_of_a_token_that_another_insurer_issued(
    house, ask_phone
):
    person = house.person()
    old = house.cover(person)
    phone = house.phone(person)
    left = replace(old, lost_on=YESTERDAY, recorded_at=house.at)
    with house.store.transaction() as tx:
        tx.put_insurer(Insurer(NEW.digits, "見本組合", "03", requires_challenge=True))
        tx.put_coverage(left)
    house.cover(person, insurer=NEW, acquired_on=YESTERDAY)

    with pytest.raises(ChallengeRequiredError):
        ask_phone(phone)
    with house.store.transaction() as tx:
        tx.put_insurer(Insurer(NEW.digits, "見本組合", "03"))
    answer = ask_phone(phone)  # the code was not spent

    assert answer["outcome"] == "valid"
    assert answer["coverage"]["insurer_number"] == NEW.digits


# ---- the paper ----


@pytest.mark.parametrize("form", Form)
def test_a_printed_certificate_is_valid_by_code_and_by_jwt(house, ask_paper, form):
    person = house.person()
    house.cover(person)
    paper = paper_of(house, person, form)

    by_code = ask_paper(to_qr(issued_text(paper)))
    by_jwt = ask_paper(issued_text(paper))

    assert (by_code["outcome"], by_jwt["outcome"]) == ("valid", "valid")
    assert by_code["document"]["serial"] == paper.serial


def test_a_certificate_valid_to_2030_whose_coverage_ended_yesterday_is_lapsed(
    house, ask_paper
):
    person = house.person()
    coverage = house.cover(person)
    paper = paper_of(house, person)
    house.cover(
        person,
        id=coverage.id,
        identity=coverage.identity,
        lost_on=YESTERDAY,
        loss_reason=LossReason.OTHER_INSURANCE,
        recorded_at=house.at,
    )

    answer = ask_paper(to_qr(issued_text(paper)))

    assert paper.expires_on > date(2030, 1, 1)
    assert answer["outcome"] == "lapsed"
    assert answer["qualification"]["since"] == YESTERDAY.isoformat()
    assert answer["qualification"]["loss_reason"]["code"] == "03"
    assert answer["charge"] is None
    assert answer["ask"]["contact"] == "03-0000-0001"
    assert "資格確認書" in answer["next_step"]["ja"]


def test_a_change_of_job_is_3_for_the_paper_and_1_for_the_phone(
    house, ask_paper, ask_phone
):
    person = house.person()
    old = house.cover(person)
    paper = paper_of(house, person)
    house.cover(
        person,
        id=old.id,
        identity=old.identity,
        lost_on=YESTERDAY,
        recorded_at=house.at,
    )
    house.cover(person, insurer=NEW, acquired_on=YESTERDAY)

    by_paper = ask_paper(issued_text(paper))
    by_phone = ask_phone(house.phone(person))

    assert by_paper["qualification"]["validity"] == "3"
    assert by_paper["coverage"]["insurer_number"] == OLD.digits
    assert NEW.digits not in str(by_paper)
    assert "見本健康保険組合" not in str(by_paper)
    assert by_phone["qualification"]["validity"] == "1"
    assert by_phone["coverage"]["insurer_number"] == NEW.digits


def test_withdrawal_reaches_the_very_next_check_and_can_be_undone_if_suspended(
    house, ask_paper
):
    person = house.person()
    house.cover(person)
    paper = paper_of(house, person)

    outcomes = []
    for kind in (
        WithdrawalKind.SUSPENDED,
        WithdrawalKind.REINSTATED,
        WithdrawalKind.REVOKED,
    ):
        withdraw(
            house.store, OLD.digits, paper.serial, kind, WithdrawalReason.LOST, house.at
        )
        outcomes.append(ask_paper(issued_text(paper)))

    assert [a["outcome"] for a in outcomes] == ["suspended", "valid", "revoked"]
    assert outcomes[0]["person"] is None
    assert outcomes[2]["person"] is None


def test_an_altered_certificate_is_not_genuine(house, ask_paper):
    person = house.person()
    house.cover(person)
    header, payload, signature = issued_text(paper_of(house, person)).split(".")
    altered = base64url.decode(payload).replace("花子".encode(), "太郎".encode())

    answer = ask_paper(f"{header}.{base64url.encode(altered)}.{signature}")

    assert answer["outcome"] == "bad-signature"
    assert answer["person"] is None


def test_the_holder_reads_of_an_altered_copy_that_was_shown(house, ask_paper):
    person = house.person()
    house.cover(person)
    header, payload, signature = issued_text(paper_of(house, person)).split(".")
    altered = base64url.decode(payload).replace("花子".encode(), "太郎".encode())

    ask_paper(f"{header}.{base64url.encode(altered)}.{signature}")

    with house.store.reading() as tx:
        (newest,) = tx.audit_of_person(person, pseudonym(tx.audit_key(person)), 1)
    assert (newest.outcome, newest.kind) == ("bad-signature", AuditKind.CHECK_REFUSED)


def test_showing_forgeries_again_and_again_ends_in_refusal(house, ask_paper, caplog):
    person = house.person()
    house.cover(person)
    paper = paper_of(house, person)
    fields, form, names = read_fields(jose.peek_claims(issued_text(paper)))
    unknown = fields._replace(serial="AAAA-AAAA-AAAA-AAAA")
    claims = certificate_payload(unknown, form, names)
    forged = jose.seal(claims, CERTIFICATE_TYP, house.signers[paper.kid])
    for _ in range(MISSES_AN_HOUR):
        assert ask_paper(forged)["outcome"] == "bad-signature"

    with pytest.raises(TooManyMissesError):
        ask_paper(forged)
    assert [it.name for it in caplog.records] == ["shikaku.alarm"]
    assert CLINIC in caplog.text


def test_bad_scans_and_withdrawn_papers_lock_no_clinic_out(house, ask_paper, ask):
    person = house.person()
    coverage = house.cover(person)
    paper = paper_of(house, person)
    for _ in range(MISSES_AN_HOUR):
        assert ask_paper("SK1CAAAAAAAAA")["outcome"] == "unreadable"
        assert ask_paper("M1SURNAME/GIVEN")["outcome"] == "wrong-kind"
    for reason in (WithdrawalKind.SUSPENDED, WithdrawalKind.REVOKED):
        withdraw(
            house.store,
            OLD.digits,
            paper.serial,
            reason,
            WithdrawalReason.LOST,
            house.at,
        )
        assert ask_paper(issued_text(paper))["outcome"] == reason.value

    assert ask(typed(coverage))["outcome"] == "valid"
    with house.store.reading() as tx:
        assert tx.taken(f"misses:{CLINIC}", house.at, 3600) == 0


def test_a_token_of_another_kind_is_refused(house, ask_paper, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    receipt = ask_phone(phone)["receipt"]

    for other in (phone.token.text, receipt, phone.code(house.at)):
        assert ask_paper(other)["outcome"] in ("wrong-kind", "unreadable")


def test_an_expired_paper_of_a_covered_person_says_that_it_expired(house, ask_paper):
    person = house.person()
    house.cover(person)
    paper = paper_of(house, person)
    midnight = datetime.combine(
        paper.expires_on + timedelta(days=1), datetime.min.time(), UTC
    ) - timedelta(hours=9)

    before = ask_paper(issued_text(paper), at=midnight - timedelta(seconds=1))
    after = ask_paper(issued_text(paper), at=midnight)

    assert (before["outcome"], after["outcome"]) == ("valid", "document-expired")
    assert after["qualification"]["validity"] == "1"


def test_papers_of_a_compromised_key_count_only_if_issued_before(house, ask_paper):
    old, young = house.person(), house.person()
    house.cover(old)
    house.cover(young)
    before = paper_of(house, old)
    house.at = NOW + timedelta(days=2)
    after = paper_of(house, young)
    declare_compromised(house.store, before.kid, NOW + timedelta(days=1), house.at)

    assert ask_paper(issued_text(before))["outcome"] == "valid"
    assert ask_paper(issued_text(after))["outcome"] == "bad-signature"


def test_a_paper_that_we_never_recorded_is_not_genuine(house, ask_paper):
    """A thief with the key can sign; he cannot write to our record."""
    person = house.person()
    house.cover(person)
    paper = paper_of(house, person)
    fields, form, names = read_fields(jose.peek_claims(issued_text(paper)))
    for forged in (
        fields._replace(serial="AAAA-AAAA-AAAA-AAAA"),
        fields._replace(expires_on=date(2031, 1, 1)),
    ):
        claims = certificate_payload(forged, form, names)
        token = jose.seal(claims, CERTIFICATE_TYP, house.signers[paper.kid])
        assert ask_paper(token)["outcome"] == "bad-signature"


def test_a_paper_of_an_erased_person_is_lapsed_and_a_forged_one_not_genuine(
    house, ask_paper
):
    person = house.person()
    coverage = house.cover(person)
    paper = paper_of(house, person)
    ended = replace(coverage, lost_on=YESTERDAY, recorded_at=house.at)
    with house.store.transaction() as tx:
        tx.put_coverage(ended)
    erase_ended(house.store, TODAY, house.at)
    fields, form, names = read_fields(jose.peek_claims(issued_text(paper)))
    forged = certificate_payload(fields._replace(name="見本　太郎"), form, names)

    answer = ask_paper(to_qr(issued_text(paper)))
    other = ask_paper(jose.seal(forged, CERTIFICATE_TYP, house.signers[paper.kid]))

    assert (answer["outcome"], answer["person"]) == ("lapsed", None)
    assert answer["qualification"]["since"] == YESTERDAY.isoformat()
    assert answer["ask"]["contact"] == "03-0000-0001"
    assert other["outcome"] == "bad-signature"


# ---- typed numbers ----


def typed(coverage, birth_on=date(1980, 5, 5), branch="01"):
    identity = InsuredIdentity(
        coverage.identity.symbol, coverage.identity.number, branch
    )
    return NumbersShown(coverage.insurer, identity, birth_on)


def test_full_numbers_and_birth_date_find_the_person(house, ask):
    coverage = house.cover(house.person())

    answer = ask(typed(coverage))

    assert answer["outcome"] == "valid"
    assert answer["document"]["state"] == "not-shown"


def test_twins_without_branch_are_several_and_nobody_is_named(house, ask):
    first, second = house.person(), house.person()
    same = house.cover(first, identity=InsuredIdentity("見本", "777", "02"))
    house.cover(second, identity=InsuredIdentity("見本", "777", "03"))

    several = ask(typed(same, branch=None))
    one = ask(typed(same, branch="03"))

    assert several["qualification"]["validity"] == "5"
    assert several["person"] is None
    assert one["outcome"] == "valid"
    subjects = {e.subject for e in entries(house) if e.outcome == "several-persons"}
    assert len(subjects) == 2


def test_a_wrong_birth_date_finds_nobody(house, ask):
    coverage = house.cover(house.person())

    answer = ask(typed(coverage, birth_on=date(1980, 5, 6)))

    assert answer["outcome"] == "none-found"
    assert answer["person"] is None


def test_guessing_numbers_ends_in_refusal_for_hits_and_misses_alike(house, ask):
    coverage = house.cover(house.person())
    for _ in range(MISSES_AN_HOUR):
        ask(typed(coverage, birth_on=date(1950, 1, 1)))

    with pytest.raises(TooManyMissesError):
        ask(typed(coverage, birth_on=date(1950, 1, 1)))
    with pytest.raises(TooManyMissesError):
        ask(typed(coverage))
    assert ask(typed(coverage), clinic=OTHER_CLINIC)["outcome"] == "valid"
    assert entries(house)[-2].outcome == "too-many-misses"
    later = house.at + timedelta(hours=1)
    assert ask(typed(coverage), at=later)["outcome"] == "valid"


def test_asking_for_one_person_again_and_again_ends_too(house, ask):
    coverage = house.cover(house.person())
    for _ in range(REPEATS_A_DAY):
        ask(typed(coverage))

    with pytest.raises(TooManyRepeatsError):
        ask(typed(coverage))


# ---- days ----


@pytest.mark.parametrize(
    ("days", "is_allowed"), [(-32, False), (-31, True), (31, True), (32, False)]
)
def test_days_within_a_month_may_be_asked(house, ask, days, is_allowed):
    coverage = house.cover(house.person())
    on = TODAY + timedelta(days=days)

    if is_allowed:
        assert ask(typed(coverage), on=on)["on"] == on.isoformat()
    else:
        with pytest.raises(DayOutOfRangeError):
            ask(typed(coverage), on=on)


def test_a_refused_day_is_in_the_persons_log_and_spends_no_code(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    on = TODAY + timedelta(days=32)

    with pytest.raises(DayOutOfRangeError):
        ask_phone(phone, on=on)
    with house.store.reading() as tx:
        (newest,) = tx.audit_of_person(person, pseudonym(tx.audit_key(person)), 1)

    assert (newest.outcome, newest.kind) == (
        "day-out-of-range",
        AuditKind.CHECK_REFUSED,
    )
    assert (newest.actor, newest.day) == (CLINIC, on)
    assert ask_phone(phone)["outcome"] == "valid"


def test_an_older_day_needs_a_claim_reason_which_is_recorded(house, ask):
    coverage = house.cover(house.person())
    on = TODAY - timedelta(days=200)

    answer = ask(typed(coverage), on=on, claim_reason=ClaimReason.LATE_CLAIM)

    assert answer["outcome"] == "valid"
    assert entries(house)[-1].note == "late-claim"


# ---- what is recorded ----


def test_answer_and_entry_stand_or_fall_together(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    size = len(entries(house))
    with house.store.transaction() as tx:
        tx.run(
            "CREATE TRIGGER no_log BEFORE INSERT ON audit_entries"
            " BEGIN SELECT RAISE(ABORT, 'full'); END"
        )

    with pytest.raises(Exception, match=r".*"):
        ask_phone(phone)

    assert len(entries(house)) == size
    with house.store.transaction() as tx:
        tx.run("DROP TRIGGER no_log")
    assert ask_phone(phone)["outcome"] == "valid"  # the code was not spent


def test_refused_attempts_stand_in_the_persons_own_log(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    ask_phone(phone)
    ask_phone(phone, clinic=OTHER_CLINIC)

    with house.store.reading() as tx:
        subject = pseudonym(tx.audit_key(person))
        found = tx.audit_of_person(person, subject, 10)

    assert [(e.actor, e.outcome, e.kind) for e in found[:2]] == [
        (OTHER_CLINIC, "replayed", AuditKind.CHECK_REFUSED),
        (CLINIC, "valid", AuditKind.CHECKED),
    ]


def test_no_name_or_number_of_a_person_is_in_the_log(house, ask):
    coverage = house.cover(house.person(name="秘密　花子"))
    ask(typed(coverage))

    with house.store.reading() as tx:
        log = b"".join(stored for _, stored in tx.audit_entries())

    assert coverage.identity.number.encode() not in log.replace(b"chk-", b"")
    assert "秘密".encode() not in log
    assert b"1980" not in log


def test_under_inspection_says_that_it_is_hidden_and_why(house, ask_phone):
    person = house.person()
    coverage = house.cover(person)
    phone = house.phone(person)
    with house.store.transaction() as tx:
        tx.open_hold(Hold(coverage.id, house.at), "mismatch")

    answer = ask_phone(phone)

    assert (answer["outcome"], answer["person"]) == ("hidden", None)
    assert answer["qualification"]["validity"] == "4"


def test_a_coverage_under_inspection_is_named_to_nobody_beside_another(
    house, ask_paper, ask_phone
):
    person = house.person()
    old = house.cover(person)
    paper = paper_of(house, person)
    house.cover(person, id=old.id, identity=old.identity, lost_on=YESTERDAY)
    new = house.cover(person, insurer=NEW, acquired_on=YESTERDAY)
    phone = house.phone(person)
    with house.store.transaction() as tx:
        tx.open_hold(Hold(new.id, house.at), "mismatch")

    by_paper, by_phone = ask_paper(issued_text(paper)), ask_phone(phone)

    assert (by_paper["outcome"], by_phone["outcome"]) == ("lapsed", "hidden")
    assert by_paper["coverage"]["number"] == old.identity.number
    assert by_phone["coverage"] is None
    for answer in (by_paper, by_phone):
        assert NEW.digits not in str(answer)
        assert "見本健康保険組合" not in str(answer)


def test_one_code_at_sixteen_desks_at_once_is_valid_exactly_once(house, ask):
    person = house.person()
    house.cover(person)
    code = house.phone(person).code(house.at)
    outcomes = []

    def desk():
        outcomes.append(ask(CodeShown(code))["outcome"])

    threads = [threading.Thread(target=desk) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["replayed"] * 15 + ["valid"]


def test_without_a_service_key_there_is_no_answer(house, ask_phone):
    person = house.person()
    house.cover(person)
    phone = house.phone(person)
    kid = key_set(house.store).active(KeyPurpose.SERVICE, None).kid
    declare_compromised(house.store, kid, house.at, house.at)

    with pytest.raises(UnavailableError):
        ask_phone(phone)
