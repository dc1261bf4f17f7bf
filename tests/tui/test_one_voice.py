"""Commands and explorer say the same of a record, word for word."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from db.model import Record
from db.register import open_register
from tests.tui.fake_register import FakeRegister
from tests.tui.samples import RECORD
from tests.tui.unfolding import lines, record_items, unfolded
from tui.cli.page import GROUP, markdown_page, text_page
from tui.cli.terminal import Palette
from tui.explorer.symbols import Symbols
from tui.text import phrases
from tui.text.record_page import record_page
from tui.text.safe import markdown, visible

WIDE = 20_000
"""Cells in which no text has to be broken."""


def texts(record: Record, most: int | None, links: int | None, *, printed: bool) -> Iterator[str]:
    """Every text of a record's page, with so many lines of each group at most."""
    page = record_page(record, lambda ident: links if ident.startswith("links:") else most, printed=printed)
    yield from (page.standing, page.key if printed else phrases.code(page.key), page.name)
    for group in (group for section in page.sections for group in section.groups):
        for line in group.lines:
            for one in (line, *line.under):
                yield from (one.text, one.about, one.date, one.label)


def unsaid(held: str, said: Iterator[str], safe: Callable[[str], str] = visible) -> list[str]:
    """The texts that are not held."""
    return [text for text in said if safe(text) not in held]


def joined(words: str) -> str:
    """A text with one blank where there are several."""
    return " ".join(words.split())


def assert_one_voice(record: Record) -> None:
    """Fail where the pane, print or Markdown leaves out, or words otherwise, what stands on a record's page."""
    # Prose is broken into lines that the eye can follow, whatever room there is.
    pane = joined(" ".join(lines(unfolded(record_items(record, WIDE, Symbols()), WIDE))))
    assert unsaid(pane, texts(record, None, None, printed=False), lambda one: joined(visible(one))) == []
    assert unsaid("\n".join(text_page(record, None, Palette())), texts(record, None, GROUP, printed=True)) == []
    assert unsaid("\n".join(markdown_page(record)), texts(record, None, None, printed=True), markdown) == []


@pytest.mark.parametrize("record", [RECORD, *map(FakeRegister().record, ("arr:foundation-group", "ods:RLQ"))])
def test_whatever_a_page_says_is_said_by_the_pane_in_print_and_in_markdown(record: Record) -> None:
    assert_one_voice(record)


def test_every_record_of_the_built_in_register_reads_the_same_everywhere() -> None:
    with open_register(None, builtin=True) as register:
        for key in register.keys():
            assert_one_voice(register.record(key, with_timeline=True))
