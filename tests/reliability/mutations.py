"""Damaged files of every format: each import ends as imports may, in one line where it fails, and harms no register."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from random import Random
from shutil import copyfile

from tests.importers.ods_xml.mutations import mutated
from tests.national.zips import zipped
from tests.reliability.formats import Sound
from tests.reliability.hostile import PIECES
from tests.reliability.registers import Said, held, left_behind, said
from tests.reliability.sampling import chance, samples


def damaged(data: bytes, other: bytes, rng: Random) -> bytes:
    """The data with some bytes flipped, cut, doubled, put in, or those of another file in their place."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        place = rng.randrange(len(out) + 1)
        length = rng.choice((1, 1, 2, 5, 20, 200, 2000))
        match rng.randrange(7):
            case 0:
                out[place : place + 1] = bytes([rng.randrange(256)])
            case 1:
                del out[place : place + length]
            case 2:
                out[place:place] = out[place : place + length]
            case 3:
                begin = rng.randrange(len(other))
                out[place : place + length] = other[begin : begin + length]
            case 4:
                out[place:place] = rng.choice(PIECES).encode("utf-8", "surrogatepass")
            case 5:
                out[place : place + 1] = bytes([(out[place] if place < len(out) else 0) ^ 1 << rng.randrange(8)])
            case _ if rng.random() < 0.2:
                del out[place:]
            case _:
                out[place:place] = rng.choice((b"\n", b'"', b",", b"{", b"]", b"<", b"\x00", b"\xff", b"9" * 400))
    return bytes(out or b"\n")


def harmed(data: bytes, other: bytes, rng: Random) -> bytes:
    """A damaged file; of a zip, one time in three the zip itself, else what is in it."""
    if not data.startswith(b"PK") or rng.random() < 0.3:
        if data.lstrip(b"\xef\xbb\xbf").startswith(b"<") and rng.random() < 0.5:
            return mutated(data, rng.randrange(10**9))
        return damaged(data, other, rng)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    chosen = rng.choice(sorted(members))
    return zipped({**members, chosen: harmed(members[chosen], other, rng)})


def check_import(words: list[str | Path], register: Path) -> Said:
    """Import something into a register: all is counted and the register is well, or nothing of it has changed."""
    before = register.read_bytes()
    done = said("import", *words, "--db", register, "--format", "json")
    assert done.code in (0, 2, 3), done
    assert left_behind(register) == set()
    if done.code:
        # What was refused row by row is told all the same.
        assert not done.answer or json.loads(done.answer)["run"] is None
        assert register.read_bytes() == before
        return done
    for source in json.loads(done.answer)["sources"]:
        counted = ("added", "updated", "unchanged", "closed", "rejected")
        assert source["read"] == sum(source[name] for name in counted), source
    assert held(register)
    return done


@samples(800)
def test_damaged_files(sound: dict[str, Sound], rich: Path, tmp_path: Path, number: int) -> None:
    rng = chance("file", number)
    one = sound[sorted(sound)[number % len(sound)]]
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / one.file
    path.write_bytes(harmed(one.content, rng.choice(sorted(sound.items()))[1].content, rng))
    register = tmp_path / "own" / "interlock.db"
    register.parent.mkdir()
    copyfile(rich, register)
    words: list[str | Path] = [path]
    if one.mapping:
        (tmp_path / "map.yaml").write_text(one.mapping, "utf-8")
        words += ["--map", tmp_path / "map.yaml"]
    check_import(words, register)


@samples(160)
def test_damaged_mappings(sound: dict[str, Sound], rich: Path, tmp_path: Path, number: int) -> None:
    rng = chance("mapping", number)
    mapped = sorted((name, one) for name, one in sound.items() if one.mapping)
    one = rng.choice(mapped)[1]
    assert one.mapping
    (tmp_path / "map.yaml").write_bytes(damaged(one.mapping.encode(), mapped[0][1].content, rng))
    (tmp_path / one.file).write_bytes(one.content)
    register = tmp_path / "own" / "interlock.db"
    register.parent.mkdir()
    copyfile(rich, register)
    check_import([tmp_path / one.file, "--map", tmp_path / "map.yaml"], register)


@samples(1)
def test_sound_files_are_taken(sound: dict[str, Sound], rich: Path, tmp_path: Path, number: int) -> None:
    """Without this, files of which none is read at all would pass."""
    for name, one in sound.items():
        path = tmp_path / one.file
        path.write_bytes(one.content)
        words: list[str | Path] = [path]
        if one.mapping:
            (tmp_path / "map.yaml").write_text(one.mapping, "utf-8")
            words += ["--map", tmp_path / "map.yaml"]
        register = Path(copyfile(rich, tmp_path / "r.db"))
        done = said("import", *words, "--db", register, "--format", "json")
        assert done.code == 0, (name, done)
        assert sum(source["read"] - source["rejected"] for source in json.loads(done.answer)["sources"]) > 0, name
