"""One way to write a name, for the index and for what a person types, so that both meet."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Container
from functools import cache, lru_cache
from typing import Any
from unicodedata import combining, normalize

ABBREVIATIONS: dict[str, str] = {
    "ave": "avenue",
    "ccg": "clinical commissioning group",
    "center": "centre",
    "cic": "community interest company",
    "cllr": "councillor",
    "cncl": "council",
    "cttee": "committee",
    "ctr": "centre",
    "dept": "department",
    "ft": "foundation trust",
    "govt": "government",
    "hlth": "health",
    "hosp": "hospital",
    "hosps": "hospitals",
    "hwb": "health and wellbeing board",
    "icb": "integrated care board",
    "icp": "integrated care partnership",
    "ics": "integrated care system",
    "lcp": "local care partnership",
    "lms": "local maternity system",
    "lmns": "local maternity and neonatal system",
    "ltd": "limited",
    "med": "medical",
    "mgmt": "management",
    "nhse": "nhs england",
    "nhsft": "nhs foundation trust",
    "organization": "organisation",
    "pcn": "primary care network",
    "pct": "primary care trust",
    "pharm": "pharmacy",
    "rd": "road",
    "sq": "square",
    "surg": "surgery",
    "uni": "university",
    "univ": "university",
}
"""What a word stands for wherever it stands; `st` depends on its place."""

TYPED: dict[str, str] = {
    "999": "ambulance", "aco": "accountable care organisation", "ambulances": "ambulance", "bc": "borough council",
    "bcf": "better care fund", "beds": "bedfordshire", "berks": "berkshire", "bham": "birmingham",
    "boss": "chief executive", "brum": "birmingham", "bucks": "buckinghamshire", "ca": "combined authority",
    "cambs": "cambridgeshire", "cc": "county council", "ceo": "chief executive", "cov": "coventry",
    "csp": "community safety partnership", "dc": "district council", "derbys": "derbyshire",
    "dgh": "district general hospital", "exec": "executive", "glh": "genomic laboratory hub",
    "glos": "gloucestershire", "gloucs": "gloucestershire", "gtr": "greater", "hants": "hampshire",
    "herts": "hertfordshire", "hq": "headquarters", "ijb": "integration joint board", "iow": "isle of wight",
    "isdn": "integrated stroke delivery network", "lancs": "lancashire", "lda": "learning disabilities autism",
    "leics": "leicestershire", "lincs": "lincolnshire", "mbc": "metropolitan borough council", "mcr": "manchester",
    "mdc": "metropolitan district council", "mh": "mental health", "mids": "midlands", "northants": "northamptonshire",
    "nottm": "nottingham", "notts": "nottinghamshire", "oxon": "oxfordshire", "paramedics": "ambulance",
    "pbp": "place based partnership", "qe": "queen elizabeth", "salop": "shropshire", "shrops": "shropshire",
    "soton": "southampton", "staffs": "staffordshire", "warks": "warwickshire", "wilts": "wiltshire",
    "worcs": "worcestershire", "x": "cross", "yorks": "yorkshire",
}  # fmt: skip
"""What a word may stand for that a person types; names that have it stay as they are, since it may stand for itself."""

AFTER_STREET = frozenset(
    "centre clinic dental dentist family group health hospital house medical medicine pharmacy practice surgeries"
    " surgery walk".split()
)
"""Words before which `st` in the middle of a name is a street, not a saint."""

STOP_WORDS = frozenset("a an and at by for in of on or the to with y yr".split())
"""Words that a person may add or leave out; the last two are Welsh articles."""

BODY_WORDS = ("nhs", "foundation", "trust", "borough", "county", "city", "council", "limited", "plc", "cic", "group")
"""Words that initials may leave out (of SWNFT remains SWFT), the first in this order being left out soonest."""

_COMPANIES = ("limited", "ltd", "plc", "cic", "llp", "company")
_FILLERS = ("about", "all", "as", "from", "is", "it", "its", "our", "please", "show", "their", "up")
_TITLES = ("dame", "dr", "lady", "lord", "miss", "mr", "mrs", "ms", "prof", "professor", "sir")
USUAL_WORDS = STOP_WORDS.union(("nhs", "foundation", "trust", "group"), _COMPANIES, _FILLERS, _TITLES)
"""Words that a person may add to a name without meaning another body, as `council` or `county` would."""

LETTERS = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
    "ŧ": "t",
}
"""Letters that Unicode does not take apart into a letter and an accent."""

LONGEST = 300
"""Letters of a name that search reads; hostile names and queries of any length cost no more."""
_RAW = 2000
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʻ`´′＇"))
_SIGNS = {sign: " " for sign in range(128) if not chr(sign).isalnum()}
_ABBREVIATED = frozenset(("st", *ABBREVIATIONS))
_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 3, 10
_LEFT_OUT = STOP_WORDS.union(BODY_WORDS)
_DOTTED = r"(?<![a-z0-9])(?:[a-z]\.){2,}(?![a-z0-9])|(?<![a-z0-9])(?:[a-z]\.)+[a-z](?![a-z0-9])"
"""Dots between single letters, which make one word of them: `n.h.s.` is `nhs`."""
_POSTCODE = r"([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})"
_WHOLE_POSTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}"


def plain(text: str) -> str:
    """Return the words of `text` in lower case without accents, apostrophes and punctuation, one space apart."""
    if text.isascii() and len(text) <= LONGEST // 2:
        text = text.lower()
        if text.replace(" ", "").isalnum():
            return " ".join(text.split())
    if text.isascii():
        text = text[:_RAW].replace("'", "").replace("`", "").lower()
    else:
        text = _unaccented(text[:_RAW].translate(_APOSTROPHES).lower())
    if "." in text:
        text = re.sub(_DOTTED, lambda found: found[0].replace(".", ""), text)
    text = text.replace("&", " and ").replace("+", " plus ").translate(_SIGNS)
    if not text.isascii():
        text = "".join([letter if letter.isalnum() else " " for letter in text])
    return " ".join(text.split())[:LONGEST].rstrip()


def _unaccented(text: str) -> str:
    apart = normalize("NFKD", text.casefold()).casefold()
    return "".join(LETTERS.get(letter, letter) for letter in apart if not combining(letter))


def expanded(words: str) -> str:
    """Return plain words with this field's abbreviations written out: `oxleas nhs ft` ends in `foundation trust`."""
    listed = words.split()
    if _ABBREVIATED.isdisjoint(listed):
        return words
    return " ".join(
        _street_or_saint(listed, place) if word == "st" else ABBREVIATIONS.get(word, word)
        for place, word in enumerate(listed)
    )


def _street_or_saint(words: list[str], place: int) -> str:
    if place == 0:
        return "saint"
    following = words[place + 1] if place + 1 < len(words) else None
    return "street" if following is None or following in AFTER_STREET else "saint"


def forms(name: str) -> tuple[str, ...]:
    """Return the spellings under which a name is kept: written out first, then with its own abbreviations."""
    own = plain(name)
    if not own:
        return ()
    whole = expanded(own)
    return (whole,) if whole == own else (whole, own)


@lru_cache(maxsize=50_000)
def spellings(name: str) -> frozenset[str]:
    """Return the spellings that mean the same name, with a `The` before it and without."""
    bare = [form.removeprefix("the ") for form in forms(name)]
    return frozenset((*bare, *(f"the {form}" for form in bare)))


def readings(text: str) -> tuple[str, ...]:
    """Return what a typed text may mean: as `forms`, and with the last word as it stands, for it may be unfinished."""
    own = plain(text)
    if not own:
        return ()
    head, _, last = own.rpartition(" ")
    half = f"{expanded(head)} {last}" if head else last
    words = own.split()
    in_full = _with_areas(own)
    spelt: tuple[str, ...] = ()
    if in_full != own or not TYPED.keys().isdisjoint(words):
        spelt = (expanded(" ".join(TYPED.get(word, word) for word in in_full.split())),)
    return tuple(dict.fromkeys((*spelt, expanded(own), half, own)))


def _with_areas(words: str) -> str:
    """Return a text in plain words with the initials of areas in full, where other words stand beside them."""
    whole = f" {words} "
    for said, area in _areas():
        if f" {said} " in whole and said != words:
            whole = whole.replace(f" {said} ", f" {area} ")
    return whole.strip()


def told_in(file: str) -> dict[str, Any]:
    """Return what a data file of the search holds, `question_words.json` or another."""
    with open(os.path.join(os.path.dirname(__file__), file), encoding="utf-8") as opened:
        told: dict[str, Any] = json.load(opened)
    return told


def without(name: str, words: Container[str]) -> str:
    """Return, in plain words and in full, a name without some words."""
    return " ".join(word for word in expanded(plain(name)).split() if word not in words)


@cache
def _areas() -> tuple[tuple[str, str], ...]:
    """Return what people write for areas, the longest first, each with the area."""
    told: dict[str, str] = told_in("area_initials.json")["areas"]
    return tuple(sorted(told.items(), key=lambda one: -len(one[0])))


def needed_words(text: str) -> list[str]:
    """Return the words that must be found: all but small ones, which people leave out; the last may be unfinished."""
    words = text.split()
    needed = [word for word in words[:-1] if word not in STOP_WORDS]
    return list(dict.fromkeys([*needed, words[-1]]))


def is_outward(word: str) -> bool:
    """Whether a word is the first half of a postcode, which never stands for a longer one (LA1 is not LA10)."""
    area, district = (word[:2], word[2:]) if word[1:2].isalpha() else (word[:1], word[1:])
    right = word.isascii() and word.isalnum() and word == word.lower()
    return right and area.isalpha() and district[:1].isdigit() and len(district) <= 2


def initials(words: str) -> set[str]:
    """Return the acronyms that a name in plain words may go by: with and without small words and words for a body."""
    listed = words.split()
    if not _SHORTEST_ACRONYM <= len(listed) <= 24:
        return set()
    if _LEFT_OUT.isdisjoint(listed):
        found = {_first_letters(listed)}
    else:
        found = _with_fewer_bodies(listed)
        if not STOP_WORDS.isdisjoint(listed):
            found |= _with_fewer_bodies([word for word in listed if word not in STOP_WORDS])
    return {one for one in found if _SHORTEST_ACRONYM <= len(one) <= _LONGEST_ACRONYM}


def _with_fewer_bodies(words: list[str]) -> set[str]:
    """Return the initials of all words, then with the words for a body left out one after the other."""
    found = {_first_letters(words)}
    for left_out in BODY_WORDS:
        if left_out in words:
            words = [word for word in words if word != left_out]
            found.add(_first_letters(words))
    return found


def _first_letters(words: list[str]) -> str:
    return "".join([word[0] for word in words])


def squashed(words: str) -> str:
    """Return plain words without the spaces, as acronyms are compared: `sel ics` is `selics`."""
    return words.replace(" ", "")


def place_words(*parts: str | None) -> str:
    """Return the words of an address, a postcode always as its two halves."""
    return " ".join([words for part in parts if part and (words := _place_part(part))])


def address_words(town: str | None, county: str | None, postcode: str | None) -> str:
    """The same as `place_words`, quicker where many addresses are in one town."""
    area = _area_words(town, county)
    if not postcode:
        return area
    words = postcode.lower() if re.fullmatch(_WHOLE_POSTCODE, postcode) else _place_part(postcode)
    return f"{area} {words}" if area and words else area or words


@lru_cache(maxsize=8_192)
def _area_words(town: str | None, county: str | None) -> str:
    return place_words(town, county)


@lru_cache(maxsize=8_192)
def _place_part(part: str) -> str:
    return re.sub(_POSTCODE, r"\1 \2", plain(part))
