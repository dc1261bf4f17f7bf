"""What the ORD API is asked: a record by its code, which records changed, what roles are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from db.errors import InputError
from importers.documents import nodes
from importers.ods.codes import codes
from importers.ods.organisation import RefusedError
from importers.ods_api.addresses import VARIABLE, is_code
from importers.ods_api.answers import next_page, refusal, refused, total, tree
from importers.ods_api.client import Answer, Client
from importers.ods_json.fields import json_codes, many, text

MOST_BYTES = 4 * 1024**2
"""The most of a record; real ones take 100 KB."""
MOST_LISTED_BYTES = 64 * 1024**2
"""The most of a list of changes, which the API gives whole: some 200,000 links at 100 bytes are 20 MB."""
PAGE = 1_000
MOST_PAGES = 1_000
MOST_CHANGED = 500_000
"""The most changes; there are some 400,000 organisations in all."""

_NAMED = re.compile(r'"(R[OE]\d{1,6})"')


class NoRecordError(Exception):
    """A code for which there is no record that can be used; the text is the reason."""


@dataclass(slots=True)
class Api:
    """The API at one address; once it has answered like one, a 404 is about a code and not about all of it."""

    client: Client
    _alive: bool = False
    _names: dict[str, str] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def record(self, code: str) -> str:
        """The record of a code, as JSON on one line; raises `NoRecordError` where there is none."""
        path = f"organisations/{code}"

        def judge(answer: Answer) -> str | None:
            if answer.status == 200:
                root = tree(answer)
                said = _code(root)
                if said != code:
                    other = f"with the record of {said[:20]!r}" if said else "with no record of one"
                    raise NoRecordError(f"the API answers for {code} {other}")
                return _on_one_line(answer)
            if answer.status == 404:
                self._alive = self._alive or refusal(answer) is not None
                return None
            if answer.status == 410:
                raise self._withdrawn(answer.status)
            if answer.status in (400, 406):
                raise NoRecordError(f"the API refuses {code}: {refusal(answer) or answer.status}")
            raise refused(answer, self.client.shown(path))

        found = self.client.ask(path, judge, {}, MOST_BYTES)
        if found is None:
            self._check_alive()
            raise NoRecordError(f"the API knows no record of {code}")
        self._alive = True
        return found

    def changed(self, since: str) -> list[str]:
        """What changed since a day: codes, and whatever else stands where one belongs; each once, in order.

        Raises `InputError` where the list is not whole.
        """
        listed: dict[str, None] = {}
        place: dict[str, str] = {}
        received, offset = 0, 0
        for _ in range(MOST_PAGES):
            answer, root = self._list("sync", {"LastChangeDate": since, **place})
            links = many(root, "Organisations")
            received += len(links)
            if received > MOST_CHANGED:
                raise InputError(f"{self.client.shown('sync')}: lists more than {MOST_CHANGED:,} changes; refused")
            listed.update((_linked(one), None) for one in links)
            count = total(answer)
            place = next_page(answer, offset, PAGE)
            if not place and count is not None and links and received < count:
                place = {"Limit": str(PAGE), "Offset": str(received)}
            if not place or not links:
                break
            offset = int(place["Offset"])
        else:
            raise InputError(f"{self.client.shown('sync')}: lists more than {MOST_PAGES:,} pages; refused")
        if count is not None and received < count:
            told = f"counts {count:,} changed records and lists {received:,}"
            raise InputError(f"{self.client.shown('sync')}: {told}; try again")
        return list(listed)

    def names(self, records: Iterable[str]) -> dict[str, str]:
        """What the API calls those roles and relationships in records of which we have no name, as far as it says."""
        wanted = {name for record in records for name in _NAMED.findall(record)} - _known()
        for path, kind in (("roles", "RO"), ("rels", "RE")):
            if path not in self._asked and any(name.startswith(kind) for name in wanted):
                self._asked.add(path)
                self._names |= self._ask_names(path)
        return {name: self._names[name] for name in sorted(wanted) if name in self._names}

    def _ask_names(self, path: str) -> dict[str, str]:
        """A table of names; records are as good without, so whatever goes wrong is passed over."""
        try:
            _, root = self._list(path, {}, tries=1)
            found = [one for name in root.entries for one in many(root, name)]
            return {text(one, "id"): text(one, "displayName") for one in found if text(one, "displayName")}
        except (InputError, RefusedError):
            return {}

    def _list(self, path: str, params: Mapping[str, str], tries: int | None = None) -> tuple[Answer, nodes.MappingNode]:
        def judge(answer: Answer) -> tuple[Answer, nodes.MappingNode]:
            if answer.status in (404, 410):
                raise self._withdrawn(answer.status)
            if answer.status != 200:
                raise refused(answer, self.client.shown(path))
            return answer, tree(answer)

        more = {} if tries is None else {"tries": tries}
        found = self.client.ask(path, judge, params, MOST_LISTED_BYTES, **more)
        self._alive = True
        return found

    def _check_alive(self) -> None:
        """Raise `InputError` where it is the API that is not there, and not a record of it."""
        if not self._alive:
            self._list("organisations", {"Status": "Active", "Limit": "1"})

    def _withdrawn(self, status: int) -> InputError:
        return InputError(
            f"{self.client.shown('').rstrip('/')}: the server answers {status} where the ORD API should be; "
            f"it may have been withdrawn: import the national XML release, or set {VARIABLE} to where the API is"
        )


def _known() -> frozenset[str]:
    """Ids that need no name from the API."""
    return frozenset({*json_codes()["roles"], *codes().relationships})


def _code(root: nodes.MappingNode) -> str:
    try:
        return text(root, "Organisation", "OrgId", "extension")
    except RefusedError:
        return ""


def _linked(link: nodes.MappingNode) -> str:
    """The code at the end of a link; of the rest of it nothing is used."""
    try:
        written = text(link, "OrgLink")
    except RefusedError:
        return ""
    code = written.partition("?")[0].rstrip("/").rpartition("/")[2]
    return code if is_code(code) else written[:80]


def _on_one_line(answer: Answer) -> str:
    """The JSON text without its line ends, which in JSON stand between values only."""
    return answer.body.decode("utf-8-sig").replace("\r", " ").replace("\n", " ").strip()
