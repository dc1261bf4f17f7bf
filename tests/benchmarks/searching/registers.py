"""Registers to search in: an imported release of a made-up country of any size, or files of the real one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tests.national.making import make


def country(folder: Path, organisations: int, seed: int, *, varied: bool) -> Path:
    """Return a register of a made-up country, imported as anyone would, unless an earlier run left it in `folder`."""
    path = folder / f"national-{organisations}-{seed}{'-varied' if varied else ''}.db"
    if not path.exists():
        release, draft = path.with_suffix(".zip"), path.with_name(f"draft-{path.name}")
        draft.unlink(missing_ok=True)
        print(f"making {release.name} of {organisations:,} organisations, then importing it…", file=sys.stderr)
        make(release, organisations, seed, varied=varied)
        _imported(draft, [release])
        release.unlink()
        draft.rename(path)
    return path


def real(folder: Path, files: Iterable[Path]) -> Path:
    """Return a register of the files, imported anew."""
    path = folder / "real.db"
    path.unlink(missing_ok=True)
    _imported(path, files)
    return path


def _imported(path: Path, files: Iterable[Path]) -> None:
    command = (sys.executable, "-m", "tui", "import", "--db", str(path), *map(str, files))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"could not be imported: {done.stderr.strip()}")
