"""An uploaded list between preview and commitment: its bytes and its plan, sealed.

A list holds names and perhaps My Numbers, so the store keeps none of it in clear, and
none of it at all once the list is committed.
"""

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from typing import Any

from backend.domain.words import Words
from backend.interchange.member_row import LineError
from backend.registering.list_plan import ListPlan, MissingMember, PlannedLine
from backend.registering.registrar import Safe

_CELL = ("member_lists", "plan")


@dataclass(frozen=True, slots=True)
class StoredList:
    """What an insurer uploaded, and what they were shown that it would do.

    Of a committed list the upload is empty, and the plan tells of no numbers.
    """

    upload: bytes = field(repr=False)
    plan: ListPlan

    def committed(self) -> "StoredList":
        """What a repeated commitment is answered from: nothing of any person."""
        return StoredList(b"", self.plan.without_numbers())

    def sealed(self, safe: Safe, list_id: str) -> bytes:
        """The bytes for `MemberList.plan`; they open for this list's id alone."""
        table, column = _CELL
        spelled = {
            "upload": b64encode(zlib.compress(self.upload)).decode("ascii"),
            "plan": asdict(self.plan),
        }
        text = json.dumps(spelled, separators=(",", ":"))
        return safe.seal(table, list_id, column, text.encode("ascii"))

    @classmethod
    def unseal(cls, safe: Safe, list_id: str, sealed: bytes) -> "StoredList":
        """The list that was sealed under this id."""
        table, column = _CELL
        spelled = json.loads(safe.unseal(table, list_id, column, sealed))
        upload = zlib.decompress(b64decode(spelled["upload"]))
        return cls(upload, _plan(spelled["plan"]))


def _plan(spelled: dict[str, Any]) -> ListPlan:
    """The plan out of plain JSON; it was written here, so its shape is known."""
    return ListPlan(
        encoding=spelled["encoding"],
        row_count=spelled["row_count"],
        added=_lines(spelled["added"]),
        changed=_lines(spelled["changed"]),
        ended=_lines(spelled["ended"]),
        reopened=_lines(spelled["reopened"]),
        unchanged=tuple(spelled["unchanged"]),
        missing=tuple(MissingMember(**one) for one in spelled["missing"]),
        errors=_errors(spelled["errors"]),
        error_count=spelled["error_count"],
        warnings=_errors(spelled["warnings"]),
    )


def _lines(spelled: list[dict[str, Any]]) -> tuple[PlannedLine, ...]:
    return tuple(
        PlannedLine(one["line"], one["numbers"], tuple(one["fields"]))
        for one in spelled
    )


def _errors(spelled: list[dict[str, Any]]) -> tuple[LineError, ...]:
    return tuple(
        LineError(
            one["line"], one["field"], Words(**one["reason"]), Words(**one["fix"])
        )
        for one in spelled
    )
