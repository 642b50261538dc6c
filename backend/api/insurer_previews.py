"""Doors that say what a list would do, line by line, before anything is done."""

from typing import Any

from flask import Response

from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.rooms import rooms
from backend.api.schemas.previews import (
    IssuePlanQueryShape,
    RunPreviewShape,
    WithdrawPlanQueryShape,
)
from backend.api.schemas.runs import IssueListQueryShape, WithdrawListQueryShape
from backend.api.uploaded_list import LIST_BODY, LIST_REFUSALS, uploaded_list
from backend.issuing.bulk.intake import Order
from backend.issuing.bulk.outcomes import LineOutcome
from backend.issuing.bulk.planning import planned
from backend.issuing.bulk.preview import preview
from backend.issuing.bulk.results import Encoding, plan_file
from backend.issuing.bulk.withdrawing import asked_of
from backend.storage.rows import Client, ClientKind
from backend.storage.run_rows import RunKind

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
def preview_run(client: Client, asked: dict[str, Any]) -> dict[str, Any]:
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


def _issue(client: Client, asked: dict[str, Any]) -> Order:
    return _order(client, RunKind.ISSUE, asked["form"].value)


def _withdrawal(client: Client, asked: dict[str, Any]) -> Order:
    what = asked_of(asked["step"], asked["reason"])
    return _order(client, RunKind.WITHDRAW, what)


def _order(client: Client, kind: RunKind, what: str) -> Order:
    return Order(client.party, kind, what, "", client.id, rooms().clock())


def _previewed(order: Order) -> dict[str, Any]:
    _, listed = uploaded_list()
    found = preview(rooms().bulk, order, listed)
    return {
        "encoding": found.encoding,
        "counts": found.counts,
        "reasons": [
            {"reason": name, "lines": lines} for name, lines in found.reasons.items()
        ],
        "shown": [_told(it) for it in found.shown],
        "awaits_approval": found.awaits_approval,
    }


def _told(outcome: LineOutcome) -> dict[str, Any]:
    return outcome._asdict() | {"serial": outcome.serial or None}


def _planned(order: Order, asked: dict[str, Any]) -> Response:
    _, listed = uploaded_list()
    encoding: Encoding = asked["encoding"]
    pieces = plan_file(
        planned(rooms().bulk, order, listed), encoding.value, asked.get("result")
    )
    return Response(b"".join(pieces), content_type=encoding.media_type)
