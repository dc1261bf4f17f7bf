"""Records in which the real release surprises its readers, for made-up releases of any size."""

from __future__ import annotations

from tests.national.things import Followed, Held, Org, Span, Tied


def _plain(code: str, name: str, role: str = "RO157", start: str = "2001-04-01", end: str | None = None) -> Org:
    span = Span(start, end)
    active = end is None
    return Org(code, name, (Held(role, span, active, True),), span, status="Active" if active else "Inactive")


def in_full() -> tuple[tuple[Org, bool], ...]:
    """Records for the full file; True marks one that another of its code outweighs."""
    region = Org(
        "Y58", "SOUTH WEST COMMISSIONING REGION", (Held("RO209", Span("2019-04-01"), True, True),), status=None
    )
    ended = Org(
        "ZT901", "ACTIVE BUT ENDED IN LAW", (Held("RO157", Span("2012-04-02"), True, True),), Span("2012-04-02"),
        Span("1980-01-01", "2013-03-31"),
    )  # fmt: skip
    closing = Org(
        "ZT902", "CLOSING LATER", (Held("RO157", Span("2012-04-02", "2028-08-31"), True, True),),
        Span("2012-04-02", "2028-08-31"),
    )  # fmt: skip
    nowhere = Org(
        "ZT903", "POINTS AT WHAT IS NOWHERE", (Held("RO157", Span("2012-04-02"), True, True),),
        ties=(Tied("RE6", "ZT999", "RO157", Span("2012-04-02")),),
    )  # fmt: skip
    changed = Org(
        "ZT904", "PASSED FROM ONE TO THE OTHER AND BACK", (Held("RO157", Span("2001-04-01"), True, True),),
        ties=(
            Tied("RE4", "Y58", "RO209", Span("2001-04-01", "2005-03-31"), False),
            Tied("RE4", "Y58", "RO209", Span("2010-04-01")),
        ),
    )  # fmt: skip
    return (
        (region, False), (ended, False), (closing, False), (nowhere, False), (changed, False),
        (_plain("FEF03", "THE PHARMACY", "RO182", "2025-05-01"), False),
    )  # fmt: skip


def in_archive() -> tuple[tuple[Org, bool], ...]:
    """Records for the archive; True marks one that another of its code outweighs."""
    first = _plain("T1201", "FIRST USE", "RO157", "1991-04-01", "1995-03-31")
    second = Org(
        "T1201", "SECOND USE", (Held("RO157", Span("1996-04-01", "2001-03-31"), False, True),),
        Span("1996-04-01", "2001-03-31"), status="Inactive", followed=(Followed("T1201", "1996-04-01", True, None),),
    )  # fmt: skip
    return (first, True), (second, False), (_plain("FEF03", "THE LAUNDRY", "RO157", "1993-04-01", "2001-03-31"), True)
