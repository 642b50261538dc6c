-- Who may ask: enrolled keys, one-time codes, access tokens, proofs used once.

CREATE TABLE clients (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  party TEXT NOT NULL,
  name TEXT NOT NULL,
  jwk TEXT NOT NULL,
  enrolled_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX clients_of_party ON clients (kind, party);

CREATE TABLE codes (
  mac BLOB PRIMARY KEY,
  kind TEXT NOT NULL,
  party TEXT NOT NULL,
  insurer TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX unused_codes ON codes (party, kind) WHERE used_at IS NULL;

-- Operators of an insurer at the terminal: known by a word of their own, which is kept
-- as a keyed digest only.
CREATE TABLE operators (
  id TEXT PRIMARY KEY,
  insurer TEXT NOT NULL REFERENCES insurers (number),
  name TEXT NOT NULL,
  mac BLOB NOT NULL UNIQUE,
  enrolled_at INTEGER NOT NULL,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX operators_of_insurer ON operators (insurer);

CREATE TABLE access_tokens (
  digest BLOB PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (id),
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX access_tokens_by_expiry ON access_tokens (expires_at);

-- The instant first: they come in order of time and go in order of time.
CREATE TABLE spent_proofs (
  until INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  key BLOB NOT NULL,
  PRIMARY KEY (until, purpose, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE windows (
  bucket TEXT NOT NULL,
  seconds INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  used INTEGER NOT NULL,
  PRIMARY KEY (bucket, seconds)
) STRICT, WITHOUT ROWID;

CREATE INDEX windows_by_end ON windows (ends_at);

CREATE TABLE tokens (
  handle TEXT PRIMARY KEY REFERENCES intents (object_id),
  client_id TEXT NOT NULL REFERENCES clients (id),
  digest BLOB NOT NULL,
  issued_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tokens_stand BEFORE UPDATE ON tokens
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER tokens_are_kept BEFORE DELETE ON tokens
BEGIN SELECT RAISE(ABORT, 'append only'); END;
