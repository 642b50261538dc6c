"""`shikaku withdraw-list`: certificates revoked, suspended or reinstated by list."""

from pathlib import Path

import click

from backend.cli.dry_running import dry_run_option, tell_dry_run
from backend.cli.list_arguments import (
    digest_of,
    encoding_option,
    file_argument,
    key_option,
    require_one,
    required_insurer,
    result_option,
    resume_option,
)
from backend.cli.opening import explained, json_option
from backend.cli.papers import kind_option, reason_option
from backend.cli.run_carrying import Wanted, resume_run, run_list
from backend.issuing.bulk.intake import Order, order_key
from backend.issuing.bulk.withdrawing import asked_of
from backend.issuing.withdrawals import WithdrawalReason
from backend.storage.rows import WithdrawalKind
from backend.storage.run_rows import RunKind
from backend.system import now


@click.command("withdraw-list")
@file_argument
@click.option("--insurer", help="保険者番号 / whose certificates they are")
@kind_option
@reason_option
@dry_run_option
@resume_option
@result_option
@encoding_option
@key_option
@json_option
@explained
def withdraw_list(
    file: Path | None,
    insurer: str | None,
    kind: str,
    reason: str,
    dry_run: bool,
    resume: str | None,
    result: Path | None,
    encoding: str,
    key: str | None,
    as_json: bool,
) -> None:
    """一覧 FILE の発行番号の資格確認書を、まとめて失効・停止・再開します。

    Take one step in the lives of many certificates. The list has a column 発行番号
    (serial); the result file of a run will do. The next check sees each step.
    """
    require_one(file, resume, _EXAMPLE)
    if resume is not None:
        where = result or Path(f"{resume}.result.csv")
        resume_run(resume, Wanted(where, encoding, as_json))
    elif file is not None:
        asked = asked_of(WithdrawalKind(kind), WithdrawalReason(reason))
        where = result or Path(f"{file.stem}.result.csv")
        name = order_key(asked, digest_of(file), key)

        def order_of(insurer: str, by: str) -> Order:
            return Order(insurer, RunKind.WITHDRAW, asked, name, by, now())

        number = required_insurer(insurer)
        if dry_run:
            tell_dry_run(number, file, order_of, as_json)
        else:
            run_list(number, file, order_of, Wanted(where, encoding, as_json))


_EXAMPLE = "shikaku withdraw-list lost.csv --insurer 01139997 --reason lost"
