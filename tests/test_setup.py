"""Setting a checkout up says what is missing, in words that tell what to do, and leaves nothing half made."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

NEEDED = ("sh", "dirname", "cat", "cksum", "date", "grep", "cut", "head", "rm")

OLD = '#!/bin/sh\ncase "$2" in *"%d.%d.%d"*) echo 3.8.18 ;; *) exit 1 ;; esac\n'
"""A Python that tells its version and fails every other question."""

WITHOUT_VENV = (
    '#!/bin/sh\ncase "$2" in *ensurepip*) exit 1 ;; *"%d.%d.%d"*) echo 3.12.1 ;; *"%d.%d"*) echo 3.12 ;; esac\n'
)
"""A Python as Debian ships it: new enough, but unable to make a virtual environment."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with nothing installed, and a PATH folder beside it without any Python."""
    (tmp_path / "bin").mkdir()
    for name in NEEDED:
        tool = shutil.which(name)
        if tool is None:
            pytest.skip(f"there is no {name} on this machine to set up with")
        (tmp_path / "bin" / name).symlink_to(tool)
    tree = tmp_path / "tree"
    (tree / ".ci").mkdir(parents=True)
    for name in (".ci/install", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, tree / name)
    return tree


def put_python(checkout: Path, name: str, script: str) -> None:
    """Put a make-believe Python on the PATH."""
    path = checkout.parent / "bin" / name
    path.write_text(script, "utf-8")
    path.chmod(0o755)


def refusal(checkout: Path, python: str = "") -> str:
    """What setting up says when it refuses; nothing may have been made."""
    settings = {"PATH": str(checkout.parent / "bin"), "PYTHON": python}
    command = ("sh", ".ci/install", "run")
    done = subprocess.run(command, cwd=checkout, env=settings, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert not (checkout / ".venv").exists()
    assert done.stderr.count("\n") == 1
    return done.stderr


def test_without_any_python_it_says_which_one_is_wanted(checkout: Path) -> None:
    assert "needs Python 3.11 or newer, and found none" in refusal(checkout)


def test_an_old_python_is_named_with_its_version(checkout: Path) -> None:
    put_python(checkout, "python3", OLD)
    assert "found only 3.8.18" in refusal(checkout)
    assert "PYTHON=python3 is Python 3.8.18" in refusal(checkout, "python3")


def test_a_python_that_does_not_run_is_passed_over(checkout: Path) -> None:
    put_python(checkout, "python3.13", "#!/bin/sh\nexit 127\n")
    put_python(checkout, "python3", WITHOUT_VENV)
    assert "python3 (Python 3.12) came without 'venv'" in refusal(checkout)


def test_a_python_without_venv_names_the_package_that_brings_it(checkout: Path) -> None:
    put_python(checkout, "python3.12", WITHOUT_VENV)
    assert "apt install python3.12-venv" in refusal(checkout)
    assert "apt install python3.12-venv" in refusal(checkout, "python3.12")


def test_a_python_that_was_asked_for_and_is_not_there_is_no_reason_to_take_another(checkout: Path) -> None:
    put_python(checkout, "python3", WITHOUT_VENV)
    assert "PYTHON=no-such-python is not a Python that runs here" in refusal(checkout, "no-such-python")
