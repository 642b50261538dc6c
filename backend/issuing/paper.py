"""A certificate drawn up for one member: all that will be signed but its place."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from backend.credentials.certificate import (
    CertificateFields,
    Form,
    frame_payload,
)
from backend.credentials.certificate_qr import require_fits
from backend.credentials.certificate_template import printed_text
from backend.credentials.issuer_names import IssuerNames
from backend.domain.age import allows_limit
from backend.domain.charge import CopayRatio, Effective, period_in_force
from backend.domain.codes import CardClassification, Relation, Sex
from backend.domain.coverage import Coverage
from backend.domain.entitlement import certificate_expiry
from backend.domain.errors import MalformedError
from backend.domain.insurer_number import InsurerNumber
from backend.domain.recorded_copay import copay_from_seventy
from backend.domain.words import Words
from backend.printing.unprintable import unprintable
from backend.storage.batch_rows import Draft
from backend.storage.periods import read_periods
from backend.storage.rows import Insurer
from backend.storage.run_rows import RegisterLine
from backend.storage.store import Transaction

_YOUNGEST_ELDERLY = 64  # years: 70 within the five that a paper lasts, and one


class Wishes(NamedTuple):
    """Optional items, printed only where the person wishes."""

    limit: bool = False
    diseases: bool = False


@dataclass(frozen=True, slots=True)
class Press:
    """What the papers have in common that are drawn up at once, on the day `on`.

    Who was born after `elderly_by` is under 70 until the last day on every paper, and
    so has no ratio on it and expires with `usual_expiry`.
    """

    insurer: Insurer
    number: InsurerNumber
    form: Form
    on: date
    names: IssuerNames
    elderly_by: date
    usual_expiry: date

    @classmethod
    def of(cls, insurer: Insurer, form: Form, on: date, names: IssuerNames) -> "Press":
        """The press of an insurer for one form and day."""
        number = InsurerNumber.parse(insurer.number)
        elderly_by = date(on.year - _YOUNGEST_ELDERLY, on.month, 1)
        until = insurer.certificate_until_on
        usual = certificate_expiry(on, until, on, None, number.scheme)
        return cls(insurer, number, form, on, names, elderly_by, usual)

    def expiry(self, birth_on: date, continuation_ends_on: str | None) -> date:
        """有効期限 of somebody's paper. Raises MalformedError if it is past."""
        if birth_on > self.elderly_by and continuation_ends_on is None:
            return self.usual_expiry
        return certificate_expiry(
            self.on,
            self.insurer.certificate_until_on,
            birth_on,
            _day(continuation_ends_on),
            self.number.scheme,
        )

    def ratio(self, birth_on: date, copay: str | None) -> Effective[CopayRatio] | None:
        """負担割合 on somebody's paper, of those recorded: from 70 on, else None."""
        if birth_on > self.elderly_by:
            return None
        recorded = read_periods(CopayRatio, copay)
        return copay_from_seventy(recorded, self.number.scheme, birth_on, self.on)


def draw_up(
    tx: Transaction, press: Press, line: RegisterLine, wishes: Wishes, serial: str
) -> Draft:
    """Draw up a certificate of the coverage in `line`.

    Raises MalformedError when it would expire before it is issued, or when its code
    would not fit the form.
    """
    fields = plain_fields(press, line, serial)
    if any(wishes):
        fields = fields._replace(**_wished(tx, press, line, wishes))
    texts = printed_text(fields)
    if unprintable(texts):
        raise _not_printable(fields)
    require_fits(fields, texts, press.form, press.names)
    head, printed = frame_payload(fields, press.form, press.names)
    who = line.coverage_id, line.person_id
    expires_on = fields.expires_on.isoformat()
    return serial, *who, expires_on, f"{head}%s", printed


def plain_fields(press: Press, line: RegisterLine, serial: str) -> CertificateFields:
    """What is printed for everybody, without wishes; its place stays open.

    Raises MalformedError when it would expire before it is issued.
    """
    birth_on = date.fromisoformat(line.birth_on)
    ratio = press.ratio(birth_on, line.copay)
    return CertificateFields(
        serial=serial,
        insurer_number=press.number,
        insurer_name=press.insurer.name,
        symbol=line.symbol,
        number=line.number,
        branch=line.branch,
        name=line.kanji,
        kana=line.kana,
        birth_on=birth_on,
        sex=_SEX[line.sex],
        relation=_RELATION[line.relation],
        address=_printed_address(line, press.form),
        acquired_on=date.fromisoformat(line.acquired_on),
        issued_on=press.on,
        expires_on=press.expiry(birth_on, line.continuation_ends_on),
        copay_ratio=ratio.value if ratio else None,
        copay_from_on=ratio.from_on if ratio else None,
        is_special_expenses=line.classification == _SPECIAL_EXPENSES,
        status_list=0,
        status_index=0,
    )


def _not_printable(fields: CertificateFields) -> MalformedError:
    """The error for characters that would print as blanks or as boxes."""
    wrong = {
        name: missing
        for name in ("name", "kana", "address", "symbol", "number", "insurer_name")
        if (missing := unprintable(getattr(fields, name) or ""))
    }
    field, missing = next(iter(wrong.items()))
    codes = " ".join(f"U+{ord(character):04X}" for character in missing)
    return MalformedError(
        field,
        Words(
            f"印刷できない文字があります（{codes}）。",
            f"It has characters that cannot be printed ({codes}).",
        ),
        Words(
            "登録の文字を、印刷できる字体か ● に直してください。",
            "Register them by characters that can be printed, or as ●.",
        ),
    )


def _printed_address(line: RegisterLine, form: Form) -> str | None:
    """Never on card stock, and never of a person whose whereabouts are withheld."""
    return None if form is Form.CARD or line.is_undisclosed else line.address


def _wished(
    tx: Transaction, press: Press, line: RegisterLine, wishes: Wishes
) -> dict[str, Any]:
    """What the person wishes to have printed, of the coverage as it is recorded."""
    coverage = tx.coverage(line.coverage_id)
    if coverage is None:
        return {}
    printed: dict[str, Any] = {}
    if wishes.limit:
        birth_on = date.fromisoformat(line.birth_on)
        printed |= _limit(coverage, birth_on, press.on)
    if wishes.diseases:
        printed["specific_diseases"] = tuple(
            period.value for period in coverage.diseases if period.is_in_force(press.on)
        )
    return printed


def _limit(coverage: Coverage, birth_on: date, on: date) -> dict[str, Any]:
    limit = period_in_force(coverage.limits, on)
    scheme = coverage.insurer.scheme
    if limit is None or not allows_limit(limit.value, birth_on, on, scheme):
        return {}
    return {"limit_category": limit.value, "limit_from_on": limit.from_on}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


_SEX = {sex.value: sex for sex in Sex}
_RELATION = {None: None} | {relation.value: relation for relation in Relation}
_SPECIAL_EXPENSES = CardClassification.SPECIAL_MEDICAL_EXPENSES.value
