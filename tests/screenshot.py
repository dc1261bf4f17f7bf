"""Draws `docs/screenshot.svg`, which README shows: the explorer itself on the built-in register (`make screenshot`)."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path

from db.register import open_register
from tests.tui.exploring import Exploring
from tui.explorer.app import Explorer

PICTURE = Path(__file__).parents[1] / "docs" / "screenshot.svg"
SIZE = (128, 36)


async def draw() -> str:
    """Search as in the README, open what is found, and return the screen as SVG."""
    os.environ["COLORTERM"] = "truecolor"
    app = Explorer(lambda: open_register(builtin=True))
    async with app.run_test(size=SIZE) as pilot:
        exploring = Exploring(app, pilot)
        await exploring.settle()
        await exploring.search("northern lincolnsire")
        await exploring.press("enter")
        svg = app.export_screenshot(title="interlock")
    # A picture must not fetch fonts from elsewhere, nor get another name for its parts each time.
    svg = re.sub(r"@font-face\s*{.*?}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"terminal-\d+", "terminal", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


if __name__ == "__main__":
    PICTURE.write_text(asyncio.run(draw()), "utf-8")
    print(f"drew {PICTURE}")
