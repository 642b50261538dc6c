"""`shikaku activate`: one-time codes for members' phones, as a letter file."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from backend.cli.new_file import new_file
from backend.cli.opening import enrolled_insurer, explained, json_option, opened, say
from backend.domain.errors import NotFoundError
from backend.domain.insured_person import InsuredPerson
from backend.domain.insurer_number import InsurerNumber
from backend.domain.japan_time import japan_day
from backend.house import House
from backend.interchange.letters import ActivationLetter, activation_letters
from backend.interchange.mailing import ENCODINGS
from backend.registering.activations import (
    ActivationCode,
    activation_codes,
    current_members,
)
from backend.storage.store import Transaction
from backend.system import now, random_bytes

# No code and no day is longer, so the letters fit where their draft did.
_NO_CODE, _LONGEST_DAY = "XXXX-XXXX-XXXX", date(2099, 12, 31)


@click.command()
@click.argument("insurer_number")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="書き出す通知ファイル（CSV） / the letter file to write",
)
@click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    default="utf-8",
    show_default=True,
    help="文字コード / its encoding",
)
@click.option(
    "--person",
    "persons",
    multiple=True,
    help="対象の person_id（複数可） / a person id; may be repeated",
)
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
    with opened() as house, new_file(out, "--out") as write:
        number = enrolled_insurer(house, insurer_number)
        at = now()
        people = persons or current_members(house.store, number, japan_day(at))
        address = house.settings.base_url
        # A new code voids the one in an earlier letter, so whatever can fail fails on
        # a draft: the members, the encoding, the place, the room on the disk.
        draft = [ActivationCode(person, _NO_CODE, _LONGEST_DAY) for person in people]
        write(activation_letters(_letters(house, number, draft), address, encoding))
        codes = activation_codes(
            house.store, number, people, at, random_bytes, house.rooms.code_key
        )
        letters = _letters(house, number, codes)
        write(activation_letters(letters, address, encoding))
    say(
        as_json,
        {"letters": len(letters), "file": str(out)},
        f"{len(letters)}通分を書き出しました: {out}（封入後は削除してください）",
        f"Wrote {len(letters)} letters: {out} (delete it once they are sent)",
    )


def _letters(
    house: House, number: InsurerNumber, codes: Sequence[ActivationCode]
) -> list[ActivationLetter]:
    with house.store.reading() as tx:
        return [_letter(_person(tx, number, code.person_id), code) for code in codes]


def _person(tx: Transaction, number: InsurerNumber, person_id: str) -> InsuredPerson:
    member = tx.member(person_id, number.digits)
    if member is None:
        raise NotFoundError("member")
    return member.person


def _letter(person: InsuredPerson, code: ActivationCode) -> ActivationLetter:
    return ActivationLetter(
        name=person.name.kanji,
        address=person.address,
        is_undisclosed=person.is_undisclosed,
        code=code.code,
        last_on=code.last_on,
    )
