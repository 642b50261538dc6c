"""A run carried on at the terminal: a bar while it goes, then what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import click

from backend.cli.crew import SMALL, crew
from backend.cli.new_file import file_exists, new_stream
from backend.cli.opening import enrolled_insurer, opened, say
from backend.cli.operators import operator_here
from backend.cli.progress import progress
from backend.cli.run_words import run_facts, run_said
from backend.domain.errors import (
    ConflictError,
    MalformedError,
    NotFoundError,
    ShikakuError,
    UnavailableError,
)
from backend.domain.words import Words
from backend.house import House
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list
from backend.issuing.bulk.carrying import NOT_READY, Crew, alone, carry_on
from backend.issuing.bulk.intake import KnownRunError, Order, receive
from backend.issuing.bulk.results import result_file
from backend.settings import Settings
from backend.storage.run_rows import Run, RunState
from backend.system import now


def carried_on(house: House, crew: Crew, run: Run) -> Run:
    """Carry a run on to its end, with a bar; a small one in this process alone."""
    bulk = house.rooms.bulk
    if run.lines <= SMALL:
        crew = alone(bulk, now)
    try:
        with progress("一括処理 run", run.lines) as watch:
            return carry_on(bulk, crew, run.id, now, watch)
    except KeyboardInterrupt:
        _tell_broken_off(run)
        raise SystemExit(_INTERRUPTED) from None
    except UnavailableError:
        _tell_broken_off(run)
        raise


def _tell_broken_off(run: Run) -> None:
    how = f"shikaku issue --resume {run.id}"
    click.echo(f"中断しました。済んだ行はそのままです。続けるには: {how}", err=True)
    click.echo(f"Broken off; what is done stays done. To go on: {how}", err=True)


_INTERRUPTED = 130  # 128 and the number of SIGINT, as shells have it


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command was told of its result: the file, its encoding, the answer."""

    result: Path | None
    encoding: str
    as_json: bool


def run_list(
    insurer: str, file: Path, order_of: Callable[[str, str], Order], wanted: Wanted
) -> None:
    """Take in a list and carry its run on; a list that was done before is told so.

    `order_of` makes the order of insurer and operator.
    """
    require_free(wanted.result)
    with crew(Settings.read()) as many, opened() as house:
        number = enrolled_insurer(house, insurer).digits
        order = order_of(number, operator_here(house, number))
        try:
            with file.open("rb") as source:
                listed = open_list(source, ListLimits())
                run = receive(house.rooms.bulk, order, listed)
        except KnownRunError as known:
            _tell_known(house, known.run, wanted)
            return
        _go_on(house, many, run, wanted)


def resume_run(run_id: str, wanted: Wanted) -> None:
    """Carry on a run that was broken off. Raises NotFoundError."""
    require_free(wanted.result)
    with crew(Settings.read()) as many, opened() as house:
        with house.store.reading() as tx:
            run = tx.bulk_run(run_id)
        if run is None:
            raise NotFoundError("run")
        if run.state not in (RunState.READY, RunState.FINISHED):
            raise ConflictError(_how_to_go_on(run))
        _go_on(house, many, run, wanted)


def _go_on(house: House, crew: Crew, run: Run, wanted: Wanted) -> None:
    if run.state is RunState.READY:
        run = carried_on(house, crew, run)
    tell_end(house, run, wanted)
    if run.state is not RunState.FINISHED:
        _tell_how(run)
        if run.state is not RunState.AWAITING_APPROVAL:  # somebody stopped it
            raise SystemExit(1)


def _tell_known(house: House, run: Run, wanted: Wanted) -> None:
    tell_end(house, run, replace(wanted, result=None))
    if run.state is not RunState.FINISHED:
        _tell_how(run)
        raise SystemExit(1)
    if not wanted.as_json:
        click.echo("この一覧は処理済みです。二重には行っていません。")
        click.echo("This list was done before; nothing was done twice.")


def _tell_how(run: Run) -> None:
    words = _how_to_go_on(run)
    click.echo(f"{words.ja}\n{words.en}", err=True)


def _how_to_go_on(run: Run) -> Words:
    """What is to be done about a run that is not finished."""
    of_run = f"{run.id} --insurer {run.insurer}"
    resume = f"shikaku issue --resume {run.id}"
    commands = {
        RunState.READY: resume,
        RunState.AWAITING_APPROVAL: f"shikaku runs approve {of_run} → {resume}",
        RunState.CANCELLED: f"shikaku runs reopen {of_run} → {resume}",
    }
    why = NOT_READY.get(run.state) or _UNDER_WAY
    how = commands.get(run.state)
    return Words(f"{why.ja} {how}", f"{why.en} {how}") if how else why


_UNDER_WAY = Words("処理の途中です。続けるには:", "It is under way. To go on:")


def require_free(result: Path | None) -> None:
    """Raise MalformedError where a result file could not be written in the end."""
    if result is not None and result.exists():
        raise file_exists("--result")
    if result is not None and not result.parent.is_dir():
        raise MalformedError("--result", _NO_FOLDER, _MAKE_FOLDER)


def tell_end(house: House, run: Run, wanted: Wanted) -> None:
    """Write the result file of a finished run, and say what became of the run."""
    is_finished = run.state is RunState.FINISHED
    result, encoding, as_json = wanted.result, wanted.encoding, wanted.as_json
    if is_finished and result is not None:
        _write_or_tell(house, run, result, encoding)
    with house.store.reading() as tx:
        counts = tx.run_counts(run.id)
    said = run_said(run, counts)
    facts = run_facts(run, counts)
    if is_finished and result is not None:
        facts["result"] = str(result)
        say(as_json, facts, f"{said.ja}\n結果: {result}", f"{said.en}")
    else:
        say(as_json, facts, said.ja, said.en)


def _write_or_tell(house: House, run: Run, result: Path, encoding: str) -> None:
    """Write the result; where that fails, say that the run is done all the same."""
    try:
        write_result(house, run, result, encoding)
    except (OSError, ShikakuError):
        how = f"shikaku runs result {run.id} --insurer {run.insurer} --out FILE"
        click.echo(f"処理は完了しています。結果ファイルを書くには: {how}", err=True)
        click.echo(f"The run is finished. To write its result file: {how}", err=True)
        raise


def write_result(house: House, run: Run, result: Path, encoding: str) -> None:
    """Write every line's outcome to a new file that only its owner may read."""
    with new_stream(result, "--result") as file, house.store.reading() as tx:
        for piece in result_file(tx, run.id, encoding):
            file.write(piece)


_NO_FOLDER = Words("そのフォルダーはありません。", "There is no such folder.")
_MAKE_FOLDER = Words(
    "フォルダーを作るか、別の場所を指定してください。",
    "Make the folder, or name another place.",
)
