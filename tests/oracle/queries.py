"""What is searched for: names, codes, acronyms, slips, people, places, filters, and what finds nothing."""

from __future__ import annotations

BUILTIN = (
    "wye valley", "wye vally", "WVT", "SWFT", "RLQ", "ods:RJC", "rjc", "foundation group", "foundation grop",
    "glen burley", "burley", "burly", "south warwickshire", "warwick", "hereford", "HR1", "HR1 2ER", "nhs trust",
    "trust", "t", "tr", "guy's", "guys and st thomas", "st thomas'", "king's college", "kings colege hospital",
    "dartford", "darent valley", "dgt", "oxleas", "sidcup", "queen mary's", "erith", "bexley", "together", "navigo",
    "care plus", "lincolnshire", "goole", "blackburn", "blackburn with darwen", "darwen care", "tap", "324",
    "stp", "stp footprints", "footprints", "five year forward view", "nhs act 2006", "nhs confederation", "rob webster",
    "cancer alliance", "maternity", "ics", "integrated care", "kind:arrangement", "kind:person", "kind:site",
    "type:nhs-trust", "type:foundation", "role:member", "place:dartford", "postcode:CV34", "status:planned",
    "-status:closed kind:arrangement", "source:stp", "trust kind:organisation", "trust -kind:organisation",
    "kind:arrangement place:kent", "kind:colour", "xyzzy", "wye xyzzy", "é", "%", "\"wye valley\"", "the", "&",
    "warwickshire wye", "valley wye trust nhs", "south east london", "SEL ICS", "facilities management",
)  # fmt: skip

NATIONAL = (
    "trust", "nhs foundation trust", "hospital", "surgery", "surgry", "primary care network", "pcn", "boots", "RT0001",
    "gp0003", "GP000", "healthcare limited", "alliance", "alex example", "friends", "nobody knows", "lodge town",
    "integrated care board", "kind:arrangement", "type:pharmacy status:closed", "place:ripon", "status:closed trust",
    "high street", "yarm", "role:gp-practice", "care home -status:open",
)  # fmt: skip
