"""`shikaku lists`: show what a member list would change, then commit it."""

from pathlib import Path
from typing import Any

import click

from backend.cli.opening import explained, json_option, opened, say
from backend.domain.insurer_number import InsurerNumber
from backend.registering.list_plan import ListPlan
from backend.registering.lists import commit as commit_list
from backend.registering.lists import preview as preview_list
from backend.registering.registrar import Teller
from backend.system import now

_LABELS = {
    "rows": "行数 rows",
    "added": "追加 added",
    "changed": "変更 changed",
    "ended": "喪失 ended",
    "reopened": "喪失の取消し re-opened",
    "unchanged": "変更なし unchanged",
    "missing": "一覧になし missing",
    "errors": "誤り errors",
    "warnings": "注意 warnings",
}
insurer_option = click.option("--insurer", required=True, help="保険者番号")


@click.group()
def lists() -> None:
    """加入者一覧の確認と登録 / Preview and commit member lists."""


@lists.command()
@insurer_option
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
@explained
def preview(insurer: str, file: Path, as_json: bool) -> None:
    """FILE（CSV・xlsx、zip も可）が何を変えるかを示します。まだ登録しません。

    Show what FILE would add, change and end. Nothing is registered yet.
    """
    with opened() as house:
        teller = Teller(InsurerNumber.parse(insurer), now())
        list_id, plan = preview_list(house.rooms.registrar, teller, file.read_bytes())
    _show(as_json, list_id, plan)
    if plan.error_count:
        raise SystemExit(1)


@lists.command()
@insurer_option
@click.argument("list_id")
@json_option
@explained
def commit(insurer: str, list_id: str, as_json: bool) -> None:
    """確認した一覧 LIST_ID を登録します。同じ一覧を二度登録することはありません。

    Register what was previewed, to the end. Broken off, repeat it: it goes on.
    """
    with opened() as house:
        teller = Teller(InsurerNumber.parse(insurer), now())
        plan = commit_list(house.rooms.registrar, teller, list_id)
    _show(as_json, list_id, plan)


def _show(as_json: bool, list_id: str, plan: ListPlan) -> None:
    facts: dict[str, Any] = {
        "list_id": list_id,
        "encoding": plan.encoding,
        "counts": plan.counts,
        "errors": [
            {
                "line": error.line,
                "field": error.field,
                "reason": {"ja": error.reason.ja, "en": error.reason.en},
                "fix": {"ja": error.fix.ja, "en": error.fix.en},
            }
            for error in plan.errors
        ],
    }
    counts = [f"  {label}: {plan.counts[name]}" for name, label in _LABELS.items()]
    errors = [
        f"  {it.line}行 {it.field}: {it.reason.ja} {it.fix.ja} / {it.reason.en}"
        for it in plan.errors
    ]
    warnings = [f"  {it.line}行 {it.field}: {it.reason}" for it in plan.warnings]
    ja = "\n".join([f"一覧 {list_id}（{plan.encoding}）", *counts, *errors, *warnings])
    say(as_json, facts, ja, f"List {list_id}")
