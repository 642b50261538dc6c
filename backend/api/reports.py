"""Doors of reports (本人からの申出): a person files them, their insurer answers."""

from typing import Any

from flask import Response

from backend.admitting.trusted_phones import require_reporter
from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.office import teller_of
from backend.api.rooms import rooms
from backend.api.schemas.reports import (
    AnswerReportShape,
    OwnReportsShape,
    ReportDraftShape,
    ReportFiledShape,
    ReportsQueryShape,
    ReportsToInsurerShape,
)
from backend.audit.events import AuditEntry
from backend.registering.reports import (
    ReportDraft,
    ReportSeen,
    answer_report,
    file_report,
    own_reports,
    reports_to,
)
from backend.storage.reports import Report
from backend.storage.rows import Client, ClientKind

reports = Doorway(
    "reports",
    __name__,
    url_prefix="/v1",
    description="本人からの申出: 登録内容の誤りなど / what a person says is wrong",
)


@reports.route("/patient/reports", methods=["POST"])
@admits(ClientKind.PATIENT)
@reports.response(201, ReportFiledShape())
@reports.arguments(ReportDraftShape())
@reports.doc(responses={"409": "CONFLICT", "429": "TOO_MANY_REQUESTS"})
def file(client: Client, told: dict[str, Any]) -> dict[str, str]:
    """申出 / Tell the insurer that something is wrong.

    The same report within ten minutes is the one that was filed, and counts once.
    """
    house = rooms()
    draft = ReportDraft(**told)
    require_reporter(house.store, client, draft.about is not None)
    at = house.clock()
    return {
        "report_id": file_report(house.store, client, draft, at, house.random_bytes)
    }


@reports.route("/patient/reports", methods=["GET"])
@admits(ClientKind.PATIENT)
@reports.response(200, OwnReportsShape())
def list_own(client: Client) -> dict[str, Any]:
    """自分の申出 / One's own reports and what the insurer answered."""
    store = rooms().store
    require_reporter(store, client, is_about_history=False)
    told = [_told(it) | {"about": it.about} for it in own_reports(store, client)]
    return {"reports": told}


@reports.route("/insurer/reports", methods=["GET"])
@admits(ClientKind.INSURER)
@reports.response(200, ReportsToInsurerShape())
@reports.arguments(ReportsQueryShape(), location="query")
def list_to_insurer(client: Client, page: dict[str, Any]) -> dict[str, Any]:
    """届いた申出 / Reports of this insurer's members, oldest first."""
    is_open, after, limit = page["state"] == "open", page["after"], page["limit"]
    found = reports_to(rooms().store, client.party, is_open, after, limit)
    is_full = len(found) == limit
    return {
        "reports": [_seen(it) for it in found],
        "next": found[-1].report.number if is_full else None,
    }


@reports.route("/insurer/reports/<name:report_id>/answer", methods=["POST"])
@admits(ClientKind.INSURER)
@reports.response(204)
@reports.arguments(AnswerReportShape())
@reports.doc(responses={"404": "NOT_FOUND", "409": "CONFLICT"})
def answer(client: Client, told: dict[str, Any], report_id: str) -> Response:
    """申出への回答 / Answer a report, and close it or not."""
    house = rooms()
    teller = teller_of(client, house.clock())
    answer_report(house.store, teller, report_id, told["text"], told["close"])
    return Response(status=204, mimetype="application/json")


def _told(report: Report) -> dict[str, Any]:
    return {
        "report_id": report.id,
        "kind": report.kind,
        "kind_words": report.kind.words,
        "text": report.text,
        "filed_at": report.filed_at,
        "closed_at": report.closed_at,
        "answers": [{"text": it.text, "at": it.at} for it in report.answers],
    }


def _seen(seen: ReportSeen) -> dict[str, Any]:
    delegate = seen.phone.delegate if seen.phone else None
    relation = delegate.delegation.relation if delegate else None
    return _told(seen.report) | {
        "person_id": seen.report.person_id,
        "about": seen.about and _about(seen.about),
        "delegate": relation
        and {"relation": relation, "relation_words": relation.words},
    }


def _about(entry: AuditEntry) -> dict[str, Any]:
    return {
        "sequence": entry.sequence,
        "at": entry.at,
        "kind": entry.kind,
        "actor": entry.actor,
        "outcome": entry.outcome,
    }
