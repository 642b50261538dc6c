"""Codes that the server made (サーバー発行コード), in SQLite."""

from backend.storage.minted import MintedCode, ShownMinted
from backend.storage.sqlite.access import CLIENT_COLUMNS, read_client
from backend.storage.sqlite.instants import to_instant, to_micros
from backend.storage.sqlite.statements import Statements

_PUT = "INSERT INTO minted_codes VALUES (?, ?, ?, ?)"
_SHOWN = f"""
SELECT m.person_id, m.expires_at, p.audit_key, {CLIENT_COLUMNS}
FROM minted_codes m JOIN persons p ON p.id = m.person_id
  LEFT JOIN clients k ON k.id = m.phone
WHERE m.digest = ?
"""  # noqa: S608 - columns are ours
_OWN = 3


class SqliteMinted(Statements):
    """`Minted`, whole."""

    __slots__ = ()

    def put_minted(self, code: MintedCode) -> None:
        row = (code.digest, code.person_id, code.phone, to_micros(code.expires_at))
        self.run(_PUT, row)

    def shown_minted(self, digest: bytes) -> ShownMinted | None:
        row = self.run(_SHOWN, (digest,)).fetchone()
        if row is None:
            return None
        phone = None if row[_OWN] is None else read_client(row[_OWN:])
        return ShownMinted(row[0], to_instant(row[1]), row[2], phone)
