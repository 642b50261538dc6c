-- Bulk runs: a list is kept in chunks until each is decided; then only outcomes stay.

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  insurer TEXT NOT NULL REFERENCES insurers (number),
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  asked TEXT NOT NULL,
  columns TEXT NOT NULL,
  encoding TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at INTEGER NOT NULL,
  state TEXT NOT NULL,
  lines INTEGER NOT NULL,
  approved_by TEXT,
  ended_at INTEGER,
  UNIQUE (insurer, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX runs_ready ON runs (made_at) WHERE state = 'ready';

CREATE TRIGGER runs_are_kept BEFORE DELETE ON runs
WHEN OLD.state <> 'receiving'
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER runs_stand BEFORE UPDATE OF
  id, insurer, kind, asked, columns, encoding, made_by, made_at ON runs
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER runs_keep_their_list BEFORE UPDATE OF key, lines ON runs
WHEN OLD.state <> 'receiving'
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER finished_is_final BEFORE UPDATE ON runs
WHEN OLD.state = 'finished'
BEGIN SELECT RAISE(ABORT, 'finished is final'); END;

-- Lines are sealed (they name people) and go once they are decided; the outcomes name
-- lines and serials only.
CREATE TABLE run_chunks (
  run TEXT NOT NULL REFERENCES runs (id),
  number INTEGER NOT NULL,
  lines INTEGER NOT NULL,
  batch INTEGER REFERENCES batches (id),
  done INTEGER,
  skipped INTEGER,
  rejected INTEGER,
  decided_at INTEGER,
  outcomes BLOB,
  rows BLOB,
  UNIQUE (run, number)
) STRICT;

CREATE INDEX chunks_to_decide ON run_chunks (run, number) WHERE outcomes IS NULL;
CREATE INDEX chunks_of_batch ON run_chunks (batch) WHERE batch IS NOT NULL;

CREATE TRIGGER chunks_are_decided_once BEFORE UPDATE ON run_chunks
WHEN OLD.outcomes IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER chunks_are_kept BEFORE DELETE ON run_chunks
WHEN (SELECT state FROM runs WHERE id = OLD.run) <> 'receiving'
BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Grows with whatever decides who gets a paper: what a run read before may be old.
CREATE TABLE register_version (number INTEGER NOT NULL) STRICT;
INSERT INTO register_version VALUES (0);

CREATE TRIGGER told_member AFTER INSERT ON member_versions
BEGIN UPDATE register_version SET number = number + 1; END;
CREATE TRIGGER told_coverage AFTER INSERT ON coverage_versions
BEGIN UPDATE register_version SET number = number + 1; END;
CREATE TRIGGER told_hold AFTER INSERT ON holds
BEGIN UPDATE register_version SET number = number + 1; END;
CREATE TRIGGER told_release AFTER UPDATE ON holds
BEGIN UPDATE register_version SET number = number + 1; END;
CREATE TRIGGER told_erased AFTER UPDATE ON persons
BEGIN UPDATE register_version SET number = number + 1; END;
CREATE TRIGGER told_withdrawal AFTER INSERT ON withdrawals
BEGIN UPDATE register_version SET number = number + 1; END;
CREATE TRIGGER told_insurer AFTER UPDATE OF name, certificate_until_on ON insurers
BEGIN UPDATE register_version SET number = number + 1; END;
