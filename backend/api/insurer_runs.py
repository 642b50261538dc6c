"""Doors for bulk runs (一括処理): begun with a list, followed, approved, cancelled."""

from collections.abc import Callable
from typing import Any

from flask import Response

from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.rooms import rooms
from backend.api.schemas.runs import (
    IssueListQueryShape,
    ResultQueryShape,
    RunShape,
    RunsQueryShape,
    RunsShape,
    WithdrawListQueryShape,
)
from backend.api.uploaded_list import LIST_BODY, LIST_REFUSALS, uploaded_list
from backend.issuing.bulk.intake import KnownRunError, Order, order_key, receive
from backend.issuing.bulk.makers import is_one_person, maker_of
from backend.issuing.bulk.results import Encoding, result_file
from backend.issuing.bulk.runs import (
    STATES,
    approve,
    cancel,
    resume,
    run_of,
    seconds_left,
)
from backend.issuing.bulk.withdrawing import asked_of
from backend.storage.rows import Client, ClientKind
from backend.storage.run_rows import Run, RunKind, RunState
from backend.storage.store import Transaction

insurer_runs = Doorway(
    "insurer_runs",
    __name__,
    url_prefix="/v1/insurer",
    description="保険者: 一括交付・一括失効 / bulk runs",
)

A_PAGE = 50
_STEPS: dict[str, Callable[[Client, str], Run]] = {
    "approve": lambda client, run_id: approve(
        rooms().store, client.party, run_id, client.id, rooms().clock()
    ),
    "cancel": lambda client, run_id: cancel(
        rooms().store, client.party, run_id, client.id, rooms().clock()
    ),
    "resume": lambda client, run_id: resume(
        rooms().store,
        client.party,
        run_id,
        rooms().bulk.approval_above,
        client.id,
        rooms().clock(),
    ),
}


@insurer_runs.route("/runs", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_runs.response(202, RunShape())
@insurer_runs.arguments(IssueListQueryShape(), location="query")
@insurer_runs.doc(requestBody=LIST_BODY, responses=LIST_REFUSALS)
def begin_run(client: Client, asked: dict[str, Any]) -> dict[str, Any]:
    """一括交付 / Issue certificates to the people of a list, in the background.

    The same list again is the same run: it is told as it stands, and nothing is done
    twice. A large run awaits the approval of another of the insurer's systems.
    """
    form = asked["form"].value
    return _begun(client, RunKind.ISSUE, form, asked.get("key"))


@insurer_runs.route("/withdrawals", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_runs.response(202, RunShape())
@insurer_runs.arguments(WithdrawListQueryShape(), location="query")
@insurer_runs.doc(requestBody=LIST_BODY, responses=LIST_REFUSALS)
def begin_withdrawal(client: Client, asked: dict[str, Any]) -> dict[str, Any]:
    """一括失効・停止・再開 / One step for every certificate of a list of serials."""
    what = asked_of(asked["step"], asked["reason"])
    return _begun(client, RunKind.WITHDRAW, what, asked.get("key"))


@insurer_runs.route("/runs", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_runs.response(200, RunsShape())
@insurer_runs.arguments(RunsQueryShape(), location="query")
def list_runs(client: Client, asked: dict[str, Any]) -> dict[str, Any]:
    """一括処理の一覧 / The insurer's newest runs, and on the first page all at work."""
    before = asked.get("before")
    with rooms().store.reading() as tx:
        page = tx.runs_of(client.party, A_PAGE, before)
        others = [] if before else tx.runs_at_work(client.party)
        found = [*page, *(it for it in others if it not in page)]
        last = page[-1].id if len(page) == A_PAGE else None
        return {"runs": [_told(tx, it, client) for it in found], "next": last}


@insurer_runs.route("/runs/<name:run_id>", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_runs.response(200, RunShape())
@insurer_runs.doc(responses={"404": "NOT_FOUND"})
def show_run(client: Client, run_id: str) -> dict[str, Any]:
    """一括処理の状況 / How far a run is, and how long it still takes."""
    with rooms().store.reading() as tx:
        return _told(tx, run_of(tx, client.party, run_id), client)


@insurer_runs.route(
    "/runs/<name:run_id>/<any(approve, cancel, resume):step>", methods=["POST"]
)
@admits(ClientKind.INSURER)
@insurer_runs.response(200, RunShape())
@insurer_runs.doc(responses={"404": "NOT_FOUND", "409": "CONFLICT"})
def turn_run(client: Client, run_id: str, step: str) -> dict[str, Any]:
    """承認・取消し・再開 / Approve a large run, cancel one, let a cancelled one go on.

    Whoever made a run cannot approve it: another of the insurer's systems must.
    """
    run = _STEPS[step](client, run_id)
    with rooms().store.reading() as tx:
        return _told(tx, run, client)


@insurer_runs.route("/runs/<name:run_id>/result", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_runs.arguments(ResultQueryShape(), location="query")
@insurer_runs.response(200, content_type="text/csv")
@insurer_runs.doc(responses={"404": "NOT_FOUND"})
def run_result(client: Client, asked: dict[str, Any], run_id: str) -> Response:
    """結果ファイル / What became of every line that is decided, as CSV."""
    encoding: Encoding = asked["encoding"]
    with rooms().store.reading() as tx:
        run_of(tx, client.party, run_id)
        content = b"".join(result_file(tx, run_id, encoding.value))
    return Response(content, content_type=encoding.media_type)


def _begun(client: Client, kind: RunKind, what: str, key: str | None) -> dict[str, Any]:
    digest, listed = uploaded_list()
    name = order_key(what, digest, key)
    order = Order(client.party, kind, what, name, client.id, rooms().clock())
    try:
        run = receive(rooms().bulk, order, listed)
    except KnownRunError as known:
        run = known.run
    with rooms().store.reading() as tx:
        return _told(tx, run, client)


def _told(tx: Transaction, run: Run, client: Client) -> dict[str, Any]:
    counts = tx.run_counts(run.id)
    approved_by = run.approved_by
    is_awaited = run.state is RunState.AWAITING_APPROVAL
    return {
        "run_id": run.id,
        "kind": run.kind,
        "asked": run.asked,
        "state": run.state,
        "state_words": STATES[run.state],
        "lines": run.lines,
        "counts": counts,
        "seconds_left": seconds_left(tx, run, counts, rooms().clock()),
        "made_by": run.made_by,
        "made_by_name": maker_of(tx, run.made_by).name,
        "made_at": run.made_at,
        "approved_by": approved_by,
        "approved_by_name": maker_of(tx, approved_by).name if approved_by else None,
        "may_approve": is_awaited and not is_one_person(tx, client.id, run.made_by),
        "ended_at": run.ended_at,
    }
