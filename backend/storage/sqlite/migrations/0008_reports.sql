-- 本人からの申出: what people say is wrong, and what their insurer answers. The words are
-- personal: they stand here alone, and are blanked with the person.

CREATE TABLE reports (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES persons (id),
  insurer TEXT NOT NULL REFERENCES insurers (number),
  kind TEXT NOT NULL,
  words TEXT NOT NULL,
  about INTEGER REFERENCES audit_entries (sequence),
  phone TEXT NOT NULL REFERENCES clients (id),
  filed_at INTEGER NOT NULL,
  closed_at INTEGER
) STRICT;

CREATE INDEX reports_of_person ON reports (person_id);
CREATE INDEX reports_to_insurer ON reports (insurer, number);
CREATE INDEX reports_open ON reports (insurer, number) WHERE closed_at IS NULL;

CREATE TRIGGER reports_stand BEFORE UPDATE OF
  number, id, person_id, insurer, kind, about, phone, filed_at ON reports
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER reports_are_closed_once BEFORE UPDATE OF closed_at ON reports
WHEN OLD.closed_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER reports_are_only_blanked BEFORE UPDATE OF words ON reports
WHEN (SELECT audit_key FROM persons WHERE id = OLD.person_id) IS NOT NULL
  OR NEW.words <> ''
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER reports_are_kept BEFORE DELETE ON reports
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TABLE report_answers (
  report TEXT NOT NULL REFERENCES reports (id),
  number INTEGER NOT NULL,
  words TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (report, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER report_answers_stand BEFORE UPDATE OF report, number, at
  ON report_answers
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER report_answers_are_only_blanked BEFORE UPDATE OF words ON report_answers
WHEN NEW.words <> '' OR (
  SELECT p.audit_key FROM reports r JOIN persons p ON p.id = r.person_id
  WHERE r.id = OLD.report
) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'append only'); END;

CREATE TRIGGER report_answers_are_kept BEFORE DELETE ON report_answers
BEGIN SELECT RAISE(ABORT, 'append only'); END;
