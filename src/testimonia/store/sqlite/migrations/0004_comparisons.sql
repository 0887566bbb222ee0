-- Comparisons as they were last computed, so that every process has them at once: zlib of the record. Anything here may
-- be deleted at any time; the key says of which accounts, texts and step it was made.
CREATE TABLE comparison (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    record BLOB NOT NULL
) STRICT;
