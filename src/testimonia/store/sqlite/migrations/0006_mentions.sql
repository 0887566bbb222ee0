-- One row for each mention of a name: whom it names and in which form, so that neither the lists of people and places
-- nor their pages need read the findings. Filled from the findings of kind 'name', and gone with them.
CREATE TABLE mention (
    finding INTEGER PRIMARY KEY REFERENCES finding (number) ON DELETE CASCADE,
    source INTEGER NOT NULL,
    place INTEGER NOT NULL,
    entity TEXT NOT NULL,
    entity_name TEXT NOT NULL,
    name TEXT NOT NULL,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    undecided INTEGER NOT NULL
) STRICT;
INSERT INTO mention
    SELECT number, source, first_line,
        json_extract(CAST(record AS TEXT), '$.entity'), json_extract(CAST(record AS TEXT), '$.entity_name'),
        json_extract(CAST(record AS TEXT), '$.name'), json_extract(CAST(record AS TEXT), '$.type'),
        coalesce(json_extract(CAST(record AS TEXT), '$.title'), ''),
        coalesce(json_array_length(CAST(record AS TEXT), '$.rivals'), 0) > 0
    FROM finding WHERE kind = 'name' AND source IS NOT NULL;
CREATE INDEX mention_entities ON mention (entity, source, place, finding);
CREATE INDEX mention_sources ON mention (source, entity);
