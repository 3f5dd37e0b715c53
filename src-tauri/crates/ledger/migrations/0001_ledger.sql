-- Figures are canonical decimals as TEXT, periods are yyyymm, days and instants ISO 8601 as TEXT, digests BLOB.

PRAGMA application_id = 0x545a4c47; -- "TZLG"; repeated in ledger.rs, which checks it

CREATE TABLE identity (
  only        INTEGER PRIMARY KEY CHECK (only = 1),
  role        TEXT NOT NULL CHECK (role IN ('hub', 'office')),
  hub         TEXT NOT NULL,
  hub_name    TEXT NOT NULL,
  plan        TEXT,
  office      TEXT,
  own_keys    BLOB NOT NULL CHECK (length(own_keys) = 97),
  hub_keys    BLOB CHECK (length(hub_keys) = 97),
  restored_at TEXT
) STRICT;

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Own outgoing streams. anchor is the prev of the first bundle, head the header digest of the last.
CREATE TABLE streams (
  id     INTEGER PRIMARY KEY,
  stream TEXT NOT NULL UNIQUE,
  kind   TEXT NOT NULL CHECK (kind IN ('plan', 'enrolment', 'progress', 'receipt')),
  office TEXT,
  anchor BLOB CHECK (length(anchor) = 32),
  seq    INTEGER NOT NULL DEFAULT 0 CHECK (seq >= 0),
  head   BLOB CHECK (length(head) = 32),
  closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
  CHECK ((seq = 0) = (head IS NULL))
) STRICT;

CREATE TABLE plans (
  version   INTEGER PRIMARY KEY CHECK (version > 0),
  issued_on TEXT NOT NULL,
  document  BLOB NOT NULL,
  bundle    BLOB CHECK (length(bundle) = 32)
) STRICT;

CREATE TABLE plan_draft (
  only     INTEGER PRIMARY KEY CHECK (only = 1),
  document BLOB NOT NULL,
  saved    TEXT NOT NULL
) STRICT;

CREATE TABLE keys (
  id            INTEGER PRIMARY KEY,
  office        TEXT NOT NULL,
  public_keys   BLOB NOT NULL UNIQUE CHECK (length(public_keys) = 97),
  enrolment     BLOB NOT NULL CHECK (length(enrolment) = 32),
  stream        TEXT NOT NULL,
  contact       TEXT NOT NULL,
  telephone     TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('pending', 'active', 'closed')),
  revoked_after INTEGER CHECK (revoked_after >= 0),
  registered_on TEXT NOT NULL,
  activated_on  TEXT,
  closed_on     TEXT
) STRICT;
CREATE INDEX keys_by_office ON keys (office);

CREATE TABLE bundles (
  id           INTEGER PRIMARY KEY,
  digest       BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
  direction    TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  kind         TEXT NOT NULL CHECK (kind IN ('plan', 'enrolment', 'progress', 'receipt')),
  stream       TEXT NOT NULL,
  seq          INTEGER NOT NULL CHECK (seq >= 0),
  header       BLOB NOT NULL CHECK (length(header) = 32),
  prev         BLOB CHECK (length(prev) = 32),
  office       TEXT,
  period       INTEGER,
  plan_version INTEGER,
  file_name    TEXT NOT NULL,
  size         INTEGER NOT NULL CHECK (size >= 0),
  day          TEXT NOT NULL,
  recorded     TEXT NOT NULL
) STRICT;
CREATE INDEX bundles_by_stream ON bundles (stream, seq);
CREATE INDEX bundles_by_office ON bundles (office, kind);

-- The branch that the operator chose where a stream forks.
CREATE TABLE fork_choices (
  stream TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  header BLOB NOT NULL CHECK (length(header) = 32),
  day    TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE returns (
  id           INTEGER PRIMARY KEY,
  bundle       BLOB NOT NULL UNIQUE REFERENCES bundles (digest),
  office       TEXT NOT NULL,
  period       INTEGER NOT NULL,
  stream       TEXT NOT NULL,
  seq          INTEGER NOT NULL,
  plan_version INTEGER NOT NULL,
  nil          INTEGER NOT NULL CHECK (nil IN (0, 1)),
  stand_in     INTEGER NOT NULL CHECK (stand_in IN (0, 1)),
  filled_by    TEXT NOT NULL,
  checked_by   TEXT NOT NULL,
  issued_by    TEXT NOT NULL,
  arrived      TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN
    ('pending', 'locked_out', 'accepted', 'returned', 'superseded', 'disputed', 'revoked')),
  counted      INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1)),
  CHECK (counted = 0 OR state IN ('accepted', 'returned'))
) STRICT;
CREATE INDEX returns_by_office ON returns (office, period, seq);
CREATE INDEX returns_by_stream ON returns (stream, seq);
-- At most one return counts for an office and period.
CREATE UNIQUE INDEX returns_counted ON returns (office, period) WHERE counted = 1;
CREATE INDEX returns_counted_by_period ON returns (period, office) WHERE counted = 1;
CREATE INDEX returns_waiting ON returns (state) WHERE state IN ('pending', 'locked_out', 'disputed');

-- Amounts: first. Pairs: first, second. Published: rate, and the pair where there is one. 不适用: reason.
CREATE TABLE entries (
  return_id INTEGER NOT NULL REFERENCES returns (id),
  target    TEXT NOT NULL,
  rate      TEXT,
  first     TEXT,
  second    TEXT,
  stage     INTEGER,
  reason    TEXT,
  PRIMARY KEY (return_id, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE remarks (
  return_id   INTEGER NOT NULL REFERENCES returns (id),
  target      TEXT NOT NULL,
  note        TEXT NOT NULL,
  problem     TEXT NOT NULL,
  next_step   TEXT NOT NULL,
  explanation TEXT NOT NULL,
  PRIMARY KEY (return_id, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  return_id INTEGER NOT NULL REFERENCES returns (id),
  target    TEXT NOT NULL,
  position  INTEGER NOT NULL,
  sha256    BLOB NOT NULL CHECK (length(sha256) = 32),
  len       INTEGER NOT NULL CHECK (len >= 0),
  label     TEXT NOT NULL,
  PRIMARY KEY (return_id, target, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE returned_cells (
  return_id INTEGER NOT NULL REFERENCES returns (id),
  target    TEXT NOT NULL,
  field     TEXT NOT NULL,
  reason    TEXT NOT NULL,
  day       TEXT NOT NULL,
  PRIMARY KEY (return_id, target, field)
) STRICT, WITHOUT ROWID;

-- What the last receipt said of a return.
CREATE TABLE verdicts (
  return_id INTEGER PRIMARY KEY REFERENCES returns (id),
  receipt   BLOB NOT NULL REFERENCES bundles (digest),
  verdict   TEXT NOT NULL,
  day       TEXT NOT NULL
) STRICT;

-- Receipts that an office took in, in that order; head is where the hub stands in the office's stream.
CREATE TABLE receipts (
  id       INTEGER PRIMARY KEY,
  bundle   BLOB NOT NULL UNIQUE REFERENCES bundles (digest),
  head_seq INTEGER NOT NULL CHECK (head_seq >= 0),
  head     BLOB CHECK (length(head) = 32),
  day      TEXT NOT NULL
) STRICT;

-- revision rises with every change, so that a draft knows whether it still is what was exported.
CREATE TABLE drafts (
  office            TEXT NOT NULL,
  period            INTEGER NOT NULL,
  nil               INTEGER NOT NULL DEFAULT 0 CHECK (nil IN (0, 1)),
  revision          INTEGER NOT NULL DEFAULT 0,
  saved             TEXT NOT NULL,
  exported_bundle   BLOB REFERENCES bundles (digest),
  exported_revision INTEGER,
  PRIMARY KEY (office, period),
  CHECK ((exported_bundle IS NULL) = (exported_revision IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_cells (
  office TEXT NOT NULL,
  period INTEGER NOT NULL,
  target TEXT NOT NULL,
  field  TEXT NOT NULL,
  text   TEXT NOT NULL,
  saved  TEXT NOT NULL,
  PRIMARY KEY (office, period, target, field),
  FOREIGN KEY (office, period) REFERENCES drafts (office, period) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE draft_evidence (
  office   TEXT NOT NULL,
  period   INTEGER NOT NULL,
  target   TEXT NOT NULL,
  position INTEGER NOT NULL,
  sha256   BLOB NOT NULL CHECK (length(sha256) = 32),
  len      INTEGER NOT NULL CHECK (len >= 0),
  label    TEXT NOT NULL,
  PRIMARY KEY (office, period, target, position),
  FOREIGN KEY (office, period) REFERENCES drafts (office, period) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- issue counts the bulletins of a period; from the second on they are 更正.
CREATE TABLE locks (
  id            INTEGER PRIMARY KEY,
  period        INTEGER NOT NULL,
  issue         INTEGER NOT NULL CHECK (issue > 0),
  plan_version  INTEGER NOT NULL,
  locked_on     TEXT NOT NULL,
  why           TEXT NOT NULL,
  payload       BLOB NOT NULL,
  unlocked_on   TEXT,
  unlock_reason TEXT,
  UNIQUE (period, issue),
  CHECK ((unlocked_on IS NULL) = (unlock_reason IS NULL))
) STRICT;
CREATE UNIQUE INDEX locks_closed ON locks (period) WHERE unlocked_on IS NULL;

CREATE TABLE frozen_figures (
  lock_id     INTEGER NOT NULL REFERENCES locks (id),
  target      TEXT NOT NULL,
  actual      TEXT,
  expected    TEXT,
  gap         TEXT,
  lamp        TEXT NOT NULL,
  explanation TEXT NOT NULL,
  PRIMARY KEY (lock_id, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE frozen_bundles (
  lock_id INTEGER NOT NULL REFERENCES locks (id),
  digest  BLOB NOT NULL REFERENCES bundles (digest),
  PRIMARY KEY (lock_id, digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
  id      INTEGER PRIMARY KEY,
  at      TEXT NOT NULL,
  who     TEXT NOT NULL,
  verb    TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail  TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
-- REPLACE deletes without asking the delete trigger unless recursive_triggers is on.
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

-- What is frozen stays as it was printed.
CREATE TRIGGER frozen_figures_no_update BEFORE UPDATE ON frozen_figures
BEGIN SELECT RAISE(ABORT, 'frozen figures do not change'); END;
CREATE TRIGGER frozen_figures_no_delete BEFORE DELETE ON frozen_figures
BEGIN SELECT RAISE(ABORT, 'frozen figures do not change'); END;
