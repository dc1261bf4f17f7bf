CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value
) WITHOUT ROWID;

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

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  seconds REAL NOT NULL,
  command TEXT NOT NULL,
  undone TEXT
);

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
  postcode TEXT,
  placeholder INTEGER NOT NULL DEFAULT 0,
  gone INTEGER REFERENCES source (id)
);

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
  path TEXT,
  digest TEXT,
  record_id INTEGER REFERENCES record (id),
  run_id INTEGER REFERENCES run (id)
);
-- SQLite looks for children of every row that a run inserts: without these it would read whole tables.
CREATE INDEX source_record ON source (record_id) WHERE record_id IS NOT NULL;
CREATE INDEX record_gone ON record (gone) WHERE gone IS NOT NULL;

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
  UNIQUE (scheme, value)
);
CREATE INDEX identifier_record ON identifier (record_id);

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
  status TEXT
);
CREATE INDEX link_source ON link (source_id, type_id);
CREATE INDEX link_target ON link (target_id, type_id);

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

CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL REFERENCES record (id),
  date TEXT,
  kind TEXT NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX event_record ON event (record_id);

CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES source (id),
  locator TEXT,
  quote TEXT,
  basis TEXT NOT NULL CHECK (basis IN ('stated', 'claimed', 'inferred')),
  confidence REAL,
  claimant_id INTEGER REFERENCES record (id),
  note TEXT
);
CREATE INDEX evidence_place ON evidence (source_id, locator);
CREATE INDEX evidence_claimant ON evidence (claimant_id) WHERE claimant_id IS NOT NULL;

-- What an evidence is for. An item without rows here has the evidence of the record that owns it.
CREATE TABLE subject (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);
INSERT INTO subject VALUES (1, 'record'), (2, 'name'), (3, 'identifier'), (4, 'link'), (5, 'fact'), (6, 'event');
CREATE TABLE cited (
  subject INTEGER NOT NULL REFERENCES subject (id),
  subject_id INTEGER NOT NULL,
  evidence_id INTEGER NOT NULL REFERENCES evidence (id),
  PRIMARY KEY (subject, subject_id, evidence_id)
) WITHOUT ROWID;
CREATE INDEX cited_evidence ON cited (evidence_id);

-- The evidence of every item, with what it has from the record or link that owns it.
CREATE VIEW item_evidence (subject, subject_id, evidence_id, inherited) AS
WITH
  owned (subject, subject_id, owner, owner_id) AS (
    SELECT 2, id, 1, record_id FROM name
    UNION ALL SELECT 3, id, 1, record_id FROM identifier
    UNION ALL SELECT 6, id, 1, record_id FROM event
    UNION ALL SELECT 4, link.id, 1, iif(link_type.owner = 'source', source_id, target_id)
      FROM link JOIN link_type ON link_type.id = link.type_id
    UNION ALL SELECT 5, id, 1, record_id FROM fact WHERE record_id IS NOT NULL
    UNION ALL SELECT 5, id, 4, link_id FROM fact WHERE link_id IS NOT NULL
  ),
  direct (subject, subject_id, evidence_id, inherited) AS (
    SELECT subject, subject_id, evidence_id, 0 FROM cited
    UNION ALL
    SELECT owned.subject, owned.subject_id, cited.evidence_id, 1
      FROM owned JOIN cited ON cited.subject = owned.owner AND cited.subject_id = owned.owner_id
     WHERE NOT EXISTS (
       SELECT 1 FROM cited AS own WHERE own.subject = owned.subject AND own.subject_id = owned.subject_id
     )
  )
SELECT subject.name, direct.subject_id, direct.evidence_id, direct.inherited
  FROM direct JOIN subject ON subject.id = direct.subject
UNION ALL
SELECT 'fact', fact.id, cited.evidence_id, 1
  FROM fact
  JOIN link ON link.id = fact.link_id
  JOIN link_type ON link_type.id = link.type_id
  JOIN cited ON cited.subject = 1 AND cited.subject_id = iif(link_type.owner = 'source', source_id, target_id)
 WHERE NOT EXISTS (SELECT 1 FROM cited AS own WHERE own.subject = 5 AND own.subject_id = fact.id)
   AND NOT EXISTS (SELECT 1 FROM cited AS own WHERE own.subject = 4 AND own.subject_id = link.id);

-- What each source last said of each record: the tables above are settled from it.
CREATE TABLE said (
  id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL REFERENCES record (id),
  source_id INTEGER NOT NULL REFERENCES source (id),
  line INTEGER,
  digest BLOB NOT NULL,
  body BLOB NOT NULL,
  withdrawn INTEGER REFERENCES run (id)
);
CREATE INDEX said_record ON said (record_id, source_id);
CREATE INDEX said_source ON said (source_id);

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

-- Row by row what a run did: rows first_id to last_id inserted where `before` is NULL, else the row as it was.
CREATE TABLE change (
  id INTEGER PRIMARY KEY,
  run_id INTEGER NOT NULL REFERENCES run (id),
  tbl TEXT NOT NULL,
  first_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  before TEXT
);
CREATE INDEX change_run ON change (run_id);

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
