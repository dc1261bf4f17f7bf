"""`interlock remove`: a record that was entered by mistake is taken away, and that can be undone."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.conftest import Interlock

MINE = """\
format: interlock-records/1
id: mine
title: Mine
organisations:
  - {key: "org:wye-valet", name: Wye Valet Parking}
arrangements:
  - key: arr:wye-group
    name: Wye Group
    participants:
      - {who: "ods:RLX", role: member}
"""


def test_a_record_is_taken_away_and_undo_brings_it_back(interlock: Interlock, tmp_path: Path) -> None:
    path, mine = tmp_path / "r.db", tmp_path / "mine.yaml"
    mine.write_text(MINE, "utf-8")
    assert interlock("import", mine, "--db", path).returncode == 0
    done = interlock("remove", "Wye Valet Parking", "--db", path, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"version": 1, "run": 3, "key": "org:wye-valet", "sources": ["file:mine"]}
    assert done.stderr == "org:wye-valet is taken away in run 3; interlock undo 3 takes that back\n"
    assert interlock("show", "org:wye-valet", "--db", path).returncode == 1
    assert interlock("undo", "3", "--db", path).returncode == 0
    assert interlock("show", "org:wye-valet", "--db", path).returncode == 0
    refused = interlock("remove", "ods:RLX", "--db", path)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("interlock: ods:RLX is described by no source")
    assert interlock("remove", "arr:foundation-group", "--db", path).returncode == 2
