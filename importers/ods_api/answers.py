"""Judging what the API answers: records and lists, refusals in its words, and pages of somebody else's making."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from db.errors import InputError, printable
from importers.base import Sample
from importers.detect import describe, is_html
from importers.documents.faults import SyntaxFaultError
from importers.documents.json_tree import parse_json
from importers.documents.nodes import MappingNode
from importers.ods.organisation import RefusedError
from importers.ods_api.client import Answer, BrokenAnswerError
from importers.ods_json.fields import text, written
from importers.text import peek

_SHOWN = 120


def tree(answer: Answer) -> MappingNode:
    """The object that an answer is; raises `BrokenAnswerError` for one that is cut off, no JSON or a web page."""
    try:
        root = parse_json(answer.body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BrokenAnswerError("is no UTF-8") from None
    except SyntaxFaultError as wrong:
        seen = peek(answer.body[:4096])
        if is_html(seen) or not seen.strip():
            said = describe(Sample("", answer.body[:4096], seen, len(answer.body)))
            raise BrokenAnswerError(f"is {said} in the place of JSON") from None
        raise BrokenAnswerError(f"is cut off or no JSON ({wrong.message[:80]})") from None
    if not isinstance(root, MappingNode):
        raise BrokenAnswerError("is JSON, but no object")
    return root


def refusal(answer: Answer) -> str | None:
    """What the API says of an error, None where the answer is not in its words."""
    try:
        root = tree(answer)
        said = " ".join(text(root, "errorText").split())
        if not said and not written(root, "errorCode"):
            return None
    except (BrokenAnswerError, RefusedError):
        return None
    return printable(said)[:_SHOWN]


def refused(answer: Answer, shown: str) -> InputError:
    """The error for an answer that is neither a success nor worth another try."""
    said = refusal(answer)
    words = f"answers {answer.status}" + (f" ({said})" if said else "")
    if answer.status in (401, 403):
        return InputError(f"{shown}: the server {words}: it lets nobody in, or not from here; ask who runs it")
    return InputError(f"{shown}: the server {words}; it may not be the ORD API 2-0-0: check the address")


def total(answer: Answer) -> int | None:
    """How many there are in all, None where that is not told."""
    return _count(answer.headers.get("x-total-count", ""))


def next_page(answer: Answer, after: int, most: int) -> dict[str, str]:
    """The place of the next page: its two numbers, never its address; empty where there is none beyond `after`."""
    try:
        query = parse_qs(urlsplit(answer.headers.get("next-page", "")).query)
    except ValueError:
        return {}
    offset, limit = (_count(query.get(name, [""])[0]) for name in ("Offset", "Limit"))
    if offset is None or offset <= after:
        return {}
    return {"Limit": str(min(limit or most, most)), "Offset": str(offset)}


def _count(written: str) -> int | None:
    written = written.strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None
