"""Hostile texts in every field of every format, as search texts and as names of files: all are no more than text."""

from __future__ import annotations

import csv
import io
import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from random import Random
from shutil import copyfile

import pytest

from db.hidden_characters import is_hidden
from db.register import open_register
from tests.importers.ods_csv import lists
from tests.reliability.formats import PLACES_MAP
from tests.reliability.hostile import file_name, text
from tests.reliability.registers import held, said
from tests.reliability.sampling import chance, samples
from tests.tui.exploring import NARROW, WIDE
from tests.tui.test_every_character import JOINERS
from tests.tui.test_screen_safety import drawn, left_over
from tui.cli.arguments import FORMATS
from tui.explorer.symbols import PLAIN, Symbols

EVIL = "org:evil"
SHOWN = (
    ["show", EVIL], ["links", EVIL], ["timeline", EVIL], ["find", "Hill", "--all", "--explain"],
    ["find", "kind:person"],
    ["runs"], ["diff", "2"], ["review"], ["stats"], ["sql", "SELECT * FROM name"], ["sql", "SELECT * FROM fact"],
    ["sql", "SELECT * FROM reject"], ["sql", "SELECT * FROM source"],
)  # fmt: skip


def records(rng: Random) -> str:
    """A records file with a hostile text in every field that takes a text."""

    def make() -> str:
        return text(rng) or "x"

    document = {"key": "doc:evil", "title": make(), "publisher": make(), "url": make(), "licence": make()}
    evidence = {"source": "doc:evil", "locator": make(), "quote": make(), "note": make(), "claimant": EVIL}
    facts = [{"property": name, "text": make(), "unit": make()} for name in ("aim", "website")]
    address = {"lines": [make(), make()], "town": make(), "county": make(), "postcode": make(), "country": make()}
    body = {
        "key": EVIL, "name": make(), "verbatim": make(), "summary": make(), "legal_basis": make(), "address": address,
        "names": [{"name": make(), "kind": kind} for kind in ("short", "former", "acronym")],
        "identifiers": [{"scheme": make(), "value": f"1 {make()}"}], "facts": facts, "evidence": [evidence],
        "events": [{"date": "2020", "kind": "formed", "text": make()}],
        "links": [{"type": "part-of", "to": "org:far", "name": make()}],
    }  # fmt: skip
    alliance = {
        "key": "arr:evil",
        "name": make(),
        "type": "alliance",
        "participants": [{"who": EVIL, "role": "member"}],
    }
    person = {"name": f"Ann {make()}", "posts": [{"in": EVIL, "role": "chair"}]}
    other = {"key": f"org:{make()}", "name": make(), "links": [{"type": "part-of", "to": EVIL}]}
    return json.dumps(
        {"format": "interlock-records/1", "id": "evil", "title": make(), "publisher": make(), "documents": [document],
         "organisations": [body, other], "arrangements": [alliance], "people": [person]}
    )  # fmt: skip


def table(rng: Random) -> str:
    """A table with a hostile text in every cell, codes aside."""
    out = io.StringIO(newline="")
    headings = ("code", "name", "list", "opened", "place.town", "parent", "parent_name")
    csv.writer(out).writerow(headings)
    for row in range(6):
        cells = [text(rng) for _ in headings[1:]]
        # Most of them with a day that is one, since no row without is taken.
        cells[2] = "2016" if row else cells[2]
        csv.writer(out).writerow([f"V9{row}", *cells])
    return out.getvalue()


def trusts(rng: Random) -> str:
    """An ODS list with hostile texts where names and addresses stand."""
    cells = ("c5", "c6", "c7", "c8", "c9", "c10")
    rows = [lists.trust(f"R{row}Z", text(rng), **{cell: text(rng) for cell in cells}) for row in range(6)]
    return lists.text([lists.trust(), *rows])


CONTENTS: dict[str, Callable[[Random], str]] = {"e.json": records, "e.csv": table, "etr-2024-05.csv": trusts}


def check_shown(answer: str, form: str) -> None:
    """Nothing in an answer acts on a terminal, hides, or is a formula; what programs read can be read."""
    allowed = JOINERS | ({"\n", "\t"} if form == "tsv" else {"\n"})
    assert {char for char in answer if is_hidden(char)} <= allowed, ascii(answer)
    if form == "json" and answer:
        json.loads(answer)
    elif form == "jsonl":
        for line in answer.splitlines():
            json.loads(line)
    elif form in ("csv", "tsv"):
        for row in csv.reader(io.StringIO(answer), delimiter="\t" if form == "tsv" else ","):
            for cell in row:
                first = unicodedata.normalize("NFKC", cell.strip('" \u00a0\u3000')[:1])
                assert first not in ("=", "+", "@") and (first != "-" or _is_number(cell)), ascii(cell)


def _is_number(cell: str) -> bool:
    try:
        return bool(float(cell)) or True
    except ValueError:
        return False


def filled(built_in: Path, folder: Path, rng: Random) -> Path:
    """A register into which files of hostile texts were imported, under hostile names; it is well."""
    path = Path(copyfile(built_in, folder / "r.db"))
    (folder / "map.yaml").write_text(PLACES_MAP, "utf-8")
    for name, make in CONTENTS.items():
        place = folder / f"in-{name}"
        place.mkdir()
        file = place / (name if name.startswith("etr") else f"{file_name(rng)}.{name.rpartition('.')[2]}")
        file.write_bytes(make(rng).encode("utf-8", "surrogatepass"))
        mapped = ("--map", folder / "map.yaml") if name == "e.csv" else ()
        form = rng.choice(FORMATS)
        done = said("import", file, *mapped, "--db", path, "--format", form)
        assert done.code in (0, 3), done
        check_shown(done.answer, form)
        check_shown(done.remarks, "table")
    assert held(path)
    assert said("show", EVIL, "--db", path).code == 0
    return path


@samples(24)
def test_texts_of_files_in_every_answer(
    built_in: Path, tmp_path: Path, number: int, counts: Callable[[int], None]
) -> None:
    rng = chance("texts", number)
    path = filled(built_in, tmp_path, rng)
    for words in SHOWN:
        form = rng.choice(FORMATS)
        done = said(*words, "--db", path, "--format", form)
        assert done.code in (0, 1), (words, done)
        check_shown(done.answer, form)
        check_shown(done.remarks, "table")
    done = said("export", "--to", "records", "--db", path)
    assert done.code == 0, done
    check_shown(done.answer, "table")
    (tmp_path / "again.yaml").write_text(done.answer, "utf-8")
    again = said("import", tmp_path / "again.yaml", "--dry-run", "--strict", "--db", path)
    assert again.code == 0, again
    counts(len(SHOWN) + len(CONTENTS) + 2)


@samples(300)
def test_texts_that_people_type(rich: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    rng = chance("typed", number)
    here = tmp_path / "a" / "b" / "c"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)  # `import ..` reads what is there
    # A shell hands over no zero byte, and bytes that are no text as halves of characters.
    typed = text(rng, most=5).replace("\x00", "").replace("\ud800", "\udcff")
    words = rng.choice(
        (["find", typed], ["find", "Hill", typed], ["show", typed], ["links", typed], ["timeline", typed], [typed],
         ["sql", typed], ["sql", f"SELECT '{typed}'"], ["import", typed], ["diff", typed], ["undo", typed],
         ["review", "--accept", typed], ["export", typed, "--to", "records"], ["find", "x", "--limit", typed],
         ["stats", "--format", typed], ["map", typed])
    )  # fmt: skip
    form = () if "--format" in words or words[0] in ("export", "map") else ("--format", rng.choice(FORMATS))
    if words == ["-"] or "-" in words:
        return  # the standard input, which is that of the tests
    register = () if words[0] in ("map",) else ("--db", rich)
    done = said(*words, *form, *register)
    check_shown(done.answer, form[1] if form and done.answer else "table")
    check_shown(done.remarks, "table")


@samples(40)
def test_names_of_registers(built_in: Path, tmp_path: Path, number: int) -> None:
    rng = chance("names", number)
    path = tmp_path / file_name(rng)
    if path.exists():
        return
    copyfile(built_in, path)
    file = tmp_path / "etr-2024-05.csv"
    file.write_text(lists.text([lists.trust()]), "utf-8")
    before = set(os.listdir(tmp_path))
    for words in (["import", file], ["find", "moorland"], ["undo", "2"], ["doctor"]):
        done = said(*words, "--db", path)
        assert done.code == 0, done
        check_shown(done.answer + done.remarks, "table")
    assert {name for name in os.listdir(tmp_path) if not name.endswith(("-wal", "-shm"))} == before


@samples(8)
async def test_texts_on_the_screen(built_in: Path, tmp_path: Path, number: int) -> None:
    rng = chance("screen", number)
    path = filled(built_in, tmp_path, rng)
    keys = tuple(rng.choice(("e", "down", "G", "tab", "enter", "y", "Y", "backspace", "c", "j")) for _ in range(12))
    size, symbols = rng.choice((NARROW, WIDE)), rng.choice((PLAIN, Symbols()))
    written = await drawn(lambda: open_register(path), EVIL, keys, size, symbols, text(rng))
    assert left_over(written) <= {"U+200C", "U+200D"}
