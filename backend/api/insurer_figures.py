"""The door to an insurer's numbers over time."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.rooms import rooms
from backend.api.schemas.figures import FiguresQueryShape, FiguresShape
from backend.domain.japan_time import japan_day
from backend.storage.figures import (
    CERTIFICATES_ISSUED,
    CERTIFICATES_REVOKED,
    CERTIFICATES_SUSPENDED,
    CHECKED,
    PHONES_ACTIVATED,
)
from backend.storage.rows import Client, ClientKind

insurer_figures = Doorway(
    "insurer_figures",
    __name__,
    url_prefix="/v1/insurer",
    description="保険者: 件数の推移 / numbers over time",
)


@insurer_figures.route("/figures", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_figures.response(200, FiguresShape())
@insurer_figures.arguments(FiguresQueryShape(), location="query")
def show_figures(client: Client, asked: dict[str, Any]) -> dict[str, Any]:
    """件数の推移 / Checks, certificates and phones, a row for every day in Japan."""
    last_on = japan_day(rooms().clock())
    days = [last_on - timedelta(days=n) for n in reversed(range(asked["days"]))]
    counted: dict[date, dict[str, int]] = {day: {} for day in days}
    with rooms().store.reading() as tx:
        for day, figure, count in tx.figures(client.party, days[0], last_on):
            counted[day][figure] = count
    return {"days": [_told(day, counts) for day, counts in counted.items()]}


def _told(day: date, counts: Mapping[str, int]) -> dict[str, Any]:
    return {
        "on": day,
        "checks": [
            {"outcome": figure.removeprefix(CHECKED), "count": count}
            for figure, count in counts.items()
            if figure.startswith(CHECKED)
        ],
        "certificates_issued": counts.get(CERTIFICATES_ISSUED, 0),
        "certificates_revoked": counts.get(CERTIFICATES_REVOKED, 0),
        "certificates_suspended": counts.get(CERTIFICATES_SUSPENDED, 0),
        "phones_activated": counts.get(PHONES_ACTIVATED, 0),
    }
