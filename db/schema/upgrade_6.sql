-- From schema 4 or 5 to 6, second part: fills the new tables. What one row of a register alone told of a record lay in tables
-- of its own (`told`, `told_role`, `told_fact`, `told_link`; days as numbers, codes for words) and becomes rows like all others,
-- numbered behind those, in the order of their records: so that what a run inserted are still rows that follow one another.
-- Those in the temporary tables `ghost` and `ghost_link` (db/database/upgrade_6_ghosts.py) are numbered, but there no more.
INSERT INTO _meta (name, value)
  SELECT name, value FROM old_meta;
INSERT INTO term (id, vocabulary, name, label, definition, source, extra)
  SELECT id, vocabulary, name, label, definition, source, extra FROM old_term;
INSERT INTO link_type (id, name, forward, reverse, category, owner, source_kinds, target_kinds, definition, source, position)
  SELECT id, name, forward, reverse, category, owner, source_kinds, target_kinds, definition, source, position
    FROM old_link_type;
INSERT INTO run (id, started, seconds, command, undone)
  SELECT id, started, seconds, command, undone FROM old_run;
INSERT INTO source
  (id, key, title, publisher, published, url, licence, format, series, full, complete, living, path, digest, record_id, run_id)
  SELECT id, key, title, publisher, published, url, licence, format, series, full, complete, living, path, digest, record_id,
         run_id
    FROM old_source;
INSERT INTO record
  (id, key, kind, type, name, status, open, opened, closed, legal_opened, legal_closed, form, legal_form, legal_basis,
   basis_status, summary, address, town, county, postcode, country, placeholder, gone)
  SELECT id, key, kind, type, name, status, open, opened, closed, legal_opened, legal_closed, form, legal_form, legal_basis,
         basis_status, summary, address, town, county, postcode, country, placeholder, gone
    FROM old_record;
INSERT INTO event (id, record_id, date, kind, text)
  SELECT id, record_id, date, kind, text FROM old_event;
INSERT INTO run_source
  (id, run_id, source, file, format, published, read, added, updated, unchanged, closed, rejected, records, links, placeholders,
   gone)
  SELECT id, run_id, source, file, format, published, read, added, updated, unchanged, closed, rejected, records, links,
         placeholders, gone
    FROM old_run_source;
INSERT INTO reject (id, run_id, source, line, reason, value)
  SELECT id, run_id, source, line, reason, value FROM old_reject;
INSERT INTO suggestion (id, run_id, record_id, rule, what, confidence, candidates, state)
  SELECT id, run_id, record_id, rule, what, confidence, candidates, state FROM old_suggestion;

-- The name in capitals was kept as 1.
INSERT INTO name (id, record_id, name, kind, since, until, verbatim)
  SELECT id, record_id, name, kind, since, until, verbatim FROM old_name;
INSERT INTO name (record_id, name, kind, verbatim)
  SELECT told.id, coalesce(ghost.name, record.name), 'official',
         iif(told.verbatim = 1, upper(coalesce(ghost.name, record.name)), told.verbatim)
    FROM told JOIN record ON record.id = told.id LEFT JOIN ghost ON ghost.record_id = told.id
   ORDER BY told.id;

INSERT INTO identifier (id, record_id, scheme, value)
  SELECT id, record_id, scheme, value FROM old_identifier;
-- Each told record has one name and one code: they are numbered alike.
INSERT INTO identifier (id, record_id, scheme, value)
  SELECT name.id - (SELECT coalesce(max(id), 0) FROM old_name) + (SELECT coalesce(max(id), 0) FROM old_identifier),
         record_id, substr(key, 1, instr(key, ':') - 1), substr(key, instr(key, ':') + 1)
    FROM name JOIN record ON record.id = record_id
   WHERE name.id > (SELECT coalesce(max(id), 0) FROM old_name) AND record_id NOT IN (SELECT record_id FROM ghost)
   ORDER BY name.id;

INSERT INTO fact (id, record_id, link_id, property, value, unit, as_of, text)
  SELECT id, record_id, link_id, property, value, unit, as_of, text FROM old_fact;
INSERT INTO fact (record_id, property, value, text)
  SELECT record_id, property, value, text FROM (
    SELECT record_id, 0 AS part, place, 'ods-role' AS property, told_word.word AS value,
           told_word.label || iif(main, ', primary', '')
           || CASE WHEN since IS NOT NULL AND until IS NOT NULL
                THEN ', ' || date(since * 86400, 'unixepoch') || ' to ' || date(until * 86400, 'unixepoch')
                WHEN since IS NOT NULL THEN ', from ' || date(since * 86400, 'unixepoch')
                WHEN until IS NOT NULL THEN ', until ' || date(until * 86400, 'unixepoch') ELSE '' END
           || CASE WHEN legal_since IS NOT NULL AND legal_until IS NOT NULL
                THEN ', legally ' || date(legal_since * 86400, 'unixepoch')
                     || ' to ' || date(legal_until * 86400, 'unixepoch')
                WHEN legal_since IS NOT NULL THEN ', legally from ' || date(legal_since * 86400, 'unixepoch')
                WHEN legal_until IS NOT NULL THEN ', legally until ' || date(legal_until * 86400, 'unixepoch') ELSE '' END
           || iif(active OR until IS NOT NULL, '', ', inactive') AS text
      FROM told_role JOIN told_word ON told_word.id = told_role.role
    UNION ALL
    SELECT record_id, 1, place, told_word.word, value, text
      FROM told_fact JOIN told_word ON told_word.id = told_fact.property
  ) ORDER BY record_id, part, place;

INSERT INTO link (id, source_id, target_id, type_id, role, since, until, legal_since, legal_until, status)
  SELECT id, source_id, target_id, type_id, role, since, until, legal_since, legal_until, status FROM old_link;
INSERT INTO link (source_id, target_id, type_id, role, since, until, legal_since, legal_until, status)
  SELECT source_id, target_id, type_id, role, date(since * 86400, 'unixepoch'), date(until * 86400, 'unixepoch'),
         date(legal_since * 86400, 'unixepoch'), date(legal_until * 86400, 'unixepoch'),
         CASE status WHEN 0 THEN 'past' WHEN 1 THEN 'current' WHEN 2 THEN 'planned' END
    FROM told_link
   ORDER BY source_id, place;

-- The row that told a record is evidence like any other. Where it was written down already, it is the same row, but for one
-- that a later run wrote down: that run may be undone.
CREATE TEMP TABLE told_evidence (record_id INTEGER PRIMARY KEY, evidence_id INTEGER NOT NULL);
INSERT INTO told_evidence
  SELECT told.id, min(old_evidence.id)
    FROM told JOIN old_evidence ON old_evidence.source_id = told.source_id AND locator = 'row ' || told.line
   WHERE quote IS NULL AND basis = 'stated' AND confidence IS NULL AND claimant_id IS NULL AND note IS NULL
     AND told.id NOT IN (SELECT record_id FROM ghost)
   GROUP BY told.id;
CREATE TEMP TABLE later_evidence (id INTEGER PRIMARY KEY, record_id INTEGER NOT NULL);
INSERT INTO later_evidence
  SELECT evidence_id, record_id
    FROM told_evidence
    JOIN inserted AS later ON later.tbl = 'evidence' AND evidence_id BETWEEN later.first_id AND later.last_id
    JOIN inserted AS teller ON teller.tbl = 'told' AND record_id BETWEEN teller.first_id AND teller.last_id
   WHERE later.run_id <> teller.run_id;
DELETE FROM told_evidence WHERE record_id IN (SELECT record_id FROM later_evidence);
INSERT INTO told_evidence
  SELECT id, (SELECT coalesce(max(id), 0) FROM old_evidence) + row_number() OVER (ORDER BY id)
    FROM told WHERE id NOT IN (SELECT record_id FROM told_evidence);
INSERT INTO evidence (id, source_id, locator, quote, basis, confidence, claimant_id, note)
  SELECT id, source_id, locator, quote, basis, confidence, claimant_id, note
    FROM old_evidence WHERE id NOT IN (SELECT id FROM later_evidence);
INSERT INTO evidence (id, source_id, locator, basis)
  SELECT evidence_id, source_id, 'row ' || line, 'stated'
    FROM told JOIN told_evidence ON record_id = told.id
   WHERE evidence_id > (SELECT coalesce(max(id), 0) FROM old_evidence)
   ORDER BY told.id;

INSERT INTO _citation (subject, subject_id, evidence_id)
  SELECT subject.name, subject_id, coalesce(told_evidence.evidence_id, cited.evidence_id)
    FROM cited JOIN subject ON subject.id = cited.subject
    LEFT JOIN later_evidence ON later_evidence.id = cited.evidence_id
    LEFT JOIN told_evidence USING (record_id);
INSERT INTO _citation (subject, subject_id, evidence_id)
  SELECT 'record', record_id, evidence_id FROM told_evidence WHERE record_id NOT IN (SELECT record_id FROM ghost)
   ORDER BY record_id;
-- A link has the evidence of the record that owns it, unless only the row of the other end states it.
INSERT INTO _citation (subject, subject_id, evidence_id)
  SELECT 'link', numbered.id, evidence_id FROM (
    SELECT (SELECT coalesce(max(id), 0) FROM old_link) + row_number() OVER (ORDER BY source_id, place) AS id,
           source_id, target_id, type_id, teller
      FROM told_link
  ) AS numbered
  JOIN link_type ON link_type.id = type_id
  JOIN told_evidence ON record_id = iif(owner = 'target', source_id, target_id)
 WHERE teller = iif(owner = 'target', 0, 2);
INSERT INTO _stated_twice (id)
  SELECT id FROM (
    SELECT (SELECT coalesce(max(id), 0) FROM old_link) + row_number() OVER (ORDER BY source_id, place) AS id, teller
      FROM told_link
  ) WHERE teller = 1;
CREATE TEMP TABLE sole_6 (id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL, line INTEGER NOT NULL, digest INTEGER NOT NULL);
INSERT INTO sole_6 (id, source_id, line, digest)
  SELECT id, source_id, line, digest FROM told WHERE id NOT IN (SELECT record_id FROM ghost);
-- What has a day yet to come was not read again when that had passed: now it is, since no row has such a digest.
UPDATE sole_6 SET digest = ~digest WHERE id IN (
  SELECT id FROM record WHERE status = 'planned' OR open AND coalesce(closed, legal_closed) IS NOT NULL
  UNION SELECT source_id FROM link WHERE status = 'planned' OR status = 'current' AND until IS NOT NULL
  UNION SELECT target_id FROM link WHERE status = 'planned' OR status = 'current' AND until IS NOT NULL);

-- `unpacked`, `statement_digest` and `statement_image` are of db/upgrade_6.py.
INSERT INTO _statement (id, record_id, source_id, line, digest, body, withdrawn, ended)
  SELECT id, record_id, source_id, line, statement_digest(body), body, withdrawn, ended
    FROM (SELECT id, record_id, source_id, line, unpacked(body) AS body, withdrawn, ended FROM said);

-- What runs did. A run that changed told rows otherwise than to make them such as these is marked with `_old` and cannot be
-- undone; that it changed them is kept, so that earlier runs are not undone before it.
INSERT INTO _change (id, run_id, tbl, first_id, last_id, before)
  SELECT old.id, run_id,
         CASE tbl WHEN 'said' THEN '_statement' WHEN 'told' THEN '_sole' ELSE coalesce('_citation:' || subject.name, tbl) END,
         first_id, last_id,
         CASE WHEN before IS NULL THEN NULL
              WHEN tbl = 'said' THEN statement_image(before)
              WHEN tbl = 'told' THEN json_remove(before, '$[4]')
              ELSE before END
    FROM change AS old LEFT JOIN subject ON tbl = 'cited:' || subject.id
   WHERE tbl NOT IN ('told_role', 'told_fact', 'told_link', 'told_word');
INSERT INTO _change (run_id, tbl, first_id, last_id, before)
  SELECT DISTINCT run_id, '_sole', first_id, first_id, coalesce(json_array(told.id, source_id, line, told.digest), '[]')
    FROM change AS old LEFT JOIN told ON told.id = first_id
   WHERE tbl IN ('told_role', 'told_fact', 'told_link') AND before IS NOT NULL
     AND run_id IN (SELECT run_id FROM marked_run) AND NOT EXISTS (
     SELECT 1 FROM change WHERE run_id = old.run_id AND tbl = 'told' AND first_id = old.first_id AND before IS NOT NULL
   );
INSERT INTO _change (run_id, tbl, first_id, last_id) SELECT run_id, '_old', 0, 0 FROM marked_run;
UPDATE _change
   SET before = (
     SELECT json_group_array(coalesce(evidence_id, value))
       FROM json_each(before) LEFT JOIN later_evidence ON later_evidence.id = value LEFT JOIN told_evidence USING (record_id))
 WHERE tbl GLOB '_citation:*' AND EXISTS (SELECT 1 FROM json_each(before) JOIN later_evidence ON later_evidence.id = value);
