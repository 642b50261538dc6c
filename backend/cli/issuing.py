"""`shikaku issue`: certificates for a whole list, and a run that was broken off."""

from pathlib import Path
from typing import Any

import click

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
from backend.cli.opening import enrolled_insurer, explained, json_option, opened, say
from backend.cli.progress import progress
from backend.cli.run_carrying import Wanted, resume_run, run_list
from backend.cli.run_words import counts_said
from backend.credentials.certificate import Form
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list
from backend.issuing.bulk.intake import Order
from backend.issuing.bulk.preview import Preview
from backend.issuing.bulk.preview import preview as preview_list
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
@click.option(
    "--dry-run", is_flag=True, help="何も書かずに、結果だけを示す / write nothing"
)
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


_EXAMPLE = "shikaku issue members.csv --insurer 01139997"
