-- What search reads: one row for each record, its words normalised by db/search/normalise.py. `own` has its names,
-- as db/search/layout.py writes them; `tied` those of the records at the other end of its links. Filters and the name of its
-- type are `more`, which thousands of records share: its words stand once, and stay until the index is made anew.

CREATE TABLE _search_more (
  id INTEGER PRIMARY KEY,
  words TEXT NOT NULL UNIQUE
);

CREATE TABLE _search_text (
  record_id INTEGER PRIMARY KEY,
  rank INTEGER NOT NULL,
  own TEXT NOT NULL,
  initials TEXT NOT NULL,
  place TEXT NOT NULL,
  more_id INTEGER NOT NULL REFERENCES _search_more (id),
  tied TEXT NOT NULL
);

-- The full-text index of that, with what `first_words` of db/search/layout.py makes of the names. Its row ids are the
-- record's rank above its number, (rank << 40) | record_id, so that reading in the order of ids, as a full-text index
-- does, meets open before closed, bodies before premises and short names before long ones. Writing it is the business
-- of db/search: the view is there for whoever reads its text.
CREATE VIEW _search_row AS
  SELECT rank << 40 | record_id AS id, own, own AS first, initials, place,
         (SELECT words FROM _search_more WHERE id = more_id) AS more, tied
    FROM _search_text;
CREATE VIRTUAL TABLE _search USING fts5 (
  own, first, initials, place, more, tied,
  content = '_search_row', content_rowid = 'id', tokenize = "ascii tokenchars '~'", detail = column, prefix = '2', columnsize = 0
);
CREATE VIRTUAL TABLE _search_term USING fts5vocab (_search, col);

-- Every word that a typing error can be measured against, with how many columns of records hold it.
CREATE TABLE _search_word (
  word TEXT PRIMARY KEY,
  uses INTEGER NOT NULL
) WITHOUT ROWID;

-- Whose names an arrangement or a person is also found by.
CREATE TABLE _search_tie (
  record_id INTEGER NOT NULL,
  tied_id INTEGER NOT NULL,
  PRIMARY KEY (record_id, tied_id)
) WITHOUT ROWID;
CREATE INDEX _search_tie_tied ON _search_tie (tied_id);
