-- Codes that the server made for somebody without a working key, by their SHA-256.
-- They are spent as phones' codes are, and go as those go.

CREATE TABLE minted_codes (
  digest BLOB PRIMARY KEY,
  person_id TEXT NOT NULL REFERENCES persons (id),
  phone TEXT REFERENCES clients (id),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX minted_codes_by_expiry ON minted_codes (expires_at);
