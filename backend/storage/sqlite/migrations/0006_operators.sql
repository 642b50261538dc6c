-- Operators at the console: the passkeys by which they sign in, and the sessions that
-- they open. A session is a client of the insurer, of one operator, that ends by itself.

CREATE TABLE passkeys (
  id BLOB PRIMARY KEY,
  operator TEXT NOT NULL REFERENCES operators (id),
  public_key BLOB NOT NULL,
  sign_count INTEGER NOT NULL,
  enrolled_at INTEGER NOT NULL,
  used_at INTEGER,
  ended_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX passkeys_of_operator ON passkeys (operator);

CREATE TRIGGER passkeys_stand BEFORE UPDATE OF
  id, operator, public_key, enrolled_at ON passkeys
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER passkeys_end_for_good BEFORE UPDATE ON passkeys
WHEN OLD.ended_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append only'); END;

ALTER TABLE clients ADD COLUMN operator TEXT REFERENCES operators (id);
ALTER TABLE clients ADD COLUMN expires_at INTEGER;

CREATE INDEX clients_of_operator ON clients (operator) WHERE operator IS NOT NULL;
