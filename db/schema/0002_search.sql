-- What search reads: one row for each record, its words normalised by db/search/normalise.py.
-- `id` is the record's rank above its number: (rank << 40) | record_id, so that reading in the order of ids, as the
-- full-text index does, meets open before closed, bodies before premises and short names before long ones.
CREATE TABLE search_text (
  id INTEGER PRIMARY KEY,
  record_id INTEGER NOT NULL UNIQUE,
  own TEXT NOT NULL,
  initials TEXT NOT NULL,
  place TEXT NOT NULL,
  more TEXT NOT NULL,
  tied TEXT NOT NULL
);

CREATE VIRTUAL TABLE search USING fts5 (
  own, initials, place, more, tied,
  content = 'search_text', content_rowid = 'id', tokenize = 'ascii', prefix = '1 2 3', columnsize = 0
);
CREATE VIRTUAL TABLE search_term USING fts5vocab (search, col);

-- Every word that a typing error can be measured against, with the number of records that use it.
CREATE TABLE search_word (
  word TEXT PRIMARY KEY,
  uses INTEGER NOT NULL
) WITHOUT ROWID;

-- Whose names an arrangement or a person is also found by.
CREATE TABLE search_tie (
  record_id INTEGER NOT NULL,
  tied_id INTEGER NOT NULL,
  PRIMARY KEY (record_id, tied_id)
) WITHOUT ROWID;
CREATE INDEX search_tie_tied ON search_tie (tied_id);

-- Codes are looked up here, as people type them, in no scheme and in any case.
CREATE INDEX identifier_value ON identifier (value COLLATE NOCASE);
