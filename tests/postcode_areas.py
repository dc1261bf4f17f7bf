"""`python -m tests.postcode_areas [SHARED]`: makes tui/text/postcode_areas.csv anew from the shared lists of hospitals.

A postcode area stands where the middle of its hospitals is, moved as little as it takes for each to have a tile of its
own. Areas with fewer than two hospitals in these lists, all but a few of them outside England and Wales, have none.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tui" / "text" / "postcode_areas.csv"
ROWS, COLUMNS = 17, 12
_POSTCODE = re.compile(r"([A-Z]{1,2})\d[A-Z\d]? ?\d[A-Z]{2}\Z")


def hospitals(data: Path) -> Iterator[tuple[str, float, float]]:
    """Yield the postcode area, latitude and longitude of hospitals."""
    for one in json.loads((data / "sites" / "hospitals-2024.json").read_text("utf-8")):
        if (found := _POSTCODE.match(one["Postcode"])) and one["Latitude"]:
            yield found[1], float(one["Latitude"]), float(one["Longitude"])
    for line in (data / "sites" / "nhs-choices-hospitals.csv").read_text("cp1252").splitlines()[1:]:
        cells = line.split("¬")
        for place, cell in enumerate(cells):
            if (found := _POSTCODE.match(cell)) and cells[place + 1]:
                yield found[1], float(cells[place + 1]), float(cells[place + 2])
                break


def made(shared: Path) -> str:
    """Return the file: the row and column of each area."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for area, north, east in hospitals(shared / "data"):
        points[area].append((north, east))
    middle = {
        area: (median(north for north, _ in several), median(east for _, east in several))
        for area, several in sorted(points.items())
        if len(several) > 1
    }
    top, bottom = max(north for north, _ in middle.values()), min(north for north, _ in middle.values())
    left, right = min(east for _, east in middle.values()), max(east for _, east in middle.values())
    wanted = {
        area: ((top - north) / (top - bottom) * (ROWS - 1), (east - left) / (right - left) * (COLUMNS - 1))
        for area, (north, east) in middle.items()
    }
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("area", "row", "column"))
    writer.writerows((area, *divmod(tile, COLUMNS)) for area, tile in sorted(_tiles(wanted).items()))
    return text.getvalue()


def _tiles(wanted: dict[str, tuple[float, float]]) -> dict[str, int]:
    """Return a tile for each area, so that they are moved as little as can be in all (by the Hungarian method)."""
    areas = list(wanted)
    costs = [
        [
            (2 * (wanted[area][0] - row)) ** 2 + (3 * (wanted[area][1] - column)) ** 2
            for row in range(ROWS)
            for column in range(COLUMNS)
        ]
        for area in areas
    ]
    tiles = ROWS * COLUMNS
    rows, columns, match, way = [0.0] * (len(areas) + 1), [0.0] * (tiles + 1), [0] * (tiles + 1), [0] * (tiles + 1)
    for n in range(1, len(areas) + 1):
        match[0], at = n, 0
        least, used = [float("inf")] * (tiles + 1), [False] * (tiles + 1)
        while match[at]:
            used[at], row, step, following = True, match[at], float("inf"), 0
            for tile in range(1, tiles + 1):
                if not used[tile]:
                    cost = costs[row - 1][tile - 1] - rows[row] - columns[tile]
                    if cost < least[tile]:
                        least[tile], way[tile] = cost, at
                    if least[tile] < step:
                        step, following = least[tile], tile
            for tile in range(tiles + 1):
                if used[tile]:
                    rows[match[tile]] += step
                    columns[tile] -= step
                else:
                    least[tile] -= step
            at = following
        while at:
            match[at], at = match[way[at]], way[at]
    return {areas[match[tile] - 1]: tile - 1 for tile in range(1, tiles + 1) if match[tile]}


def main(shared: Path) -> int:
    """Write the file; return 2 where the lists are not there."""
    if not (shared / "data" / "sites").is_dir():
        print(f"no public files in {shared.name}: name the folder that has them", file=sys.stderr)
        return 2
    FILE.write_text(made(shared), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared"))
