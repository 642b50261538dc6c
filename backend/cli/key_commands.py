"""`shikaku keys`: list, make and rotate signing keys; declare one compromised."""

from datetime import UTC, datetime

import click

from backend.cli.opening import enrolled_insurer, explained, json_option, opened, say
from backend.credentials.key_set import KeyPurpose, KeyState
from backend.domain.errors import ConflictError, MalformedError
from backend.domain.words import Words
from backend.house import House
from backend.issuing.keys import (
    add_key,
    declare_compromised,
    retire_keys,
    rotate_key,
)
from backend.issuing.reissue import reissue_compromised
from backend.system import now

insurer_option = click.option(
    "--insurer",
    help="保険者番号（省略時はサービス鍵） / insurer number; else service key",
)


@click.group()
def keys() -> None:
    """署名鍵の管理 / Signing keys and their lives."""


@keys.command("list")
@json_option
@explained
def list_keys(as_json: bool) -> None:
    """すべての鍵と状態を表示します / Show every key and its state."""
    with opened() as house, house.store.reading() as tx:
        rows = tx.keys()
    facts = [
        {
            "kid": row.kid,
            "purpose": row.purpose,
            "insurer": row.insurer,
            "state": row.state,
            "last_expiry_at": row.last_expiry_at,
        }
        for row in rows
    ]
    lines = [f"{r.kid}  {r.purpose:8} {r.insurer or '-':8} {r.state}" for r in rows]
    say(as_json, {"keys": facts}, "\n".join(lines), f"{len(rows)} keys")


@keys.command("new")
@insurer_option
@json_option
@explained
def new_key(insurer: str | None, as_json: bool) -> None:
    """次の鍵を作ります（初めてなら直ちに有効）。

    Make the next key of a purpose; the first one is active at once.
    """
    with opened() as house:
        purpose, number = _whose(house, insurer)
        record = add_key(
            house.store,
            lambda: house.keyring.create(purpose, number, now())[1],
            purpose,
            number,
            now(),
        )
    say(
        as_json,
        {"kid": record.kid, "state": record.state.value},
        f"鍵 {record.kid} を作成しました（{record.state.value}）。",
        f"Made key {record.kid} ({record.state.value}).",
    )


@keys.command("rotate")
@insurer_option
@explained
def rotate(insurer: str | None) -> None:
    """次の鍵に切り替えます。古い鍵は期限まで検証にだけ使われます。

    Turn to the next key; the old one verifies until the last expiry that it signed.
    """
    with opened() as house:
        purpose, number = _whose(house, insurer)
        _require_next(house, purpose, number)
        rotate_key(house.store, purpose, number, now())
        retired = retire_keys(house.store, now())
    say(
        False,
        {},
        f"切り替えました。検証にも使わなくなった鍵（廃止）: {len(retired)}本",
        f"Rotated. {len(retired)} keys retired.",
    )


@keys.command("compromise")
@click.argument("kid")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%dT%H:%M:%S"]),
    required=True,
    help="漏えいした時刻（UTC） / when others may have had it, in UTC",
)
@click.option(
    "--reissue", is_flag=True, help="以後の発行分を失効・再交付 / withdraw and reissue"
)
@explained
def compromise(kid: str, since: datetime, reissue: bool) -> None:
    """鍵の危殆化を宣言します。SINCE 以後の署名は信用されません。

    Declare a key compromised: what it signed from SINCE on counts for nothing.
    """
    since = since.replace(tzinfo=UTC)
    if since > now():
        raise MalformedError("--since", _FUTURE, _GIVE_UTC)
    with opened() as house:
        record = declare_compromised(house.store, kid, since, now())
        reissued = (
            reissue_compromised(
                house.rooms.issuer,
                lambda: house.keyring.create(record.purpose, record.insurer, now())[1],
                kid,
                now(),
            )
            if reissue
            else ()
        )
    say(
        False,
        {},
        f"鍵 {kid} を危殆化として記録しました。再交付: {len(reissued)}件",
        f"Key {kid} is recorded as compromised. Reissued: {len(reissued)}",
    )


def _whose(house: House, insurer: str | None) -> tuple[KeyPurpose, str | None]:
    """The purpose and owner of a key; raises NotFoundError for an unknown insurer."""
    if insurer is None:
        return KeyPurpose.SERVICE, None
    return KeyPurpose.ISSUING, enrolled_insurer(house, insurer).digits


def _require_next(house: House, purpose: KeyPurpose, insurer: str | None) -> None:
    with house.store.reading() as tx:
        waiting = [
            (it.purpose, it.insurer)
            for it in tx.keys()
            if it.state == KeyState.NEXT.value
        ]
    if (purpose.value, insurer) not in waiting:
        raise ConflictError(_NO_NEXT)


_NO_NEXT = Words(
    "次の鍵がありません。先に shikaku keys new で作ってください。",
    "No next key waits: make one first with shikaku keys new.",
)
_FUTURE = Words("未来の時刻です。", "It is in the future.")
_GIVE_UTC = Words(
    "漏えいした時刻を協定世界時（日本時間より9時間前）で指定してください。",
    "Give the instant of the theft in UTC (Japan's clock less nine hours).",
)
