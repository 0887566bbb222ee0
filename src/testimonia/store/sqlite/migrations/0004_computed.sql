-- What takes long to compute, as it was last computed (comparisons, pages read from turned glyphs), so that every process
-- has it at once. Anything here may be deleted at any time; the key says of what it was made.
CREATE TABLE computed (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    record BLOB NOT NULL
) STRICT;
