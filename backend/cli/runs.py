"""`shikaku runs`: the bulk runs of an insurer, looked at, approved, cancelled."""

from pathlib import Path

import click

from backend.cli.list_arguments import encoding_option
from backend.cli.opening import enrolled_insurer, explained, json_option, opened, say
from backend.cli.operators import operator_here, required_operator
from backend.cli.run_carrying import write_result
from backend.cli.run_words import run_facts, run_said
from backend.house import House
from backend.issuing.bulk.runs import approve as approve_run
from backend.issuing.bulk.runs import cancel as cancel_run
from backend.issuing.bulk.runs import resume as reopen_run
from backend.issuing.bulk.runs import run_of
from backend.storage.run_rows import Run
from backend.system import now

MOST = 50  # of an insurer's runs, the newest
insurer_option = click.option("--insurer", required=True, help="保険者番号")


@click.group()
def runs() -> None:
    """一括処理の状況・承認・取消し・結果 / Look after bulk runs."""


@runs.command("list")
@insurer_option
@json_option
@explained
def list_runs(insurer: str, as_json: bool) -> None:
    """保険者の一括処理を新しい順に示します。

    Show an insurer's runs, the newest first.
    """
    with opened() as house:
        number = enrolled_insurer(house, insurer).digits
        with house.store.reading() as tx:
            found = [(it, tx.run_counts(it.id)) for it in tx.runs_of(number, MOST)]
    said = [run_said(run, counts) for run, counts in found]
    facts = {"runs": [run_facts(run, counts) for run, counts in found]}
    ja = "\n".join(it.ja for it in said) or "一括処理はありません。"
    say(as_json, facts, ja, "\n".join(it.en for it in said) or "There are no runs.")


@runs.command()
@click.argument("run_id")
@insurer_option
@json_option
@explained
def show(run_id: str, insurer: str, as_json: bool) -> None:
    """一括処理 RUN_ID の状況を示します。

    Show how far a run is.
    """
    with opened() as house:
        number = enrolled_insurer(house, insurer).digits
        with house.store.reading() as tx:
            run = run_of(tx, number, run_id)
            counts = tx.run_counts(run_id)
    said = run_said(run, counts)
    say(as_json, run_facts(run, counts), said.ja, said.en)


@runs.command()
@click.argument("run_id")
@insurer_option
@explained
def approve(run_id: str, insurer: str) -> None:
    """大きな一括処理 RUN_ID を承認します。作成した人は承認できません。

    Let a large run go on, by another operator than the one who made it. The operator's
    code is read from SHIKAKU_OPERATOR_CODE.
    """
    with opened() as house:
        number = enrolled_insurer(house, insurer).digits
        by = required_operator(house, number)
        run = approve_run(house.store, number, run_id, by, now())
        _tell(house, run)


@runs.command()
@click.argument("run_id")
@insurer_option
@explained
def cancel(run_id: str, insurer: str) -> None:
    """一括処理 RUN_ID を止めます。済んだ行はそのままで、再開できます。

    Stop a run; what is done stays done, and it can be reopened.
    """
    with opened() as house:
        number = enrolled_insurer(house, insurer).digits
        by = operator_here(house, number)
        run = cancel_run(house.store, number, run_id, by, now())
        _tell(house, run)


@runs.command()
@click.argument("run_id")
@insurer_option
@explained
def reopen(run_id: str, insurer: str) -> None:
    """取り消した一括処理 RUN_ID を、続けられる状態に戻します。

    Let a cancelled run go on: then `shikaku issue --resume`.
    """
    with opened() as house:
        number = enrolled_insurer(house, insurer).digits
        above, by = house.settings.approval_above, operator_here(house, number)
        run = reopen_run(house.store, number, run_id, above, by, now())
        _tell(house, run)


def _tell(house: House, run: Run) -> None:
    """Say how the run stands now."""
    with house.store.reading() as tx:
        said = run_said(run, tx.run_counts(run.id))
    say(False, {}, said.ja, said.en)


@runs.command()
@click.argument("run_id")
@insurer_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="結果ファイル / where every line's outcome goes",
)
@encoding_option
@explained
def result(run_id: str, insurer: str, out: Path, encoding: str) -> None:
    """一括処理 RUN_ID の結果を、行ごとに書き出します。

    Write what became of every line that is decided yet.
    """
    with opened() as house:
        number = enrolled_insurer(house, insurer).digits
        with house.store.reading() as tx:
            run = run_of(tx, number, run_id)
        write_result(house, run, out, encoding)
    say(False, {}, f"結果: {out}", f"Written to {out}")
