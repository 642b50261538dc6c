"""What a command says when it cannot do its part: what is wrong, and how to mend it."""

import errno

from backend.domain.errors import (
    ConflictError,
    MalformedError,
    NotFoundError,
    RefusedError,
    ShikakuError,
    UnavailableError,
)
from backend.domain.words import Words
from backend.keyring.errors import KeyringError


def words_of(error: ShikakuError | OSError) -> Words:
    """The reason with its cure, in both languages."""
    match error:
        case MalformedError(field=field, reason=reason, fix=fix):
            return Words(
                f"{field}: {reason.ja} {fix.ja}", f"{field}: {reason.en} {fix.en}"
            )
        case KeyringError(reason=reason, fix=fix):
            return Words(f"{reason.ja} → {fix.ja}", f"{reason.en} -> {fix.en}")
        case ConflictError() | RefusedError() | UnavailableError():
            return error.reason
        case NotFoundError(what=what):
            return _NOT_FOUND.get(what) or _not_found(what)
        case OSError():
            return _of_the_system(error)
        case _:
            return Words(
                f"できませんでした（{error}）。shikaku doctor を実行してください。",
                f"It could not be done ({error}). Run: shikaku doctor",
            )


def _not_found(what: str) -> Words:
    return Words(
        f"見つかりません（{what}）。指定した値を確かめてください。",
        f"No such {what}: see that what you gave is right.",
    )


def _of_the_system(error: OSError) -> Words:
    where = ": ".join(str(it) for it in (error.filename, error.strerror) if it)
    cure = _CURES.get(error.errno or 0, _ANY_CURE)
    return Words(f"{where or error}。{cure.ja}", f"{where or error}. {cure.en}")


_NOT_FOUND = {
    "insurer": Words(
        "この保険者は登録されていません。番号を確かめるか、shikaku enrol insurer で登録"
        "してください。",
        "This insurer is not enrolled: check the number, or run shikaku enrol insurer.",
    ),
    "clinic": Words(
        "この医療機関は登録されていません。コードを確かめるか、shikaku enrol clinic で"
        "登録してください。",
        "This clinic is not enrolled: check the code, or run shikaku enrol clinic.",
    ),
    "client": Words(
        "この端末は登録されていません。shikaku terminals list で端末の番号を確かめて"
        "ください。",
        "No such terminal: find its id with shikaku terminals list.",
    ),
    "member": Words(
        "この保険者の加入者ではない人が含まれています。person_id を確かめてください。",
        "One of them is no member of this insurer: check the person id.",
    ),
    "list": Words(
        "この保険者の一覧に、その番号のものはありません。shikaku lists preview から"
        "やり直してください。",
        "This insurer has no such list: begin again with shikaku lists preview.",
    ),
    "operator": Words(
        "その番号の有効な担当者はいません。shikaku operators list で確かめてください。",
        "There is no active operator of this id: see shikaku operators list.",
    ),
    "run": Words(
        "この保険者に、その番号の一括処理はありません。shikaku runs list で確かめて"
        "ください。",
        "This insurer has no such run: see shikaku runs list.",
    ),
    "certificate": Words(
        "この保険者の資格確認書に、その発行番号のものはありません。発行番号と保険者番号"
        "を確かめてください。",
        "This insurer has no such certificate: check the serial and the insurer.",
    ),
    "key": Words(
        "その名前の鍵はありません。shikaku keys list で確かめてください。",
        "No key has this name: see shikaku keys list.",
    ),
    "signing key": Words(
        "署名に使う鍵のファイルがありません。バックアップから鍵のフォルダー（keys/）に"
        "戻してください。",
        "The file of the signing key is missing: restore it from its backup (keys/).",
    ),
    "checkpoint file": Words(
        "封印ファイルがありません。バックアップから戻すか、初めてなら shikaku audit "
        "checkpoint で作ってください。",
        "There is no checkpoint file: restore it from its backup, or make the first "
        "one with shikaku audit checkpoint.",
    ),
}

_NO_RIGHT = Words(
    "権限がありません。フォルダーの持ち主として実行するか、持ち主を直してください"
    "（chown）。",
    "You lack the right: run it as the owner of the folder, or mend the owner (chown).",
)
_NOT_A_FOLDER = Words(
    "フォルダーの場所にファイルがあります。それを移すか、別の場所を指定してください。",
    "A file stands where a folder must be: move it away, or name another place.",
)
_ANY_CURE = Words(
    "場所・名前・権限を確かめてください。", "See that place, name and rights are right."
)
_CURES = {
    errno.EACCES: _NO_RIGHT,
    errno.EPERM: _NO_RIGHT,
    errno.EEXIST: _NOT_A_FOLDER,
    errno.ENOTDIR: _NOT_A_FOLDER,
    errno.ENOENT: Words(
        "フォルダーかファイルがありません。作るか、別の場所を指定してください。",
        "There is no such folder or file: make it, or name another place.",
    ),
    errno.EROFS: Words(
        "読み取り専用のディスクです。書き込める場所を指定してください。",
        "The disk is read-only: name a place that can be written.",
    ),
    errno.ENOSPC: Words(
        "空き容量がありません。空きを作ってください。", "The disk is full: make room."
    ),
    errno.EADDRINUSE: Words(
        "待ち受けポートは使用中です。別の --port を指定してください。",
        "The port is taken: choose another --port.",
    ),
    errno.EADDRNOTAVAIL: Words(
        "この機械のアドレスではありません。別の --host を指定してください。",
        "It is no address of this machine: choose another --host.",
    ),
}
