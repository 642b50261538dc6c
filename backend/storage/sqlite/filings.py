"""Filings that wait for their registration (届出受付中), in SQLite."""

from collections.abc import Sequence
from datetime import date, datetime

from backend.domain.coverage import PendingFiling
from backend.domain.insured_identity import InsuredIdentity
from backend.storage.sqlite.coverage_rows import known_insurer
from backend.storage.sqlite.instants import (
    to_day_or_none,
    to_instant,
    to_iso_or_none,
    to_micros,
)
from backend.storage.sqlite.statements import Statements

_PUT = "INSERT INTO filings VALUES (?, ?, ?, ?, ?, ?, ?)"
_UNDER = "insurer = ? AND symbol_key = ? AND number_key = ? AND birth_on = ?"
_OF = f"""
SELECT insurer, filed_at, expected_on FROM filings WHERE {_UNDER} ORDER BY filed_at
"""  # noqa: S608 - the condition is ours
_SETTLE = f"DELETE FROM filings WHERE {_UNDER}"  # noqa: S608 - the condition is ours
_END = "DELETE FROM filings WHERE insurer = ? AND id = ?"
_FORGET = "DELETE FROM filings WHERE filed_at < ?"


class SqliteFilings(Statements):
    """`Register`'s filings: each is gone once it is registered or taken back."""

    __slots__ = ()

    def put_filing(
        self,
        filing_id: str,
        filing: PendingFiling,
        identity: InsuredIdentity,
        birth_on: date,
    ) -> None:
        row = (
            filing_id,
            *_key(filing.insurer.digits, identity, birth_on),
            to_micros(filing.filed_at),
            to_iso_or_none(filing.expected_on),
        )
        self.run(_PUT, row)

    def filings_of(
        self, insurer: str, identity: InsuredIdentity, birth_on: date
    ) -> Sequence[PendingFiling]:
        found = self.run(_OF, _key(insurer, identity, birth_on))
        return [
            PendingFiling(
                known_insurer(number), to_instant(filed_at), to_day_or_none(expected_on)
            )
            for number, filed_at, expected_on in found
        ]

    def settle_filings(
        self, insurer: str, identity: InsuredIdentity, birth_on: date
    ) -> None:
        self.run(_SETTLE, _key(insurer, identity, birth_on))

    def end_filing(self, insurer: str, filing_id: str) -> bool:
        return bool(self.run(_END, (insurer, filing_id)).rowcount == 1)

    def forget_filings(self, before: datetime) -> int:
        return int(self.run(_FORGET, (to_micros(before),)).rowcount)


def _key(
    insurer: str, identity: InsuredIdentity, birth_on: date
) -> tuple[str, str, str, str]:
    return (insurer, *identity.search_key, birth_on.isoformat())
