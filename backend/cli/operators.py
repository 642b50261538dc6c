"""`shikaku operators`: an insurer's operators and their passkeys; renew or end one."""

from collections.abc import Iterator, Sequence
from typing import Any

import click

from backend.admitting.operators import end_operator, operator_of, renew_operator
from backend.cli.opening import enrolled_insurer, explained, json_option, opened, say
from backend.domain.errors import RefusedError
from backend.domain.japan_time import japan_day
from backend.domain.words import Words
from backend.house import House
from backend.storage.rows import Operator, Passkey
from backend.system import now, random_bytes


@click.group()
def operators() -> None:
    """担当者の一覧・再登録・停止 / Operators: list them, renew or end one."""


@operators.command("list")
@click.argument("insurer_number")
@json_option
@explained
def list_operators(insurer_number: str, as_json: bool) -> None:
    """保険者の担当者を表示します。

    Show the operators of an insurer.
    """
    with opened() as house:
        number = enrolled_insurer(house, insurer_number).digits
        with house.store.reading() as tx:
            found = [(it, tx.passkeys_of(it.id)) for it in tx.operators_of(number)]
    lines = [line for operator, keys in found for line in _lines(operator, keys)]
    facts = {"operators": [_facts(operator, keys) for operator, keys in found]}
    say(as_json, facts, "\n".join(lines), f"{len(found)} operators")


def _lines(operator: Operator, passkeys: Sequence[Passkey]) -> Iterator[str]:
    state = "停止 ended" if operator.ended_at else "有効 active"
    yield f"{operator.id}  {state}  {operator.name}"
    for it in passkeys:
        ended = "停止 ended" if it.ended_at else "有効 active"
        used = japan_day(it.used_at) if it.used_at else "–"
        yield (
            f"    パスキー passkey  {ended}  登録 made {japan_day(it.enrolled_at)}"
            f"  最終使用 last used {used}"
        )


def _facts(operator: Operator, passkeys: Sequence[Passkey]) -> dict[str, Any]:
    return {
        "id": operator.id,
        "name": operator.name,
        "ended_at": operator.ended_at,
        "passkeys": [
            {
                "enrolled_at": it.enrolled_at,
                "used_at": it.used_at,
                "ended_at": it.ended_at,
            }
            for it in passkeys
        ],
    }


@operators.command()
@click.argument("operator_id")
@json_option
@explained
def renew(operator_id: str, as_json: bool) -> None:
    """パスキーをなくした担当者 OPERATOR_ID に、新しい登録コードを出します。

    Print a new one-time code for an operator's passkey at the console. The operator's
    earlier passkeys and sessions end at once.
    """
    with opened() as house:
        made = renew_operator(
            house.store, house.rooms.code_key, operator_id, now(), random_bytes
        )
    say(
        as_json,
        {"id": operator_id, "code": made.code, "expires_at": made.expires_at},
        f"{operator_id} の登録コード: {made.code}"
        f"（{japan_day(made.expires_at)} まで・1回限り）",
        f"One-time code for {operator_id}: {made.code}",
    )


@operators.command()
@click.argument("operator_id")
@explained
def end(operator_id: str) -> None:
    """担当者 OPERATOR_ID を直ちに停止します。

    End an operator at once: their codes and passkeys open nothing any more.
    """
    with opened() as house:
        end_operator(house.store, operator_id, now())
    say(False, {}, f"停止しました: {operator_id}", f"Ended {operator_id}.")


def operator_here(house: House, insurer: str) -> str:
    """The id of whoever sits at the terminal; "" where they have not said.

    Raises RefusedError for a code that is not good.
    """
    code = house.settings.operator_code
    if code is None:
        return ""
    return operator_of(house.store, house.rooms.code_key, insurer, code).id


def required_operator(house: House, insurer: str) -> str:
    """The same; raises RefusedError where they have not said."""
    operator = operator_here(house, insurer)
    if not operator:
        raise RefusedError(_WHO)
    return operator


_WHO = Words(
    "担当者コードが必要です。SHIKAKU_OPERATOR_CODE に設定してください。",
    "An operator's code is needed: give it as SHIKAKU_OPERATOR_CODE.",
)
