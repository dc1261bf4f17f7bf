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
 -- A code that is only pointed at is no organisation.
 WHERE record.kind = 'organisation'
   AND NOT (record.placeholder = 1 AND record.name = substr(record.key, instr(record.key, ':') + 1));

-- The second test of the kind lets SQLite use the index of what is no organisation.
CREATE VIEW arrangements AS
SELECT record.id, record.key, _code.code, record.name,
       coalesce((SELECT label FROM term WHERE vocabulary = 'arrangement_types' AND term.name = record.type), record.type) AS type,
       record.form, record.legal_basis, record.basis_status, record.status, record.opened, record.closed,
       (SELECT count(*) FROM link JOIN link_type ON link_type.id = link.type_id
         WHERE link.target_id = record.id AND link_type.name = 'participates-in'
           AND (SELECT status FROM _standing WHERE _standing.id = link.id) IS NOT 'past') AS participants,
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
       (SELECT status FROM _standing WHERE _standing.id = link.id) AS status,
       link.since, link.until, link.legal_since, link.legal_until,
       (SELECT listed_first FROM _standing WHERE _standing.id = link.id) AS listed_first,
       (SELECT listed_last FROM _standing WHERE _standing.id = link.id) AS listed_last,
       (SELECT title FROM source WHERE source.id = link.gone) AS unlisted,
       (SELECT ended_with FROM _standing WHERE _standing.id = link.id) AS ended_with,
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
       (SELECT status FROM _standing WHERE _standing.id = link.id) AS status, link.since, link.until,
       (SELECT listed_first FROM _standing WHERE _standing.id = link.id) AS listed_first,
       (SELECT listed_last FROM _standing WHERE _standing.id = link.id) AS listed_last,
       (SELECT title FROM source WHERE source.id = link.gone) AS unlisted,
       (SELECT ended_with FROM _standing WHERE _standing.id = link.id) AS ended_with,
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
WITH followed (id, earlier_id, later_id, owner_id, link_type, since, legal_since, gone) AS (
  SELECT link.id, link.source_id, link.target_id, link.source_id, link_type.name, since, legal_since, gone
    FROM link JOIN link_type ON link_type.id = +link.type_id WHERE link_type.name IN ('succeeded-by', 'became')
  UNION ALL
  SELECT link.id, link.target_id, link.source_id, link.source_id, link_type.name, since, legal_since, gone
    FROM link JOIN link_type ON link_type.id = +link.type_id WHERE link_type.name = 'follows'
)
SELECT followed.id, earlier.key AS predecessor_key, earlier_code.code AS predecessor_code, earlier.name AS predecessor,
       later.key AS successor_key, later_code.code AS successor_code, later.name AS successor,
       followed.link_type, coalesce(legal_since, since) AS date,
       (SELECT status FROM _standing WHERE _standing.id = followed.id) AS status,
       (SELECT listed_first FROM _standing WHERE _standing.id = followed.id) AS listed_first,
       (SELECT listed_last FROM _standing WHERE _standing.id = followed.id) AS listed_last,
       (SELECT title FROM source WHERE source.id = followed.gone) AS unlisted,
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

-- How a link stands today: the rule of db/reading/standing.py, in SQL. Days that are not whole are taken for the first or the last
-- that they may mean; a list speaks until the end of its year, and for six months at least.
CREATE VIEW _standing AS
SELECT id, listed_first, listed_last,
       iif(NOT is_act AND NOT is_over AND gone IS NULL AND stated IS NOT 'past' AND 0 IN (source_open, target_open),
           iif(source_open IS 0 AND (target_open IS NOT 0 OR coalesce(source_closed, '~') < coalesce(target_closed, '~')),
               source, target),
           NULL) AS ended_with,
       CASE
         WHEN is_act THEN nullif(stated, 'current')
         WHEN is_over OR gone IS NOT NULL OR stated = 'past' OR 0 IN (source_open, target_open) THEN 'past'
         WHEN stated = 'proposed' THEN 'proposed'
         WHEN begins > today THEN 'planned'
         WHEN stated = 'planned' THEN iif(since IS NOT NULL AND (covers OR today <= speaks_until), 'current', 'planned')
         WHEN (covers OR today <= speaks_until) AND NOT is_ahead THEN 'current'
       END AS status
  FROM (
    SELECT link.id, link.since, link.status AS stated, link.gone, date('now', 'localtime') AS today,
           link.since IS NOT NULL AND link.until IS NOT NULL AS covers,
           iif(link.since LIKE 'X%', NULL, substr(link.since || '-01-01', 1, 10)) AS begins,
           coalesce(date('now', 'localtime') > iif(link.until LIKE 'X%', NULL, CASE length(link.until)
             WHEN 4 THEN link.until || '-12-31' WHEN 7 THEN date(link.until || '-01', '+1 month', '-1 day')
             ELSE link.until END), 0) AS is_over,
           link_type.category IN ('succession', 'document') OR link_type.name IN ('announced-by', 'responded-to') AS is_act,
           source.name AS source, source.open AS source_open, substr(source.closed || '-01-01', 1, 10) AS source_closed,
           target.name AS target, target.open AS target_open, substr(target.closed || '-01-01', 1, 10) AS target_closed,
           coalesce(source.status IN ('planned', 'proposed', 'announced', 'being-formalised', 'unlisted'), 0)
             OR coalesce(target.status IN ('planned', 'proposed', 'announced', 'being-formalised', 'unlisted'), 0) AS is_ahead,
           (SELECT first FROM _listing WHERE _listing.id = link.id) AS listed_first,
           (SELECT last FROM _listing WHERE _listing.id = link.id) AS listed_last,
           (SELECT iif(day > date('now', 'localtime'), NULL, max(
                     substr(day, 1, 4) || '-12-31',
                     printf('%04d-%02d-%s', (substr(day, 1, 4) * 12 + substr(day, 6, 2) + 5) / 12,
                            (substr(day, 1, 4) * 12 + substr(day, 6, 2) + 5) % 12 + 1, substr(day, 9))))
              FROM (SELECT substr(last || '-01-01', 1, 10) AS day FROM _listing WHERE _listing.id = link.id LIMIT 1)
           ) AS speaks_until
      FROM link
      JOIN link_type ON link_type.id = +link.type_id
      JOIN record AS source ON source.id = link.source_id
      JOIN record AS target ON target.id = link.target_id
  );

-- The first and the last day on which sources have a link, by what they cite it for or their own day. A living source repeats
-- it up to its newest release.
CREATE VIEW _listing AS
SELECT id,
       coalesce(
         (SELECT coalesce(as_of, published) AS day
            FROM _citation JOIN evidence ON evidence.id = evidence_id JOIN source ON source.id = source_id
           WHERE subject = iif(cites, 'link', 'record') AND subject_id = iif(cites, cited.id, owner_id)
             AND day NOT LIKE 'X%' ORDER BY substr(day || '-01-01', 1, 10) LIMIT 1),
         (SELECT published FROM _sole JOIN evidence ON evidence.id = evidence_id JOIN source ON source.id = source_id
           WHERE NOT cites AND _sole.id = owner_id AND published NOT LIKE 'X%')) AS first,
       coalesce(
         (SELECT coalesce(
                   as_of,
                   (SELECT published FROM source AS later
                     WHERE later.living = 1 AND series = source.series AND source.living AND published NOT LIKE 'X%'
                       AND (gone IS NULL OR published < (SELECT published FROM source WHERE source.id = gone))
                     ORDER BY published DESC LIMIT 1), published) AS day
            FROM _citation JOIN evidence ON evidence.id = evidence_id JOIN source ON source.id = source_id
           WHERE subject = iif(cites, 'link', 'record') AND subject_id = iif(cites, cited.id, owner_id)
             AND coalesce(as_of, published) NOT LIKE 'X%' ORDER BY substr(day || '-12-31', 1, 10) DESC LIMIT 1),
         (SELECT coalesce(
                   (SELECT published FROM source AS later
                     WHERE later.living = 1 AND series = source.series AND source.living AND published NOT LIKE 'X%'
                       AND (gone IS NULL OR published < (SELECT published FROM source WHERE source.id = gone))
                     ORDER BY published DESC LIMIT 1), published)
            FROM _sole JOIN evidence ON evidence.id = evidence_id JOIN source ON source.id = source_id
           WHERE NOT cites AND _sole.id = owner_id AND published NOT LIKE 'X%')) AS last
  FROM (
    SELECT link.id, gone, iif(link_type.owner = 'source', source_id, target_id) AS owner_id,
           EXISTS (SELECT 1 FROM _citation WHERE subject = 'link' AND subject_id = link.id) AS cites
      FROM link JOIN link_type ON link_type.id = +link.type_id
  ) AS cited;
