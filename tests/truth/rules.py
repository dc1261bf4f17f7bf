"""What the register of all shared files must show, each as a number that a question to that register answers."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import NamedTuple

from db.keys import CODE_ONLY
from tests.truth import dated, heads, names, posts, twins

_BODIES = (
    "'integrated-care-board', 'nhs-trust', 'nhs-foundation-trust', 'clinical-commissioning-group', 'primary-care-trust'"
)
_STP, _ICS = "'sustainability-and-transformation-partnership'", "'integrated-care-system'"
_TIED = (
    "EXISTS (SELECT 1 FROM link JOIN link_type ON link_type.id = type_id JOIN record board ON board.id = target_id"
    " WHERE source_id = record.id AND link_type.name = '{}' AND board.type = {})"
)
_BOARD = "'integrated-care-board'"
_PASSED_ON = "key IN (SELECT predecessor_key FROM successions)"

_DATED_BY_SOME = (
    "EXISTS (SELECT 1 FROM link l JOIN link_type t ON t.id = l.type_id AND t.name = 'succeeded-by'"
    " JOIN value s ON s.link_id = l.id AND s.what = 'start' JOIN _citation x ON x.subject = 'value'"
    " AND x.subject_id = s.id JOIN evidence d ON d.id = x.evidence_id WHERE l.source_id = v.record_id"
)
"""Of a closing `v`: a succession of its body of which not all state the day, and who does, `d`; lacks its bracket."""


class Rule(NamedTuple):
    """A rule of what many sources say together: what was measured before it held, what it must be, and the question."""

    about: str
    before: int
    must_be: int
    question: str | Callable[[sqlite3.Connection], int]
    """SQL with one number for its answer, or what counts by the tables."""


RULES = (
    Rule(
        "participations called current that lists of past years alone state", 7_012, 0,
        "SELECT count(*) FROM participations WHERE status = 'current' AND listed_last < '2026'",
    ),
    Rule(
        "posts called current that lists of past years alone state", 40, 0,
        "SELECT count(*) FROM posts WHERE status = 'current' AND (listed_last IS NULL OR listed_last < '2026')",
    ),
    Rule("people told in lists by a post that is over, as if they held it", 60, 0, posts.told_by_a_post_that_is_over),
    Rule(
        "people who lead a footprint by the list of 2019: 38 of 45 cells name one, six several, one nobody", 38, 52,
        "SELECT count(*) FROM posts WHERE role = 'STP lead'",
    ),
    Rule(
        "people who hold a shared post, or chair or run a group, by the notes of the collected arrangements", 0, 42,
        "SELECT count(*) FROM link JOIN link_type ON link_type.id = type_id JOIN record ON record.id = target_id"
        " WHERE link_type.name = 'holds-post-in' AND record.kind = 'arrangement' AND role IS NOT 'footprint-lead'",
    ),
    Rule(
        "posts that are said to have no holder", 0, 1,
        "SELECT count(*) FROM fact WHERE property = 'post-without-holder'",
    ),
    Rule(
        "cells of leads that are people, or nobody, and stayed words", 7, 0,
        "SELECT count(*) FROM fact WHERE property = 'lead-as-written'",
    ),
    Rule(
        "codes that are only pointed at and are found by searching for organisations", 45_070, 0,
        f"SELECT count(*) FROM record JOIN _search_text ON record_id = record.id WHERE {CODE_ONLY}",
    ),
    Rule(
        "names of sub-ICB locations that a list has cut in the middle of their code", 7, 0,
        "SELECT count(*) FROM name WHERE name GLOB '* ICB[0-9][A-Z]'",
    ),
    Rule(
        "boards open", 48, 36,
        "SELECT count(*) FROM record WHERE type = 'integrated-care-board' AND open = 1 AND NOT placeholder",
    ),
    Rule(
        "boards abolished in April 2026, closed the day before", 0, 12,
        "SELECT count(*) FROM record WHERE type = 'integrated-care-board' AND closed = '2026-03-31'",
    ),
    Rule(
        "abolished boards without a successor", 0, 0,
        "SELECT count(*) FROM record WHERE type = 'integrated-care-board' AND closed IS NOT NULL"
        f" AND NOT {_PASSED_ON}",
    ),
    Rule(
        "STP footprints that are records of their own", 0, 45,
        f"SELECT count(*) FROM record WHERE type = {_STP} AND kind = 'arrangement' AND key LIKE 'arr:stp-%'",
    ),
    Rule(
        "STP footprints open or of unknown status", 1, 0,
        f"SELECT count(*) FROM record WHERE type = {_STP} AND open IS NOT 0",
    ),
    Rule(
        "footprints that lead to their board and their system in one step", 0, 42,
        f"SELECT count(*) FROM record WHERE type = {_STP} AND {_TIED.format('became', _BOARD)}"
        f" AND {_TIED.format('became', _ICS)}",
    ),
    Rule(
        "integrated care systems", 43, 42,
        f"SELECT count(*) FROM record WHERE type = {_ICS} AND kind = 'arrangement'",
    ),
    Rule(
        "systems tied to no board", 43, 0,
        f"SELECT count(*) FROM record WHERE type = {_ICS} AND NOT {_TIED.format('convened-by', _BOARD)}",
    ),
    Rule(
        "boards of 2022 and 2026", 48, 48,
        f"SELECT count(*) FROM record WHERE type = {_BOARD} AND kind = 'organisation'",
    ),
    Rule(
        "partners and leaders of 2017 to 2019 on a board", 784, 0,
        "SELECT (SELECT count(*) FROM participations JOIN record ON record.key = arrangement_key"
        f" WHERE record.type = {_BOARD}) + (SELECT count(*) FROM posts JOIN record ON record.key = body_key"
        f" WHERE record.type = {_BOARD} AND listed_first < '2022')",
    ),
    Rule(
        "trusts, boards and groups described that passed on and are open or of unknown status", 161, 0,
        f"SELECT count(*) FROM record WHERE type IN ({_BODIES}) AND open IS NOT 0 AND NOT placeholder AND {_PASSED_ON}",
    ),
    Rule(
        "primary care trusts that are open or of unknown status", 146, 0,
        "SELECT count(*) FROM record WHERE type = 'primary-care-trust' AND open IS NOT 0",
    ),
    Rule(
        "practices told their commissioner twice, dated and undated", 6_828, 0,
        "SELECT count(*) FROM (SELECT 1 FROM link JOIN link_type ON link_type.id = type_id"
        " WHERE link_type.name = 'commissioned-by' GROUP BY source_id, target_id"
        " HAVING sum(since IS NULL) > 0 AND sum(since IS NOT NULL AND until IS NULL) > 0)",
    ),
    Rule(
        "successions told twice, dated and undated", 82, 0,
        "SELECT count(*) FROM (SELECT 1 FROM successions WHERE link_type = 'succeeded-by'"
        " GROUP BY predecessor_key, successor_key HAVING sum(date IS NULL) > 0 AND count(date) > 0)",
    ),
    Rule(
        "arrangements whose stated term has run out, told as a day that gaps name", 0, 8,
        "SELECT count(DISTINCT record_id) FROM event WHERE kind = 'term-ends' AND date < '2026'",
    ),
    Rule(
        "participations called current in arrangements whose stated term has run out", 0, 0,
        "SELECT count(*) FROM participations JOIN record ON record.key = arrangement_key"
        " JOIN event ON record_id = record.id WHERE event.kind = 'term-ends' AND event.date < '2026'"
        " AND participations.status = 'current'",
    ),
    Rule(
        "councils that are members of combined authorities, as the list of councils has them", 0, 65,
        "SELECT count(*) FROM participations JOIN record ON record.key = arrangement_key"
        " WHERE record.type = 'combined-authority' AND record.kind = 'organisation' AND listed_last >= '2025'",
    ),
    Rule(
        "what is told of members of academic health science centres as of the end of a term, and not of a page", 30, 0,
        "SELECT count(*) FROM participations WHERE listed_last = '2025-03-31'",
    ),
    Rule(
        "closings inferred of a succession that cite who does not date it", 3, 0,
        "SELECT count(*) FROM value v JOIN _citation c ON c.subject = 'value' AND c.subject_id = v.id"
        " JOIN evidence e ON e.id = c.evidence_id"
        f" WHERE v.what = 'closed' AND v.why = 'passed-on' AND {_DATED_BY_SOME})"
        f" AND NOT {_DATED_BY_SOME} AND d.source_id = e.source_id AND d.locator = e.locator)",
    ),
    Rule(
        "events that say no more than a succession of the same day", 12, 0,
        "SELECT count(*) FROM event e WHERE kind IN ('merged', 'succeeded') AND EXISTS ("
        "SELECT 1 FROM link JOIN link_type t ON t.id = type_id WHERE t.category = 'succession' AND since = e.date"
        " AND (link.source_id = e.record_id OR target_id = e.record_id))",
    ),
    Rule(
        "changes to the list of STPs that are told as what an STP did that day", 5, 0,
        "SELECT count(*) FROM _citation c JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id"
        " JOIN event ON event.id = c.subject_id WHERE c.subject = 'event' AND s.key LIKE 'file:stp-changes%'"
        " AND event.kind <> 'amended'",
    ),
    Rule(
        "Queen Mary's Hospital in Sidcup, of which two lists have a code each", 2, 1,
        "SELECT count(*) FROM record WHERE kind = 'site' AND type = 'hospital' AND name LIKE 'Queen Mary%'"
        " AND postcode = 'DA14 6LT'",
    ),
    Rule("boards called otherwise than by their legal name", 30, 0, names.boards_called_for_short),
    Rule("legal names, or other spellings of the present one, called former", 103, 0, names.legal_names_called_former),
    Rule("names that a trust has and that are another's", 8, 0, names.names_of_another_trust),
    Rule("names with wrong capitals", 258, 0, names.wrong_capitals),
    Rule("names that end with initials, or have a word cut short, in small letters", 5, 0, names.small_by_mistake),
    Rule(
        "lines of files, and records of releases, that are called rows", 99_363, 0,
        "SELECT count(*) FROM evidence JOIN source ON source.id = source_id WHERE format IS NOT NULL"
        " AND locator GLOB 'row [0-9]*'",
    ),
    Rule("open networks that all their practices have left, told as if some were there", 2, 0, dated.left_and_not_told),
    Rule(
        "holders of a shared post whom their own note has followed by an interim, told as if they held it", 1, 0,
        "SELECT count(*) FROM posts WHERE person_key = 'person:jonathan-lofthouse' AND status IS NOT 'past'",
    ),
    Rule(
        "councils and combined authorities that open on a day of an entry in a list", 8, 0,
        "SELECT count(*) FROM record WHERE (type = 'metropolitan-district' AND opened <> '1974-04-01')"
        " OR (type = 'combined-authority' AND opened = '2014-04-01')",
    ),
    Rule(
        "legal names of combined authorities that cite a list of short ones", 53, 0,
        "SELECT count(*) FROM _citation c JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id"
        " JOIN name n ON n.id = c.subject_id WHERE c.subject = 'name' AND n.name LIKE '%Combined Authority'"
        " AND s.key = 'file:combined-authority-districts-2023'",
    ),
    Rule(
        "codes of STPs that a slip in the list of changes made", 1, 0,
        "SELECT count(*) FROM record WHERE key LIKE 'arr:stp-q%' AND type IS NULL",
    ),
    Rule(
        "partners of a board by a row whose name is another trust's than its code", 1, 0,
        "SELECT count(*) FROM link JOIN link_type ON link_type.id = type_id JOIN record trust ON trust.id = source_id"
        " JOIN record board ON board.id = target_id WHERE link_type.name = 'partner-to'"
        " AND trust.key = 'ods:RYE' AND board.key = 'ods:QM7'",
    ),
    Rule(
        "bodies that are a remark on whom a council takes part for", 1, 0,
        "SELECT count(*) FROM record WHERE kind = 'organisation' AND name LIKE '%on behalf of%' AND key LIKE 'org:%'",
    ),
    Rule(
        "footprints whose end cites an Act, though no law made or ended one", 42, 0,
        "SELECT count(DISTINCT v.record_id) FROM value v JOIN record r ON r.id = v.record_id"
        " JOIN _citation c ON c.subject = 'value' AND c.subject_id = v.id JOIN evidence e ON e.id = c.evidence_id"
        f" JOIN source s ON s.id = e.source_id WHERE v.what = 'closed' AND s.key LIKE 'law:%' AND r.type = {_STP}",
    ),
    Rule(
        "collected arrangements read on several pages of which the first alone is named for all that they say", 57, 0,
        "SELECT count(DISTINCT a.id) FROM record a JOIN _citation c ON c.subject = 'record' AND c.subject_id = a.id"
        " JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id"
        " WHERE a.kind = 'arrangement' AND s.key LIKE 'file:curated-arrangements%' AND e.note LIKE 'Read at %'"
        " AND e.note NOT LIKE '%which of them says this%' AND 1 < (SELECT count(*) FROM link l"
        " JOIN link_type t ON t.id = l.type_id AND t.name = 'about'"
        " JOIN record d ON d.id = l.source_id AND d.type = 'web-page' WHERE l.target_id = a.id)",
    ),
    Rule(
        "hospitals of Wales told to be an English trust's by a list that does not know what they are", 12, 0,
        "SELECT count(*) FROM link l JOIN link_type t ON t.id = l.type_id AND t.name = 'operated-by'"
        " JOIN record site ON site.id = l.source_id JOIN record trust ON trust.id = l.target_id"
        " WHERE trust.type IN ('nhs-trust', 'nhs-foundation-trust')"
        " AND site.county IN ('Powys', 'Gwent', 'Gwynedd', 'Clwyd', 'Flintshire')"
        " AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.link_id = l.id AND f.property = 'who-runs-it')",
    ),
    Rule(
        "bodies, of one in twenty, that are told to be open and of which only undated or old lists say so", 335, 0,
        heads.open_without_a_day,
    ),
    Rule("trusts told to be foundation trusts in 2003, when there were none", 137, 0, heads.foundation_trusts_of_2003),
    Rule("primary care trusts told to have been open in 1950", 146, 0, heads.open_before_anything_tells),
    Rule(
        "places of split bodies of which no source is said to tell the heir, though one lists it there", 2, 0,
        heads.places_left_to_several_heirs,
    ),
    Rule("councils that stand twice, in pairs", 434, 0, twins.councils_twice),
    Rule("trusts, boards and groups that stand twice, in pairs", 3, 0, twins.trusts_and_boards_twice),
    Rule("arrangements of one type and the same members that stand twice", 11, 0, twins.same_members_twice),
    Rule("records that are dated and have no timeline, of one in fifty", 1_464, 0, dated.without_a_timeline),
    Rule("other pairs of one kind, name and place that no source has beside each other", 52, 11, twins.likely_twins),
)  # fmt: skip
