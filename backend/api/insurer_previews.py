"""Doors that say what a list would do, line by line, before anything is done."""

from collections.abc import Iterator
from typing import Any

from flask import Response

from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.rooms import rooms
from backend.api.schemas.previews import (
    IssuePlanQueryShape,
    PlanQueryShape,
    RunPreviewShape,
    WithdrawPlanQueryShape,
)
from backend.api.schemas.runs import IssueListQueryShape, WithdrawListQueryShape
from backend.api.uploaded_list import LIST_BODY, LIST_REFUSALS, uploaded_list
from backend.issuing.bulk.intake import Order
from backend.issuing.bulk.outcomes import LineOutcome
from backend.issuing.bulk.planning import planned, planned_run
from backend.issuing.bulk.preview import Preview, preview, preview_run
from backend.issuing.bulk.results import Encoding, plan_file
from backend.issuing.bulk.runs import run_of
from backend.issuing.bulk.withdrawing import asked_of
from backend.storage.rows import Client, ClientKind
from backend.storage.run_rows import Decided, Run, RunKind

insurer_previews = Doorway(
    "insurer_previews",
    __name__,
    url_prefix="/v1/insurer",
    description="保険者: 一括処理の確認 / what a bulk run would do",
)


@insurer_previews.route("/runs/preview", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_previews.response(200, RunPreviewShape())
@insurer_previews.arguments(IssueListQueryShape(), location="query")
@insurer_previews.doc(requestBody=LIST_BODY, responses=LIST_REFUSALS)
def preview_list(client: Client, asked: dict[str, Any]) -> dict[str, Any]:
    """一括交付の確認 / What a run would do, line by line; nothing is written."""
    return _previewed(_issue(client, asked))


@insurer_previews.route("/runs/preview/lines", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_previews.response(200, content_type="text/csv")
@insurer_previews.arguments(IssuePlanQueryShape(), location="query")
@insurer_previews.doc(requestBody=LIST_BODY, responses=LIST_REFUSALS)
def plan_run(client: Client, asked: dict[str, Any]) -> Response:
    """一括交付の確認ファイル / The same for every line, as CSV; nothing is written."""
    return _planned(_issue(client, asked), asked)


@insurer_previews.route("/withdrawals/preview", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_previews.response(200, RunPreviewShape())
@insurer_previews.arguments(WithdrawListQueryShape(), location="query")
@insurer_previews.doc(requestBody=LIST_BODY, responses=LIST_REFUSALS)
def preview_withdrawal(client: Client, asked: dict[str, Any]) -> dict[str, Any]:
    """一括失効・停止・再開の確認 / Which certificates would take the step.

    Nothing is written: `counts.done` would take it, the others say why not.
    """
    return _previewed(_withdrawal(client, asked))


@insurer_previews.route("/withdrawals/preview/lines", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_previews.response(200, content_type="text/csv")
@insurer_previews.arguments(WithdrawPlanQueryShape(), location="query")
@insurer_previews.doc(requestBody=LIST_BODY, responses=LIST_REFUSALS)
def plan_withdrawal(client: Client, asked: dict[str, Any]) -> Response:
    """一括失効・停止・再開の確認ファイル / The same for every line, as CSV."""
    return _planned(_withdrawal(client, asked), asked)


@insurer_previews.route("/runs/<name:run_id>/preview", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_previews.response(200, RunPreviewShape())
@insurer_previews.doc(responses={"404": "NOT_FOUND"})
def preview_known_run(client: Client, run_id: str) -> dict[str, Any]:
    """受け付けた一括処理の確認 / What a run would do with what is left of its list.

    For whoever approves it: another has made it, and nothing of it is done yet.
    """
    run = _known(client, run_id)
    return _told(preview_run(rooms().bulk, run, rooms().clock()))


@insurer_previews.route("/runs/<name:run_id>/preview/lines", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_previews.arguments(PlanQueryShape(), location="query")
@insurer_previews.response(200, content_type="text/csv")
@insurer_previews.doc(responses={"404": "NOT_FOUND"})
def plan_known_run(client: Client, asked: dict[str, Any], run_id: str) -> Response:
    """受け付けた一括処理の確認ファイル / The same for every line, as CSV."""
    run = _known(client, run_id)
    return _filed(planned_run(rooms().bulk, run, rooms().clock()), asked)


def _known(client: Client, run_id: str) -> Run:
    with rooms().store.reading() as tx:
        return run_of(tx, client.party, run_id)


def _issue(client: Client, asked: dict[str, Any]) -> Order:
    return _order(client, RunKind.ISSUE, asked["form"].value)


def _withdrawal(client: Client, asked: dict[str, Any]) -> Order:
    what = asked_of(asked["step"], asked["reason"])
    return _order(client, RunKind.WITHDRAW, what)


def _order(client: Client, kind: RunKind, what: str) -> Order:
    return Order(client.party, kind, what, "", client.id, rooms().clock())


def _previewed(order: Order) -> dict[str, Any]:
    _, listed = uploaded_list()
    return _told(preview(rooms().bulk, order, listed))


def _told(found: Preview) -> dict[str, Any]:
    return {
        "encoding": found.encoding,
        "counts": found.counts,
        "reasons": [
            {"reason": name, "lines": lines} for name, lines in found.reasons.items()
        ],
        "shown": [_line(it) for it in found.shown],
        "awaits_approval": found.awaits_approval,
    }


def _line(outcome: LineOutcome) -> dict[str, Any]:
    return outcome._asdict() | {"serial": outcome.serial or None}


def _planned(order: Order, asked: dict[str, Any]) -> Response:
    _, listed = uploaded_list()
    return _filed(planned(rooms().bulk, order, listed), asked)


def _filed(lines: Iterator[Decided], asked: dict[str, Any]) -> Response:
    encoding: Encoding = asked["encoding"]
    pieces = plan_file(lines, encoding.value, asked.get("result"))
    return Response(b"".join(pieces), content_type=encoding.media_type)
