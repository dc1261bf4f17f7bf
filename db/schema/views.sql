-- What most people ask a register for, with names, codes, dates and sources beside each other. Words of
-- vocabularies are subqueries and no joins: counting does not look at them.

CREATE VIEW organisations AS
SELECT record.id, record.key, _code.code, record.name,
       coalesce((SELECT label FROM term WHERE vocabulary = 'organisation_types' AND term.name = record.type), record.type) AS type,
       record.status, record.opened, record.closed, record.legal_opened, record.legal_closed, record.legal_form,
       record.address, record.town, record.county, record.postcode, record.country, record.summary,
       (SELECT titles FROM _record_sources WHERE id = record.id) AS sources
  FROM record
  LEFT JOIN _code ON _code.record_id = record.id
 WHERE record.kind = 'organisation';

-- The second test of the kind lets SQLite use the index of what is no organisation.
CREATE VIEW arrangements AS
SELECT record.id, record.key, _code.code, record.name,
       coalesce((SELECT label FROM term WHERE vocabulary = 'arrangement_types' AND term.name = record.type), record.type) AS type,
       record.form, record.legal_basis, record.basis_status, record.status, record.opened, record.closed,
       (SELECT count(*) FROM link JOIN link_type ON link_type.id = link.type_id
         WHERE link.target_id = record.id AND link_type.name = 'participates-in'
           AND link.status IS NOT 'past') AS participants,
       record.summary,
       (SELECT titles FROM _record_sources WHERE id = record.id) AS sources
  FROM record
  LEFT JOIN _code ON _code.record_id = record.id
 WHERE record.kind = 'arrangement' AND record.kind <> 'organisation';

-- A link without sources of its own has those of the record that it is a part of. The plus keeps SQLite from reading all
-- links of the type where it is asked for a code or a key.
CREATE VIEW participations AS
SELECT link.id, arrangement.key AS arrangement_key, arrangement_code.code AS arrangement_code,
       arrangement.name AS arrangement, body.key AS body_key, body_code.code AS body_code, body.name AS body,
       coalesce((SELECT label FROM term WHERE vocabulary = 'roles' AND term.name = link.role), link.role) AS role,
       link.status, link.since, link.until, link.legal_since, link.legal_until,
       coalesce(
         (SELECT group_concat(title, '; ') FROM (
            SELECT DISTINCT title FROM _cited_source WHERE subject = 'link' AND subject_id = link.id)),
         (SELECT titles FROM _record_sources WHERE id = link.target_id)
       ) AS sources
  FROM link
  JOIN link_type ON link_type.id = +link.type_id AND link_type.name = 'participates-in'
  JOIN record AS arrangement ON arrangement.id = link.target_id
  JOIN record AS body ON body.id = link.source_id
  LEFT JOIN _code AS arrangement_code ON arrangement_code.record_id = arrangement.id
  LEFT JOIN _code AS body_code ON body_code.record_id = body.id;

CREATE VIEW posts AS
SELECT link.id, person.key AS person_key, person.name AS person,
       coalesce((SELECT label FROM term WHERE vocabulary = 'roles' AND term.name = link.role), link.role) AS role,
       body.key AS body_key, body_code.code AS body_code, body.name AS body, body.kind AS body_kind,
       link.status, link.since, link.until,
       coalesce(
         (SELECT group_concat(title, '; ') FROM (
            SELECT DISTINCT title FROM _cited_source WHERE subject = 'link' AND subject_id = link.id)),
         (SELECT titles FROM _record_sources WHERE id = link.source_id)
       ) AS sources
  FROM link
  JOIN link_type ON link_type.id = +link.type_id AND link_type.name = 'holds-post-in'
  JOIN record AS person ON person.id = link.source_id
  JOIN record AS body ON body.id = link.target_id
  LEFT JOIN _code AS body_code ON body_code.record_id = body.id;

-- An arrangement follows another, where a body is succeeded by or became one.
CREATE VIEW successions AS
WITH followed (id, earlier_id, later_id, owner_id, link_type, since, legal_since, status) AS (
  SELECT link.id, link.source_id, link.target_id, link.source_id, link_type.name, since, legal_since, status
    FROM link JOIN link_type ON link_type.id = +link.type_id WHERE link_type.name IN ('succeeded-by', 'became')
  UNION ALL
  SELECT link.id, link.target_id, link.source_id, link.source_id, link_type.name, since, legal_since, status
    FROM link JOIN link_type ON link_type.id = +link.type_id WHERE link_type.name = 'follows'
)
SELECT followed.id, earlier.key AS predecessor_key, earlier_code.code AS predecessor_code, earlier.name AS predecessor,
       later.key AS successor_key, later_code.code AS successor_code, later.name AS successor,
       followed.link_type, coalesce(legal_since, since) AS date, followed.status,
       coalesce(
         (SELECT group_concat(title, '; ') FROM (
            SELECT DISTINCT title FROM _cited_source WHERE subject = 'link' AND subject_id = followed.id)),
         (SELECT titles FROM _record_sources WHERE id = followed.owner_id)
       ) AS sources
  FROM followed
  JOIN record AS earlier ON earlier.id = followed.earlier_id
  JOIN record AS later ON later.id = followed.later_id
  LEFT JOIN _code AS earlier_code ON earlier_code.record_id = earlier.id
  LEFT JOIN _code AS later_code ON later_code.record_id = later.id;

-- The code that a record goes by: that of ODS, else its first in another register.
CREATE VIEW _code AS
SELECT record_id, value AS code
  FROM identifier
 WHERE scheme NOT IN ('org', 'arr', 'person', 'site', 'doc') AND NOT EXISTS (
   SELECT 1 FROM identifier AS better
    WHERE better.record_id = identifier.record_id AND better.id <> identifier.id
      AND better.scheme NOT IN ('org', 'arr', 'person', 'site', 'doc')
      AND (better.scheme <> 'ods', better.id) < (identifier.scheme <> 'ods', identifier.id));

CREATE VIEW _cited_source AS
SELECT subject, subject_id, source.title
  FROM _citation JOIN evidence ON evidence.id = evidence_id JOIN source ON source.id = evidence.source_id;

CREATE VIEW _record_sources AS
SELECT record.id, coalesce(
         (SELECT group_concat(title, '; ') FROM (
            SELECT DISTINCT title FROM _cited_source WHERE subject = 'record' AND subject_id = record.id)),
         (SELECT title FROM _sole JOIN evidence ON evidence.id = evidence_id JOIN source ON source.id = evidence.source_id
           WHERE _sole.id = record.id)
       ) AS titles
  FROM record;
