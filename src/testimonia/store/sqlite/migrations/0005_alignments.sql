-- What editors made of comparisons. A proposal is the machine's comparison as an editor met it, under the hash of its
-- record; an alignment is a name and the acts made in it, each a row. None of them is ever changed or deleted.
CREATE TABLE proposal (
    key TEXT PRIMARY KEY,
    record BLOB NOT NULL
) STRICT;
CREATE TABLE alignment (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    record BLOB NOT NULL
) STRICT;
CREATE TABLE act (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    alignment TEXT NOT NULL REFERENCES alignment (id),
    record BLOB NOT NULL
) STRICT;
CREATE INDEX act_alignments ON act (alignment, number);
CREATE TRIGGER proposal_is_never_changed BEFORE UPDATE ON proposal
BEGIN
    SELECT RAISE(ABORT, 'a proposal is kept as an editor met it');
END;
CREATE TRIGGER proposal_is_never_deleted BEFORE DELETE ON proposal
BEGIN
    SELECT RAISE(ABORT, 'a proposal is kept as an editor met it');
END;
CREATE TRIGGER alignment_is_never_changed BEFORE UPDATE ON alignment
BEGIN
    SELECT RAISE(ABORT, 'an alignment is never changed: act in it');
END;
CREATE TRIGGER alignment_is_never_deleted BEFORE DELETE ON alignment
BEGIN
    SELECT RAISE(ABORT, 'an alignment is never deleted');
END;
CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act
BEGIN
    SELECT RAISE(ABORT, 'an act is never changed: undo it by another one');
END;
CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON act
BEGIN
    SELECT RAISE(ABORT, 'an act is never deleted: undo it by another one');
END;
