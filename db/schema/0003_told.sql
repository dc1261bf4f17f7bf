-- What one register alone says of a record takes a quarter of the room here: `told` and its rows. Views give readers
-- these rows and those of records that several sources speak of (name_row, identifier_row, fact_row, link_row) as one.
DROP VIEW item_evidence;
ALTER TABLE name RENAME TO name_row;
ALTER TABLE identifier RENAME TO identifier_row;
ALTER TABLE fact RENAME TO fact_row;
ALTER TABLE link RENAME TO link_row;

-- An address is its lines, one below the other; town, county, postcode and country have columns.
ALTER TABLE record ADD COLUMN county TEXT;
ALTER TABLE record ADD COLUMN country TEXT;
UPDATE record SET
  county = json_extract(address, '$.county'),
  country = json_extract(address, '$.country'),
  address = (SELECT group_concat(value, char(10)) FROM json_each(address, '$.lines'))
WHERE address IS NOT NULL;
UPDATE record SET address = '' WHERE address IS NULL AND (county IS NOT NULL OR country IS NOT NULL);

-- The change log holds rows as their tables do.
UPDATE change SET before = json_set(
    before,
    '$[16]', (SELECT group_concat(value, char(10)) FROM json_each(json_extract(before, '$[16]'), '$.lines')),
    '$[21]', json_extract(json_extract(before, '$[16]'), '$.county'),
    '$[22]', json_extract(json_extract(before, '$[16]'), '$.country')
  ) WHERE tbl = 'record' AND before IS NOT NULL;
UPDATE change SET before = json_set(before, '$[15]', 0) WHERE tbl = 'source' AND before IS NOT NULL;
UPDATE change SET before = json_set(before, '$[7]', NULL) WHERE tbl = 'said' AND before IS NOT NULL;

-- Whether a source belongs to a register whose releases follow one another, so that a newer one repeats what it does not
-- change: what one of them said stands until another ends it.
ALTER TABLE source ADD COLUMN living INTEGER NOT NULL DEFAULT 0;
ALTER TABLE said ADD COLUMN ended INTEGER REFERENCES source (id);

-- A record of which one row of one source says all there is; `id` is the record's.
CREATE TABLE told (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  digest INTEGER NOT NULL,
  -- The official name is the record's; NULL where the source spells it so, 1 where it does in capitals, else its text.
  verbatim
);

-- Days are counted from 1970-01-01.
CREATE TABLE told_role (
  record_id INTEGER NOT NULL,
  place INTEGER NOT NULL,
  role INTEGER NOT NULL,
  main INTEGER NOT NULL,
  active INTEGER NOT NULL,
  since INTEGER,
  until INTEGER,
  legal_since INTEGER,
  legal_until INTEGER,
  PRIMARY KEY (record_id, place)
) WITHOUT ROWID;

CREATE TABLE told_fact (
  record_id INTEGER NOT NULL,
  place INTEGER NOT NULL,
  property INTEGER NOT NULL,
  value,
  text TEXT,
  PRIMARY KEY (record_id, place)
) WITHOUT ROWID;

-- `teller`: 0 where the row of the source end states it, 1 where those of both ends do, 2 where that of the target does.
CREATE TABLE told_link (
  source_id INTEGER NOT NULL,
  place INTEGER NOT NULL,
  target_id INTEGER NOT NULL,
  type_id INTEGER NOT NULL,
  role TEXT,
  since INTEGER,
  until INTEGER,
  legal_since INTEGER,
  legal_until INTEGER,
  status INTEGER,
  teller INTEGER NOT NULL,
  PRIMARY KEY (source_id, place)
) WITHOUT ROWID;
CREATE INDEX told_link_target ON told_link (target_id, type_id);

-- Words of told rows by number: roles with their names in the register, properties, statuses of links.
CREATE TABLE told_word (
  id INTEGER PRIMARY KEY,
  sort TEXT NOT NULL CHECK (sort IN ('role', 'property')),
  word TEXT NOT NULL,
  label TEXT,
  UNIQUE (sort, word, label)
);

CREATE VIEW name (id, record_id, name, kind, since, until, verbatim) AS
SELECT id, record_id, name, kind, since, until, verbatim FROM name_row
UNION ALL
SELECT -told.id, told.id, record.name, 'official', NULL, NULL, iif(told.verbatim = 1, upper(record.name), told.verbatim)
  FROM told JOIN record ON record.id = told.id;

CREATE VIEW identifier (id, record_id, scheme, value) AS
SELECT id, record_id, scheme, value FROM identifier_row
UNION ALL
SELECT -told.id, told.id, substr(record.key, 1, instr(record.key, ':') - 1), substr(record.key, instr(record.key, ':') + 1)
  FROM told JOIN record ON record.id = told.id;

CREATE VIEW fact (id, record_id, link_id, property, value, unit, as_of, text) AS
SELECT id, record_id, link_id, property, value, unit, as_of, text FROM fact_row
UNION ALL
SELECT -(told_role.record_id << 14 | told_role.place), told_role.record_id, NULL, 'ods-role', told_word.word, NULL, NULL,
       told_word.label || iif(main, ', primary', '')
       || CASE WHEN since IS NOT NULL AND until IS NOT NULL
            THEN ', ' || date(since * 86400, 'unixepoch') || ' to ' || date(until * 86400, 'unixepoch')
            WHEN since IS NOT NULL THEN ', from ' || date(since * 86400, 'unixepoch')
            WHEN until IS NOT NULL THEN ', until ' || date(until * 86400, 'unixepoch') ELSE '' END
       || CASE WHEN legal_since IS NOT NULL AND legal_until IS NOT NULL
            THEN ', legally ' || date(legal_since * 86400, 'unixepoch') || ' to ' || date(legal_until * 86400, 'unixepoch')
            WHEN legal_since IS NOT NULL THEN ', legally from ' || date(legal_since * 86400, 'unixepoch')
            WHEN legal_until IS NOT NULL THEN ', legally until ' || date(legal_until * 86400, 'unixepoch') ELSE '' END
       || iif(active OR until IS NOT NULL, '', ', inactive')
  FROM told_role JOIN told_word ON told_word.id = told_role.role
UNION ALL
SELECT -(told_fact.record_id << 14 | 8192 | told_fact.place), told_fact.record_id, NULL, told_word.word, told_fact.value,
       NULL, NULL, told_fact.text
  FROM told_fact JOIN told_word ON told_word.id = told_fact.property;

CREATE VIEW link (id, source_id, target_id, type_id, role, since, until, legal_since, legal_until, status) AS
SELECT id, source_id, target_id, type_id, role, since, until, legal_since, legal_until, status FROM link_row
UNION ALL
SELECT -(source_id << 13 | place), source_id, target_id, type_id, role,
       date(since * 86400, 'unixepoch'), date(until * 86400, 'unixepoch'),
       date(legal_since * 86400, 'unixepoch'), date(legal_until * 86400, 'unixepoch'),
       CASE status WHEN 0 THEN 'past' WHEN 1 THEN 'current' WHEN 2 THEN 'planned' END
  FROM told_link;

-- The evidence of every item, with what it has from the record or link that owns it. That of a told record is its row:
-- `evidence_id` is then the number of the source, times 2 to the power of 32, and the row's.
CREATE VIEW item_evidence (subject, subject_id, evidence_id, inherited) AS
WITH
  stated (subject, subject_id, evidence_id) AS (
    SELECT subject, subject_id, evidence_id FROM cited
    UNION ALL SELECT 1, id, source_id << 32 | line FROM told
    UNION ALL SELECT 4, -(told_link.source_id << 13 | place), told.source_id << 32 | told.line
      FROM told_link JOIN told ON told.id = iif(teller = 2, target_id, told_link.source_id)
  ),
  owned (subject, subject_id, owner, owner_id) AS (
    SELECT 2, id, 1, record_id FROM name
    UNION ALL SELECT 3, id, 1, record_id FROM identifier
    UNION ALL SELECT 6, id, 1, record_id FROM event
    UNION ALL SELECT 4, link_row.id, 1, iif(link_type.owner = 'source', source_id, target_id)
      FROM link_row JOIN link_type ON link_type.id = link_row.type_id
    UNION ALL SELECT 5, id, 1, record_id FROM fact WHERE record_id IS NOT NULL
    UNION ALL SELECT 5, id, 4, link_id FROM fact_row WHERE link_id IS NOT NULL
  ),
  direct (subject, subject_id, evidence_id, inherited) AS (
    SELECT subject, subject_id, evidence_id, 0 FROM stated
    UNION ALL
    SELECT owned.subject, owned.subject_id, stated.evidence_id, 1
      FROM owned JOIN stated ON stated.subject = owned.owner AND stated.subject_id = owned.owner_id
     WHERE NOT EXISTS (
       SELECT 1 FROM cited AS own WHERE own.subject = owned.subject AND own.subject_id = owned.subject_id
     )
  )
SELECT subject.name, direct.subject_id, direct.evidence_id, direct.inherited
  FROM direct JOIN subject ON subject.id = direct.subject
UNION ALL
SELECT 'fact', fact_row.id, stated.evidence_id, 1
  FROM fact_row
  JOIN link_row ON link_row.id = fact_row.link_id
  JOIN link_type ON link_type.id = link_row.type_id
  JOIN stated ON stated.subject = 1 AND stated.subject_id = iif(link_type.owner = 'source', source_id, target_id)
 WHERE NOT EXISTS (SELECT 1 FROM cited AS own WHERE own.subject = 5 AND own.subject_id = fact_row.id)
   AND NOT EXISTS (SELECT 1 FROM cited AS own WHERE own.subject = 4 AND own.subject_id = link_row.id);
