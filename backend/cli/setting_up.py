"""`shikaku init` and `shikaku backup`: a new deployment, a copy of a running one."""

from pathlib import Path

import click

from backend.app import open_house
from backend.cli.opening import explained, json_option, opened, say
from backend.credentials.key_set import KeyPurpose
from backend.issuing.checkpoints import Checkpointer
from backend.issuing.keys import add_key, key_set
from backend.keyring import passphrase, secrets_box
from backend.settings import Settings
from backend.system import now, random_bytes


@click.command()
@json_option
@explained
def init(as_json: bool) -> None:
    """鍵とデータベースを用意します（何度実行しても安全です）。

    Make keys and database where there are none. Safe to repeat: what exists stays.
    """
    settings = Settings.read()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    settings.keys_dir.mkdir(parents=True, exist_ok=True)
    settings.keys_dir.chmod(0o700)  # a directory from a checkout is open to everyone
    _make_secrets(settings)
    house = open_house(settings, now, random_bytes)
    try:
        if key_set(house.store).active(KeyPurpose.SERVICE, None) is None:
            add_key(
                house.store,
                lambda: house.keyring.create(KeyPurpose.SERVICE, None, now())[1],
                KeyPurpose.SERVICE,
                None,
                now(),
            )
        Checkpointer(house.rooms.issuer, settings.checkpoints).seal(now())
    finally:
        house.store.close()
    say(
        as_json,
        {"database": str(settings.database), "keys": str(settings.keys_dir)},
        f"準備ができました。データベース: {settings.database}  鍵: {settings.keys_dir}",
        f"Ready. Database: {settings.database}  keys: {settings.keys_dir}",
    )


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@explained
def backup(target: Path) -> None:
    """データベースの控えを TARGET に書き出します（稼働中も可）。

    Write a consistent copy of the database to TARGET, also while serving. Keys and
    checkpoints are separate files: copy those too (keys/README.md).
    """
    with opened() as house:
        house.store.backup(target)
    say(False, {}, f"控えを作成しました: {target}", f"Copied to {target}")


def _make_secrets(settings: Settings) -> None:
    keys_dir = settings.keys_dir
    if not (keys_dir / secrets_box.FILE_NAME).exists():
        secrets_box.create_master(keys_dir, random_bytes(secrets_box.MASTER_BYTES))
    has_file = (keys_dir / passphrase.FILE_NAME).exists()
    if settings.key_passphrase is None and not has_file:
        passphrase.create_passphrase(keys_dir, random_bytes(passphrase.RANDOM_BYTES))
