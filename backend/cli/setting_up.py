"""`shikaku init` and `shikaku backup`: a new deployment, a copy of a running one."""

from pathlib import Path

import click

from backend.cli.opening import explained, json_option, opened, say
from backend.credentials.key_set import KeyPurpose
from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.house import open_house
from backend.issuing.checkpoints import Checkpointer
from backend.issuing.keys import add_key, key_set
from backend.keyring import passphrase, secrets_box
from backend.keyring.errors import KeyringError
from backend.settings import Settings
from backend.storage.sqlite.store import SqliteStore
from backend.system import now, random_bytes

RANDOM_BYTES = 32
_IS_A_FOLDER = Words("ファイルの名前ではありません。", "It is no name for a file.")
_NAME_A_FILE = Words(
    "新しいファイルの名前を指定してください（例: copy.db）。",
    "Name a new file, such as copy.db.",
)
_MAKERS = {
    secrets_box.FILE_NAME: secrets_box.create_master,
    passphrase.FILE_NAME: passphrase.create_passphrase,
}


@click.command()
@json_option
@explained
def init(as_json: bool) -> None:
    """鍵とデータベースを用意します（何度実行しても安全です）。

    Make keys and database where there are none. Safe to repeat: what exists stays, and
    a secret that is lost is never replaced.
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
    """データベースのバックアップを TARGET に書き出します（稼働中も可）。

    Write a consistent copy of the database to TARGET, also while serving. Keys and
    checkpoints are separate files: copy those too (keys/README.md).
    """
    if target.is_dir():
        raise MalformedError("TARGET", _IS_A_FOLDER, _NAME_A_FILE)
    with opened() as house:
        house.store.backup(target)
    say(False, {}, f"バックアップを作成しました: {target}", f"Copied to {target}")


def _make_secrets(settings: Settings) -> None:
    missing = [name for name in _secrets_of(settings) if not _has(settings, name)]
    if missing and _is_in_use(settings):
        raise _lost(settings, missing[0])
    for name in missing:
        _MAKERS[name](settings.keys_dir, random_bytes(RANDOM_BYTES))


def _secrets_of(settings: Settings) -> list[str]:
    """The files needed: no passphrase where a setting or a token stands for it."""
    is_given = settings.key_passphrase or settings.pkcs11_library
    return [secrets_box.FILE_NAME, *([] if is_given else [passphrase.FILE_NAME])]


def _has(settings: Settings, name: str) -> bool:
    return (settings.keys_dir / name).exists()


def _is_in_use(settings: Settings) -> bool:
    """Whether anything may be locked or sealed with the secrets: a key is recorded."""
    if not settings.database.exists():
        return False
    store = SqliteStore(settings.database)
    try:
        with store.reading() as tx:
            return bool(tx.keys())
    finally:
        store.close()


def _lost(settings: Settings, name: str) -> KeyringError:
    path = settings.keys_dir / name
    return KeyringError(
        Words(
            f"{path} がありません。データベースは使用中のため、作り直すと保存済みの"
            "情報も鍵も開けなくなります。何も変更していません",
            f"{path} is missing, and the database is in use: with a new one, what is "
            "stored and the keys would never open again. Nothing was changed",
        ),
        Words(
            f"{name} をバックアップから {settings.keys_dir} に戻してください"
            "（keys/README.md）",
            f"restore {name} from its backup into {settings.keys_dir} (keys/README.md)",
        ),
    )
