"""`shikaku issue`: certificates for a whole list, and a run that was broken off."""

import hashlib
from pathlib import Path
from typing import Any

import click

from backend.cli.opening import enrolled_insurer, explained, json_option, opened, say
from backend.cli.progress import progress
from backend.cli.run_carrying import Wanted, resume_run, run_list
from backend.cli.run_words import counts_said
from backend.credentials.certificate import Form
from backend.domain.errors import MalformedError
from backend.domain.words import Words
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list
from backend.issuing.bulk.intake import Order
from backend.issuing.bulk.preview import Preview
from backend.issuing.bulk.preview import preview as preview_list
from backend.issuing.bulk.results import Encoding
from backend.storage.run_rows import RunKind
from backend.system import now


@click.command()
@click.argument(
    "file",
    required=False,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--insurer", help="保険者番号 / whose list it is")
@click.option(
    "--form",
    type=click.Choice([form.value for form in Form]),
    default=Form.A4.value,
    show_default=True,
    help="様式: A4・はがき・カード / what the certificates are printed on",
)
@click.option(
    "--dry-run", is_flag=True, help="何も書かずに、結果だけを示す / write nothing"
)
@click.option("--resume", metavar="RUN", help="途中の処理を続ける / go on with a run")
@click.option(
    "--result",
    type=click.Path(path_type=Path, dir_okay=False),
    help="結果ファイル / where every line's outcome goes [FILE.result.csv]",
)
@click.option(
    "--encoding",
    type=click.Choice([it.value for it in Encoding]),
    default="utf-8",
    show_default=True,
    help="結果ファイルの文字コード / its encoding",
)
@click.option(
    "--key", help="同じ一覧を改めて処理するときの名前 / a name, to run a list again"
)
@json_option
@explained
def issue(
    file: Path | None,
    insurer: str | None,
    form: str,
    dry_run: bool,
    resume: str | None,
    result: Path | None,
    encoding: str,
    key: str | None,
    as_json: bool,
) -> None:
    """一覧 FILE（CSV・xlsx、zip も可）の人に資格確認書を一括交付します。

    Issue certificates to the people of a list, every line with its outcome. The same
    list is never done twice; what was broken off goes on with --resume.
    """
    if (file is None) == (resume is None):
        raise MalformedError("FILE", ONE_OF_BOTH, _NAME_ONE)
    if resume is not None:
        where = result or Path(f"{resume}.result.csv")
        resume_run(resume, Wanted(where, encoding, as_json))
    elif file is not None:
        number = required_insurer(insurer)
        if dry_run:
            _dry_run(file, number, Form(form), as_json)
            return
        where = result or Path(f"{file.stem}.result.csv")
        name = key or digest_of(file)

        def order_of(insurer: str, by: str) -> Order:
            return _order(insurer, Form(form), name, by)

        run_list(number, file, order_of, Wanted(where, encoding, as_json))


def _dry_run(file: Path, insurer: str, form: Form, as_json: bool) -> None:
    with opened() as house, file.open("rb") as source:
        number = enrolled_insurer(house, insurer).digits
        order = _order(number, form, "", "")
        listed = open_list(source, ListLimits())
        with progress("確認 dry run", None) as watch:
            found = preview_list(house.rooms.bulk, order, listed, watch)
    _tell_preview(found, as_json)


def _tell_preview(found: Preview, as_json: bool) -> None:
    said = counts_said(RunKind.ISSUE, found.counts)
    lines = [
        f"  {it.line}行: {reason.ja} / {reason.en}"
        for it in found.shown
        for reason in ([it.reason] if it.reason else [e.reason for e in it.errors])
    ]
    facts: dict[str, Any] = {
        "dry_run": True,
        "encoding": found.encoding,
        "lines": found.counts.decided,
        "done": found.counts.done,
        "skipped": found.counts.skipped,
        "rejected": found.counts.rejected,
        "reasons": found.reasons,
        "awaits_approval": found.awaits_approval,
    }
    ja = "\n".join([f"確認（{found.encoding}、何も書いていません）: {said.ja}", *lines])
    say(as_json, facts, ja, f"Dry run, nothing was written: {said.en}")


def _order(insurer: str, form: Form, key: str, by: str) -> Order:
    return Order(insurer, RunKind.ISSUE, form.value, f"{form.value}:{key}", by, now())


def digest_of(file: Path) -> str:
    """What names a list for good: the SHA-256 of its bytes."""
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def required_insurer(insurer: str | None) -> str:
    """The insurer that a command was told; raises MalformedError for none."""
    if insurer is None:
        raise MalformedError("--insurer", _MISSING, _GIVE_IT)
    return insurer


ONE_OF_BOTH = Words(
    "一覧のファイルか --resume のどちらか一方を指定します。",
    "Name either a list or --resume.",
)
_NAME_ONE = Words(
    "例: shikaku issue members.csv --insurer 01139997",
    "For example: shikaku issue members.csv --insurer 01139997",
)
_MISSING = Words("指定されていません。", "It is missing.")
_GIVE_IT = Words("保険者番号を指定してください。", "Give the insurer's number.")
