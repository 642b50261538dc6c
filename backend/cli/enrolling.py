"""`shikaku enrol`: insurers and clinics, and one-time codes for their systems."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import click

from backend.admitting.enrolment_codes import (
    EnrolmentCode,
    make_clinic_code,
    make_insurer_code,
)
from backend.admitting.operators import enrol_operator
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
from backend.house import House
from backend.issuing.keys import add_key, key_set
from backend.storage.rows import Clinic, Insurer
from backend.storage.store import Transaction
from backend.system import now, random_bytes

NAME_LENGTH = 40


@click.group()
def enrol() -> None:
    """保険者・医療機関を登録し、端末の登録コードを発行します。

    Register an insurer or clinic and print a one-time code for one of its terminals.
    """


_online_only = click.option(
    "--online-codes-only/--all-codes",
    default=None,
    help="オンラインのコードだけ認める・すべて認める / codes of kind 2 only, or all",
)


@enrol.command()
@click.argument("number")
@click.option(
    "--name", help="保険者名（初回は必須） / its name (needed the first time)"
)
@click.option(
    "--contact", help="問い合わせ先（初回は必須） / whom clinics ask (as above)"
)
@click.option(
    "--certificate-until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="資格確認書の有効期限（5年以内） / last day of its certificates (five years)",
)
@_online_only
@json_option
@explained
def insurer(
    number: str,
    name: str | None,
    contact: str | None,
    certificate_until: datetime | None,
    online_codes_only: bool | None,
    as_json: bool,
) -> None:
    """保険者 NUMBER（8桁または6桁）を登録します。再実行すると新しいコードを出します。

    Register the insurer NUMBER with a signing key of its own. Repeated, it prints a new
    code and changes only what is given.
    """
    parsed = InsurerNumber.parse(number).digits
    given = _given(
        name=_text(name, "--name"),
        contact=_text(contact, "--contact"),
        certificate_until_on=certificate_until and _limit(certificate_until.date()),
        requires_challenge=online_codes_only,
    )

    def put(tx: Transaction) -> None:
        known = tx.insurer(parsed)
        if known is None:
            _require(given, "name", "contact")
        tx.put_insurer(replace(known, **given) if known else Insurer(parsed, **given))

    with opened() as house:
        house.store.write(put)
        _give_key(house, parsed)
        code = make_insurer_code(
            house.store, house.rooms.code_key, parsed, now(), random_bytes
        )
    _print_code(as_json, parsed, code)


@enrol.command()
@click.argument("code")
@click.option(
    "--name", help="医療機関名（初回は必須） / its name (needed the first time)"
)
@_online_only
@json_option
@explained
def clinic(
    code: str, name: str | None, online_codes_only: bool | None, as_json: bool
) -> None:
    """医療機関コード CODE（10桁）を登録し、端末の登録コードを出します。

    Register the clinic CODE (ten digits) and print a code for one terminal. Repeated,
    it changes only what is given.
    """
    parsed = MedicalInstitutionCode.parse(code).digits
    given = _given(
        name=_text(name, "--name"),
        requires_challenge=online_codes_only,
    )

    def put(tx: Transaction) -> None:
        known = tx.clinic(parsed)
        if known is None:
            _require(given, "name")
        tx.put_clinic(replace(known, **given) if known else Clinic(parsed, **given))

    with opened() as house:
        house.store.write(put)
        made = make_clinic_code(
            house.store, house.rooms.code_key, parsed, now(), random_bytes
        )
    _print_code(as_json, parsed, made)


@enrol.command()
@click.argument("number")
@click.option("--name", required=True, help="担当者の呼び名 / what they are called")
@json_option
@explained
def operator(number: str, name: str, as_json: bool) -> None:
    """保険者 NUMBER の担当者を登録し、担当者コードと登録コードを出します（1回限り）。

    Enrol an operator of the insurer and print their code for the terminal, which is
    given as SHIKAKU_OPERATOR_CODE, and a one-time code for a passkey at the console.
    """
    parsed = InsurerNumber.parse(number).digits
    called = parse_text(name, "--name", NAME_LENGTH)
    with opened() as house:
        made = enrol_operator(
            house.store, house.rooms.code_key, parsed, called, now(), random_bytes
        )
    console, until = made.code.code, made.code.expires_at
    say(
        as_json,
        {
            "id": made.operator.id,
            "code": made.word,
            "console_code": console,
            "console_code_expires_at": until.isoformat(),
        },
        f"{called}（{made.operator.id}）の担当者コード: {made.word}\n"
        f"コンソールの登録コード: {console}（{japan_day(until)} まで・1回限り）",
        "The first is for the terminal: keep it like a password. The second registers "
        "a passkey at the console, once. Neither is shown again.",
    )


def _text(text: str | None, option: str) -> str | None:
    return None if text is None else parse_text(text, option, NAME_LENGTH)


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _require(given: dict[str, Any], *names: str) -> None:
    for name in names:
        if name not in given:
            raise MalformedError(
                f"--{name}",
                Words("初めての登録では必須です。", "It is needed the first time."),
                Words(f"--{name} を付けてください。", f"Add --{name}."),
            )


def _limit(until: date) -> date:
    """The last day, neither past nor more than five years ahead (交付から5年以内)."""
    today = japan_day(now())
    latest = anniversary(today, LONGEST_YEARS) - timedelta(days=1)
    if not today <= until <= latest:
        raise MalformedError(
            "--certificate-until",
            Words(
                "過去か、5年より先の日です。", "It is past, or over five years ahead."
            ),
            Words(
                f"{today} から {latest} までの日を指定してください。",
                f"Give a day from {today} to {latest}.",
            ),
        )
    return until


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
