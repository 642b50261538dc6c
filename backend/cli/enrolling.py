"""`shikaku enrol`: insurers and clinics, and one-time codes for their systems."""

from dataclasses import replace
from datetime import date, datetime

import click

from backend.admitting.enrolment_codes import (
    EnrolmentCode,
    make_clinic_code,
    make_insurer_code,
)
from backend.app import House
from backend.cli.opening import explained, json_option, opened, say
from backend.credentials.key_set import KeyPurpose
from backend.domain.age import anniversary
from backend.domain.entitlement import LONGEST_YEARS
from backend.domain.errors import MalformedError
from backend.domain.insurer_number import InsurerNumber
from backend.domain.japan_time import japan_day
from backend.domain.medical_institution import MedicalInstitutionCode
from backend.domain.plain_text import parse_text
from backend.domain.words import Words
from backend.issuing.keys import add_key, key_set
from backend.storage.rows import Clinic, Insurer
from backend.storage.store import Transaction
from backend.system import now, random_bytes

NAME_LENGTH = 40


_online_codes = click.option(
    "--online-codes-only/--any-codes",
    default=None,
    help="オンラインのコードだけ認める / take only codes made online, or any",
)


@click.group()
def enrol() -> None:
    """保険者・医療機関を登録し、端末の登録コードを発行します。

    Register an insurer or clinic and print a one-time code for one of its terminals.
    """


@enrol.command()
@click.argument("number")
@click.option("--name", required=True, help="保険者名 / the insurer's name")
@click.option("--contact", required=True, help="問い合わせ先の電話番号など / contact")
@click.option(
    "--certificate-until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="資格確認書の有効期限（5年以内） / last day of its certificates",
)
@_online_codes
@json_option
@explained
def insurer(
    number: str,
    name: str,
    contact: str,
    certificate_until: datetime | None,
    online_codes_only: bool | None,
    as_json: bool,
) -> None:
    """保険者 NUMBER（8桁または6桁）を登録します。再実行すると新しいコードを出します。

    Register the insurer NUMBER with a signing key of its own. Repeated, it prints a
    new code; an option that is not given stays as it was.
    """
    parsed = InsurerNumber.parse(number).digits
    until = _last_day(certificate_until)
    told = Insurer(
        parsed,
        parse_text(name, "name", NAME_LENGTH),
        parse_text(contact, "contact", NAME_LENGTH),
    )
    with opened() as house:
        house.store.write(lambda tx: _put_insurer(tx, told, until, online_codes_only))
        _give_key(house, parsed)
        code = make_insurer_code(
            house.store, house.rooms.code_key, parsed, now(), random_bytes
        )
    _print_code(as_json, parsed, code)


@enrol.command()
@click.argument("code")
@click.option("--name", required=True, help="医療機関名 / the clinic's name")
@_online_codes
@json_option
@explained
def clinic(code: str, name: str, online_codes_only: bool | None, as_json: bool) -> None:
    """医療機関コード CODE（10桁）を登録し、端末の登録コードを出します。

    Register the clinic CODE (ten digits) and print a code for one terminal. Repeated,
    it prints another code; an option that is not given stays as it was.
    """
    parsed = MedicalInstitutionCode.parse(code).digits
    told = Clinic(parsed, parse_text(name, "name", NAME_LENGTH))
    with opened() as house:
        house.store.write(lambda tx: _put_clinic(tx, told, online_codes_only))
        made = make_clinic_code(
            house.store, house.rooms.code_key, parsed, now(), random_bytes
        )
    _print_code(as_json, parsed, made)


def _put_insurer(
    tx: Transaction, told: Insurer, until: date | None, online_only: bool | None
) -> None:
    known = tx.insurer(told.number) or told
    row = replace(
        known,
        name=told.name,
        contact=told.contact,
        certificate_until_on=until or known.certificate_until_on,
        requires_challenge=_or_known(online_only, known.requires_challenge),
    )
    tx.put_insurer(row)


def _put_clinic(tx: Transaction, told: Clinic, online_only: bool | None) -> None:
    known = tx.clinic(told.code) or told
    requires = _or_known(online_only, known.requires_challenge)
    tx.put_clinic(replace(told, requires_challenge=requires))


def _or_known(given: bool | None, known: bool) -> bool:
    return known if given is None else given


def _last_day(given: datetime | None) -> date | None:
    """The last day of certificates: not past, and at most five years ahead."""
    if given is None:
        return None
    today, last_on = japan_day(now()), given.date()
    if not today <= last_on <= anniversary(today, LONGEST_YEARS):
        raise MalformedError(
            "--certificate-until",
            Words(
                "今日から5年以内の日付ではありません。",
                "It is not a day within five years from today.",
            ),
            Words(
                "資格確認書の有効期限は5年以内で指定します。",
                "Certificates are valid for five years at most.",
            ),
        )
    return last_on


def _give_key(house: House, insurer_number: str) -> None:
    purpose = KeyPurpose.ISSUING
    if key_set(house.store).active(purpose, insurer_number) is None:
        add_key(
            house.store,
            lambda: house.keyring.create(purpose, insurer_number, now())[1],
            purpose,
            insurer_number,
            now(),
        )


def _print_code(as_json: bool, party: str, code: EnrolmentCode) -> None:
    say(
        as_json,
        {"party": party, "code": code.code, "expires_at": code.expires_at.isoformat()},
        f"{party} の登録コード: {code.code}"
        f"（{japan_day(code.expires_at)} まで・1回限り）",
        f"One-time code for {party}: {code.code}",
    )
