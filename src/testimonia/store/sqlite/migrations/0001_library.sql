-- Records are kept as JSON in UTF-8 (store/codec.py), as BLOB since a text may hold what TEXT may not (NUL, lone
-- surrogates); beside them stand the columns that keys, order and queries need.

-- One file as received; its bytes stand in sources/ab/<sha256> beside this database.
CREATE TABLE source (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
    state TEXT NOT NULL CHECK (state IN ('received', 'done', 'failed')),
    added_at TEXT NOT NULL,
    error BLOB,
    page_count INTEGER NOT NULL DEFAULT 0,
    record BLOB NOT NULL
) STRICT;

-- What made layers and findings, each kept once.
CREATE TABLE step (
    number INTEGER PRIMARY KEY,
    record BLOB NOT NULL UNIQUE
) STRICT;

-- A text of a source: zlib of its UTF-8. `map` is the way back to the parent: zlib of the five columns of the offset
-- map one after the other (change: one byte each; parent start, parent end, child start, child end: eight bytes each,
-- little-endian, signed).
CREATE TABLE layer (
    source INTEGER NOT NULL REFERENCES source (number) ON DELETE CASCADE,
    name TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    parent TEXT,
    step INTEGER NOT NULL REFERENCES step (number),
    text BLOB NOT NULL,
    map BLOB,
    PRIMARY KEY (source, name),
    CHECK ((parent IS NULL) = (map IS NULL))
) STRICT;
CREATE INDEX layer_hashes ON layer (name, source, sha256);

CREATE TABLE page (
    source INTEGER NOT NULL REFERENCES source (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE paragraph (
    source INTEGER NOT NULL REFERENCES source (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    record BLOB NOT NULL,
    PRIMARY KEY (source, ordinal)
) STRICT, WITHOUT ROWID;

-- One run of a step within a scope (a source's SHA-256, or a name): its findings are replaced together.
CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    step TEXT NOT NULL,
    scope TEXT NOT NULL,
    at TEXT NOT NULL,
    UNIQUE (step, scope)
) STRICT;

-- `source` is NULL for what belongs to no single source.
CREATE TABLE finding (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    source INTEGER REFERENCES source (number) ON DELETE CASCADE,
    first_line INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
    step INTEGER NOT NULL REFERENCES step (number),
    record BLOB NOT NULL
) STRICT;
CREATE INDEX finding_places ON finding (kind, source, first_line, ordinal);
CREATE INDEX finding_runs ON finding (run);

-- How many findings of each kind each run made in each source: counted once, not on every page of the library.
CREATE TABLE found (
    run INTEGER NOT NULL REFERENCES run (number) ON DELETE CASCADE,
    source INTEGER REFERENCES source (number) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    count INTEGER NOT NULL
) STRICT;
CREATE INDEX found_runs ON found (run);

-- What people decided. Never changed, never deleted, and not bound to the finding, which a rerun may take away.
CREATE TABLE judgement (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    finding TEXT NOT NULL,
    source TEXT NOT NULL,
    record BLOB NOT NULL
) STRICT;
CREATE INDEX judgement_findings ON judgement (finding);
CREATE TRIGGER judgement_is_never_changed BEFORE UPDATE ON judgement
BEGIN
    SELECT RAISE(ABORT, 'a judgement is never changed: undo it by another one');
END;
CREATE TRIGGER judgement_is_never_deleted BEFORE DELETE ON judgement
BEGIN
    SELECT RAISE(ABORT, 'a judgement is never deleted: undo it by another one');
END;

CREATE TABLE job (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record BLOB NOT NULL
) STRICT;
