"""`shikaku runs print` and `shikaku notices`: print files and their indexes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from backend.cli.opening import enrolled_insurer, explained, json_option, opened, say
from backend.cli.print_files import MOST_PAPERS, Part, PrintFiles
from backend.cli.progress import progress
from backend.domain.errors import ConflictError
from backend.domain.words import Words
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list
from backend.issuing.bulk.intake import Order
from backend.issuing.bulk.notices import NoticePart
from backend.issuing.bulk.notices import notices as make_notices
from backend.issuing.bulk.printing import PrintedPart, print_run
from backend.issuing.bulk.runs import run_of
from backend.printing.sheets import Layout
from backend.storage.run_rows import RunCounts, RunKind
from backend.system import now

_SHEET_HEADINGS = ("シート sheet", "位置 place", "発行番号 serial")
_LINE_HEADINGS = ("ページ page", "行 line")
_out = click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="印刷ファイル（PDF） / the print file",
)


@click.command("print")
@click.argument("run_id")
@click.option("--insurer", required=True, help="保険者番号")
@_out
@click.option(
    "--layout",
    type=click.Choice([it.value for it in Layout]),
    default=Layout.SHEETS.value,
    show_default=True,
    help="面付け・1枚ずつ / imposed sheets, or a page each",
)
@json_option
@explained
def print_papers(
    run_id: str, insurer: str, out: Path, layout: str, as_json: bool
) -> None:
    """一括処理 RUN_ID の資格確認書を、面付けした印刷ファイル（PDF）と索引にします。

    Print the certificates of a run: an imposed PDF and an index that tells sheet and
    place of each serial. What was withdrawn since is left out.
    """
    with opened() as house:
        number = enrolled_insurer(house, insurer).digits
        with house.store.reading() as tx:
            run = run_of(tx, number, run_id)
            counts = tx.run_counts(run_id)
        if run.kind is not RunKind.ISSUE or not counts.done:
            raise ConflictError(_NO_PAPERS)
        files = PrintFiles(out, counts.done > MOST_PAPERS)
        with progress("印刷 print", counts.done) as watch:
            parts = map(_of_run, print_run(house.store, run, Layout(layout)))
            files.write(_SHEET_HEADINGS, _watched(parts, watch))
    _tell(files, as_json)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--insurer", required=True, help="保険者番号 / whose list it is")
@_out
@json_option
@explained
def notices(file: Path, insurer: str, out: Path, as_json: bool) -> None:
    """一覧 FILE のうちマイナ保険証を使える人の「資格情報のお知らせ」を印刷します。

    Print notices (not valid alone) for those of a list whose card is usable and who are
    covered today; the index tells the line of each page.
    """
    with opened() as house, file.open("rb") as source:
        number = enrolled_insurer(house, insurer).digits
        order = Order(number, RunKind.ISSUE, "a4", "", "", now())
        made = make_notices(house.rooms.bulk, order, open_list(source, ListLimits()))
        files = PrintFiles(out, is_numbered=False)
        with progress("印刷 print", None) as watch:
            files.write(_LINE_HEADINGS, _watched(_paged(made), watch))
    _tell(files, as_json)


def _of_run(part: PrintedPart) -> Part:
    rows = [(str(it.sheet), str(it.place), it.serial) for it in part.places]
    return Part(part.pdf, rows, [("", "", serial) for serial in part.left_out])


def _paged(parts: Iterator[NoticePart]) -> Iterator[Part]:
    page = 1
    for part in parts:
        rows = [(str(page + n), str(line)) for n, line in enumerate(part.lines)]
        page += len(rows)
        yield Part(part.pdf, rows, [("", str(line)) for line in part.without])


def _watched(
    parts: Iterator[Part], watch: Callable[[RunCounts], None]
) -> Iterator[Part]:
    counts = RunCounts(0, 0, 0, 0)
    for part in parts:
        yield part
        done, left_out = len(part.rows), len(part.left_out)
        counts = RunCounts(
            counts.decided + done + left_out,
            counts.done + done,
            counts.skipped + left_out,
            0,
        )
        watch(counts)


def _tell(files: PrintFiles, as_json: bool) -> None:
    names = [str(path) for path in files.files]
    facts = {
        "files": names,
        "index": str(files.index),
        "printed": files.printed,
        "left_out": files.left_out,
    }
    say(
        as_json,
        facts,
        f"{'、'.join(names) or '印刷なし'}（{files.printed:,}枚、"
        f"除外 {files.left_out:,}）"
        f" 索引: {files.index}",
        f"{files.printed:,} printed, {files.left_out:,} left out; index: {files.index}",
    )


_NO_PAPERS = Words(
    "この一括処理に印刷する資格確認書はありません。",
    "This run issued no certificates to print.",
)
