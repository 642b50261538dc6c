"""What commands over a list share: the list or the run to resume, and its result."""

import hashlib
from pathlib import Path

import click

from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.issuing.bulk.results import Encoding

file_argument = click.argument(
    "file",
    required=False,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
resume_option = click.option(
    "--resume", metavar="RUN", help="途中の処理を続ける / go on with a run"
)
result_option = click.option(
    "--result",
    type=click.Path(path_type=Path, dir_okay=False),
    help="結果ファイル / where every line's outcome goes [FILE.result.csv]",
)
encoding_option = click.option(
    "--encoding",
    type=click.Choice([it.value for it in Encoding]),
    default="utf-8",
    show_default=True,
    help="結果ファイルの文字コード / its encoding",
)
key_option = click.option(
    "--key", help="同じ一覧を改めて処理するときの名前 / a name, to do a list again"
)


def require_one(file: Path | None, resume: str | None, example: str) -> None:
    """Raise MalformedError, with the example, unless a list or a run is named."""
    if (file is None) == (resume is None):
        how = Words(f"例: {example}", f"For example: {example}")
        raise MalformedError("FILE", _ONE_OF_BOTH, how)


def digest_of(file: Path) -> str:
    """What names a list for good: the SHA-256 of its bytes."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def required_insurer(insurer: str | None) -> str:
    """The insurer that a command was told; raises MalformedError for none."""
    if insurer is None:
        raise MalformedError("--insurer", _MISSING, _GIVE_IT)
    return insurer


_ONE_OF_BOTH = Words(
    "一覧のファイルか --resume のどちらか一方を指定します。",
    "Name either a list or --resume.",
)
_MISSING = Words("指定されていません。", "It is missing.")
_GIVE_IT = Words("保険者番号を指定してください。", "Give the insurer's number.")
