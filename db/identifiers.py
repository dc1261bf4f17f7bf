"""The form of an identifier, by its scheme: how the register writes it, and what cannot be one.

One rule for every importer, for keys and for what people type. ODS codes as the lists and successions of 1992 to 2025
have them (72,000 codes, nearly all of three to nine characters); GSS codes as the Register of Geographic Codes of the
Office for National Statistics; companies, charities, UPRN and URN as their registers number them.
"""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import category, normalize

from db.errors import printable

ODS_LEAST, ODS_MOST = 2, 12
"""Letters and digits that an ODS code has."""

_ODS_DIGITS = (3, 5)
"""How many digits an ODS code has that is of digits alone: councils have three, Scottish practices five."""

_WORDS = frozenset(
    "CODE ENGLAND FALSE GRAND NONE NULL ODSCODE OTHER SCOTLAND SUBTOTAL TBA TBC TOTAL TOTALS TRUE UNKNOWN VARIOUS"
    " WALES".split()
)
"""What stands in a column of codes and is a word: totals, truth values and fillers of spreadsheets.

A word of three letters may be a code (NIL, SUM), but for those that no list has as one.
"""

_GSS_LETTERS = "EJKLMNSW"
_COMPANY_DIGITS = 8
_CHARITY_DIGITS = (4, 7)
_UPRN_DIGITS = 12
_URN_DIGITS = (5, 6)


def normalised(scheme: str, text: str) -> str:
    """Return an identifier as the register writes it: case, width, invisible characters and leading zeros aside.

    Leading zeros mean nothing in the numbers of companies and charities, and everything in ODS codes (`001`, `00C`).
    Raises ValueError, in words that can be shown to a person, where the text cannot be an identifier of the scheme.
    """
    scheme = scheme.lower()
    form = _FORMS.get(scheme)
    if form is None:
        return text
    plain = in_plain_letters(text)
    try:
        return form(plain.upper())
    except ValueError as error:
        raise ValueError(f"{_quoted(plain)} is {error}") from None


def written(scheme: str, text: str) -> str:
    """Return an identifier as the register writes it where it can be one, else as it stands."""
    try:
        return normalised(scheme, text)
    except ValueError:
        return text


def is_one(scheme: str, text: str) -> bool:
    """Whether a text can be an identifier of the scheme."""
    try:
        return bool(normalised(scheme, text))
    except ValueError:
        return False


def is_as_written(scheme: str, text: str) -> bool:
    """Whether a text is an identifier of the scheme just as its register writes it."""
    try:
        return normalised(scheme, text) == text
    except ValueError:
        return False


def in_plain_letters(text: str) -> str:
    """Return a text as codes are written: no letter of full width, nothing around it, nothing that nobody sees."""
    plain = visible(text)
    if plain.isascii():
        return plain
    return visible(normalize("NFKC", plain))


def visible(text: str) -> str:
    """Return a text without white space around it and without what nobody sees, such as a zero-width space."""
    text = text.strip()
    if text.isascii():
        return text
    return "".join(mark for mark in text if category(mark) != "Cf" and not "\ufe00" <= mark <= "\ufe0f").strip()


def _ods(code: str) -> str:
    if code.isascii() and code.isalnum() and ODS_LEAST <= len(code) <= ODS_MOST:
        if code in _WORDS:
            raise ValueError("a word and no ODS code")
        if not code.isdigit() or len(code) in _ODS_DIGITS:
            return code
    raise ValueError(f"no ODS code{_damage(code)}")


def _damage(code: str) -> str:
    """What a spreadsheet seems to have made of a code, which only the list itself can mend."""
    digits = "".join(mark for mark in code if mark.isdigit())
    if code.isdigit():
        return " but a number; a spreadsheet may have made it of a code such as 5E1"
    if len(digits) >= 6 and all(mark.isdigit() or mark in "-/. :T" for mark in code):
        return " but a date; a spreadsheet may have made it of a code"
    if digits and all(mark.isdigit() or mark in ".,+-E" for mark in code):
        return " but a number; a spreadsheet may have made it of a code such as 5E1"
    return ""


def _gss(code: str) -> str:
    if len(code) == 9 and code[0] in _GSS_LETTERS and code.isascii() and code[1:].isdigit():
        return code
    raise ValueError("no GSS code, which is a letter and eight digits such as E06000001")


def _company(text: str) -> str:
    """Eight digits, or two letters for where it is registered and six; zeros that a spreadsheet cut are put back."""
    code = text.replace(" ", "")
    letters = len(code) - len(code.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    number, end = code[letters:], ""
    if letters and number.endswith("R"):
        number, end = number[:-1], "R"
    room = _COMPANY_DIGITS - letters - len(end)
    if not (code.isascii() and letters <= 2 and number.isdigit() and len(number.lstrip("0")) <= room):
        raise ValueError("no company number, which has eight digits or two letters and six digits")
    return code[:letters] + number.lstrip("0").zfill(room) + end


def _charity(text: str) -> str:
    """Digits, for Scotland and Northern Ireland behind SC and NIC; a linked charity has its number behind a hyphen."""
    code = text.replace(" ", "")
    prefix = next((one for one in ("SC", "NIC", "NI") if code.startswith(one)), "")
    number, hyphen, part = code[len(prefix) :].partition("-")
    plain = number.lstrip("0")
    least, most = _CHARITY_DIGITS
    if not (code.isascii() and number.isdigit() and least <= len(plain) <= most and part.isdigit() == bool(hyphen)):
        raise ValueError(f"no charity number, which has {least} to {most} digits")
    # The register of Scotland writes six digits, with the zeros; the others write none.
    number = plain.zfill(6) if prefix == "SC" else plain
    return prefix + number + (f"-{part.lstrip('0') or '0'}" if hyphen else "")


def _uprn(text: str) -> str:
    if text.isascii() and text.isdigit() and len(text) <= _UPRN_DIGITS and text.strip("0"):
        return text
    raise ValueError(f"no UPRN, which has at most {_UPRN_DIGITS} digits")


def _urn(text: str) -> str:
    if text.isascii() and text.isdigit() and _URN_DIGITS[0] <= len(text) <= _URN_DIGITS[1]:
        return text
    raise ValueError("no URN of a school, which has six digits")


def _quoted(text: str) -> str:
    short = text if len(text) <= 40 else text[:39] + "…"
    return "'" + printable(short) + "'"


_FORMS: dict[str, Callable[[str], str]] = {
    "ods": _ods,
    "gss": _gss,
    "company": _company,
    "company-number": _company,
    "companies-house": _company,
    "crn": _company,
    "gb-coh": _company,
    "charity": _charity,
    "charity-number": _charity,
    "gb-chc": _charity,
    "gb-sc": _charity,
    "gb-nic": _charity,
    "uprn": _uprn,
    "urn": _urn,
}
"""What each scheme makes of a text in capitals; schemes that are not here take any text."""
