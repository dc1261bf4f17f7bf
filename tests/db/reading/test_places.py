"""Where records are: what is there now, by the letters of its postcode, each once."""

from __future__ import annotations

from tests.db.reading.small import Small


def test_what_is_linked_now_counts_once_and_what_has_closed_or_ended_does_not() -> None:
    small = Small()
    trust = small.record("ods:R1", "Trust", postcode="LS1 1AA")
    kind = small.link_type("operated-by", "run by", "runs")
    for number, (postcode, values, status) in enumerate(
        (
            ("LS2 2BB", {}, "current"),
            ("L3 3CC", {}, None),
            ("HU4 4DD", {"open": 0}, "current"),
            ("YO5 5EE", {}, "past"),
            ("BD6 6FF", {"placeholder": 1}, "current"),
            (None, {}, "current"),
        )
    ):
        site = small.record(f"ods:S{number}", f"Site {number}", "site", postcode=postcode, town="Leeds", **values)
        small.link(kind, site, trust, status=status)
        small.link(kind, trust, site, status=status)
    small.index()
    with small.register() as register:
        found = register.places("ods:R1")
        assert [(one.area, [record.key for record in one.records]) for one in found.areas] == [
            ("L", ["ods:S1"]),
            ("LS", ["ods:S0"]),
        ]
        assert (found.nowhere, found.areas[0].towns) == (1, ("Leeds",))
        everywhere = register.places("kind:organisation")
        assert [(one.area, one.number) for one in everywhere.areas] == [("LS", 1)]
