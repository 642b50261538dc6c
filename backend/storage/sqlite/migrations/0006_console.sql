-- The insurer's console: passkeys by which operators sign in, the sessions that they
-- open, and how members are found.

-- A session is a client of the insurer, of one operator, that ends by itself.

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

-- Of everyone's newest description, what they are found by: narrow, so that a part of a
-- name is looked for in a million of them in a tenth of a second.
CREATE TABLE member_names (
  insurer TEXT NOT NULL,
  person_id TEXT NOT NULL,
  kana_key TEXT NOT NULL, -- as `domain/kana.py` compares
  name_key TEXT NOT NULL, -- kanji without spaces
  birth_on TEXT NOT NULL,
  PRIMARY KEY (insurer, person_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX members_by_birth ON member_names (insurer, birth_on);

CREATE VIEW member_keys AS
SELECT
  m.insurer, m.person_id,
  replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(m.kana, ' ', ''), '･', ''), 'ｧ', 'ｱ'), 'ｨ', 'ｲ'), 'ｩ', 'ｳ'), 'ｪ', 'ｴ'),
    'ｫ', 'ｵ'), 'ｬ', 'ﾔ'), 'ｭ', 'ﾕ'), 'ｮ', 'ﾖ'), 'ｯ', 'ﾂ')
    AS kana_key,
  replace(replace(m.kanji, ' ', ''), '　', '') AS name_key,
  m.birth_on
FROM member_versions m
WHERE NOT EXISTS (
  SELECT 1 FROM member_versions n
  WHERE n.person_id = m.person_id AND n.insurer = m.insurer
    AND (n.recorded_at, n.version) > (m.recorded_at, m.version)
);

INSERT INTO member_names SELECT * FROM member_keys;

CREATE TRIGGER member_named AFTER INSERT ON member_versions
BEGIN
  INSERT OR REPLACE INTO member_names SELECT * FROM member_keys
  WHERE insurer = NEW.insurer AND person_id = NEW.person_id;
END;

CREATE TRIGGER member_forgotten AFTER DELETE ON member_versions
BEGIN
  DELETE FROM member_names
  WHERE insurer = OLD.insurer AND person_id = OLD.person_id;
END;

-- What happened on a day in Japan, counted in the transaction in which it happened: the
-- log does not say whose member a check was about.
CREATE TABLE daily_figures (
  insurer TEXT NOT NULL,
  day TEXT NOT NULL,
  figure TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (insurer, day, figure)
) STRICT, WITHOUT ROWID;

CREATE INDEX batches_by_closing ON batches (insurer, closed_at);
CREATE INDEX withdrawals_by_time ON withdrawals (insurer, at);
