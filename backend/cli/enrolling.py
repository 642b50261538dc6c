"""`shikaku enrol` and `shikaku activate`: one-time codes for systems and members."""

from datetime import date, datetime
from pathlib import Path

import click

from backend.admitting.enrolment_codes import (
    EnrolmentCode,
    make_clinic_code,
    make_insurer_code,
)
from backend.app import House
from backend.cli.opening import explained, json_option, opened, say
from backend.credentials.key_set import KeyPurpose
from backend.domain.insured_person import InsuredPerson
from backend.domain.insurer_number import InsurerNumber
from backend.domain.japan_time import japan_day
from backend.domain.medical_institution import MedicalInstitutionCode
from backend.domain.plain_text import parse_text
from backend.interchange.letters import (
    ENCODINGS,
    ActivationLetter,
    activation_letters,
)
from backend.issuing.keys import add_key, key_set
from backend.keyring.private_file import write_private
from backend.registering.activations import (
    ActivationCode,
    activation_codes,
    current_members,
)
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


@click.command()
@click.argument("insurer_number")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="書き出す通知ファイル（CSV） / the letter file to write",
)
@click.option("--encoding", type=click.Choice(ENCODINGS), default="utf-8")
@click.option("--person", "persons", multiple=True, help="対象の person_id（複数可）")
@json_option
@explained
def activate(
    insurer_number: str,
    out: Path,
    encoding: str,
    persons: tuple[str, ...],
    as_json: bool,
) -> None:
    """加入者のスマホ有効化コードを、郵送用の通知ファイルに書き出します。

    Write activation codes of all members (or of --person) as a letter file.
    """
    number = InsurerNumber.parse(insurer_number)
    with opened() as house:
        letters = _letters(house, number, persons)
        page = f"{house.settings.base_url}/"
        write_private(out, activation_letters(letters, page, encoding))
    say(
        as_json,
        {"letters": len(letters), "file": str(out)},
        f"{len(letters)}通分を書き出しました: {out}（封入後は削除してください）",
        f"Wrote {len(letters)} letters: {out} (delete it once they are sent)",
    )


def _letters(
    house: House, number: InsurerNumber, persons: tuple[str, ...]
) -> list[ActivationLetter]:
    at = now()
    codes = activation_codes(
        house.store,
        number,
        persons or current_members(house.store, number, japan_day(at)),
        at,
        random_bytes,
        house.rooms.code_key,
    )
    with house.store.reading() as tx:
        return [
            _letter(member.person, code)
            for code in codes
            if (member := tx.member(code.person_id, number.digits)) is not None
        ]


def _letter(person: InsuredPerson, code: ActivationCode) -> ActivationLetter:
    return ActivationLetter(
        name=person.name.kanji,
        address=person.address,
        is_undisclosed=person.is_undisclosed,
        code=code.code,
        last_on=code.last_on,
    )


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
