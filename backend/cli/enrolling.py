"""`shikaku enrol`: insurers and clinics, and one-time codes for their systems."""

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
from backend.domain.insurer_number import InsurerNumber
from backend.domain.japan_time import japan_day
from backend.domain.medical_institution import MedicalInstitutionCode
from backend.domain.plain_text import parse_text
from backend.issuing.keys import add_key, key_set
from backend.storage.rows import Clinic, Insurer
from backend.system import now, random_bytes

NAME_LENGTH = 40


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
@click.option("--online-codes-only", is_flag=True, help="オンラインのコードだけ認める")
@json_option
@explained
def insurer(
    number: str,
    name: str,
    contact: str,
    certificate_until: datetime | None,
    online_codes_only: bool,
    as_json: bool,
) -> None:
    """保険者 NUMBER（8桁または6桁）を登録します。再実行すると新しいコードを出します。

    Register the insurer NUMBER with a signing key of its own.
    """
    parsed = InsurerNumber.parse(number).digits
    until: date | None = certificate_until.date() if certificate_until else None
    with opened() as house:
        row = Insurer(
            parsed,
            parse_text(name, "name", NAME_LENGTH),
            parse_text(contact, "contact", NAME_LENGTH),
            until,
            online_codes_only,
        )
        house.store.write(lambda tx: tx.put_insurer(row))
        _give_key(house, parsed)
        code = make_insurer_code(
            house.store, house.rooms.code_key, parsed, now(), random_bytes
        )
    _print_code(as_json, parsed, code)


@enrol.command()
@click.argument("code")
@click.option("--name", required=True, help="医療機関名 / the clinic's name")
@click.option("--online-codes-only", is_flag=True, help="オンラインのコードだけ認める")
@json_option
@explained
def clinic(code: str, name: str, online_codes_only: bool, as_json: bool) -> None:
    """医療機関コード CODE（10桁）を登録し、端末の登録コードを出します。

    Register the clinic CODE (ten digits) and print a code for one terminal.
    """
    parsed = MedicalInstitutionCode.parse(code).digits
    with opened() as house:
        row = Clinic(parsed, parse_text(name, "name", NAME_LENGTH), online_codes_only)
        house.store.write(lambda tx: tx.put_clinic(row))
        made = make_clinic_code(
            house.store, house.rooms.code_key, parsed, now(), random_bytes
        )
    _print_code(as_json, parsed, made)


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
