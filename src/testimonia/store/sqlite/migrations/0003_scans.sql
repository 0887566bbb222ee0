-- The image of a page and where its words stand on it. `boxes` is zlib of seven columns one after the other: starts,
-- ends, lefts, tops, rights, bottoms (four bytes each, little-endian, signed), confidences (eight bytes, IEEE 754).
CREATE TABLE scan (
    source INTEGER NOT NULL REFERENCES source (number) ON DELETE CASCADE,
    page INTEGER NOT NULL,
    record BLOB NOT NULL,
    boxes BLOB NOT NULL,
    PRIMARY KEY (source, page)
) STRICT, WITHOUT ROWID;

-- What was read from the image of a page, kept as soon as it was read. Boxes as above.
CREATE TABLE page_text (
    source INTEGER NOT NULL REFERENCES source (number) ON DELETE CASCADE,
    page INTEGER NOT NULL,
    at TEXT NOT NULL,
    record BLOB NOT NULL,
    boxes BLOB NOT NULL,
    PRIMARY KEY (source, page)
) STRICT, WITHOUT ROWID;
