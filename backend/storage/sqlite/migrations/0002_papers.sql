-- What is signed: the place in a status list, the intent, the signature, the
-- withdrawal. Append only; a paper's words can only be blanked, for an erased person.

CREATE TABLE status_lists (
  insurer TEXT NOT NULL,
  list_number INTEGER NOT NULL,
  size INTEGER NOT NULL,
  used INTEGER NOT NULL CHECK (used BETWEEN 0 AND size),
  PRIMARY KEY (insurer, list_number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER status_lists_are_used_up BEFORE UPDATE ON status_lists
WHEN NEW.used < OLD.used OR NEW.size <> OLD.size
  OR NEW.insurer <> OLD.insurer OR NEW.list_number <> OLD.list_number
BEGIN SELECT RAISE(ABORT, 'an index is never used again'); END;

CREATE TRIGGER status_lists_are_kept BEFORE DELETE ON status_lists
BEGIN SELECT RAISE(ABORT, 'an index is never used again'); END;

-- A list's indices (four bytes each) in the random order in which they are used;
-- apart from the count, so that counting does not rewrite them.
CREATE TABLE status_shuffles (
  id INTEGER PRIMARY KEY,
  insurer TEXT NOT NULL,
  list_number INTEGER NOT NULL,
  indices BLOB NOT NULL,
  UNIQUE (insurer, list_number)
) STRICT;

CREATE TRIGGER status_shuffles_stand BEFORE UPDATE ON status_shuffles
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER status_shuffles_are_kept BEFORE DELETE ON status_shuffles
BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Claims that papers have in common, with places for what is a paper's own.
CREATE TABLE moulds (
  id INTEGER PRIMARY KEY,
  text TEXT NOT NULL UNIQUE
) STRICT;

CREATE TRIGGER moulds_stand BEFORE UPDATE ON moulds
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER moulds_are_kept BEFORE DELETE ON moulds
BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Persons and moulds are kept for good, and an intent's come from where they stand: to
-- check these references again would be a fifth of what an intent costs.
CREATE TABLE intents (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('certificate', 'token')),
  object_id TEXT NOT NULL UNIQUE,
  coverage_id TEXT NOT NULL,
  person_id TEXT NOT NULL, -- of persons
  insurer TEXT NOT NULL,
  list_number INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  ordinal INTEGER NOT NULL, -- the turn of idx in the list's shuffle
  kid TEXT NOT NULL,
  mould INTEGER, -- of moulds; NULL for a token
  words TEXT NOT NULL, -- what it says of its own; of a token the signing input
  digest BLOB NOT NULL, -- SHA-256 of the signing input: stays when the words go
  expires_on TEXT NOT NULL,
  intended_at INTEGER NOT NULL,
  UNIQUE (insurer, list_number, ordinal) -- turns come in order: half a page less each
) STRICT;

CREATE INDEX intents_of_person ON intents (person_id);

CREATE TRIGGER intents_stand BEFORE UPDATE OF
  id, kind, object_id, coverage_id, person_id, insurer, list_number, idx, ordinal, kid,
  digest, expires_on, intended_at ON intents
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER intents_are_only_blanked BEFORE UPDATE OF mould, words ON intents
WHEN (SELECT audit_key FROM persons WHERE id = OLD.person_id) IS NOT NULL
  OR NEW.mould IS NOT NULL OR NEW.words <> ''
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER intents_are_kept BEFORE DELETE ON intents
BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- Certificates that are signed together. Without `closed_at` they await their
-- signatures; `entry` is the log's entry that seals serial and digest of each.
CREATE TABLE batches (
  id INTEGER PRIMARY KEY,
  insurer TEXT NOT NULL,
  first_intent INTEGER NOT NULL REFERENCES intents (id),
  last_intent INTEGER NOT NULL REFERENCES intents (id),
  closed_at INTEGER,
  entry INTEGER
) STRICT;

CREATE INDEX batches_open ON batches (insurer) WHERE closed_at IS NULL;
CREATE INDEX batches_by_intent ON batches (first_intent);

CREATE TRIGGER batches_are_closed_once BEFORE UPDATE ON batches
WHEN OLD.closed_at IS NOT NULL OR NEW.closed_at IS NULL OR NEW.entry IS NULL
  OR (NEW.id, NEW.insurer, NEW.first_intent, NEW.last_intent)
    <> (OLD.id, OLD.insurer, OLD.first_intent, OLD.last_intent)
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER batches_are_kept BEFORE DELETE ON batches
BEGIN SELECT RAISE(ABORT, 'append only'); END;

-- The signatures (64 octets each) of intents that follow one another, from
-- `first_intent` on; not more than fill a page of the file.
CREATE TABLE signatures (
  first_intent INTEGER PRIMARY KEY REFERENCES intents (id),
  batch INTEGER NOT NULL REFERENCES batches (id),
  octets BLOB NOT NULL CHECK (octets <> X'' AND length(octets) % 64 = 0)
) STRICT;

CREATE TRIGGER signatures_are_made_once BEFORE INSERT ON signatures
WHEN EXISTS (
  SELECT 1 FROM signatures WHERE first_intent = (
    SELECT MAX(first_intent) FROM signatures
    WHERE first_intent < NEW.first_intent + length(NEW.octets) / 64
  ) AND first_intent + length(octets) / 64 > NEW.first_intent
)
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER signatures_stand BEFORE UPDATE ON signatures
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER signatures_are_kept BEFORE DELETE ON signatures
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TABLE withdrawals (
  id INTEGER PRIMARY KEY,
  object_id TEXT NOT NULL REFERENCES intents (object_id),
  insurer TEXT NOT NULL,
  list_number INTEGER NOT NULL,
  idx INTEGER NOT NULL,
  kind TEXT NOT NULL,
  reason TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;

CREATE INDEX withdrawals_of_object ON withdrawals (object_id);
CREATE INDEX withdrawals_of_list ON withdrawals (insurer, list_number);

CREATE TRIGGER withdrawals_after_revocation BEFORE INSERT ON withdrawals
WHEN EXISTS (
  SELECT 1 FROM withdrawals WHERE object_id = NEW.object_id AND kind = 'revoked'
)
BEGIN SELECT RAISE(ABORT, 'revoked is final'); END;

CREATE TRIGGER withdrawals_stand BEFORE UPDATE ON withdrawals
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER withdrawals_are_kept BEFORE DELETE ON withdrawals
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TABLE keys (
  kid TEXT PRIMARY KEY,
  purpose TEXT NOT NULL,
  insurer TEXT,
  jwk TEXT NOT NULL,
  state TEXT NOT NULL,
  activated_at INTEGER,
  last_expiry_at INTEGER,
  compromised_at INTEGER,
  version INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
