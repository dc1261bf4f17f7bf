"""One way to write a name, for the index and for what a person types, so that both meet."""

from __future__ import annotations

import re
from functools import lru_cache

from db.search.lexicon import ABBREVIATIONS, AFTER_STREET, LETTERS

LONGEST = 300
"""Letters of a name that search reads; hostile names and queries of any length cost no more."""
_RAW = 2000
_APOSTROPHES = re.compile("['’‘‛ʼʻ`´′＇]+")
_DOTTED = re.compile(r"(?<![a-z0-9])(?:[a-z]\.){2,}(?![a-z0-9])|(?<![a-z0-9])(?:[a-z]\.)+[a-z](?![a-z0-9])")
_APART = re.compile(r"[^a-z0-9]+")
_POSTCODE = re.compile(r"([a-z]{1,2}[0-9][a-z0-9]?) ?([0-9][a-z]{2})")
_is_postcode = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}").fullmatch
_OUTWARD = re.compile(r"[a-z]{1,2}[0-9][a-z0-9]?")
_ABBREVIATED = frozenset(("st", *ABBREVIATIONS))


def plain(text: str) -> str:
    """Return the words of `text` in lower case without accents, apostrophes and punctuation, one space apart."""
    if text.isascii() and len(text) <= LONGEST // 2:
        text = text.lower()
        if text.replace(" ", "").isalnum():
            return " ".join(text.split())
        return _plain_ascii(text)
    text = _APOSTROPHES.sub("", text[:_RAW]).lower()
    if not text.isascii():
        text = _unaccented(text)
    text = _without_dots(text).replace("&", " and ").replace("+", " plus ")
    if text.isascii():
        text = _APART.sub(" ", text)
    else:
        text = " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())
    return text.strip()[:LONGEST].rstrip()


def _plain_ascii(text: str) -> str:
    text = text.replace("'", "").replace("`", "")
    if "." in text:
        text = _without_dots(text)
    return _APART.sub(" ", text.replace("&", " and ").replace("+", " plus ")).strip()[:LONGEST].rstrip()


def _without_dots(text: str) -> str:
    return _DOTTED.sub(lambda found: found[0].replace(".", ""), text) if "." in text else text


def _unaccented(text: str) -> str:
    # Costs a millisecond that most queries need not pay.
    from unicodedata import combining, normalize

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


def readings(text: str) -> tuple[str, ...]:
    """Return what a typed text may mean: as `forms`, and with the last word as it stands, for it may be unfinished."""
    own = plain(text)
    if not own:
        return ()
    head, _, last = own.rpartition(" ")
    half = f"{expanded(head)} {last}" if head else last
    return tuple(dict.fromkeys((expanded(own), half, own)))


def place_words(*parts: str | None) -> str:
    """Return the words of an address, a postcode always as its two halves."""
    return " ".join([words for part in parts if part and (words := _place_part(part))])


def address_words(town: str | None, county: str | None, postcode: str | None) -> str:
    """The same as `place_words`, quicker where many addresses are in one town."""
    area = _area_words(town, county)
    if not postcode:
        return area
    words = postcode.lower() if _is_postcode(postcode) else _place_part(postcode)
    return f"{area} {words}" if area and words else area or words


@lru_cache(maxsize=8_192)
def _area_words(town: str | None, county: str | None) -> str:
    return place_words(town, county)


@lru_cache(maxsize=8_192)
def _place_part(part: str) -> str:
    return _POSTCODE.sub(r"\1 \2", plain(part))


def is_outward(word: str) -> bool:
    """Whether a word is the first half of a postcode, which never stands for a longer one (LA1 is not LA10)."""
    return _OUTWARD.fullmatch(word) is not None
