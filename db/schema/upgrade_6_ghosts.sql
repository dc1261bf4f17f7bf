-- From schema 4 or 5 to 6, last part: rows that were told once go to the change log of the run that changed them.
CREATE TEMP TABLE ghost_link_number (id INTEGER PRIMARY KEY, run_id INTEGER);
INSERT INTO ghost_link_number
  SELECT numbered.id, run_id FROM (
    SELECT (SELECT coalesce(max(id), 0) FROM old_link) + row_number() OVER (ORDER BY source_id, place) AS id,
           source_id, place
      FROM told_link
  ) AS numbered JOIN ghost_link USING (source_id, place);
CREATE TEMP TABLE ghost_name_number (id INTEGER PRIMARY KEY, run_id INTEGER, key TEXT);
INSERT INTO ghost_name_number
  SELECT id, run_id, ghost.key FROM name JOIN ghost USING (record_id)
   WHERE id > (SELECT coalesce(max(id), 0) FROM old_name);

INSERT INTO _change (run_id, tbl, first_id, last_id, before)
  SELECT run_id, 'name', id, id, json_array(id, record_id, name, kind, since, until, verbatim)
    FROM name JOIN ghost_name_number USING (id);
INSERT INTO _change (run_id, tbl, first_id, last_id, before)
  SELECT run_id, 'identifier', id, id,
         json_array(id, record_id, substr(key, 1, instr(key, ':') - 1), substr(key, instr(key, ':') + 1))
    FROM (
      SELECT id - (SELECT coalesce(max(id), 0) FROM old_name) + (SELECT coalesce(max(id), 0) FROM old_identifier) AS id,
             record_id, run_id, key
        FROM name JOIN ghost_name_number USING (id)
    );
INSERT INTO _change (run_id, tbl, first_id, last_id, before)
  SELECT run_id, 'fact', id, id, json_array(id, record_id, link_id, property, value, unit, as_of, text)
    FROM fact JOIN ghost USING (record_id) WHERE id > (SELECT coalesce(max(id), 0) FROM old_fact);
INSERT INTO _change (run_id, tbl, first_id, last_id, before)
  SELECT run_id, 'link', id, id,
         json_array(id, source_id, target_id, type_id, role, since, until, legal_since, legal_until, status)
    FROM link JOIN ghost_link_number USING (id);
INSERT INTO _change (run_id, tbl, first_id, last_id, before)
  SELECT run_id, '_citation:link', subject_id, subject_id, json_array(evidence_id)
    FROM _citation JOIN ghost_link_number ON id = subject_id WHERE subject = 'link';
INSERT INTO _change (run_id, tbl, first_id, last_id, before)
  SELECT run_id, '_stated_twice', id, id, json_array(id) FROM _stated_twice JOIN ghost_link_number USING (id);
INSERT INTO _change (run_id, tbl, first_id, last_id, before)
  SELECT run_id, 'evidence', evidence.id, evidence.id,
         json_array(evidence.id, source_id, locator, quote, basis, confidence, claimant_id, note)
    FROM evidence JOIN told_evidence ON evidence_id = evidence.id JOIN ghost USING (record_id);
-- That a record had no evidence of its own was right as long as it was told.
UPDATE _change
   SET before = (SELECT json_array(evidence_id) FROM told_evidence WHERE record_id = first_id)
 WHERE tbl = '_citation:record' AND before = '[]'
   AND (run_id, first_id) IN (SELECT run_id, record_id FROM ghost);

DELETE FROM evidence WHERE id IN (SELECT evidence_id FROM told_evidence JOIN ghost USING (record_id));
DELETE FROM _stated_twice WHERE id IN (SELECT id FROM ghost_link_number);
DELETE FROM _citation WHERE subject = 'link' AND subject_id IN (SELECT id FROM ghost_link_number);
DELETE FROM link WHERE id IN (SELECT id FROM ghost_link_number);
DELETE FROM fact WHERE id > (SELECT coalesce(max(id), 0) FROM old_fact) AND record_id IN (SELECT record_id FROM ghost);
DELETE FROM name WHERE id IN (SELECT id FROM ghost_name_number);
