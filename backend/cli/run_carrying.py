"""A run carried on at the terminal: a bar while it goes, then what became of it."""

from pathlib import Path

from backend.app import House
from backend.cli.new_file import file_exists, new_stream
from backend.cli.opening import say
from backend.cli.progress import progress
from backend.cli.run_words import run_facts, run_said
from backend.issuing.bulk.carrying import carry_on
from backend.issuing.bulk.results import result_file
from backend.issuing.bulk.workshop import SoleBench, Workshop
from backend.storage.run_rows import Run, RunState
from backend.system import now

SMALL = 3_000  # lines that one process has done before others have begun


def carried_on(house: House, shop: Workshop, run: Run) -> Run:
    """Carry a run on to its end, with a bar; a small one in this process alone."""
    bulk = house.rooms.bulk
    if run.lines <= SMALL:
        shop = SoleBench(bulk)
    with progress("一括処理 run", run.lines) as watch:
        return carry_on(bulk, shop, run.id, now, watch)


def require_free(result: Path) -> None:
    """Raise MalformedError where a result file would be written over."""
    if result.exists():
        raise file_exists("--result")


def tell_end(
    house: House, run: Run, result: Path | None, encoding: str, as_json: bool
) -> None:
    """Write the result file of a finished run, and say what became of the run."""
    is_finished = run.state is RunState.FINISHED
    if is_finished and result is not None:
        write_result(house, run, result, encoding)
    with house.store.reading() as tx:
        counts = tx.run_counts(run.id)
    said = run_said(run, counts)
    facts = run_facts(run, counts)
    if is_finished and result is not None:
        facts["result"] = str(result)
        say(as_json, facts, f"{said.ja}\n結果: {result}", f"{said.en}")
    else:
        say(as_json, facts, said.ja, said.en)


def write_result(house: House, run: Run, result: Path, encoding: str) -> None:
    """Write every line's outcome to a new file that only its owner may read."""
    with new_stream(result, "--result") as file, house.store.reading() as tx:
        for piece in result_file(tx, run.id, encoding):
            file.write(piece)
