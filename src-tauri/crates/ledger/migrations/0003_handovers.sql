-- Bundles that end a stream by handing over to another key; successor is none where that key cannot be registered.
CREATE TABLE handovers (
  header    BLOB PRIMARY KEY CHECK (length(header) = 32),
  stream    TEXT NOT NULL,
  seq       INTEGER NOT NULL CHECK (seq > 0),
  successor INTEGER REFERENCES keys (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX handovers_by_stream ON handovers (stream);

-- The last number that counts because the key handed over under it, or, at 0, because it was handed to in vain.
ALTER TABLE keys ADD COLUMN ended_at INTEGER CHECK (ended_at >= 0);

-- Keys that signed here before: this ledger's own, and in an office's the hub's. header is the digest of the bundle that
-- handed over; none where somebody typed the digits of the next one.
CREATE TABLE former_keys (
  id          INTEGER PRIMARY KEY,
  whose       TEXT NOT NULL CHECK (whose IN ('own', 'hub')),
  public_keys BLOB NOT NULL CHECK (length(public_keys) = 97),
  header      BLOB CHECK (length(header) = 32),
  day         TEXT NOT NULL
) STRICT;
