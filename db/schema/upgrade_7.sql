-- From schema 6 to 7: the evidence of a record of which one row says all stands in the mark of that, and not among the
-- citations. The marks as they were are in the temporary table `sole_6`.
INSERT INTO _sole (id, evidence_id, digest)
  SELECT id, evidence_id, digest FROM sole_6 JOIN _citation ON subject = 'record' AND subject_id = id ORDER BY id;
DELETE FROM _citation WHERE subject = 'record' AND subject_id IN (SELECT id FROM _sole);

-- A run that wrote such a record down is undone as if it had made the citation. What that was, a change of it tells, be it
-- of that run or of a later one; else it is what it was.
CREATE TEMP TABLE rested (id INTEGER PRIMARY KEY, evidence_id INTEGER);
INSERT INTO rested
  SELECT first_id, evidence_id FROM (
    SELECT first_id, json_extract(before, '$[0]') AS evidence_id, min(id)
      FROM _change WHERE tbl = '_citation:record' AND before IS NOT NULL GROUP BY first_id);
INSERT OR IGNORE INTO rested
  SELECT first_id, evidence_id FROM _change JOIN _citation ON subject = 'record' AND subject_id = first_id
   WHERE tbl = '_sole' AND before IS NOT NULL;
UPDATE _change
   SET before = json_array(
     first_id, (SELECT evidence_id FROM rested WHERE rested.id = first_id), json_extract(before, '$[3]'))
 WHERE tbl = '_sole' AND before <> '[]';
UPDATE _change
   SET before = '[]'
 WHERE tbl = '_citation:record'
   AND (run_id, first_id) IN (SELECT run_id, first_id FROM _change WHERE tbl = '_sole' AND before <> '[]');
INSERT INTO _change (run_id, tbl, first_id, last_id, before)
  SELECT run_id, '_citation:record', first_id, first_id, '[]' FROM _change WHERE tbl = '_sole' AND before <> '[]'
  EXCEPT
  SELECT run_id, tbl, first_id, last_id, before FROM _change WHERE tbl = '_citation:record';
