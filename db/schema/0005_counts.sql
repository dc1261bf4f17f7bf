-- What `stats` counts, in indexes that are small beside their tables: without them it reads the tables whole. Most records
-- are organisations; their number is that of all records without the others.
CREATE INDEX record_kind ON record (kind) WHERE kind <> 'organisation';
CREATE INDEX record_placeholder ON record (placeholder, kind) WHERE placeholder = 1;
CREATE INDEX told_link_type ON told_link (type_id);
DROP INDEX said_source;
CREATE INDEX said_source ON said (source_id, withdrawn, record_id);
