"""The door to the file of reminders (お知らせ) for members without a phone."""

from typing import Any

from flask import Response

from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.office import teller_of
from backend.api.rooms import rooms
from backend.api.schemas.fields import Choice, Shape, Whole
from backend.domain.reminder import DAYS_AHEAD
from backend.interchange.reminder_letters import reminder_letters
from backend.issuing.bulk.results import Encoding
from backend.registering.reminders import LONGEST_AHEAD, letters_due
from backend.storage.rows import Client, ClientKind

insurer_reminders = Doorway(
    "insurer_reminders",
    __name__,
    url_prefix="/v1/insurer",
    description="保険者: 期限のお知らせ / reminders to print",
)


class RemindersQueryShape(Shape):
    """How far ahead, and what the file is written in."""

    days = Whole(0, LONGEST_AHEAD, from_text=True, load_default=DAYS_AHEAD)
    encoding = Choice(Encoding, load_default=Encoding.UTF_8)


@insurer_reminders.route("/reminders", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_reminders.response(
    200, {"type": "string", "format": "binary"}, content_type="text/csv"
)
@insurer_reminders.arguments(RemindersQueryShape(), location="query")
def reminder_file(client: Client, asked: dict[str, Any]) -> Response:
    """期限のお知らせ / What lapses, for members without a phone: CSV to print."""
    house = rooms()
    encoding: Encoding = asked["encoding"]
    teller = teller_of(client, house.clock())
    with house.store.reading() as tx:
        letters = letters_due(tx, teller, asked["days"])
    told = reminder_letters(letters, encoding.value)
    return Response(told, content_type=f"text/csv; charset={encoding.value}")
