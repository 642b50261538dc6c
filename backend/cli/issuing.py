"""`shikaku issue`: certificates for a whole list, and a run that was broken off."""

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
from backend.cli.run_carrying import Wanted, resume_run, run_list
from backend.credentials.certificate import Form
from backend.issuing.bulk.intake import Order, order_key
from backend.storage.run_rows import RunKind
from backend.system import now


@click.command()
@file_argument
@click.option("--insurer", help="保険者番号 / whose list it is")
@click.option(
    "--form",
    type=click.Choice([form.value for form in Form]),
    default=Form.A4.value,
    show_default=True,
    help="様式: A4・はがき・カード / what the certificates are printed on",
)
@dry_run_option
@resume_option
@result_option
@encoding_option
@key_option
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
    require_one(file, resume, _EXAMPLE)
    if resume is not None:
        where = result or Path(f"{resume}.result.csv")
        resume_run(resume, Wanted(where, encoding, as_json))
    elif file is not None:
        number = required_insurer(insurer)
        where = result or Path(f"{file.stem}.result.csv")
        name = order_key(form, digest_of(file), key)

        def order_of(insurer: str, by: str) -> Order:
            return Order(insurer, RunKind.ISSUE, form, name, by, now())

        if dry_run:
            tell_dry_run(number, file, order_of, as_json)
        else:
            run_list(number, file, order_of, Wanted(where, encoding, as_json))


_EXAMPLE = "shikaku issue members.csv --insurer 01139997"
