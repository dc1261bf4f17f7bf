"""How this field writes its names: abbreviations and words that say little; Python, for reading loads no YAML."""

from __future__ import annotations

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
"""What a word stands for wherever it stands; `st` depends on its place and is told apart in `normalise`."""

AFTER_STREET = frozenset(
    "centre clinic dental dentist family group health hospital house medical medicine pharmacy practice surgeries"
    " surgery walk".split()
)
"""Words before which `st` in the middle of a name is a street, not a saint."""

STOP_WORDS = frozenset("a an and at by for in of on or the to with y yr".split())
"""Words that a person may add or leave out; the last two are Welsh articles."""

TITLES = frozenset("baroness cllr councillor dame dr lady lord miss mr mrs ms prof professor sir".split())
"""Words before a person's name."""

BODY_WORDS = ("nhs", "foundation", "trust", "borough", "county", "city", "council", "limited", "plc", "cic", "group")
"""Words that initials may leave out (of SWNFT remains SWFT), the first in this order being left out soonest."""

USUAL_WORDS = STOP_WORDS.union(("nhs", "foundation", "trust", "limited", "plc", "cic", "group"))
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
