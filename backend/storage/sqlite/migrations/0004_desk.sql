-- What a check leaves behind, the log, and uploaded lists.

-- The instant first: spent codes come in order of time and go in order of time.
CREATE TABLE spent_presentations (
  at INTEGER NOT NULL,
  handle TEXT NOT NULL,
  spent_at INTEGER NOT NULL,
  PRIMARY KEY (at, handle)
) STRICT, WITHOUT ROWID;

-- The latest instant of a spent code, or end of a spent proof, that was ever deleted.
-- Nothing up to it is spent again: a clock that went forward and back would let it.
CREATE TABLE forgotten (latest INTEGER NOT NULL) STRICT;

INSERT INTO forgotten VALUES (0);

CREATE TABLE saved_answers (
  id INTEGER PRIMARY KEY,
  client_party TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  question_digest BLOB NOT NULL,
  body BLOB NOT NULL,
  answered_at INTEGER NOT NULL,
  UNIQUE (client_party, idempotency_key)
) STRICT;

CREATE TABLE audit_entries (
  sequence INTEGER PRIMARY KEY CHECK (sequence >= 0),
  subject TEXT,
  entry BLOB NOT NULL
) STRICT;

CREATE INDEX audit_of_subject ON audit_entries (subject) WHERE subject IS NOT NULL;

CREATE TRIGGER audit_entries_stand BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER audit_entries_are_kept BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- A list is begun, decided (whose line is whose), then committed.
CREATE TABLE member_lists (
  id TEXT PRIMARY KEY,
  insurer TEXT NOT NULL REFERENCES insurers (number),
  digest BLOB NOT NULL,
  plan BLOB NOT NULL,
  uploaded_at INTEGER NOT NULL,
  begun_at INTEGER,
  decision BLOB,
  committed_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX list_under_way ON member_lists (insurer)
WHERE begun_at IS NOT NULL AND committed_at IS NULL;

CREATE INDEX lists_not_begun ON member_lists (uploaded_at)
WHERE begun_at IS NULL AND committed_at IS NULL;
