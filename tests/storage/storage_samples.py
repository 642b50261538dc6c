"""Made-up rows, each valid; a test bends the part that it is about."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.domain.charge import (
    CopayRatio,
    Effective,
    LimitCategory,
    SpecificDisease,
)
from backend.domain.codes import Relation, Sex
from backend.domain.coverage import Coverage
from backend.domain.delegation import Delegate, DelegateRelation, Delegation
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insured_person import InsuredPerson
from backend.domain.insurer_number import InsurerNumber
from backend.domain.person_name import PersonName
from backend.domain.report import ReportKind
from backend.storage.batch_rows import CertificateIntents
from backend.storage.reports import Report
from backend.storage.rows import (
    Client,
    ClientKind,
    IssuedCertificate,
    IssuedToken,
    Member,
    StatusPlace,
    TokenIntent,
    Withdrawal,
    WithdrawalKind,
)
from backend.storage.run_rows import Decided, Run, RunChunk, RunKind, RunState

AT = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)
LATER = AT + timedelta(days=1)
INSURER = "06139992"
OTHER_INSURER = "270991"
JWK = {"kty": "EC", "crv": "P-256", "x": "xx", "y": "yy"}
SIGNATURE = b"s" * 64
SUBJECT = "0123456789abcdef" * 2

LIST_SIZE = 8  # small, so that lists are used up


def a_coverage(coverage_id="c1", person_id="p1", insurer=INSURER, **changes):
    plain = Coverage(
        id=coverage_id,
        person_id=person_id,
        insurer=InsurerNumber(insurer),
        identity=InsuredIdentity("12-あ", "345", "01"),
        acquired_on=date(2026, 4, 1),
        recorded_at=AT,
        relation=Relation.INSURED,
    )
    return replace(plain, **changes)


def charges():
    """Every kind of charge, with open and closed periods."""
    return {
        "copay": (
            Effective(CopayRatio.TWO_TENTHS, date(2026, 4, 1), date(2026, 7, 31)),
            Effective(CopayRatio.THREE_TENTHS, date(2026, 8, 1), None),
        ),
        "limits": (Effective(LimitCategory.A_U, date(2026, 8, 1), None),),
        "diseases": (
            Effective(
                SpecificDisease.CHRONIC_KIDNEY_FAILURE, date(2026, 5, 1), date.max
            ),
        ),
    }


def a_member(person_id="p1", insurer=INSURER, **changes):
    person = InsuredPerson(
        id=person_id,
        name=PersonName("山田 花子", "ﾔﾏﾀﾞ ﾊﾅｺ"),
        birth_on=date(1980, 2, 29),
        sex=Sex.FEMALE,
        address="東京都架空区一丁目",
    )
    return replace(Member(person, insurer, "none", AT), **changes)


def person_with_coverage(tx, person_id="p1", coverage_id="c1", insurer=INSURER):
    tx.add_person(person_id, person_id.encode().ljust(32, b"k"), None, None)
    tx.put_member(a_member(person_id, insurer))
    tx.put_coverage(a_coverage(coverage_id, person_id, insurer))


def a_client(client_id="phone1", kind=ClientKind.PATIENT, party="p1", **changes):
    return replace(Client(client_id, kind, party, "私の電話", JWK, AT), **changes)


def a_delegate(granted_by="phone1"):
    """A carer until the end of the year."""
    until_on = date(2026, 12, 31)
    delegation = Delegation(DelegateRelation.CARER, until_on, True, granted_by)
    return Delegate("介護 太郎", delegation)


def a_token_intent(handle="h1", index=5, **changes):
    plain = TokenIntent(
        handle=handle,
        coverage_id="c1",
        person_id="p1",
        place=StatusPlace(INSURER, 0, index, index),
        kid="kid1",
        signing_input=b"header.payload",
        digest=sha256(b"header.payload").digest(),
        expires_on=date(2030, 7, 31),
        intended_at=AT,
    )
    return plain._replace(**changes)


class ADraft(NamedTuple):
    """A `Draft`, by the names of its values."""

    serial: str
    coverage_id: str
    person_id: str
    expires_on: str
    mould: str
    words: str


class AnIntent(NamedTuple):
    """Of a certificate; many of them are `CertificateIntents`."""

    draft: ADraft
    place: StatusPlace
    digest: bytes


def an_intent(serial="s1", index=5, **changes):
    plain = ADraft(
        serial=serial,
        coverage_id="c1",
        person_id="p1",
        expires_on="2030-07-31",
        mould='{"jti":"%s","status":[%d,%d],"name":"%s"}',
        words="山田 花子",
    )
    place = changes.pop("place", StatusPlace(INSURER, 0, index, index))
    digest = sha256(serial.encode()).digest()
    return AnIntent(plain._replace(**changes), place, digest)


def certificate_of(intent, signature=SIGNATURE, kid="kid1"):
    return IssuedCertificate(
        serial=intent.draft.serial,
        coverage_id=intent.draft.coverage_id,
        person_id=intent.draft.person_id,
        insurer=intent.place.insurer,
        place=intent.place,
        kid=kid,
        digest=intent.digest,
        mould=intent.draft.mould,
        words=intent.draft.words,
        signature=signature,
        issued_at=AT,
        expires_on=date.fromisoformat(intent.draft.expires_on),
    )


def token_of(intent, client, **changes):
    plain = IssuedToken(
        handle=intent.handle,
        client=client,
        person_id=intent.person_id,
        coverage_id=intent.coverage_id,
        insurer=intent.place.insurer,
        place=intent.place,
        kid=intent.kid,
        digest=b"d" * 32,
        issued_at=AT,
        expires_at=LATER,
    )
    return replace(plain, **changes)


def a_withdrawal(object_id="s1", kind=WithdrawalKind.REVOKED, at=AT):
    return Withdrawal(object_id, kind, "lost", at)


def put_certificate(tx, serial="s1", index=5, kid="kid1", **changes):
    """A certificate, intended and signed."""
    intent = an_intent(serial, index, **changes)
    sign(tx, open_batch(tx, intent, kid=kid))
    return certificate_of(intent, kid=kid)


def open_batch(tx, *intents, kid="kid1"):
    """Note certificates that will be signed together."""
    many = CertificateIntents(*zip(*intents, strict=True))
    return tx.open_batch(intents[0].place.insurer, kid, many, AT)


def sign(tx, batch, at=AT, entry=0):
    """Close a batch with a signature for each intent."""
    signatures = [SIGNATURE] * len(batch.numbers)
    return tx.close_batch(batch, signatures, at, entry)


def a_run(run_id="r1", **changes):
    plain = Run(
        id=run_id,
        insurer=INSURER,
        kind=RunKind.ISSUE,
        key=f"key of {run_id}",
        asked="a4",
        columns="number,birth_on",
        encoding="utf-8",
        made_by="opr-1",
        made_at=AT,
    )
    return replace(plain, **changes)


def a_finished_run(tx, run_id="r1"):
    """A run of one chunk, decided."""
    tx.put_run(a_run(run_id))
    tx.put_chunk(run_id, RunChunk(0, 3, b"sealed lines"))
    tx.decide_chunk(run_id, 0, Decided(b"[]", 1, 1, 1), None, LATER)
    tx.turn_run(run_id, [RunState.RECEIVING], RunState.FINISHED, at=LATER)


def a_report(report_id="rep1", **changes):
    plain = Report(
        id=report_id,
        person_id="p1",
        insurer=INSURER,
        kind=ReportKind.NOT_ME,
        text="別人の情報です",
        about=None,
        phone="phone1",
        filed_at=AT,
    )
    return replace(plain, **changes)


def put_closed_report(tx, report_id):
    """A report that was answered and closed."""
    tx.put_report(a_report(report_id))
    tx.answer_report(report_id, "直しました", LATER)
    tx.close_report(report_id, LATER)


def an_entry(sequence, subject="", note=""):
    return AuditEntry(
        sequence=sequence,
        at=AT,
        kind=AuditKind.CHECKED,
        actor_kind=ActorKind.CLINIC,
        actor="1312345678",
        subject=subject,
        note=note,
    )


def append(subject="", note=""):
    """Work that appends one audit entry and returns it."""
    return lambda tx: tx.append_audit(lambda n: an_entry(n, subject, note))
