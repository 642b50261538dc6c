"""Doors at which an insurer takes the print files of a run, a part at a time."""

import csv
from io import BytesIO, StringIO
from threading import Lock
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from flask import Response

from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.rooms import rooms
from backend.api.schemas.runs import PrintQueryShape, PrintsShape
from backend.domain.errors import ConflictError, NotFoundError, UnavailableError
from backend.domain.words import Words
from backend.issuing.bulk.printing import PrintedPart, papers_a_part, print_part
from backend.issuing.bulk.runs import run_of
from backend.printing.sheets import Layout
from backend.storage.rows import Client, ClientKind
from backend.storage.run_rows import Run, RunKind, RunState
from backend.storage.store import Transaction

insurer_prints = Doorway(
    "insurer_prints",
    __name__,
    url_prefix="/v1/insurer",
    description="保険者: 印刷ファイル / print files",
)

MOST_PAPERS = 50_000  # above: `shikaku runs print` writes files of that size
_AT_REST = {RunState.FINISHED, RunState.CANCELLED, RunState.ABANDONED}
_PRESS = Lock()  # a part takes a second and up to half a gigabyte: one at a time
_HEADINGS = ("シート sheet", "位置 place", "発行番号 serial")
_LEFT_OUT = "除外 left out"
_REFUSALS = {
    "404": "NOT_FOUND",
    "409": "CONFLICT",
    "503": "SERVICE_UNAVAILABLE",
}


@insurer_prints.route("/runs/<name:run_id>/prints", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_prints.arguments(PrintQueryShape(), location="query")
@insurer_prints.response(200, PrintsShape())
@insurer_prints.doc(responses=_REFUSALS)
def show_prints(client: Client, asked: dict[str, Any], run_id: str) -> dict[str, int]:
    """印刷ファイルの数 / In how many parts a run's certificates are printed."""
    with rooms().store.reading() as tx:
        run, papers = _printable(tx, client.party, run_id)
    each = papers_a_part(run, asked["layout"])
    return {"papers": papers, "papers_a_part": each, "parts": -(-papers // each)}


@insurer_prints.route(
    "/runs/<name:run_id>/prints/<int(max=50000):part>", methods=["GET"]
)
@admits(ClientKind.INSURER)
@insurer_prints.arguments(PrintQueryShape(), location="query")
@insurer_prints.response(200, content_type="application/zip")
@insurer_prints.doc(responses=_REFUSALS)
def take_print(
    client: Client, asked: dict[str, Any], run_id: str, part: int
) -> Response:
    """印刷ファイル / One part, from 1: the PDF and the index of its sheets, as a zip.

    What was withdrawn since is left out, and named in the index.
    """
    with rooms().store.reading() as tx:
        run, papers = _printable(tx, client.party, run_id)
    if not 0 < part <= -(-papers // papers_a_part(run, asked["layout"])):
        raise NotFoundError("part")
    content = _zipped(f"{run_id}-{part:03}", _pressed(run, asked["layout"], part))
    return Response(content, content_type="application/zip")


def _printable(tx: Transaction, insurer: str, run_id: str) -> tuple[Run, int]:
    run = run_of(tx, insurer, run_id)
    papers = tx.run_counts(run_id).done if run.kind is RunKind.ISSUE else 0
    if run.state not in _AT_REST:
        raise ConflictError(_UNDER_WAY)
    if not papers:
        raise ConflictError(_NO_PAPERS)
    if papers > MOST_PAPERS:
        raise ConflictError(_TOO_MANY)
    return run, papers


def _pressed(run: Run, layout: Layout, part: int) -> PrintedPart:
    if not _PRESS.acquire(blocking=False):
        raise UnavailableError(_BUSY)
    try:
        return print_part(rooms().store, run, layout, part)
    finally:
        _PRESS.release()


def _zipped(name: str, printed: PrintedPart) -> bytes:
    """Both files; the same papers give the same bytes."""
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as zipped:
        if printed.pdf:
            zipped.writestr(ZipInfo(f"{name}.pdf"), printed.pdf)
        zipped.writestr(ZipInfo(f"{name}.index.csv"), _index(printed))
    return held.getvalue()


def _index(printed: PrintedPart) -> bytes:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_HEADINGS)
    writer.writerows(printed.places)
    writer.writerows([_LEFT_OUT, "", serial] for serial in printed.left_out)
    return text.getvalue().encode("utf-8-sig")


_UNDER_WAY = Words(
    "処理の途中です。終わってから印刷してください。",
    "The run is under way: print when it has ended.",
)
_NO_PAPERS = Words(
    "この一括処理に印刷する資格確認書はありません。",
    "This run issued no certificates to print.",
)
_TOO_MANY = Words(
    f"{MOST_PAPERS:,}枚を超えています。shikaku runs print で印刷してください。",
    f"There are more than {MOST_PAPERS:,}: print them with shikaku runs print.",
)
_BUSY = Words(
    "別の印刷ファイルを作成中です。少し待ってやり直してください。",
    "Another print file is being made: try again in a moment.",
)
