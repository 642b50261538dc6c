"""`shikaku terminals`: the enrolled keys of a clinic or insurer; end one."""

import click

from backend.admitting.enrolled_keys import end_key, keys_of
from backend.cli.opening import enrolled_insurer, explained, json_option, opened, say
from backend.domain.errors import NotFoundError
from backend.domain.medical_institution import MedicalInstitutionCode
from backend.house import House
from backend.storage.rows import ClientKind
from backend.system import now

_INSTITUTION_DIGITS = 10


@click.group()
def terminals() -> None:
    """登録済みの端末の一覧と停止 / Enrolled terminals: list them, end one."""


@terminals.command("list")
@click.argument("party")
@json_option
@explained
def list_terminals(party: str, as_json: bool) -> None:
    """医療機関コードか保険者番号 PARTY の端末を表示します。

    Show the terminals enrolled for a medical institution code or insurer number.
    """
    with opened() as house:
        found = keys_of(house.store, *_party(house, party))
    states = ["停止 ended" if it.revoked_at else "有効 active" for it in found]
    lines = [
        f"{it.id}  {state}  {it.name}" for it, state in zip(found, states, strict=True)
    ]
    say(
        as_json,
        {
            "terminals": [
                {
                    "id": it.id,
                    "name": it.name,
                    "enrolled_at": it.enrolled_at,
                    "revoked_at": it.revoked_at,
                }
                for it in found
            ]
        },
        "\n".join(lines),
        f"{len(found)} terminals",
    )


@terminals.command()
@click.argument("terminal_id")
@explained
def revoke(terminal_id: str) -> None:
    """紛失・廃棄した端末 TERMINAL_ID を直ちに停止します。

    End a lost or retired terminal at once; its access tokens end with it.
    """
    with opened() as house:
        end_key(house.store, terminal_id, now())
    say(False, {}, f"停止しました: {terminal_id}", f"Ended {terminal_id}.")


def _party(house: House, text: str) -> tuple[ClientKind, str]:
    """The clinic or insurer of that number; NotFoundError if it is not enrolled."""
    if len(text) != _INSTITUTION_DIGITS:
        return ClientKind.INSURER, enrolled_insurer(house, text).digits
    code = MedicalInstitutionCode.parse(text).digits
    with house.store.reading() as tx:
        if tx.clinic(code) is None:
            raise NotFoundError("clinic")
    return ClientKind.CLINIC, code
