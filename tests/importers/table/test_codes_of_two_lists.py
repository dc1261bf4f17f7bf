"""Two lists that give one body the same two codes, each under another of them, speak of one record and ask nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import permutations

from db.store.session import ImportSession
from tests.importers.table.made import reading

COUNCILS = """\
format: interlock-map/1
id: councils
records:
  - kind: organisation
    key: "gss:{gss}"
    name: "{name}"
    identifiers:
      - {scheme: gss, value: "{gss}"}
      - {scheme: lac, value: "{code}"}
    links:
      - {type: in-geography-of, to: "lac:{county}"}
"""
CODES = """\
format: interlock-map/1
id: codes
records:
  - kind: organisation
    key: "lac:{code}"
    identifiers:
      - {scheme: lac, value: "{code}"}
      - {scheme: gss, value: "{gss}"}
"""
TABLES = [
    (COUNCILS, "gss,code,name,county\nE07000991,HIL,Hill Council,SHI\nE10000991,SHI,Shire County Council,\n"),
    (CODES, "code,gss\nHIL,E07000991\nSHI,E10000991\n"),
]


def test_two_codes_of_one_body_ask_no_question_whichever_list_comes_first() -> None:
    for order in permutations(TABLES):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
            session = ImportSession.in_memory(connection, command="import")
            for said, rows in order:
                session.take(reading(rows, said), format="table")
            session.finish()
            names = connection.execute("SELECT name FROM record WHERE kind = 'organisation' ORDER BY name")
            assert names.fetchall() == [("Hill Council",), ("Shire County Council",)]
            assert connection.execute("SELECT what FROM suggestion WHERE state = 'open'").fetchall() == []
