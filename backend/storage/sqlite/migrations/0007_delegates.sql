-- 代理: phones of others that may show a person's coverage, and codes that make them.
-- Beside a client's row, for every check reads it: no delegate, no value.

ALTER TABLE clients ADD COLUMN relation TEXT;
ALTER TABLE clients ADD COLUMN delegate_name TEXT;
ALTER TABLE clients ADD COLUMN until_on TEXT;
ALTER TABLE clients ADD COLUMN may_see_history INTEGER;
ALTER TABLE clients ADD COLUMN granted_by TEXT;

CREATE TABLE granted_codes (
  mac BLOB PRIMARY KEY REFERENCES codes (mac),
  relation TEXT NOT NULL,
  until_on TEXT NOT NULL,
  may_see_history INTEGER NOT NULL,
  granted_by TEXT NOT NULL REFERENCES clients (id)
) STRICT, WITHOUT ROWID;
