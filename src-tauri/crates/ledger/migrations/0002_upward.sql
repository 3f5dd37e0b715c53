-- A hub that itself reports to a hub above it: the plan of that hub, and which of its own targets answers to which there.

CREATE TABLE upper_plan (
  only     INTEGER PRIMARY KEY CHECK (only = 1),
  hub      TEXT NOT NULL,
  plan     TEXT NOT NULL,
  version  INTEGER NOT NULL CHECK (version > 0),
  document BLOB NOT NULL,
  office   TEXT,
  taken_on TEXT NOT NULL
) STRICT;

-- Kept by the plan above, so that another year's plan with the same codes finds nothing.
CREATE TABLE upward_targets (
  plan  TEXT NOT NULL,
  upper TEXT NOT NULL,
  own   TEXT NOT NULL,
  PRIMARY KEY (plan, upper)
) STRICT, WITHOUT ROWID;
