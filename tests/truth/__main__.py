"""`python -m tests.truth [SHARED]`: imports the shared files, some minutes, and writes docs/truth.md."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.stories import start_with_stories
from tests.truth.page import PAGE, ROOT, measured, page
from tests.truth.register import all_files, imported


def main(shared: Path) -> int:
    """Write the page; 0 where it was written or the files are not there, which is said."""
    if not (shared / "data").is_dir():
        print(f"no public files in {shared.name}: name the folder that has them", file=sys.stderr)
        return 0
    start_with_stories()
    with tempfile.TemporaryDirectory() as folder:
        found = measured(imported(Path(folder) / "all.db", all_files(shared)))
    PAGE.write_text(page(found), "utf-8")
    print(page(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"))
