"""Doors for an insurer's member lists (加入者一覧): preview, commit, confirm."""

from dataclasses import asdict
from hashlib import sha256
from itertools import chain, islice
from typing import Any

from flask import request

from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.limits import require_media_type
from backend.api.office import teller_of
from backend.api.rooms import rooms
from backend.api.schemas.member_list import (
    MOST_SHOWN,
    ChangeKind,
    CommittedShape,
    PreviewShape,
)
from backend.api.schemas.register import ConfirmedShape
from backend.registering.list_plan import ListPlan, PlannedLine
from backend.registering.lists import commit, confirm, preview
from backend.storage.rows import Client, ClientKind

insurer_lists = Doorway(
    "insurer_lists",
    __name__,
    url_prefix="/v1/insurer",
    description="保険者: 加入者一覧 / insurers' member lists",
)

_CSV = "text/csv"
_BODY = {
    "required": True,
    "description": "UTF-8 か CP932 の CSV、見出し行つき / with a heading line",
    "content": {_CSV: {"schema": {"type": "string", "format": "binary"}}},
}


@insurer_lists.route("/lists", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_lists.response(201, PreviewShape())
@insurer_lists.doc(
    requestBody=_BODY,
    responses={
        "413": "REQUEST_ENTITY_TOO_LARGE",
        "415": "UNSUPPORTED_MEDIA_TYPE",
        "422": "UNPROCESSABLE_ENTITY",
    },
)
def upload_list(client: Client) -> dict[str, Any]:
    """一覧の確認 / Upload a list and see what it would change; nothing is changed."""
    require_media_type(request, _CSV)
    content = request.get_data()
    list_id, plan = preview(
        rooms().registrar, teller_of(client, rooms().clock()), content
    )
    return {
        "list_id": list_id,
        "digest": sha256(content).hexdigest(),
        "encoding": plan.encoding,
        "counts": plan.counts,
        "changes": list(islice(_changes(plan), MOST_SHOWN)),
        "missing": plan.missing[:MOST_SHOWN],
        "errors": plan.errors[:MOST_SHOWN],
        "warnings": plan.warnings[:MOST_SHOWN],
    }


@insurer_lists.route("/lists/<name:list_id>/commit", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_lists.response(200, CommittedShape())
@insurer_lists.doc(responses={"404": "NOT_FOUND", "409": "CONFLICT"})
def commit_list(client: Client, list_id: str) -> dict[str, Any]:
    """一覧の登録 / Make a previewed list true; a second time changes nothing."""
    plan = commit(rooms().registrar, teller_of(client, rooms().clock()), list_id)
    return {"committed": True, "counts": plan.counts}


@insurer_lists.route("/confirmations", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_lists.response(200, ConfirmedShape())
def confirm_register(client: Client) -> dict[str, Any]:
    """異動なしの確認 / Nothing has changed: the data hold as of now."""
    at = rooms().clock()
    confirm(rooms().registrar, teller_of(client, at))
    return {"delivered_at": at}


def _changes(plan: ListPlan) -> chain[dict[str, Any]]:
    return chain(
        _of_kind(ChangeKind.ADDED, plan.added),
        _of_kind(ChangeKind.CHANGED, plan.changed),
        _of_kind(ChangeKind.ENDED, plan.ended),
        _of_kind(ChangeKind.REOPENED, plan.reopened),
    )


def _of_kind(kind: ChangeKind, lines: tuple[PlannedLine, ...]) -> list[dict[str, Any]]:
    return [asdict(line) | {"kind": kind} for line in lines]
