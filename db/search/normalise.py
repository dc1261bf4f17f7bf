"""One way to write a name, for the index and for what a person types, so that both meet."""

from __future__ import annotations

from db.search.text import ABBREVIATIONS, AFTER_STREET, LETTERS

LONGEST = 300
"""Letters of a name that search reads; hostile names and queries of any length cost no more."""
_RAW = 2000
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘‛ʼʻ`´′＇"))
_SIGNS = {sign: " " for sign in range(128) if not chr(sign).isalnum()}
_ABBREVIATED = frozenset(("st", *ABBREVIATIONS))


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
    if "." in text and _has_initials(text):
        # Its expression costs a search from the shell 15 ms, and few names have such.
        from db.search.text import without_dots

        text = without_dots(text)
    text = text.replace("&", " and ").replace("+", " plus ").translate(_SIGNS)
    if not text.isascii():
        text = "".join([letter if letter.isalnum() else " " for letter in text])
    return " ".join(text.split())[:LONGEST].rstrip()


def _has_initials(text: str) -> bool:
    """Whether a dot stands between a letter of its own and another letter, as in `n.h.s`."""
    place = text.find(".")
    while place >= 0:
        before = text[max(place - 2, 0) : place - 1]
        alone = not (before.isascii() and before.isalnum())
        if alone and text[place - 1 : place].isalpha() and text[place + 1 : place + 2].isalpha():
            return True
        place = text.find(".", place + 1)
    return False


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


def is_outward(word: str) -> bool:
    """Whether a word is the first half of a postcode, which never stands for a longer one (LA1 is not LA10)."""
    area, district = (word[:2], word[2:]) if word[1:2].isalpha() else (word[:1], word[1:])
    right = word.isascii() and word.isalnum() and word == word.lower()
    return right and area.isalpha() and district[:1].isdigit() and len(district) <= 2
