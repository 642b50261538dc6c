"""`shikaku operators`: who begins and approves runs at the terminal; end one."""

import click

from backend.admitting.operators import end_operator, operator_of
from backend.cli.opening import enrolled_insurer, explained, json_option, opened, say
from backend.domain.errors import RefusedError
from backend.domain.words import Words
from backend.house import House
from backend.system import now


@click.group()
def operators() -> None:
    """担当者の一覧と停止 / Operators at the terminal: list them, end one."""


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
            found = tx.operators_of(number)
    states = ["停止 ended" if it.ended_at else "有効 active" for it in found]
    lines = [
        f"{it.id}  {state}  {it.name}" for it, state in zip(found, states, strict=True)
    ]
    facts = {
        "operators": [
            {"id": it.id, "name": it.name, "ended_at": it.ended_at} for it in found
        ]
    }
    say(as_json, facts, "\n".join(lines), f"{len(found)} operators")


@operators.command()
@click.argument("operator_id")
@explained
def end(operator_id: str) -> None:
    """担当者 OPERATOR_ID を直ちに停止します。

    End an operator at once: their code opens nothing any more.
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
