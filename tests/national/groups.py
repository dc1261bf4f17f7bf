"""The groups of records in a made-up country: how many, what they are, whom they point at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Group:
    """Records of one sort. `share` is of all records, `least` how many there are at any size."""

    name: str
    prefix: str
    role: str
    share: float
    least: int = 1
    more: tuple[str, ...] = ()
    """Roles beside the primary one."""
    site: bool = False
    closed: float = 0.3
    """The share that has closed since the archive's last day."""
    archived: float = 0.0
    """The share that closed before."""
    ties: tuple[tuple[str, str, float], ...] = ()
    """Relationship, group of the target, and how many of them on average."""
    names: tuple[str, ...] = ()
    succeeded: float = 0.0
    """The share of the closed that someone follows."""
    filler: float = 0.0
    """The share whose start is the date that stands for an unknown one."""
    lapsed: float = 0.0
    """The share with a role that lapsed and was given again."""


_GEOGRAPHY = ("RE5", "board", 0.9)

GROUPS = (
    Group("region", "YR", "RO209", 0.00002, 3, closed=0.0, names=("{town} COMMISSIONING REGION",)),
    Group("board", "QQ", "RO261", 0.00011, 4, ("RO318",), closed=0.1, names=("NHS {town} INTEGRATED CARE BOARD",)),
    Group("partnership", "QP", "RO261", 0.00001, 3, ("RO262",), closed=1.0, names=("{town} STP",)),
    Group("sub-board", "SB", "RO98", 0.0006, 4, ("RO319",), closed=0.5, succeeded=0.9,
          ties=(("RE5", "board", 1), ("RE2", "board", 0.4)), names=("NHS {town} ICB - {code}",)),
    Group("entity", "SE", "RO98", 0.0001, 1, ("RO327",), closed=0.0, ties=(("RE2", "board", 1),),
          names=("NHS {town} REPORTING ENTITY",)),
    Group("pct", "PT", "RO179", 0.001, 3, closed=0.0, archived=1.0, succeeded=0.7,
          names=("{town} PRIMARY CARE TRUST",)),
    Group("network", "UP", "RO272", 0.0035, 3, closed=0.1, ties=(("RE4", "sub-board", 1), ("RE5", "sub-board", 1)),
          names=("{town} PCN", "{town} PRIMARY CARE NETWORK")),
    Group("clinical", "CN", "RO102", 0.0001, 1, closed=0.5, names=("{town} CRITICAL CARE NETWORK",)),
    Group("cancer", "KN", "RO103", 0.0001, 1, closed=0.7, names=("{town} CANCER NETWORK",)),
    Group("trust", "RT", "RO197", 0.0015, 4, ("RO57",), closed=0.2, archived=0.3, ties=(("RE5", "board", 1),),
          names=("{town} NHS FOUNDATION TRUST", "{town} HOSPITALS NHS TRUST"), succeeded=0.8),
    Group("practice", "GP", "RO177", 0.05, 6, ("RO76",), closed=0.2, archived=0.2,
          ties=(("RE4", "sub-board", 1.6), ("RE4", "pct", 1.2), ("RE8", "network", 0.4), ("RE9", "network", 0.07),
                ("RE10", "network", 0.04), ("RE5", "board", 1.2)),
          names=("{town} SURGERY", "{town} MEDICAL CENTRE", "DR {person} & PARTNERS", "THE SURGERY"), succeeded=0.8,
          lapsed=0.05),
    Group("centre", "CC", "RO177", 0.06, 3, ("RO72",), closed=0.35, archived=0.15,
          ties=(("RE4", "sub-board", 1.1), ("RE6", "trust", 0.3), ("RE11", "entity", 0.09), ("RE5", "board", 0.8)),
          names=("{town} COMMUNITY SERVICE", "{town} OUT OF HOURS"), succeeded=0.25),
    Group("pharmacy", "FP", "RO182", 0.06, 3, closed=0.25, archived=0.15,
          ties=(("RE6", "company", 1.2), ("RE5", "sub-board", 1), ("RE4", "sub-board", 1), ("RE3", "board", 0.1)),
          names=("BOOTS", "WELL", "{town} PHARMACY", "{person} CHEMIST"), succeeded=0.7, lapsed=0.4),
    Group("dentist", "VD", "RO110", 0.06, 2, closed=0.2, archived=0.2, ties=(_GEOGRAPHY, ("RE4", "sub-board", 0.5)),
          names=("DENTAL SURGERY", "{town} DENTAL PRACTICE"), succeeded=0.25),
    Group("school", "EE", "RO221", 0.11, 2, closed=0.15, archived=0.05, filler=0.3,
          ties=(("RE5", "board", 1.1),), names=("{town} PRIMARY SCHOOL", "ST {person}'S SCHOOL")),
    Group("care", "VL", "RO104", 0.16, 3, closed=0.3, archived=0.05, lapsed=0.25,
          ties=(("RE6", "company", 1.3), ("RE5", "board", 1.2)), names=("{town} LODGE", "{person} HOUSE CARE HOME")),
    Group("company", "NC", "RO172", 0.09, 4, closed=0.2, archived=0.2, ties=(_GEOGRAPHY,),
          names=("{person} HEALTHCARE LIMITED", "{town} CARE LTD"), succeeded=0.35, lapsed=0.3),
    Group("company-site", "NV", "RO176", 0.09, 2, site=True, closed=0.2, archived=0.2,
          ties=(("RE6", "company", 1.5), ("RE5", "board", 1)), names=("{town} CLINIC", "{person} HOUSE")),
    Group("trust-site", "RS", "RO198", 0.1, 3, site=True, closed=0.25, archived=0.15,
          ties=(("RE6", "trust", 1.6), ("RE5", "board", 1)), names=("{town} HOSPITAL", "{town} HEALTH CENTRE")),
    Group("branch", "BS", "RO96", 0.015, 2, site=True, closed=0.4, archived=0.1,
          ties=(("RE6", "practice", 1), ("RE5", "board", 1)), names=("{town} BRANCH SURGERY",)),
    Group("pct-site", "PS", "RO180", 0.05, 2, site=True, closed=0.0, archived=1.0, ties=(("RE6", "pct", 1),),
          names=("{town} CLINIC",)),
    Group("supplier", "YG", "RO92", 0.01, 2, closed=0.2, archived=0.2, names=("{person} SYSTEMS LTD",), succeeded=0.4),
    Group("other", "8X", "RO157", 0.1, 2, closed=0.2, archived=0.35, ties=(("RE5", "board", 0.9),),
          names=("{town} ASSOCIATION", "{person} LIMITED"), succeeded=0.25),
)  # fmt: skip

TOWNS = (
    "ABINGDON ALNWICK AMERSHAM ARUNDEL BAKEWELL BANBURY BARNSTAPLE BEVERLEY BODMIN BRIDPORT BUXTON CLITHEROE "
    "CROMER DARTFORD DEVIZES DROITWICH EVESHAM FALMOUTH FAVERSHAM GLOSSOP GRANTHAM HEXHAM HITCHIN ILKLEY KENDAL "
    "KESWICK LEOMINSTER LEWES LUDLOW MALDON MATLOCK MORPETH NANTWICH NEWARK OAKHAM OTLEY PENRITH PETWORTH RIPON "
    "ROSS-ON-WYE RYE SALTASH SELBY SHAP SKIPTON STAMFORD STROUD TENTERDEN THIRSK TOTNES ULVERSTON UTTOXETER "
    "WADEBRIDGE WANTAGE WHITBY WITNEY YARM"
).split()
PEOPLE = "ALDRIDGE BARROW CHANDRA DOYLE EASTON FARROW GUPTA HASSAN INGHAM JARVIS KHAN LOWE MARSH NAYLOR O'NEILL".split()
COUNTIES = "CUMBRIA DEVON DORSET KENT NORFOLK SUFFOLK SURREY".split()
