-- What insurers told us: parties, people, coverages.
-- Instants are microseconds since 1970 in UTC; days are ISO text; nothing told is
-- overwritten. A person is erased by taking the audit key: only then, and only with
-- empty values, may what describes them be blanked.

PRAGMA application_id = 0x7368696B; -- ours: see database.py

CREATE TABLE insurers (
  number TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  certificate_until_on TEXT,
  requires_challenge INTEGER NOT NULL,
  delivered_at INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE clinics (
  code TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  requires_challenge INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE persons (
  id TEXT PRIMARY KEY,
  audit_key BLOB,
  blind_index BLOB UNIQUE,
  sealed_number BLOB
) STRICT, WITHOUT ROWID;

CREATE TRIGGER persons_are_only_erased BEFORE UPDATE ON persons
WHEN NEW.id <> OLD.id OR NEW.audit_key IS NOT NULL
  OR NEW.blind_index IS NOT NULL OR NEW.sealed_number IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a person can only be erased'); END;

CREATE TRIGGER persons_are_kept BEFORE DELETE ON persons
BEGIN SELECT RAISE(ABORT, 'a person can only be erased'); END;

CREATE TABLE member_versions (
  person_id TEXT NOT NULL REFERENCES persons (id),
  insurer TEXT NOT NULL REFERENCES insurers (number),
  version INTEGER NOT NULL,
  kanji TEXT NOT NULL,
  kana TEXT NOT NULL,
  birth_on TEXT NOT NULL,
  sex TEXT NOT NULL,
  address TEXT,
  is_undisclosed INTEGER NOT NULL,
  card_status TEXT NOT NULL,
  recorded_at INTEGER NOT NULL,
  continuation_ends_on TEXT,
  PRIMARY KEY (person_id, insurer, recorded_at, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER member_versions_stand BEFORE UPDATE ON member_versions
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER member_versions_are_kept BEFORE DELETE ON member_versions
WHEN (SELECT audit_key FROM persons WHERE id = OLD.person_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TABLE coverage_versions (
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  person_id TEXT NOT NULL REFERENCES persons (id),
  insurer TEXT NOT NULL REFERENCES insurers (number),
  symbol TEXT,
  number TEXT NOT NULL,
  branch TEXT,
  symbol_key TEXT NOT NULL,
  number_key TEXT NOT NULL,
  acquired_on TEXT NOT NULL,
  lost_on TEXT,
  loss_reason TEXT,
  relation TEXT,
  classification TEXT NOT NULL,
  copay TEXT,
  limits TEXT,
  diseases TEXT,
  recorded_at INTEGER NOT NULL,
  PRIMARY KEY (id, version)
) STRICT, WITHOUT ROWID;

CREATE INDEX coverages_of_person ON coverage_versions (person_id);
CREATE INDEX coverages_by_number
  ON coverage_versions (insurer, number_key, symbol_key);

CREATE TRIGGER coverage_versions_stand BEFORE UPDATE OF
  id, version, person_id, insurer, acquired_on, lost_on, loss_reason, relation,
  classification, recorded_at ON coverage_versions
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER coverage_versions_are_only_blanked BEFORE UPDATE OF
  symbol, number, branch, symbol_key, number_key, copay, limits, diseases
  ON coverage_versions
WHEN (SELECT audit_key FROM persons WHERE id = OLD.person_id) IS NOT NULL
  OR NEW.number <> '' OR NEW.symbol_key <> '' OR NEW.number_key <> ''
  OR COALESCE(NEW.symbol, NEW.branch, NEW.copay, NEW.limits, NEW.diseases)
    IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER coverage_versions_are_kept BEFORE DELETE ON coverage_versions
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TABLE holds (
  id INTEGER PRIMARY KEY,
  coverage_id TEXT NOT NULL,
  reason TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  released_at INTEGER
) STRICT;

CREATE INDEX holds_of_coverage ON holds (coverage_id);

CREATE TABLE filings (
  id TEXT PRIMARY KEY,
  insurer TEXT NOT NULL REFERENCES insurers (number),
  symbol_key TEXT NOT NULL,
  number_key TEXT NOT NULL,
  birth_on TEXT NOT NULL,
  filed_at INTEGER NOT NULL,
  expected_on TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX filings_by_number ON filings (insurer, number_key, symbol_key, birth_on);
