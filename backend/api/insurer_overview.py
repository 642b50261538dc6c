"""The door that says in one answer what waits for an insurer."""

from datetime import timedelta
from typing import Any

from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.rooms import rooms
from backend.api.schemas.overview import MOST_EXPIRING, OverviewShape
from backend.credentials.key_set import KeyPurpose
from backend.domain.japan_time import japan_day
from backend.domain.reminder import DAYS_AHEAD
from backend.issuing.keys import key_set
from backend.storage.rows import Client, ClientKind

insurer_overview = Doorway(
    "insurer_overview",
    __name__,
    url_prefix="/v1/insurer",
    description="保険者: いま待っているもの / what waits for the insurer",
)


@insurer_overview.route("/overview", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_overview.response(200, OverviewShape())
def show_overview(client: Client) -> dict[str, Any]:
    """いま待っているもの / Open reports, papers that end soon, last delivery, key.

    What waits among bulk runs is told by their own door.
    """
    house, number = rooms(), client.party
    today = japan_day(house.clock())
    until = today + timedelta(days=DAYS_AHEAD)
    with house.store.reading() as tx:
        insurer = tx.insurer(number)
        waiting = tx.open_reports(number)
        expiring = tx.certificates_expiring(number, today, until, MOST_EXPIRING)
    signing = key_set(house.store).active(KeyPurpose.ISSUING, number)
    return {
        "open_reports": waiting.reports,
        "oldest_report_at": waiting.oldest_at,
        "certificates_expiring": expiring,
        "expiring_days": DAYS_AHEAD,
        "delivered_at": insurer.delivered_at if insurer else None,
        "has_signing_key": signing is not None,
    }
