-- The register as this program makes it. Tables whose names begin with an underscore are for the program: what each source
-- said, what each run changed, what search reads. All others are for anyone who opens the file.

-- Words with a definition and a source: types, roles, statuses, fact properties, event kinds…
CREATE TABLE term (
  id INTEGER PRIMARY KEY,
  vocabulary TEXT NOT NULL,
  name TEXT NOT NULL,
  label TEXT NOT NULL,
  definition TEXT,
  source TEXT,
  extra TEXT,
  UNIQUE (vocabulary, name)
);

-- What links mean: `forward` is read from their source, `reverse` from their target; `owner` is the end that a link is a
-- part of.
CREATE TABLE link_type (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  forward TEXT NOT NULL,
  reverse TEXT NOT NULL,
  category TEXT NOT NULL,
  owner TEXT NOT NULL CHECK (owner IN ('source', 'target')),
  source_kinds TEXT NOT NULL,
  target_kinds TEXT NOT NULL,
  definition TEXT NOT NULL,
  source TEXT NOT NULL,
  position INTEGER NOT NULL
);

-- Dates are text in a subset of EDTF: 2016, 2016-07, 2016-07-08, XXXX-07-08. Unknown is NULL, everywhere.
-- An address is its lines, one below the other. A placeholder is named by something and described by nobody; `gone` is the
-- list whose silence dropped the record.
CREATE TABLE record (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('organisation', 'arrangement', 'person', 'site', 'document')),
  type TEXT,
  name TEXT NOT NULL,
  status TEXT,
  open INTEGER,
  opened TEXT,
  closed TEXT,
  legal_opened TEXT,
  legal_closed TEXT,
  form TEXT,
  legal_form TEXT,
  legal_basis TEXT,
  basis_status TEXT,
  summary TEXT,
  address TEXT,
  town TEXT,
  county TEXT,
  postcode TEXT,
  country TEXT,
  placeholder INTEGER NOT NULL DEFAULT 0,
  gone INTEGER REFERENCES source (id)
);
-- Most records are organisations that somebody describes: what `stats` counts of the others lies in small indexes. Columns
-- that refer to rows which may be deleted need one, or SQLite reads the table whole for each.
CREATE INDEX record_kind ON record (kind) WHERE kind <> 'organisation';
CREATE INDEX record_placeholder ON record (placeholder, kind) WHERE placeholder = 1;
CREATE INDEX record_gone ON record (gone) WHERE gone IS NOT NULL;

-- `verbatim` is the source's spelling where `name` is that in readable case.
CREATE TABLE name (
  id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL REFERENCES record (id),
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  since TEXT,
  until TEXT,
  verbatim TEXT
);
CREATE INDEX name_record ON name (record_id);

CREATE TABLE identifier (
  id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL REFERENCES record (id),
  scheme TEXT NOT NULL,
  value TEXT NOT NULL,
  -- Codes are looked up in no scheme as well.
  UNIQUE (value, scheme)
);
CREATE INDEX identifier_record ON identifier (record_id);
-- Codes are looked up in capitals and in small letters; few are in both, and those in any case.
CREATE INDEX identifier_mixed ON identifier (value COLLATE NOCASE) WHERE value <> upper(value) AND value <> lower(value);

-- `gone` is the list whose silence ended the link.
CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES record (id),
  target_id INTEGER NOT NULL REFERENCES record (id),
  type_id INTEGER NOT NULL REFERENCES link_type (id),
  role TEXT,
  since TEXT,
  until TEXT,
  legal_since TEXT,
  legal_until TEXT,
  status TEXT,
  gone INTEGER REFERENCES source (id)
);
CREATE INDEX link_source ON link (source_id, type_id);
CREATE INDEX link_target ON link (target_id, type_id);
CREATE INDEX link_gone ON link (gone) WHERE gone IS NOT NULL;

-- On a record or on a link.
CREATE TABLE fact (
  id INTEGER PRIMARY KEY,
  record_id INTEGER REFERENCES record (id),
  link_id INTEGER REFERENCES link (id),
  property TEXT NOT NULL,
  value,
  unit TEXT,
  as_of TEXT,
  text TEXT,
  CHECK ((record_id IS NULL) <> (link_id IS NULL))
);
CREATE INDEX fact_record ON fact (record_id) WHERE record_id IS NOT NULL;
CREATE INDEX fact_link ON fact (link_id) WHERE link_id IS NOT NULL;
-- Many bodies may be in one building, whose number is no identifier of theirs but is looked up like a code.
CREATE INDEX fact_uprn ON fact (value) WHERE property = 'uprn';

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL REFERENCES record (id),
  date TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX event_record ON event (record_id);

-- What sources state of single details of a record or a link, where not all of its evidence states what is shown: `chosen`
-- marks that, `why` is the rule by which it is. A detail without rows here is stated by all the evidence of its owner.
CREATE TABLE value (
  id INTEGER PRIMARY KEY,
  record_id INTEGER REFERENCES record (id),
  link_id INTEGER REFERENCES link (id),
  what TEXT NOT NULL,
  value TEXT NOT NULL,
  chosen INTEGER NOT NULL,
  why TEXT NOT NULL,
  CHECK ((record_id IS NULL) <> (link_id IS NULL))
);
CREATE INDEX value_record ON value (record_id) WHERE record_id IS NOT NULL;
CREATE INDEX value_link ON value (link_id) WHERE link_id IS NOT NULL;

-- Documents and imported files. Releases of a `living` source follow one another in their `series`: what one of them said
-- stands until another ends it. A `full` one lists all there are; a `complete` one says all there is to say of each.
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  publisher TEXT,
  published TEXT,
  url TEXT,
  licence TEXT,
  format TEXT,
  series TEXT,
  full INTEGER NOT NULL DEFAULT 0,
  complete INTEGER NOT NULL DEFAULT 0,
  living INTEGER NOT NULL DEFAULT 0,
  path TEXT,
  digest TEXT,
  record_id INTEGER REFERENCES record (id),
  run_id INTEGER REFERENCES run (id)
);
CREATE INDEX source_record ON source (record_id) WHERE record_id IS NOT NULL;
CREATE INDEX source_living ON source (series, published) WHERE living = 1;

-- Where a source says something: what it is for is in view item_evidence. `as_of` is the day on which it was so, where that is
-- not the day of the source.
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id),
  locator TEXT,
  quote TEXT,
  basis TEXT NOT NULL CHECK (basis IN ('stated', 'claimed', 'inferred')),
  confidence REAL,
  claimant_id INTEGER REFERENCES record (id),
  note TEXT,
  as_of TEXT
);
CREATE INDEX evidence_place ON evidence (source_id, locator);
CREATE INDEX evidence_claimant ON evidence (claimant_id) WHERE claimant_id IS NOT NULL;

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  seconds REAL NOT NULL,
  command TEXT NOT NULL,
  undone TEXT
);

-- Sources are named by key here and in reject: what a run did is remembered even when it was taken back.
CREATE TABLE run_source (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  source TEXT NOT NULL,
  file TEXT,
  format TEXT NOT NULL,
  published TEXT,
  read INTEGER NOT NULL,
  added INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  closed INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  records INTEGER NOT NULL,
  links INTEGER NOT NULL,
  placeholders INTEGER NOT NULL,
  gone INTEGER NOT NULL
);
CREATE INDEX run_source_run ON run_source (run_id);

CREATE TABLE reject (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  source TEXT NOT NULL,
  line INTEGER,
  reason TEXT NOT NULL,
  value TEXT
);
CREATE INDEX reject_run ON reject (run_id);

-- What an importer believes and a person has not confirmed.
CREATE TABLE suggestion (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  record_id INTEGER REFERENCES record (id),
  rule TEXT NOT NULL,
  what TEXT NOT NULL,
  confidence REAL,
  candidates TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'accepted', 'rejected'))
);
CREATE INDEX suggestion_record ON suggestion (record_id);

-- What an evidence is for: `subject` names a table, `subject_id` its row. A record of which one row says all has its evidence
-- in `_sole`; any other item without rows here has the evidence of the record or link that owns it.
CREATE TABLE _citation (
  subject TEXT NOT NULL CHECK (subject IN ('record', 'name', 'identifier', 'link', 'fact', 'event', 'value')),
  subject_id INTEGER NOT NULL,
  evidence_id INTEGER NOT NULL REFERENCES evidence (id),
  PRIMARY KEY (subject, subject_id, evidence_id)
) WITHOUT ROWID;
CREATE INDEX _citation_evidence ON _citation (evidence_id);

-- Records of which one row of one source says all there is: their rows above are that statement, which is written down when
-- something else is said of them. `evidence_id` is that row, and what the record rests on; `digest` stands for its text. SQLite
-- is not told that it refers to evidence: it would need an index, or read the table whole for each evidence that is deleted.
CREATE TABLE _sole (
  id INTEGER PRIMARY KEY REFERENCES record (id),
  evidence_id INTEGER NOT NULL,
  digest INTEGER NOT NULL
);

-- The evidence of every item, with what it has from the record or link that owns it.
CREATE VIEW item_evidence (subject, subject_id, evidence_id, inherited) AS
WITH owned (subject, subject_id, owner, owner_id) AS (
  SELECT 'name', id, 'record', record_id FROM name
  UNION ALL SELECT 'identifier', id, 'record', record_id FROM identifier
  UNION ALL SELECT 'event', id, 'record', record_id FROM event
  UNION ALL SELECT 'link', link.id, 'record', iif(link_type.owner = 'source', source_id, target_id)
    FROM link JOIN link_type ON link_type.id = link.type_id
  UNION ALL SELECT 'fact', id, 'record', record_id FROM fact WHERE record_id IS NOT NULL
  UNION ALL SELECT 'fact', id, 'link', link_id FROM fact WHERE link_id IS NOT NULL
)
SELECT subject, subject_id, evidence_id, 0 FROM _citation
UNION ALL
SELECT 'record', id, evidence_id, 0 FROM _sole
UNION ALL
SELECT owned.subject, owned.subject_id, coalesce(_citation.evidence_id, _sole.evidence_id), 1
  FROM owned
  LEFT JOIN _citation ON _citation.subject = owned.owner AND _citation.subject_id = owned.owner_id
  LEFT JOIN _sole ON owned.owner = 'record' AND _sole.id = owned.owner_id
 WHERE coalesce(_citation.evidence_id, _sole.evidence_id) IS NOT NULL AND NOT EXISTS (
   SELECT 1 FROM _citation AS own WHERE own.subject = owned.subject AND own.subject_id = owned.subject_id
 )
UNION ALL
SELECT 'fact', fact.id, coalesce(_citation.evidence_id, _sole.evidence_id), 1
  FROM fact
  JOIN link ON link.id = fact.link_id
  JOIN link_type ON link_type.id = link.type_id
  LEFT JOIN _citation ON _citation.subject = 'record'
       AND _citation.subject_id = iif(link_type.owner = 'source', source_id, target_id)
  LEFT JOIN _sole ON _sole.id = iif(link_type.owner = 'source', source_id, target_id)
 WHERE coalesce(_citation.evidence_id, _sole.evidence_id) IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM _citation AS own WHERE own.subject = 'fact' AND own.subject_id = fact.id)
   AND NOT EXISTS (SELECT 1 FROM _citation AS own WHERE own.subject = 'link' AND own.subject_id = link.id);

-- What each source last said of each record, as JSON: the tables above are resolved from it.
CREATE TABLE _statement (
  id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL REFERENCES record (id),
  source_id INTEGER NOT NULL REFERENCES source (id),
  line INTEGER,
  digest INTEGER NOT NULL,
  body TEXT NOT NULL,
  withdrawn INTEGER REFERENCES run (id),
  ended INTEGER REFERENCES source (id)
);
CREATE INDEX _statement_record ON _statement (record_id, source_id);
CREATE INDEX _statement_source ON _statement (source_id, withdrawn, record_id);

-- Links between such records that the rows of both ends state alike, where one source has both rows. Other links are
-- stated by the row of the record that owns them, or by the rows that they cite.
CREATE TABLE _stated_twice (
  id INTEGER PRIMARY KEY REFERENCES link (id)
);

-- Row by row what a run did: rows first_id to last_id inserted where `before` is NULL, else the row as it was, as JSON.
CREATE TABLE _change (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  tbl TEXT NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  before TEXT
);
CREATE INDEX _change_run ON _change (run_id);

CREATE TABLE _meta (
  name TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;
