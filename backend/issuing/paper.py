"""A certificate drawn up for one member: the fields that will be printed and signed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.credentials import jose
from backend.credentials.certificate import (
    CERTIFICATE_TYP,
    CertificateFields,
    Form,
    certificate_payload,
)
from backend.credentials.certificate_qr import to_qr
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.signing import SIGNATURE_BYTES
from backend.domain.age import is_elderly_recipient, is_late_elderly
from backend.domain.charge import CopayRatio, Effective
from backend.domain.codes import CardClassification
from backend.domain.coverage import Coverage
from backend.domain.entitlement import certificate_expiry
from backend.domain.identifiers import new_serial
from backend.domain.japan_time import japan_day, start_of_day
from backend.domain.recorded_copay import recorded_copay
from backend.issuing.issuer import Issuer
from backend.storage.rows import Insurer, Member, StatusPlace
from backend.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with its serial and status place, not yet signed."""

    fields: CertificateFields
    form: Form
    coverage: Coverage
    place: StatusPlace
    names: IssuerNames

    @property
    def expires_at(self) -> datetime:
        """The first instant at which the paper is no longer valid."""
        return start_of_day(self.fields.expires_on + timedelta(days=1))

    def signing_input(self, kid: str) -> bytes:
        """What the key `kid` shall sign.

        Raises MalformedError when the paper's code would not fit its form: the size
        does not depend on the signature, so it is known before anything is signed.
        """
        claims = certificate_payload(self.fields, self.form, self.names)
        unsigned = jose.signing_input(claims, CERTIFICATE_TYP, kid)
        to_qr(jose.attach(unsigned, bytes(SIGNATURE_BYTES)))
        return unsigned


def draw_up(
    issuer: Issuer,
    tx: Transaction,
    insurer: Insurer,
    member: Member,
    coverage: Coverage,
    form: Form,
    at: datetime,
) -> Paper:
    """Draw up a certificate of `coverage` with a serial and place of its own.

    Raises MalformedError when it would expire before it is issued.
    """
    on = japan_day(at)
    expires_on = certificate_expiry(
        on,
        insurer.certificate_until_on,
        member.person.birth_on,
        member.continuation_ends_on,
        coverage.insurer.scheme,
    )
    place = tx.allocate_status(insurer.number, 1, issuer.random_bytes)[0]
    ratio = _printed_ratio(member, coverage, on)
    fields = CertificateFields(
        serial=new_serial(issuer.random_bytes),
        insurer_number=coverage.insurer,
        insurer_name=insurer.name,
        symbol=coverage.identity.symbol,
        number=coverage.identity.number,
        branch=coverage.identity.branch,
        name=member.person.name.kanji,
        kana=member.person.name.kana,
        birth_on=member.person.birth_on,
        sex=member.person.sex,
        relation=coverage.relation,
        address=_printed_address(member, form),
        acquired_on=coverage.acquired_on,
        issued_on=on,
        expires_on=expires_on,
        copay_ratio=ratio.value if ratio else None,
        copay_from_on=ratio.from_on if ratio else None,
        is_special_expenses=coverage.classification
        is CardClassification.SPECIAL_MEDICAL_EXPENSES,
        status_list=place.list_number,
        status_index=place.index,
    )
    return Paper(fields, form, coverage, place, issuer.names)


def _printed_address(member: Member, form: Form) -> str | None:
    """Never on card stock, and never of a person whose whereabouts are withheld."""
    if form is Form.CARD or member.person.is_undisclosed:
        return None
    return member.person.address


def _printed_ratio(
    member: Member, coverage: Coverage, on: date
) -> Effective[CopayRatio] | None:
    """負担割合 is printed from 70 on, where it stands in for the 高齢受給者証."""
    birth_on = member.person.birth_on
    if not (is_elderly_recipient(birth_on, on) or is_late_elderly(birth_on, on)):
        return None
    return recorded_copay(coverage, birth_on, on)
